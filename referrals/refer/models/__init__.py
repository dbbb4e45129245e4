"""What a referrer answers, and what they have at hand while answering."""
