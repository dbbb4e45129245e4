"""Why a service matches somebody, and what it does not say of what they need."""

from collections.abc import Collection
from dataclasses import dataclass, field

from app.ui.words import and_list
from directory.catalogue import Facility, ServiceCard
from referrals.record.models.person import Person, Requirements

# What people write of themselves, and what of a place it asks for.
SAID = {
    Facility.STEP_FREE: ("wheelchair", "stairs", "steps", "walk", "frame", "scooter", "mobility"),
    Facility.TOILET: ("wheelchair", "toilet", "incontinen"),
    Facility.HEARING_LOOP: ("hear", "deaf", "loop"),
    Facility.PARKING: ("blue badge", "park", "drive"),
    Facility.CHANGING: ("baby", "toddler"),
    Facility.QUIET_ROOM: ("quiet", "noise", "autis", "overwhelm"),
}


@dataclass(frozen=True)
class Asked:
    """What a search for somebody asks for: need, words, age, what a place must have, a language."""

    need: str = ""
    words: str = ""
    years: int | None = None
    access: Collection[str] = field(default_factory=tuple)
    language: str = ""


def access_needs(person: Person) -> list[Facility]:
    """What a place must have, from what their record says; a person looks over it."""
    needs: Requirements = person.requirements
    said = " ".join((needs.mobility, needs.communication_support, needs.adjustments)).lower()
    return [one for one, words in SAID.items() if any(word in said for word in words)]


def why(card: ServiceCard, asked: Asked) -> list[str]:
    """Everything that speaks for it."""
    found = []
    if asked.need and asked.need in card.needs:
        found.append(f"Helps with {asked.need}")
    named = _words_in(card, asked.words)
    if named:
        found.append(f"Says {and_list(f'“{one}”' for one in named)}")
    if card.distance_words:
        found.append(f"It is {card.distance_words} away")
    if asked.years is not None and card.ages_words and _of_age(card, asked.years):
        found.append(f"For ages {card.ages_words}; this person is {asked.years}")
    has = [one for one in asked.access if one in card.facilities]
    if has:
        found.append(f"It has a {and_list(has)}")
    if _speaks(card, asked.language):
        found.append(f"{asked.language} is spoken there")
    return found


def unsaid(card: ServiceCard, asked: Asked) -> list[str]:
    """What they need that the listing does not say; a telephone call settles it."""
    found = []
    missing = [one for one in asked.access if one not in card.facilities]
    if missing and card.place:
        found.append(f"It does not say that it has a {and_list(missing)}: ask")
    if asked.language and not _speaks(card, asked.language):
        found.append(
            f"It does not say that {asked.language} is spoken: an interpreter may be needed"
        )
    return found


def _words_in(card: ServiceCard, words: str) -> list[str]:
    text = f"{card.name} {card.description} {card.organisation}".lower()
    return [one for one in dict.fromkeys(words.split()) if len(one) > 2 and one.lower() in text]


def _of_age(card: ServiceCard, years: int) -> bool:
    low, high = card.minimum_age or 0, card.maximum_age or 999
    return low <= years <= high


def _speaks(card: ServiceCard, language: str) -> bool:
    return bool(language) and language.casefold() in {one.casefold() for one in card.languages}
