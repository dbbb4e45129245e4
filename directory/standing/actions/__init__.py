"""Recording checks, and saying what referrals may carry."""
