"""Messages to the referrer."""
