"""A desk, a few needs, and forms filled in without a browser or a database."""

import uuid
from contextlib import contextmanager

from flask import Flask
from werkzeug.datastructures import MultiDict

from app.identity.models.agency import AgencyKind
from directory.catalogue import Group, Term
from referrals.refer.forms.contact import ContactForm
from referrals.refer.forms.who import WhoForm
from referrals.refer.forms.why import WhyForm
from referrals.refer.models.desk import Desk, Team

ELM, OAK = Team(uuid.uuid4(), "Elm team"), Team(uuid.uuid4(), "Oak team")
LONELY, DEBT = (
    Term(uuid.uuid4(), "company.lonely", "Feeling lonely"),
    Term(uuid.uuid4(), "d", "Debt"),
)
NEEDS = [Group(uuid.uuid4(), "company", "Company", (LONELY, DEBT))]
SURGERY = Desk(
    "Elm Street Surgery",
    AgencyKind.PRACTICE,
    "surgery@example.org",
    "Y90001",
    "Elm Street Surgery",
    (ELM,),
)
LIBRARY = Desk("Harbour Library", AgencyKind.REFERRER, "library@example.org", "", "", (ELM, OAK))
PERSON = {
    "given_name": "Ines",
    "family_name": "Almeida",
    "date_of_birth-day": "27",
    "date_of_birth-month": "March",
    "date_of_birth-year": "1948",
}
REACH = {"phone": "01632 960001", "phone_safe": "y", "practice": "own"}
WHY = {
    "needs": str(LONELY.id),
    "reason": "Lost her husband",
    "urgency": "routine",
    "risks": "none",
    "agreement": "agreed",
    "reply_to": "surgery@example.org",
}


@contextmanager
def request():
    """A request of an application with nothing in it."""
    app = Flask("forms")
    app.secret_key = "only a test"
    with app.test_request_context():
        yield


def who(answers=None, desk=SURGERY):
    return _filled(WhoForm, answers, desk)


def contact(answers=None, desk=SURGERY):
    return _filled(ContactForm, answers, desk)


def why(answers=None, desk=SURGERY):
    return _filled(WhyForm, answers, desk, NEEDS)


def _filled(form, answers, *others):
    formdata = None if answers is None else MultiDict(answers)
    return form(*others, formdata=formdata, meta={"csrf": False})
