"""Why a service matches somebody, and what it does not say of what they need."""

import re
from collections.abc import Collection
from dataclasses import dataclass, field

from app.ui.words import and_list
from directory import catalogue
from directory.catalogue import Facility, ServiceCard
from referrals.record.models.person import Person, Requirements

# What people write of themselves, and what of a place it asks for: whole words, so that somebody
# who loves walking, or has Parkinson's, is not taken for somebody who needs a ramp or a car park.
BEGIN, END = r"(?<!\bno )(?<!\bnot )\b(?:", r")\b"
WHEELCHAIR = r"wheelchairs?"
SAID = {
    Facility.STEP_FREE: re.compile(
        BEGIN + WHEELCHAIR + r"|(?:no|avoids?|many|manage) (?:stairs|steps)|stairs|scooter"
        r"|walking (?:frame|stick|aid)s?|walks with|a frame|zimmer|rollator|crutch(?:es)?"
        r"|cannot walk|can['’]t walk|unable to walk|(?:difficulty|trouble) walking|step[- ]free"
        r"|(?:poor|limited|reduced) mobility|mobility (?:aid|problem|difficult)\w*" + END
    ),
    Facility.TOILET: re.compile(
        BEGIN + WHEELCHAIR + r"|toilets?|(?:in)?continen(?:t|ce)|catheter|stoma" + END
    ),
    Facility.HEARING_LOOP: re.compile(
        BEGIN + r"hearing (?:aid|loss|loop|impair)\w*|hard of hearing|deaf(?:ness)?"
        r"|loop system|(?:cannot|can['’]t) hear|hears? (?:badly|poorly|little)" + END
    ),
    Facility.PARKING: re.compile(BEGIN + r"blue badge|parking|to park" + END),
    Facility.CHANGING: re.compile(BEGIN + r"bab(?:y|ies)|toddlers?|napp(?:y|ies)" + END),
    Facility.QUIET_ROOM: re.compile(
        BEGIN + r"quiet|nois[ey]|autis(?:m|tic)|overwhelm\w*|sensory" + END
    ),
}
UNCOUNTED = {Facility.PARKING, Facility.CHANGING}


@dataclass(frozen=True)
class Asked:
    """What a search for somebody asks for: needs, words, age, facilities, a language."""

    needs: Collection[str] = ()
    words: str = ""
    years: int | None = None
    access: Collection[str] = field(default_factory=tuple)
    language: str = ""


def access_needs(person: Person) -> list[Facility]:
    """What a place must have, from what their record says; a person looks over it."""
    needs: Requirements = person.requirements
    said = ". ".join((needs.mobility, needs.communication_support, needs.adjustments)).lower()
    return [one for one, pattern in SAID.items() if pattern.search(said)]


def why(card: ServiceCard, asked: Asked) -> list[str]:
    """Everything that speaks for it."""
    found = []
    helped = [one for one in asked.needs if one in card.needs]
    if helped:
        found.append(f"Helps with {and_list(helped)}")
    named = _words_in(card, asked.words)
    if named:
        found.append(f"Says {and_list(f'“{one}”' for one in named)}")
    if card.distance_words:
        found.append(f"It is {card.distance_words} away")
    if asked.years is not None and card.ages_words and _of_age(card, asked.years):
        found.append(f"For ages {card.ages_words}; this person is {asked.years}")
    has = [one for one in asked.access if one in card.facilities]
    if has:
        found.append(f"It has {_named(has)}")
    if _speaks(card, asked.language):
        found.append(f"{asked.language} is spoken there")
    return found


def unsaid(card: ServiceCard, asked: Asked) -> list[str]:
    """What they need that the listing does not say; a telephone call settles it."""
    found = []
    missing = [one for one in asked.access if one not in card.facilities]
    if missing and card.place:
        found.append(f"It does not say that it has {_named(missing)}: ask")
    if asked.language and not _speaks(card, asked.language):
        found.append(
            f"It does not say that {asked.language} is spoken: an interpreter may be needed"
        )
    return found


def _named(facilities: Collection[str]) -> str:
    """With the article that each of them has: "a hearing loop and blue badge parking"."""
    return and_list(_with_article(Facility(one)) for one in facilities)


def _with_article(facility: Facility) -> str:
    if facility in UNCOUNTED:
        return str(facility)
    return f"an {facility}" if facility[0] in "aeiou" else f"a {facility}"


def _words_in(card: ServiceCard, words: str) -> list[str]:
    said = catalogue.words_of(f"{card.name} {card.description} {card.organisation}")
    telling = catalogue.SearchWords.parse(words).telling
    return [one for one in telling if len(one) > 2 and one in said]


def _of_age(card: ServiceCard, years: int) -> bool:
    low, high = card.minimum_age or 0, card.maximum_age or 999
    return low <= years <= high


def _speaks(card: ServiceCard, language: str) -> bool:
    return bool(language) and language.casefold() in {one.casefold() for one in card.languages}
