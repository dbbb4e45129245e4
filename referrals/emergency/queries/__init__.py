"""What is open now, and how often that was today."""
