"""The forms of a privacy officer."""
