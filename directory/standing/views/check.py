"""An organisation's checks, and the rules for those that lapse."""

import uuid

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from app.core import clock
from app.core.db import transaction
from app.core.idempotency import once
from app.identity.login import current_actor
from app.ui.pages import page
from directory.queries import organisation as organisations
from directory.standing.actions import check as actions
from directory.standing.blueprint import bp
from directory.standing.forms.check import CheckForm, RulesForm
from directory.standing.models.check import RULE_WORDS
from directory.standing.policy import RECORD_CHECK
from directory.standing.queries import check as queries


@bp.route("/organisations/<uuid:organisation_id>/checks", methods=["GET", "POST"])
def checks(organisation_id: uuid.UUID) -> ResponseReturnValue:
    """Who saw what, until when it is good; record another."""
    actor = current_actor()
    with transaction(actor):
        found = organisations.kept(actor, organisation_id)
        RECORD_CHECK.require(actor, found)
        form = CheckForm()
        if form.validate_on_submit():

            def effect() -> str:
                actions.record(actor, found, form.to_seen())
                flash("Recorded")
                return url_for(".checks", organisation_id=organisation_id)

            return redirect(once(form.submission(actor), effect), 303)
        recorded = queries.of_organisation(found.id)
        newest = {one.kind: one.id for one in reversed(recorded)}
        return page(
            "standing/checks.html",
            form=form,
            organisation=found,
            checks=recorded,
            newest=set(newest.values()),
            rules=queries.rules(),
            rule_words=RULE_WORDS,
            today=clock.today(),
        )


@bp.route("/check-rules", methods=["GET", "POST"])
def check_rules() -> ResponseReturnValue:
    """What may be sent to a service while one of its checks has lapsed."""
    actor = current_actor()
    RECORD_CHECK.require(actor, None)
    with transaction(actor):
        now = {kind.name.lower(): rule for kind, rule in queries.rules().items()}
        form = RulesForm(**now)
        if form.validate_on_submit():

            def effect() -> str:
                actions.change_rules(actor, form.rules())
                flash("Saved")
                return url_for(".check_rules")

            return redirect(once(form.submission(actor), effect), 303)
        return page("standing/rules.html", form=form)
