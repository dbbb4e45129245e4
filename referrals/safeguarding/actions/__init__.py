"""Writing a safeguarding note, and saying who may read it."""
