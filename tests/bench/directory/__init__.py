"""How fast the directory is with 1,000 and with 100,000 services, and how it fills and empties."""
