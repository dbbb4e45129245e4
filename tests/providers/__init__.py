"""Signing in through real OpenID providers."""
