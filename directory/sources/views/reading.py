"""Having a source checked or read now, and the report of a reading."""

import io
import uuid

from flask import Response, flash, redirect, url_for
from flask.typing import ResponseReturnValue

from app.core.db import transaction
from app.core.idempotency import once
from app.core.spreadsheet import Sheet
from app.identity.login import current_actor
from app.ui.forms import SecureForm
from app.ui.pages import page
from directory.importing.report import COLUMNS
from directory.sources import policy
from directory.sources.actions import source as actions
from directory.sources.blueprint import bp
from directory.sources.queries import reading as readings
from directory.sources.queries import source as queries

SAID = {True: "We are checking it. Nothing is changed", False: "It is being read now"}


@bp.post("/sources/<uuid:source_id>/check")
def check(source_id: uuid.UUID) -> ResponseReturnValue:
    """Find out what reading it would change."""
    return _ask(source_id, dry_run=True)


@bp.post("/sources/<uuid:source_id>/reading")
def read(source_id: uuid.UUID) -> ResponseReturnValue:
    """Read it now."""
    return _ask(source_id, dry_run=False)


@bp.get("/sources/<uuid:source_id>/readings/<uuid:import_id>.csv")
def report(source_id: uuid.UUID, import_id: uuid.UUID) -> ResponseReturnValue:
    """Every row to look at, for a spreadsheet."""
    actor = current_actor()
    with transaction(actor):
        queries.kept(actor, source_id)
        policy.KEEP_SOURCES.require(actor)
        found = readings.get(source_id, import_id)
        file = io.StringIO(newline="")
        sheet = Sheet(file)
        sheet.row(COLUMNS)
        for one in readings.every_remark(import_id):
            sheet.row(vars(one).values())
    name = f"import-report-{found.started_at:%Y-%m-%d}.csv"
    return Response(
        file.getvalue(),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _ask(source_id: uuid.UUID, *, dry_run: bool) -> ResponseReturnValue:
    actor = current_actor()
    form = SecureForm()
    with transaction(actor):
        found = queries.kept(actor, source_id)
        policy.KEEP_SOURCES.require(actor)
        if not form.validate_on_submit():
            return page("sources/again.html", form=form, source=found)

        def effect() -> str:
            actions.read(actor, found, dry_run=dry_run)
            flash(f"{found.name}: {SAID[dry_run]}")
            return url_for(".source", source_id=source_id)

        return redirect(once(form.submission(actor), effect), 303)
