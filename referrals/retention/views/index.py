"""What is due, what waits for a second officer, what is held, what was erased."""

import enum
from collections.abc import Callable, Iterable
from typing import Any

from flask import current_app, redirect, request, url_for
from flask.typing import ResponseReturnValue

from app.core import audit
from app.core.db import transaction
from app.identity.actor import Actor
from app.identity.login import current_actor
from app.ui.pages import page
from config.retention import Retention
from referrals.record.queries import names
from referrals.retention.blueprint import bp
from referrals.retention.forms.retention import FindForm
from referrals.retention.policy import SEE_KEPT
from referrals.retention.queries import erasure as erasures
from referrals.retention.queries import hold as holds
from referrals.retention.queries import kept as kept_until
from referrals.retention.queries.paging import Page

NOT_FOUND = "There is no record of that reference that your agency sent or received"


class Show(enum.StrEnum):
    """The parts of the page."""

    DUE = "due"
    WAITING = "waiting"
    HELD = "held"
    ERASED = "erased"


TITLES = {
    Show.DUE: "Due",
    Show.WAITING: "Waiting for a second officer",
    Show.HELD: "Legal holds",
    Show.ERASED: "Erased",
}


def rules() -> Retention:
    """How long this installation keeps records."""
    found: Retention = current_app.config["SETTINGS"].retention
    return found


@bp.get("/")
def index() -> ResponseReturnValue:
    """One of the four lists."""
    actor = current_actor()
    SEE_KEPT.require(actor)
    wanted = request.args.get("show", Show.DUE)
    show = Show(wanted) if wanted in list(Show) else Show.DUE
    with transaction(actor):
        found = LISTS[show](actor)
        return page("retention/index.html", find_form=FindForm(), show=show, titles=TITLES, **found)


@bp.route("/find", methods=["GET", "POST"])
def find() -> ResponseReturnValue:
    """Go to the record of a reference."""
    actor = current_actor()
    SEE_KEPT.require(actor)
    form = FindForm()
    if form.validate_on_submit():
        with transaction(actor):
            found = kept_until.by_reference(actor, rules(), form.reference.data)
        if found is not None:
            return redirect(url_for(".person", person_id=found.person_id), 303)
        form.reference.errors = [NOT_FOUND]
    return page("retention/find.html", form=form)


def _due(actor: Actor) -> dict[str, Any]:
    found = kept_until.due(actor, rules(), request.args.get("after", ""))
    people = [one.person_id for one in found.people]
    audit.shown(actor, "retention.listed", people)
    proposals = erasures.proposed(actor, people)
    older = url_for(".index", after=found.after) if found.after else None
    return {
        "people": found.people,
        "held": holds.held(actor, people),
        "proposals": proposals,
        "older": older,
        "newer": url_for(".index") if request.args.get("after") else None,
    }


def _waiting(actor: Actor) -> dict[str, Any]:
    found = erasures.waiting(actor, request.args.get("after", ""))
    return _shown(Show.WAITING, found, (one.proposed_by for one in found.rows))


def _held(actor: Actor) -> dict[str, Any]:
    found = holds.of_agency(actor, request.args.get("after", ""))
    refs = holds.references(actor, {one.person_id for one in found.rows})
    return {"held_refs": refs} | _shown(Show.HELD, found, (one.placed_by for one in found.rows))


def _erased(actor: Actor) -> dict[str, Any]:
    found = erasures.done(actor, request.args.get("after", ""))
    return _shown(Show.ERASED, found, (one.decided_by for one in found.rows))


def _shown(show: Show, found: Page[Any], users: Iterable[Any]) -> dict[str, Any]:
    return {
        "rows": found.rows,
        "user_names": names.of_users(users),
        "older": url_for(".index", show=show, after=found.after) if found.after else None,
        "newer": url_for(".index", show=show) if request.args.get("after") else None,
    }


LISTS: dict[Show, Callable[[Actor], dict[str, Any]]] = {
    Show.DUE: _due,
    Show.WAITING: _waiting,
    Show.HELD: _held,
    Show.ERASED: _erased,
}
