"""Codes that records carry when they leave the house."""

# SNOMED CT (UK): "Referral to social prescribing service", said once in an episode.
REFERRAL_TO_SOCIAL_PRESCRIBING = "871731000000106"
