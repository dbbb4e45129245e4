"""What a referrer does: begin a draft, keep it, throw it away, send it."""
