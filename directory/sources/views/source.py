"""The sources: all of them, a new one, one with its last result."""

import uuid

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from app.core.db import transaction
from app.core.idempotency import once
from app.identity.login import current_actor
from app.ui.forms import SecureForm
from app.ui.pages import page
from directory.importing.plan import EVIDENCE_RULE, RULE
from directory.sources import policy
from directory.sources.actions import source as actions
from directory.sources.blueprint import bp
from directory.sources.forms.source import OftenForm, SourceForm
from directory.sources.models.source import WHEN_ASKED
from directory.sources.queries import reading as readings
from directory.sources.queries import source as queries


@bp.get("/sources")
def listed() -> ResponseReturnValue:
    """Every source, with when it was last read."""
    actor = current_actor()
    policy.KEEP_SOURCES.require(actor)
    with transaction(actor):
        return page("sources/listed.html", sources=queries.listed(), rule=RULE, signs=EVIDENCE_RULE)


@bp.route("/sources/new", methods=["GET", "POST"])
def new() -> ResponseReturnValue:
    """Add a source; it is checked first."""
    actor = current_actor()
    policy.KEEP_SOURCES.require(actor)
    with transaction(actor):
        form = SourceForm()
        if not form.validate_on_submit():
            return page("sources/new.html", form=form)

        def effect() -> str:
            told = form.name.data, form.address.data, form.every_hours.data
            made = actions.add(actor, *told)
            flash("Source added. We are checking what it would change")
            return url_for(".source", source_id=made.id)

        return redirect(once(form.submission(actor), effect), 303)


@bp.get("/sources/<uuid:source_id>")
def source(source_id: uuid.UUID) -> ResponseReturnValue:
    """One source: its last result, what needs a look, and what can be done."""
    actor = current_actor()
    with transaction(actor):
        found = queries.kept(actor, source_id)
        policy.KEEP_SOURCES.require(actor)
        latest = readings.latest(source_id)
        return page(
            "sources/source.html",
            source=found,
            latest=latest,
            remarks=readings.remarks(latest[0].id) if latest else (),
            shown=readings.SHOWN,
            rule=RULE,
            signs=EVIDENCE_RULE,
            one_button=SecureForm,
        )


@bp.route("/sources/<uuid:source_id>/often", methods=["GET", "POST"])
def often(source_id: uuid.UUID) -> ResponseReturnValue:
    """Say how often it is read."""
    actor = current_actor()
    with transaction(actor):
        found = queries.kept(actor, source_id)
        policy.KEEP_SOURCES.require(actor)
        form = OftenForm(every_hours=found.every_hours or WHEN_ASKED)
        if not form.validate_on_submit():
            return page("sources/often.html", form=form, source=found)

        def effect() -> str:
            actions.change(actor, found, form.every_hours.data)
            flash(f"{found.name}: {found.often_words.lower()}")
            return url_for(".source", source_id=source_id)

        return redirect(once(form.submission(actor), effect), 303)
