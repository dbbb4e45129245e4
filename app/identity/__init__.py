"""Who is asking, and for which agency."""
