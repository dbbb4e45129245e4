"""Write a safeguarding note, and change one that names the actor."""

import uuid
from collections.abc import Sequence

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from app.core import audit
from app.core.db import transaction
from app.identity.actor import Actor
from app.identity.login import current_actor
from app.ui.pages import page
from referrals.caseload.views.saving import save
from referrals.record.models.referral import Referral
from referrals.record.models.version import require_version
from referrals.record.queries import portrait
from referrals.record.queries import referral as referrals
from referrals.safeguarding import policy
from referrals.safeguarding.actions import note as acts
from referrals.safeguarding.blueprint import bp
from referrals.safeguarding.forms.note import NoteForm
from referrals.safeguarding.models.note import SafeguardingNote
from referrals.safeguarding.queries import note as notes


@bp.route("/<uuid:referral_id>/safeguarding/new", methods=["GET", "POST"])
def new_note(referral_id: uuid.UUID) -> ResponseReturnValue:
    """Ask for a concern and who may read it; team leads are ticked to begin with."""
    actor = current_actor()
    with transaction(actor):
        referral = referrals.get(actor, referral_id)
        policy.ADD_NOTE.require(actor, referral)
        audit.record(actor, "referral.viewed", referral)
        leads = [one for one, _name, leads in notes.colleagues(actor) if leads]
        form = NoteForm(version=0, readers=[one for one in leads if one != actor.user_id])
        _offer(actor, form)
        if not form.validate_on_submit():
            return _page(referral, form, None)

        def act() -> None:
            acts.add(actor, referral, form.to_draft())

        return save(actor, referral, form, act, "Note kept for the people you named")


@bp.route("/<uuid:referral_id>/safeguarding/<uuid:note_id>", methods=["GET", "POST"])
def note(referral_id: uuid.UUID, note_id: uuid.UUID) -> ResponseReturnValue:
    """Change a note that names the actor; one that was changed is read beside the later one."""
    actor = current_actor()
    with transaction(actor):
        referral = referrals.get(actor, referral_id)
        row = notes.get(actor, referral, note_id)
        if not row.stands and request.method == "GET":
            return redirect(url_for("caseload.show", referral_id=referral_id), 303)
        form = _filled(actor, row)
        if not form.validate_on_submit():
            acts.read(actor, [row])
            return _page(referral, form, row)

        def act() -> None:
            require_version(row, form.version.data)
            acts.change(actor, referral, row, form.to_draft(row.noticed_on))

        return save(actor, referral, form, act, "Note changed")


def _page(referral: Referral, form: NoteForm, note: SafeguardingNote | None) -> ResponseReturnValue:
    who = portrait.identity(referral)
    return page("safeguarding/note.html", form=form, referral=referral, who=who, note=note)


def _filled(actor: Actor, row: SafeguardingNote) -> NoteForm:
    form = NoteForm(
        version=row.version,
        concern=row.words.concern,
        comment=row.words.comment,
        noticed_on=row.noticed_on,
        ended_on=row.ended_on,
        hidden_from_person=row.hidden_from_person,
        readers=[one for one in row.readers if one != actor.user_id],
    )
    _offer(actor, form, row.readers)
    return form


def _offer(actor: Actor, form: NoteForm, already: Sequence[uuid.UUID] = ()) -> None:
    form.readers.choices = [
        (str(user_id), f"{name} (team lead)" if leads else name)
        for user_id, name, leads in notes.colleagues(actor, already)
        if user_id != actor.user_id
    ]
