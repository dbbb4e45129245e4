"""Listings in the words of other people's standards."""
