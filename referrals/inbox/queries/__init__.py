"""Read what was sent to the actor's agency, and nothing behind it."""
