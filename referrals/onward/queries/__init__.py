"""Read onward referrals from the sending side, and preview what would be disclosed."""
