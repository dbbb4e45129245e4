"""Somebody the agency has referred before: found on purpose, or met while filling in."""

import uuid

from flask import redirect, url_for
from flask.typing import ResponseReturnValue

from app.core import audit
from app.core.db import transaction
from app.core.idempotency import once
from app.identity.actor import Actor
from app.identity.login import current_actor
from app.ui.forms import SecureForm
from app.ui.pages import page
from referrals.refer import policy
from referrals.refer.actions import draft as drafts
from referrals.refer.blueprint import bp
from referrals.refer.forms import known as filled_in
from referrals.refer.forms.find import FindForm
from referrals.refer.forms.known import SOMEBODY_ELSE, KnownForm
from referrals.refer.queries import desk as desks
from referrals.refer.queries import known
from referrals.refer.views.draft import Opened, opened


@bp.route("/find", methods=["GET", "POST"])
def find() -> ResponseReturnValue:
    """Look for somebody by NHS number, or by last name and date of birth."""
    actor = current_actor()
    with transaction(actor):
        policy.REFER.require(actor)
        form = FindForm()
        people, open_ones = None, {}
        if form.validate_on_submit():
            people = known.people(actor, form.to_wanted())
            ids = [one.row.id for one in people]
            open_ones = {one.person_id: one for one in known.open_referrals(actor, ids)}
            audit.shown(actor, "person.found", ids)
        return page(
            "refer/find.html",
            form=form,
            again=SecureForm(),
            people=people,
            open_ones=open_ones,
            desk=desks.of(actor),
        )


@bp.post("/people/<uuid:person_id>")
def refer_again(person_id: uuid.UUID) -> ResponseReturnValue:
    """Begin a draft of somebody known, their particulars filled in."""
    actor = current_actor()
    with transaction(actor):
        policy.REFER.require(actor)
        person = known.get(actor, person_id)
        form = SecureForm()
        if not form.validate():
            return redirect(url_for(".find"), 303)

        def begin() -> str:
            pages = filled_in.pages(desks.of(actor), person)
            draft = opened(actor, drafts.begin(actor, pages, person).id)
            return draft.href(draft.pages.next())

        return redirect(once(form.submission(actor), begin), 303)


@bp.route("/<uuid:referral_id>/known", methods=["GET", "POST"])
def already_known(referral_id: uuid.UUID) -> ResponseReturnValue:
    """Ask whether the person typed is one whom the agency has referred before."""
    actor = current_actor()
    with transaction(actor):
        draft = opened(actor, referral_id)
        people = met(actor, draft)
        if not people:
            return redirect(draft.href(draft.pages.next()), 303)
        form = KnownForm(draft.desk, people)
        if form.validate_on_submit():
            chosen = str(form.person.data)
            where = once(form.submission(actor), lambda: _go_on(actor, draft, chosen))
            return redirect(where, 303)
        audit.shown(actor, "person.found", [one.row.id for one in people])
        return page("refer/known.html", form=form, desk=draft.desk, back=draft.href("who"))


def met(actor: Actor, draft: Opened) -> list[known.Found]:
    """The people known who look like the one on the draft, and were not said to be others."""
    settled = {str(draft.draft.person_id), *draft.pages.kept.get("known", {}).get("others", ())}
    found = known.people(actor, draft.pages.wanted())
    return [one for one in found if str(one.row.id) not in settled and not one.damaged]


def _go_on(actor: Actor, draft: Opened, chosen: str) -> str:
    if chosen == SOMEBODY_ELSE:
        others = [str(one.row.id) for one in met(actor, draft)]
        drafts.keep(actor, draft.draft, "known", {"others": others})
        return draft.href(draft.pages.next())
    person = known.get(actor, uuid.UUID(chosen))
    pages = filled_in.pages(draft.desk, person)
    continued = drafts.continue_as(actor, draft.draft, person, pages)
    again = opened(actor, continued.id)
    return again.href(again.pages.next())
