"""The forms of finishing, and of taking a referral back."""
