"""What is measured: for each user a list of requests, made ready before the clock starts."""

import itertools
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import requests

from app.core import keys
from app.core.db import session, transaction
from app.identity.actor import Role
from referrals.record.models.person import Person
from tests.bench.cast import Cast, Member, own_referrals
from tests.bench.load.words import SENTENCES
from tests.providers.browser import hidden

FORM = {"Content-Type": "application/x-www-form-urlencoded"}
SEARCHES = ("walking group", "debt advice", "lonely", "garden", "carers", "memory tea")
AREAS = ("QS1", "QS2", "QS4")
Requests = Iterator[dict[str, Any]]


@dataclass(frozen=True)
class Page:
    """Something a user does: the requests of one user, without end."""

    name: str
    role: Role
    asks: Callable[[str, Cast, Member], Requests]
    status: int = 200
    way: str = "requests"
    p95_aim: float | None = None


def get(path: str) -> Callable[[str, Cast, Member], Requests]:
    """The same page again and again."""
    return lambda _url, _cast, member: itertools.repeat(_get(member, path))


def _get(member: Member, path: str) -> dict[str, Any]:
    return {"method": "GET", "path": path, "headers": member.headers}


def _post(member: Member, path: str, fields: dict[str, Any]) -> dict[str, Any]:
    body = urlencode(fields, doseq=True)
    return {"method": "POST", "path": path, "headers": member.headers | FORM, "body": body}


def _form(url: str, member: Member, path: str) -> dict[str, str]:
    shown = requests.get(url + path, headers=member.headers, timeout=60)
    assert shown.status_code == 200, (path, shown.status_code, shown.text[-2000:])
    return hidden(shown.text)


def sign_in(_url: str, _cast: Cast, member: Member) -> Requests:
    """Sign in, from the first page to the session."""
    return itertools.repeat({"subject": member.subject})


def own_pages(_url: str, cast: Cast, member: Member) -> Requests:
    """The pages of one's own referrals, one after the other."""
    for referral_id in itertools.cycle(own_referrals(cast, member)):
        yield _get(member, f"/caseload/{referral_id}")


def directory(_url: str, _cast: Cast, member: Member) -> Requests:
    """Words and an area, as the public page is asked."""
    for words, area in itertools.cycle(itertools.product(SEARCHES, AREAS)):
        yield _get(member, f"/directory?{urlencode({'words': words, 'area': area})}")


def by_number(url: str, cast: Cast, member: Member) -> Requests:
    """Somebody the practice has referred, by NHS number."""
    fields = _form(url, member, "/refer/find")
    numbers = [one.nhs_number for one in _referred(cast, member) if one.nhs_number]
    for number in itertools.cycle(numbers):
        yield _post(member, "/refer/find", fields | {"nhs_number": number})


def by_name(url: str, cast: Cast, member: Member) -> Requests:
    """Somebody the practice has referred, by last name and date of birth."""
    fields = _form(url, member, "/refer/find")
    for one in itertools.cycle(_referred(cast, member)):
        born = {f"date_of_birth-{part}": getattr(one.date_of_birth, part) for part in PARTS}
        yield _post(member, "/refer/find", fields | {"family_name": one.family_name} | born)


PARTS = ("day", "month", "year")


def _referred(cast: Cast, member: Member) -> list[Any]:
    sql = "select person_id from relationship where agency_id = %(id)s and role = 'source'"
    # The first of all: those whose number's digest the loader has really made.
    sql += " and link_worker_id is not null and is_open order by referral_id limit 50"
    ids = [row[0] for row in cast.ask(sql, {"id": member.actor.agency_id})]
    cast.configure()
    with transaction(member.actor):
        keys.preload(ids)
        return [session.get_one(Person, one).identity for one in ids]


def submissions(url: str, cast: Cast, member: Member) -> Requests:
    """Drafts filled in through their pages; what is timed is the sending."""
    for number in itertools.count():
        began = _send(url, member, "/refer/new", _who(number))
        folder = began.rpartition("/")[0]
        _send(url, member, f"{folder}/contact", {"phone": "01632 960001", "practice": "own"})
        _send(url, member, f"{folder}/why", _why(cast, member))
        yield _post(member, f"{folder}/check", _form(url, member, f"{folder}/check"))


def _send(url: str, member: Member, path: str, fields: dict[str, Any]) -> str:
    asked = _post(member, path, _form(url, member, path) | fields)
    answer = requests.post(
        url + path, asked["body"], headers=asked["headers"], allow_redirects=False, timeout=60
    )
    assert answer.status_code == 303, (path, answer.status_code, answer.text[-3000:])
    return answer.headers["Location"]


def _who(number: int) -> dict[str, Any]:
    born = {"date_of_birth-day": 1 + number % 28, "date_of_birth-month": 3}
    name = {"given_name": "Ines", "family_name": f"Almeida-{number}"}
    return {**name, **born, "date_of_birth-year": 1940 + number % 60}


def _why(cast: Cast, member: Member) -> dict[str, Any]:
    sql = "select id from taxonomy_term where parent_id is not null order by code limit 2"
    team = "select id from agency where name = %(name)s"
    name = member.actor.agency_name.replace("Practice", "Team")
    return {
        "needs": [str(row[0]) for row in cast.ask(sql, {})],
        "reason": " ".join(SENTENCES[:4]),
        "urgency": "routine",
        "risks": "none",
        "agreement": "agreed",
        "team": str(cast.ask(team, {"name": name})[0][0]),
        "reply_to": "surgery@example.org",
    }


def acceptances(url: str, cast: Cast, member: Member) -> Requests:
    """Referrals waiting for the team, each taken on and allocated."""
    sql = "select referral_id from relationship where agency_id = %(id)s and role = 'holder'"
    sql += " and status = 'requested' order by next_due_on desc, referral_id"
    worker = "select user_id from membership where agency_id = %(id)s and %(role)s = any(roles)"
    known = {"id": member.actor.agency_id, "role": Role.LINK_WORKER}
    who = str(cast.ask(worker, known)[-1][0])
    for (referral_id,) in cast.ask(sql, known):
        fields = _form(url, member, f"/triage/{referral_id}") | {"who": who}
        yield _post(member, f"/triage/{referral_id}/acceptance", fields)


SCENARIOS = (
    Page("home (leads to one’s first page)", Role.LINK_WORKER, get("/"), 303),
    Page("sign-in", Role.LINK_WORKER, sign_in, 303, way="sign-in"),
    Page("caseload, 50 people", Role.LINK_WORKER, get("/caseload/"), p95_aim=60),
    Page("a referral", Role.LINK_WORKER, own_pages),
    Page("triage queue, 50 people", Role.TEAM_LEAD, get("/triage/")),
    Page("sent list, 50 people", Role.REFERRER, get("/sent/")),
    Page("inbox, 50 people", Role.COORDINATOR, get("/inbox/")),
    Page("submit a referral", Role.REFERRER, submissions, 303),
    Page("accept a referral", Role.TEAM_LEAD, acceptances, 303),
    Page("directory search", Role.REFERRER, directory),
    Page("person by NHS number", Role.REFERRER, by_number, p95_aim=30),
    Page("person by name and birth", Role.REFERRER, by_name, p95_aim=30),
)
