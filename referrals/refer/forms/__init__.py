"""The pages a referrer fills in, and what they become."""
