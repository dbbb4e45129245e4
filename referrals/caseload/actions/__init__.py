"""What a community referrer does with a referral."""
