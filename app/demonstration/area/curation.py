"""What waits for the directory's curator, of every kind, made by those who would make it."""

import uuid
from dataclasses import replace
from datetime import timedelta

from sqlalchemy import select

from app.core import clock
from app.core.db import NOBODY, session, transaction
from app.demonstration.area.listings import CURATOR
from app.demonstration.area.people import Everybody
from app.identity.actor import Actor
from directory.actions import listing
from directory.actions import organisation as organisations
from directory.actions import service as services
from directory.actions.organisation import OrganisationDraft
from directory.actions.topics.contact import Contact
from directory.actions.topics.description import Description
from directory.actions.topics.eligibility import Eligibility
from directory.actions.topics.places import Place, Places
from directory.curation.actions import claim, merge, proposal
from directory.curation.queries import queue
from directory.freshness.actions import bounce, mailing, report
from directory.freshness.actions.report import Wrong
from directory.models.organisation import Organisation
from directory.models.service import Service
from directory.queries import service as queries
from directory.standing.actions import check
from directory.standing.actions.check import Seen
from directory.standing.models.check import CheckKind

YEAR = timedelta(days=365)
# Who, which check, and how many days ago it was seen; each is good for a year.
CHECKS = (
    ("Saltmere Befrienders", CheckKind.SAFEGUARDING, 120),
    ("Saltmere Befrienders", CheckKind.INSURANCE, 377),
    ("Harbour Money Advice", CheckKind.DATA_PROTECTION, 45),
    ("Green Shoots Saltmere", CheckKind.SAFEGUARDING, 300),
    ("Kittering Menders", CheckKind.DATA_PROTECTION, 371),
)


def wait(everybody: Everybody) -> int:
    """Make a day's work for the curator; how much waits in the end."""
    curator = everybody[CURATOR]
    _checks(curator)
    _changes(curator, everybody)
    _claim(everybody)
    _doubts(curator)
    _duplicate(curator)
    with transaction(curator):
        return sum(queue.counts().values())


def _checks(curator: Actor) -> None:
    for name, kind, days in CHECKS:
        with clock.days_ago(days), transaction(curator):
            seen = Seen(kind, clock.today(), clock.today() + YEAR)
            check.record(curator, _organisation(name), seen)


def _changes(curator: Actor, everybody: Everybody) -> None:
    """A coordinator who is new to this writes; the curator looks first."""
    with transaction(curator):
        its = _organisation("Green Shoots Saltmere")
        claim.look_at_changes(curator, its, first=True)
    editor = next(one for one in everybody.values() if one.agency_name == its.name)
    with clock.days_ago(2), transaction(editor):
        plot = _service("Community allotment")
        words = "Plots, seeds and company. Tools are there, and so is the kettle. Raised beds too."
        proposal.say(editor, plot, replace(Description.of(plot), description=words))
        proposal.say(editor, plot, replace(Eligibility.of(plot), fees="Free; seeds £1"))


def _claim(everybody: Everybody) -> None:
    asker = next(one for one in everybody.values() if one.agency_name == "Kittering Menders")
    with clock.days_ago(1), transaction(asker):
        claim.ask(asker, _organisation("Long Furrow Friends"), claim.NUMBER, "1199908")


def _doubts(curator: Actor) -> None:
    """Readers say something, mail comes back, a link is on its way."""
    with transaction(curator):
        repair = _service("Digital repair and confidence")
        address = "digital@kittering-menders.example"
        listing.change(curator, repair, replace(Contact.of(repair), email=address))
    bounce.came_back(address)
    with transaction(NOBODY):
        walk, lunch = _service("Walk and talk"), _service("Village lunch club")
        said = "It meets at the pier now, not at the bandstand."
        report.add(uuid.uuid4(), walk, Wrong.PLACE, said)
        mailing.ask_for_link(lunch)


def _duplicate(curator: Actor) -> None:
    """The same lunch under the name of the hall in which it is."""
    with transaction(curator):
        lunch = _service("Community lunch")
        draft = OrganisationDraft("Harbour Hall", phone=lunch.phone)
        hall = organisations.add(curator, draft)
        words = Description("Community Lunch Club", "Hot lunch for everybody.", ["money.food"])
        places = [
            Place(one.name, one.address, one.town, one.postcode) for one in Places.of(lunch).places
        ]
        services.add(curator, hall, words, Places(places), Contact(phone=lunch.phone))
    with transaction(NOBODY):
        merge.find()


def _organisation(name: str) -> Organisation:
    return session.scalars(select(Organisation).where(Organisation.name == name)).one()


def _service(name: str) -> Service:
    found = select(Service.id).where(Service.name == name)
    return queries.get(session.scalars(found).one())
