"""The curator's first page: what to do next."""

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from app.core.db import transaction
from app.core.idempotency import once
from app.identity.login import current_actor
from app.ui.forms import SecureForm
from app.ui.pages import page
from app.ui.words import plural
from directory.actions.listing import TOPICS
from directory.curation.actions import merge
from directory.curation.blueprint import bp
from directory.curation.policy import CURATE
from directory.curation.queries import queue as queries
from directory.curation.queries.queue import Kind
from directory.freshness.actions.report import WRONG_WORDS
from directory.models.freshness import DOUBTS


@bp.get("/queue")
def queue() -> ResponseReturnValue:
    """Everything that waits, or one kind of it, the oldest first."""
    actor = current_actor()
    CURATE.require(actor, None)
    asked = request.args.get("kind", "")
    kind = Kind(asked) if asked in set(Kind) else None
    with transaction(actor):
        found, following = queries.page(kind, request.args.get("after", ""))
        return page(
            "curation/queue.html",
            form=SecureForm(),
            counts=queries.counts(),
            found=found,
            following=following,
            kind=kind,
            topics=TOPICS,
            wrong_words=WRONG_WORDS,
            doubts=DOUBTS,
        )


@bp.post("/queue/duplicates")
def look_for_duplicates() -> ResponseReturnValue:
    """Look for listings that may be one now, not only at night."""
    actor = current_actor()
    CURATE.require(actor, None)
    form = SecureForm()
    with transaction(actor):
        if not form.validate_on_submit():
            return redirect(url_for(".queue"), 303)

        def effect() -> str:
            flash(f"Looked for duplicates: {plural(merge.find(), 'new pair')}")
            return url_for(".queue", kind=Kind.DUPLICATE)

        return redirect(once(form.submission(actor), effect), 303)
