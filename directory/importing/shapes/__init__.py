"""From a service as a source writes it to the fields of our own tables."""
