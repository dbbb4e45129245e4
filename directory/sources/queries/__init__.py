"""Sources and their readings, for curators."""
