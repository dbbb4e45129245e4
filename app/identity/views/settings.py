"""One's agency's own settings, for its administrators."""

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from app.core.db import session, transaction
from app.core.idempotency import once
from app.identity import policy
from app.identity.actions import agency as actions
from app.identity.blueprint import bp
from app.identity.forms.agency import AgencyForm
from app.identity.login import current_actor
from app.identity.models.agency import Agency
from app.identity.oidc import providers
from app.ui.pages import page


@bp.route("/people/agency", methods=["GET", "POST"])
def agency_settings() -> ResponseReturnValue:
    """Where notices go, and how people may sign in."""
    actor = current_actor()
    form = AgencyForm()
    with transaction(actor):
        agency = session.get_one(Agency, actor.agency_id)
        policy.SETTLE_AGENCY.require(actor, agency)
        ways = {one.settings.issuer: one.settings.label for one in providers.every()}
        ways |= {issuer: issuer for issuer in agency.issuers if issuer not in ways}
        form.issuers.choices = list(ways.items())
        if form.validate_on_submit():

            def effect() -> str:
                email, issuers = form.notice_email.data or "", form.issuers.data or []
                actions.settle(actor, agency, email, issuers)
                return url_for(".people")

            where = once(form.submission(actor), effect)
            flash("Your agency's settings are saved")
            return redirect(where, 303)
        if not form.is_submitted():
            form.notice_email.data = agency.notice_email or ""
            form.issuers.data = list(agency.issuers)
        return page("identity/agency_settings.html", form=form)
