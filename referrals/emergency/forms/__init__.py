"""The form of an emergency."""
