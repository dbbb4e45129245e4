"""What referrals to each kind of service may carry: the list, and one of them with a preview."""

import uuid

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from app.core.db import session, transaction
from app.core.idempotency import once
from app.identity.login import current_actor
from app.ui.pages import page
from directory.models.disclosure import Field
from directory.queries.disclosure import LEAST
from directory.standing.actions import disclosure as actions
from directory.standing.blueprint import bp
from directory.standing.forms.disclosure import EXAMPLE, PLAIN, ProfileForm
from directory.standing.policy import SET_DISCLOSURE
from directory.standing.queries import disclosure as queries

CHANGED = "Somebody else has changed this meanwhile. Look at what it says now, then save again"


@bp.get("/disclosure")
def profiles() -> ResponseReturnValue:
    """Every profile and what it lets through."""
    actor = current_actor()
    SET_DISCLOSURE.require(actor, None)
    with transaction(actor):
        return page("standing/profiles.html", profiles=queries.profiles(), plain=PLAIN)


@bp.route("/disclosure/<uuid:profile_id>", methods=["GET", "POST"])
def profile(profile_id: uuid.UUID) -> ResponseReturnValue:
    """Change one; see first what a charity would see."""
    actor = current_actor()
    with transaction(actor):
        found = queries.get(profile_id)
        SET_DISCLOSURE.require(actor, found)
        chosen = [Field(one) for one in found.fields]
        form = ProfileForm(version=found.version, fields_shared=chosen, words=found.words)
        preview = "preview" in request.form
        if form.validate_on_submit() and not preview:
            session.refresh(found, with_for_update=True)
            if form.version.data == found.version:

                def effect() -> str:
                    actions.change(actor, found, form.fields_shared.data, form.words.data)
                    flash(f"Saved as version {found.version}. What was sent before is as it was")
                    return url_for(".profile", profile_id=profile_id)

                return redirect(once(form.submission(actor), effect), 303)
            form.form_errors.append(CHANGED)
            form["version"].data = found.version
        shown = {*(form.fields_shared.data or ()), *LEAST}
        return page(
            "standing/profile.html",
            form=form,
            profile=found,
            needs=queries.needs_with(found),
            versions=queries.versions(found),
            lines=[EXAMPLE[one] for one in Field if one in shown],
            kept=[PLAIN[one] for one in Field if one not in shown],
        )
