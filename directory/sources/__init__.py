"""Sources of the directory that are read by themselves, and what came of it."""
