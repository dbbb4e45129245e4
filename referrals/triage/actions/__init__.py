"""What a team does with a referral that was sent to it."""
