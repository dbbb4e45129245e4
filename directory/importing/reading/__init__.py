"""Readers: each yields services in the one nested shape of Open Referral UK."""
