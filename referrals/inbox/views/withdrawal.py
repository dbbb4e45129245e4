"""Acknowledge a withdrawal."""

import uuid

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from app.core.db import transaction
from app.core.idempotency import once
from app.identity.login import current_actor
from app.ui.forms import SecureForm
from referrals.inbox.actions import withdrawal
from referrals.inbox.blueprint import bp
from referrals.inbox.policy import READ_INBOX


@bp.post("/withdrawals/<uuid:withdrawal_id>/acknowledgement")
def acknowledge(withdrawal_id: uuid.UUID) -> ResponseReturnValue:
    """The agency has stopped."""
    actor = current_actor()
    READ_INBOX.require(actor)
    form = SecureForm()
    where = url_for(".index")
    with transaction(actor):
        if form.validate_on_submit():

            def effect() -> str:
                withdrawal.acknowledge(actor, withdrawal_id)
                flash("Acknowledged. The team that sent it can see that")
                return where

            where = once(form.submission(actor), effect)
    return redirect(where, 303)
