"""The forms of finding."""
