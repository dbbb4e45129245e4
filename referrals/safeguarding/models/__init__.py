"""What is stored of a safeguarding concern."""
