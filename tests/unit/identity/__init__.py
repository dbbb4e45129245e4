"""Signing in, without a database."""
