"""What a community referrer records."""
