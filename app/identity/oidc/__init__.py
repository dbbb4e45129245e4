"""Signing in with OpenID Connect, trusting a provider no further than it can prove."""
