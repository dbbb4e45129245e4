"""What waits, for whom. Row-level security narrows every list to its readers."""
