"""What a curator saw, and what referrals may carry."""
