"""What a coordinator answers, and what happened at the service."""
