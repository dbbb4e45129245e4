"""Reading referrals: always through a legitimate relationship."""
