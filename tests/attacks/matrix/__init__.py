"""The access matrix: who gets through which door, and who is told what."""
