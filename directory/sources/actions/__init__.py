"""Keeping sources, reading them, and giving fields back to them."""
