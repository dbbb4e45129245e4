"""What every part of the journey does to a referral: write its history."""
