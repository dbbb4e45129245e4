"""Hold, propose, erase."""
