"""How what was found is written for other programs."""
