"""Onward referrals, the sealed record of what was disclosed, and signposts."""
