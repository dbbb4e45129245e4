"""How the screens say why a record was needed at once."""

from referrals.emergency.models.glass import Why

WHY = {
    Why.LIFE_AT_RISK: "Somebody’s life is at risk",
    Why.CHILD_AT_RISK: "A child may be at risk of harm",
    Why.ADULT_AT_RISK: "An adult may be at risk of harm",
    Why.ASKED_BY_EMERGENCY_SERVICES: "Police, ambulance or a hospital ask now",
    Why.PERSON_IS_HERE: "The person is here, in need, and their team cannot be reached",
    Why.OTHER: "Something else that cannot wait",
}


def why_words(code: str) -> str:
    """A reason as people say it."""
    return WHY.get(Why(code), code) if code in list(Why) else code.capitalize()
