"""Looking after the whole directory: what waits for a curator, and what a curator decides."""
