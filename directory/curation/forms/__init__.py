"""What curators decide, and what editors claim."""
