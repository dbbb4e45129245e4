"""What a coordinator at a voluntary organisation does with an onward referral."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from app.core import clock
from app.demonstration.area.traveller import Traveller
from referrals.inbox.actions import answer, attendance
from referrals.record.models.status import Reason

Step = Callable[[Traveller, dict[str, Any]], None]


def accept(traveller: Traveller, told: dict[str, Any]) -> None:
    """Take the person on."""
    with traveller.at_the_charity() as (actor, one):
        answer.accept(actor, one, traveller.settings, told["words"])


def decline(traveller: Traveller, told: dict[str, Any]) -> None:
    """Say no, and why."""
    with traveller.at_the_charity() as (actor, one):
        answer.decline(actor, one, Reason(told["reason"]), told["words"])


def wait(traveller: Traveller, told: dict[str, Any]) -> None:
    """Put the person on the waiting list."""
    with traveller.at_the_charity() as (actor, one):
        until = clock.today() + timedelta(days=told["until_in"])
        answer.wait(actor, one, until, told["words"])


def book(traveller: Traveller, told: dict[str, Any]) -> None:
    """Say when they will be seen; `on_in` counts days from today, whenever today is."""
    real_day = clock.today() + timedelta(days=told["days_ago"] + told["on_in"])
    with traveller.at_the_charity() as (actor, one):
        attendance.book(actor, one, real_day)


def attended(traveller: Traveller, told: dict[str, Any]) -> None:
    """Say that they came."""
    with traveller.at_the_charity() as (actor, one):
        attendance.attended(actor, one, told["words"])


def did_not_attend(traveller: Traveller, told: dict[str, Any]) -> None:
    """Say that they did not come."""
    with traveller.at_the_charity() as (actor, one):
        attendance.did_not_attend(actor, one, told["words"])


def complete(traveller: Traveller, told: dict[str, Any]) -> None:
    """Say that the help has been given."""
    with traveller.at_the_charity() as (actor, one):
        attendance.complete(actor, one, told["words"])


STEPS: dict[str, Step] = {
    "accept": accept,
    "decline onward": decline,
    "wait": wait,
    "book": book,
    "attended": attended,
    "did not attend": did_not_attend,
    "complete": complete,
}
