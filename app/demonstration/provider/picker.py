"""Choosing whom to be."""

import time
from collections.abc import Iterable, Mapping
from itertools import groupby

from app.demonstration.provider.people import DemonstrationPerson


def grouped(
    everybody: Iterable[DemonstrationPerson],
) -> list[tuple[str, list[DemonstrationPerson]]]:
    """People under the place they belong to, in the order they were given."""
    order: dict[str, int] = {}
    people = list(everybody)
    for person in people:
        order.setdefault(person.place, len(order))
    in_order = sorted(people, key=lambda one: order[one.place])
    return [(place, list(some)) for place, some in groupby(in_order, key=lambda one: one.place)]


def must_choose_again(asked: Mapping[str, str], auth_time: int) -> bool:
    """Whether the application wants a fresh sign-in, by `prompt` or by `max_age`."""
    if "login" in asked.get("prompt", "").split():
        return True
    max_age = asked.get("max_age", "")
    return max_age.isascii() and max_age.isdigit() and time.time() - auth_time >= int(max_age)
