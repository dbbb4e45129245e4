"""An organisation's own entry, changed by those whose changes are live at once."""

import uuid

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from app.core.db import session, transaction
from app.core.idempotency import once
from app.identity.login import current_actor
from app.ui.pages import page
from directory import policy
from directory.actions import organisation as actions
from directory.blueprint import bp
from directory.forms.organisation import EntryForm
from directory.queries import editor
from directory.queries import organisation as queries

CHANGED = (
    "Somebody else changed this entry while you were writing. What you wrote is still here: look "
    "at the entry, then save again if it is right"
)


class _Stale(Exception):
    """The entry changed after the form was shown."""


@bp.route("/organisations/<uuid:organisation_id>/entry", methods=["GET", "POST"])
def entry(organisation_id: uuid.UUID) -> ResponseReturnValue:
    """Name, words, and how to get in touch with the organisation itself."""
    actor = current_actor()
    with transaction(actor):
        found = queries.kept(actor, organisation_id)
        policy.KEEP.require(actor, found)
        publishes = editor.publishes(actor, found)
        form, name = EntryForm.of(found), found.name
        back = url_for(".organisation", organisation_id=organisation_id)

        def effect() -> str:
            if form.version.data != found.version:
                raise _Stale
            actions.change(actor, found, form.to_draft(found.company_number))
            flash("Saved")
            return back

        if form.validate_on_submit():
            try:
                # Rolled back by itself, so that the key of a form refused can be used again.
                with session.begin_nested():
                    return redirect(once(form.submission(actor), effect), 303)
            except _Stale:
                form.form_errors.append(CHANGED)
                form.version.data = found.version
        shown = {"name": name, "publishes": publishes, "back": back}
        return page("directory/organisation_entry.html", form=form, entry=shown)
