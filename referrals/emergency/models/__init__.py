"""What is stored of an emergency."""
