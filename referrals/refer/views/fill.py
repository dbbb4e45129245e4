"""The three pages that are filled in, in any order; whatever is typed is kept."""

import hashlib
import uuid
from dataclasses import replace
from typing import Any

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.core import audit
from app.core.db import transaction
from app.core.idempotency import once
from app.identity.actor import Actor
from app.identity.login import current_actor
from app.ui.forms import SecureForm
from app.ui.pages import page
from directory import catalogue
from referrals.refer import policy
from referrals.refer.actions import draft as drafts
from referrals.refer.blueprint import bp
from referrals.refer.forms import typed
from referrals.refer.forms.pages import NAMES, Pages
from referrals.refer.queries import desk as desks
from referrals.refer.views.draft import Opened, opened
from referrals.refer.views.known import met


@bp.route("/new", methods=["GET", "POST"])
def new() -> ResponseReturnValue:
    """The first page of somebody new; the draft begins when it is sent, even with mistakes."""
    actor = current_actor()
    with transaction(actor):
        policy.REFER.require(actor)
        desk = desks.of(actor)
        form = Pages(desk, catalogue.terms()).posted("who")
        if not form.is_submitted() or (not form.validate() and "csrf_token" in form.errors):
            return page("refer/who.html", form=form, desk=desk, back=url_for(".start"), action="")

        draft = _begun(actor, form)
        if form.errors and not met(actor, draft):
            href = draft.href("who")
            return page("refer/who.html", form=form, desk=desk, back=url_for(".start"), action=href)
        return redirect(_after(actor, draft, "who"), 303)


def _begun(actor: Actor, form: SecureForm) -> Opened:
    """The draft that this form began: by its key alone, so that going back changes the same one."""
    typed_in = typed.of(form)
    submission = replace(form.submission(actor), digest=hashlib.sha256(b"new").digest())
    draft_id = once(submission, lambda: str(drafts.begin(actor, {"who": typed_in}).id))
    draft = opened(actor, uuid.UUID(draft_id))
    if draft.pages.kept.get("who") != typed_in:
        drafts.keep(actor, draft.draft, "who", typed_in)
    return draft.afresh()


@bp.route("/<uuid:referral_id>/who", methods=["GET", "POST"])
def who(referral_id: uuid.UUID) -> ResponseReturnValue:
    """Who they are."""
    return _fill(referral_id, "who")


@bp.route("/<uuid:referral_id>/contact", methods=["GET", "POST"])
def contact(referral_id: uuid.UUID) -> ResponseReturnValue:
    """How to reach them, and what they need in order to be met."""
    return _fill(referral_id, "contact")


@bp.route("/<uuid:referral_id>/why", methods=["GET", "POST"])
def why(referral_id: uuid.UUID) -> ResponseReturnValue:
    """Why they are referred, risks, agreement, and which team is asked."""
    return _fill(referral_id, "why")


def _fill(referral_id: uuid.UUID, name: str) -> ResponseReturnValue:
    actor = current_actor()
    with transaction(actor):
        draft = opened(actor, referral_id)
        context: dict[str, Any] = {"desk": draft.desk, "back": _before(draft, name), "action": ""}
        form = draft.pages.posted(name)
        if not form.is_submitted():
            audit.record(actor, "referral.draft_viewed", draft.draft)
            shown = draft.pages.shown(name)
            return render_template(f"refer/{name}.html", form=shown, **context)
        good = form.validate()
        if "csrf_token" not in form.errors:
            drafts.keep(actor, draft.draft, name, typed.of(form))
        draft = draft.afresh()
        if not good and not (name == "who" and met(actor, draft)):
            return page(f"refer/{name}.html", form=form, **context)
        return redirect(_after(actor, draft, name), 303)


def _after(actor: Actor, draft: Opened, name: str) -> str:
    """Where to go: first ask whether it is somebody the agency knows already."""
    if name == "who" and met(actor, draft):
        return draft.href("already_known")
    return draft.href(draft.pages.next())


def _before(draft: Opened, name: str) -> str:
    place = NAMES.index(name)
    return draft.href(NAMES[place - 1]) if place else url_for(".start")
