"""Share out the referrals of one caseload again."""

import uuid
from collections.abc import Sequence

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from app.core import audit
from app.core.db import transaction
from app.core.idempotency import once
from app.core.sealing import Entry, entries
from app.identity.actor import Actor
from app.identity.login import current_actor
from app.ui.pages import page
from app.ui.words import due_words, plural
from referrals.record.models.referral import Referral
from referrals.record.queries.referral import by_ids
from referrals.record.words import step_words
from referrals.triage import policy
from referrals.triage.actions import allocation
from referrals.triage.blueprint import bp
from referrals.triage.forms import ReallocateForm
from referrals.triage.queries import held, load
from referrals.triage.views.judge import hints, load_words, offer


@bp.route("/reallocation", methods=["GET", "POST"])
def reallocate() -> ResponseReturnValue:
    """Choose referrals of one caseload, and who takes them."""
    actor = current_actor()
    policy.BALANCE.require(actor)
    holder = _holder(request.args.get("holder", ""))
    with transaction(actor):
        form = ReallocateForm()
        team = offer(actor, form, later=False)
        rows = _offer_rows(actor, form, holder)
        if not form.validate_on_submit():
            return page(
                "triage/reallocate.html",
                form=form,
                holder=holder,
                people=_people([*team, *load.left_behind(actor, team)]),
                team=hints(form),
                rows=rows,
            )
        where = once(form.submission(actor), lambda: _move(actor, form, holder))
    return redirect(where, 303)


def _people(loads: Sequence[load.Load]) -> list[tuple[str, str]]:
    return [
        (str(one.user_id), f"{one.name} ({load_words(one)[0].lower()}{load_words(one)[1:]})")
        for one in loads
    ]


def _move(actor: Actor, form: ReallocateForm, holder: uuid.UUID | None) -> str:
    found = held.chosen(actor, form.rows.data)
    moved = allocation.reallocate(actor, found, form.who.data)
    flash(f"Moved {plural(moved, 'referral')}")
    left = len(form.rows.data) - len(found)
    if left:
        flash(f"Somebody else changed {plural(left, 'referral')} meanwhile: not moved", "warning")
    return url_for(".reallocate", holder=holder)


def _offer_rows(actor: Actor, form: ReallocateForm, holder: uuid.UUID | None) -> dict[str, str]:
    related = held.by(actor, holder)
    lines = entries(by_ids(actor, related), lambda one: one.person.identity.full_name)
    audit.shown(actor, "caseload.viewed", [one.row.person_id for one in lines])
    form.rows.choices = [(_value(one.row), _label(one)) for one in lines]
    return {_value(one.row): _hint(one.row) for one in lines}


def _value(referral: Referral) -> str:
    return f"{referral.id}.{referral.version}"


def _label(line: Entry[Referral, str]) -> str:
    return line.value or f"{line.words}, referral {line.row.reference}"


def _hint(referral: Referral) -> str:
    due = f", {due_words(referral.next_due_on)}" if referral.next_due_on else ""
    return f"{step_words(referral.next_step)}{due}"


def _holder(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text)
    except ValueError:
        return None
