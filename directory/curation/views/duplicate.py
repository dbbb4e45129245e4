"""Two listings side by side: different, or one; and taking a merge apart again."""

import uuid
from collections.abc import Iterator

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from app.core.db import session, transaction
from app.core.errors import Conflict
from app.core.idempotency import once
from app.identity.actor import Actor
from app.identity.login import current_actor
from app.ui.forms import SecureForm
from app.ui.pages import page
from directory.actions.listing import TOPICS
from directory.actions.topics.topic import Topic
from directory.curation.actions import merge as merges
from directory.curation.blueprint import bp
from directory.curation.forms.decision import MergeForm
from directory.curation.models.merge import DuplicatePair, ListingMerge
from directory.curation.policy import CURATE
from directory.curation.queries import waiting
from directory.models.service import Service
from directory.queries import service as services

Said = dict[str, str]


@bp.route("/duplicates/<uuid:pair_id>", methods=["GET", "POST"])
def duplicate(pair_id: uuid.UUID) -> ResponseReturnValue:
    """Compare the two, topic by topic; decide which stays."""
    actor = current_actor()
    with transaction(actor):
        pair = waiting.get(DuplicatePair, pair_id)
        CURATE.require(actor, None)
        both = services.get(pair.first_id), services.get(pair.second_id)
        differing = [one for one in _said(*both) if one[1] != one[2]]
        form = MergeForm()
        form.take.choices = [(topic.slug, topic.title) for topic, _, _ in differing]
        if form.validate_on_submit():
            return redirect(
                once(form.submission(actor), lambda: _decide(actor, pair, both, form)), 303
            )
        return page("curation/duplicate.html", form=form, pair=pair, both=both, differing=differing)


@bp.post("/merges/<uuid:merge_id>/parting")
def part(merge_id: uuid.UUID) -> ResponseReturnValue:
    """Take a merge apart again."""
    actor = current_actor()
    form = SecureForm()
    with transaction(actor):
        merged = waiting.get(ListingMerge, merge_id)
        CURATE.require(actor, None)
        back = url_for("directory.listing", service_id=merged.kept_id)
        if not form.validate_on_submit():
            return redirect(back, 303)

        def effect() -> str:
            gone = merges.part(actor, merged)
            flash(f"Apart again: {gone.name}")
            return url_for("directory.listing", service_id=gone.id)

        try:
            with session.begin_nested():
                return redirect(once(form.submission(actor), effect), 303)
        except Conflict as changed:
            flash(changed.message)
            return redirect(back, 303)


def _said(first: Service, second: Service) -> Iterator[tuple[type[Topic], Said, Said]]:
    """What each of the two says on each topic, in words: ids do not make a difference."""
    for topic in TOPICS.values():
        yield topic, topic.of(first).said(), topic.of(second).said()


def _decide(
    actor: Actor, pair: DuplicatePair, both: tuple[Service, Service], form: MergeForm
) -> str:
    decision = form.decision.data
    if decision == "different":
        merges.different(actor, pair)
        flash("Kept as two")
        return url_for(".queue")
    kept, gone = both if decision == "first" else both[::-1]
    merges.merge(actor, kept, gone, form.take.data or ())
    flash(f"Merged. The other page leads to {kept.name} now")
    return url_for("directory.listing", service_id=kept.id)
