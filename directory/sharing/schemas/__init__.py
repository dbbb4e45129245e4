"""How the whole directory is written into files."""
