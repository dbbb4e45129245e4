"""What a mailed link leads to."""
