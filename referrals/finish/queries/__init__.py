"""Read what is still open, what was tried, and the messages to the referrer."""
