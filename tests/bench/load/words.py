"""Invented names, numbers and texts of believable length."""

import random
import uuid
from datetime import date, timedelta


def names(words: str) -> tuple[str, ...]:
    """The words of a text."""
    return tuple(words.split())


GIVEN = names(
    "Amara Ann Arthur Asha Bronwen Callum Chidi Dilys Edith Emlyn Farah Fergus Gita Harold Ines "
    "Ivor Jagdish Joan Kasia Kwame Leila Maeve Malcolm Marta Nadia Nerys Olu Owen Pearl Piotr "
    "Rashid Rhian Rosa Ruth Samir Sheila Siân Stanley Tariq Tomasz Una Vera Wilf Yusuf Zainab Zoë"
)
FAMILY = names(
    "Abbott Adeyemi Ahmed Almeida Barrett Begum Bennett Bowen Brennan Carter Chowdhury Clarke "
    "Davies Doyle Evans Farrell Fletcher Gallagher Gill Gordon Griffiths Hall Hughes Hussain "
    "Iqbal Jenkins Jones Kaur Kelly Khan Kowalski Lewis Lloyd MacLeod Marsh Mensah Mistry Morgan "
    "Murphy Nguyen Nowak O’Brien Okafor Osei Owen Parry Patel Pereira Powell Price Quinn Rahman "
    "Reed Rees Roberts Rossi Ryan Shah Sharma Silva Singh Smith Stewart Sullivan Taylor Thomas "
    "Tudor Vaughan Walker Walsh Ward Watkins Wilson Wright Yilmaz Young Zając"
)
STREETS = ("Quay Street", "Chapel Road", "Mill Lane", "Harbour Row", "Station Road", "Elm Grove")
OUTWARDS = ("QS1", "QS2", "QS3", "QS4", "QS5", "QS6")
SENTENCES = (
    "Has been on their own since their partner died in the spring and seldom leaves the house.",
    "Would like to be among people again but does not know where to begin.",
    "Worried about the gas bill and has stopped heating the front room.",
    "Knee pain makes the hill to the shops hard; manages the bus with a stick.",
    "Used to sing in a choir and speaks of it with pleasure.",
    "Sleeps badly and says the evenings are the longest part of the day.",
    "Looks after a grandson two days a week and is glad of it.",
    "We talked about small first steps and agreed to speak again next week.",
    "Prefers the telephone in the morning; does not always hear the bell.",
    "No answer at first; rang again later and spoke for twenty minutes.",
    "Went along to the first session with a neighbour and stayed for tea.",
    "Has filled in the form for the allowance and waits to hear.",
)
WEIGHTS = (2, 7, 6, 5, 8, 4, 10, 3, 9)


def text(rng: random.Random, fewest: int, most: int) -> str:
    """Some sentences."""
    return " ".join(rng.choices(SENTENCES, k=rng.randint(fewest, most)))


def new_id(rng: random.Random) -> uuid.UUID:
    """A random id, the same for the same seed."""
    return uuid.UUID(int=rng.getrandbits(128), version=4)


def nhs_number(which: int) -> str:
    """The `which`-th number of the 999 test range, or "" where it has no check digit."""
    digits = f"999{which % 1_000_000:06}"
    total = sum(int(one) * weight for one, weight in zip(digits, range(10, 1, -1), strict=True))
    check = 11 - total % 11
    return "" if check == 10 else digits + str(check % 11)


def birthday(rng: random.Random) -> date:
    """A date of birth between 18 and 95 years ago."""
    return date(2026, 1, 1) - timedelta(days=rng.randint(18 * 365, 95 * 365))
