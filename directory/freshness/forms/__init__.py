"""What strangers and editors without an account fill in."""
