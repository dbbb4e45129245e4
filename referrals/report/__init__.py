"""Counts for a commissioner: what works, where people get stuck, unmet need; never a person."""
