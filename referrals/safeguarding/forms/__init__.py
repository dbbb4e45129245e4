"""The forms of safeguarding notes."""
