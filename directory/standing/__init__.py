"""Whether an organisation's checks are in date, and what a referral to it may carry."""
