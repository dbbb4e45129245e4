"""The directory as open data: Open Referral UK 3.0, for other people's sites and tools to read."""
