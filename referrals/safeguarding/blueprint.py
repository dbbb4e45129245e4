"""Safeguarding notes, on the page of a referral and under it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import Blueprint

from app.core.sealing import entries
from app.identity.actor import Actor
from app.ui.changed import leads_back
from app.ui.doors import signed_in
from app.ui.words import and_list
from referrals.caseload import panels
from referrals.record.models.referral import Referral
from referrals.record.queries import names
from referrals.safeguarding.actions import note as notes_read
from referrals.safeguarding.policy import ADD_NOTE
from referrals.safeguarding.queries import note as notes

bp = signed_in(
    Blueprint("safeguarding", __name__, url_prefix="/caseload", template_folder="templates")
)
leads_back(bp, "caseload.show")


@dataclass(frozen=True)
class Shown:
    """The notes that name the actor, what each said before, who wrote it, who may read it."""

    notes: Sequence[Any]
    before: dict[Any, Sequence[Any]]
    writers: dict[Any, str]
    readers: dict[Any, str]


def _read(actor: Actor, referral: Referral) -> Shown | None:
    found = notes.of(actor, referral)
    if not found:
        return None
    notes_read.read(actor, found)
    called = names.of_users({one for note in found for one in (note.user_id, *note.readers)})
    read = entries(found, lambda row: row.words)
    of = {one.row.id: one for one in read}
    return Shown(
        [one for one in read if one.row.stands],
        {one.id: [of[earlier.id] for earlier in notes.before(one, found)] for one in found},
        {one.id: called.get(one.user_id, "a colleague") for one in found},
        {one.id: and_list(sorted(called[who] for who in one.readers)) for one in found},
    )


panels.add(
    panels.Panel(
        "safeguarding",
        "Safeguarding",
        "safeguarding/panel.html",
        _read,
        order=5,
        printed=False,
    )
)
panels.offer(
    panels.Link(
        panels.ON_REFERRAL, "Write a safeguarding note", "safeguarding.new_note", ADD_NOTE, 60
    )
)
