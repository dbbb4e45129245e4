"""The end of a journey, and what the referrer is told on the way."""
