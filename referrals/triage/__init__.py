"""Triage: what is waiting for the team; taken on, declined, put on hold, allocated."""
