"""Codes that records carry when they leave the house."""

# SNOMED CT (UK): "Referral to social prescribing service", said once in an episode.
REFERRAL_TO_SOCIAL_PRESCRIBING = "871731000000106"

# Accessible information: the forms a person may need it in.
INFORMATION_FORMATS = (
    ("large print", "Large print"),
    ("easy read", "Easy read"),
    ("braille", "Braille"),
    ("audio", "Audio"),
    ("e-mail", "By email, for a screen reader"),
    ("BSL video", "British Sign Language video"),
    ("translated", "Translated"),
)
