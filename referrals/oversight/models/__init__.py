"""What is unusual, and what is stored of it."""
