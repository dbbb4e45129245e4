"""Checks in date and lapsed, profiles and their versions."""
