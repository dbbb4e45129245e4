"""What the pages that change a listing share: saving once, guarded by its version."""

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from app.core.db import session
from app.core.idempotency import once
from app.identity.actor import Actor
from app.ui.forms import SecureForm, VersionedForm
from directory.actions.topics.topic import Topic
from directory.curation.actions import proposal
from directory.models.service import Service

CHANGED = (
    "Somebody else changed this listing while you were writing. What you wrote is still here: "
    "look at the listing, then save again if it is right"
)


class _Stale(Exception):
    """The listing changed after the form was shown."""


def save(
    actor: Actor, service: Service, form: SecureForm, value: Topic, back_to: str = ""
) -> ResponseReturnValue | None:
    """Change one topic of a listing once, however often the form is sent.

    None when somebody else changed the listing meanwhile: then the form says so, and nothing
    typed is lost. Sent again, it stands for the listing as it is now.
    """

    def effect() -> str:
        if isinstance(form, VersionedForm) and form.version.data != service.version:
            raise _Stale
        flash(f"{value.title}: {proposal.say(actor, service, value).value}")
        return back_to or url_for(".listing", service_id=service.id)

    try:
        # Rolled back by itself, so that the key of a form refused can be used again.
        with session.begin_nested():
            return redirect(once(form.submission(actor), effect), 303)
    except _Stale:
        form.form_errors.append(CHANGED)
        form["version"].data = service.version
        return None
