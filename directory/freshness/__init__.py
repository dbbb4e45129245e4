"""How sure we are of a listing: signs of life, doubts, and asking whether it is still right."""
