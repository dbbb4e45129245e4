"""Signing in through providers that others wrote, each in an environment of its own."""
