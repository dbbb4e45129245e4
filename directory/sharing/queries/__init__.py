"""Everything that is published, a batch at a time."""
