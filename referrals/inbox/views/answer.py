"""Every answer is a short page of its own: what it is called says what it does."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import current_app, flash, redirect, url_for
from flask.typing import ResponseReturnValue

from app.core.db import transaction
from app.core.idempotency import once
from app.identity.actor import Actor
from app.identity.login import current_actor
from app.ui.forms import VersionedForm
from app.ui.pages import page
from directory import catalogue
from referrals.inbox.actions import answer, attendance
from referrals.inbox.blueprint import bp
from referrals.inbox.forms import answer as forms
from referrals.inbox.policy import READ_ONWARD
from referrals.inbox.queries import inbox
from referrals.onward.models.onward_referral import OnwardReferral
from referrals.record.models.version import require_version


@dataclass(frozen=True)
class Answer:
    """One thing that can be said: the page's title, its form, its button, what it does."""

    title: str
    form: type[VersionedForm]
    button: str
    said: str
    act: Callable[[Actor, OnwardReferral, Any], None]
    kind: str = ""


def _accept(actor: Actor, onward: OnwardReferral, form: Any) -> None:
    answer.accept(actor, onward, current_app.config["SETTINGS"], form.words.data)


def _decline(actor: Actor, onward: OnwardReferral, form: Any) -> None:
    answer.decline(actor, onward, form.reason.data, form.words.data)


def _wait(actor: Actor, onward: OnwardReferral, form: Any) -> None:
    answer.wait(actor, onward, form.until.data, form.words.data)


def _ask(actor: Actor, onward: OnwardReferral, form: Any) -> None:
    answer.ask(actor, onward, form.words.data)


def _book(actor: Actor, onward: OnwardReferral, form: Any) -> None:
    attendance.book(actor, onward, form.day.data, form.words.data)


def _attended(actor: Actor, onward: OnwardReferral, form: Any) -> None:
    attendance.attended(actor, onward, form.words.data)


def _missed(actor: Actor, onward: OnwardReferral, form: Any) -> None:
    attendance.did_not_attend(actor, onward, form.words.data)


def _off(actor: Actor, onward: OnwardReferral, form: Any) -> None:
    attendance.event_cancelled(actor, onward, form.words.data)


def _complete(actor: Actor, onward: OnwardReferral, form: Any) -> None:
    attendance.complete(actor, onward, form.words.data)


def _fail(actor: Actor, onward: OnwardReferral, form: Any) -> None:
    attendance.fail(actor, onward, form.reason.data, form.words.data)


ANSWERS = {
    "accept": Answer("Accept", forms.AcceptForm, "Accept", "Accepted", _accept),
    "decline": Answer("Decline", forms.DeclineForm, "Decline", "Declined", _decline, "warning"),
    "wait": Answer(
        "Put on the waiting list", forms.WaitForm, "Put on the list", "On the waiting list", _wait
    ),
    "ask": Answer("Ask a question", forms.AskForm, "Send the question", "Question sent", _ask),
    "book": Answer("Book a date", forms.BookForm, "Save the date", "Booked", _book),
    "attended": Answer(
        "They came", forms.HappenedForm, "Record that they came", "Saved", _attended
    ),
    "missed": Answer(
        "They did not come", forms.HappenedForm, "Record that they did not come", "Saved", _missed
    ),
    "cancelled": Answer(
        "It was cancelled", forms.HappenedForm, "Record that it was cancelled", "Saved", _off
    ),
    "finish": Answer("Finish", forms.HappenedForm, "Finish", "Finished", _complete),
    "end": Answer("End without help", forms.FailForm, "End", "Ended", _fail, "warning"),
}


@bp.route("/<uuid:onward_id>/<any({}):what>".format(", ".join(ANSWERS)), methods=["GET", "POST"])
def say(onward_id: uuid.UUID, what: str) -> ResponseReturnValue:
    """Ask for what the answer needs, then give it."""
    actor = current_actor()
    chosen = ANSWERS[what]
    with transaction(actor):
        onward = inbox.get(actor, onward_id)
        READ_ONWARD.require(actor, onward)
        form = chosen.form(version=onward.version)
        if not form.validate_on_submit():
            return _page(chosen, onward, form)

        def effect() -> str:
            require_version(onward, form.version.data)
            chosen.act(actor, onward, form)
            flash(f"{chosen.said}. The community referrer has been told")
            return url_for(".show", onward_id=onward_id)

        where = once(form.submission(actor), effect)
    return redirect(where, 303)


def _page(chosen: Answer, onward: OnwardReferral, form: VersionedForm) -> ResponseReturnValue:
    card = catalogue.get(onward.service_id)
    return page("inbox/say.html", form=form, chosen=chosen, onward=onward, card=card)
