"""Trellis: the shared storeys, the web shell and the composition root."""
