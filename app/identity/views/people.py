"""The people of one's agency, for its administrators."""

import uuid

from flask import current_app, flash, redirect, url_for
from flask.typing import ResponseReturnValue

from app.core import clock
from app.core.db import transaction
from app.core.idempotency import once
from app.identity import policy
from app.identity.actions import membership as actions
from app.identity.blueprint import bp
from app.identity.forms.people import HINTS, RolesForm
from app.identity.login import current_actor
from app.identity.queries import membership as memberships
from app.ui.forms import SecureForm
from app.ui.pages import page


@bp.get("/people")
def people() -> ResponseReturnValue:
    """Who is waiting to be let in, and who is a member."""
    actor = current_actor()
    with transaction(actor):
        policy.SEE_PEOPLE.require(actor)
        members, waiting = memberships.of_agency(actor), memberships.waiting(actor)
        return page("identity/people.html", members=members, waiting=waiting)


@bp.route("/people/waiting/<uuid:user_id>", methods=["GET", "POST"])
def let_in(user_id: uuid.UUID) -> ResponseReturnValue:
    """Give roles to somebody who is waiting."""
    actor = current_actor()
    form = RolesForm()
    form.offer(actor.agency_kind)
    with transaction(actor):
        policy.SEE_PEOPLE.require(actor)
        if form.validate_on_submit():

            def effect() -> str:
                user = memberships.get_waiting(actor, user_id)
                actions.let_in(actor, user, form.roles.data or [])
                return url_for(".people")

            where = once(form.submission(actor), effect)
            flash("They can come in from their next click")
            return redirect(where, 303)
        user = memberships.get_waiting(actor, user_id)
        return page("identity/let_in.html", form=form, user=user, hints=HINTS)


@bp.post("/people/waiting/<uuid:user_id>/refusal")
def turn_away(user_id: uuid.UUID) -> ResponseReturnValue:
    """Say that somebody who is waiting does not belong to the agency."""
    actor = current_actor()
    form = SecureForm()
    if not form.validate_on_submit():
        return redirect(url_for(".let_in", user_id=user_id), 303)
    with transaction(actor):
        policy.SEE_PEOPLE.require(actor)

        def effect() -> str:
            actions.turn_away(actor, memberships.get_waiting(actor, user_id))
            return url_for(".people")

        where = once(form.submission(actor), effect)
    flash("They were not let in")
    return redirect(where, 303)


@bp.route("/people/<uuid:membership_id>", methods=["GET", "POST"])
def member(membership_id: uuid.UUID) -> ResponseReturnValue:
    """What a member may do, and where they are signed in."""
    actor = current_actor()
    form = RolesForm()
    form.offer(actor.agency_kind)
    idle = current_app.session_interface.idle  # type: ignore[attr-defined]
    with transaction(actor):
        policy.SEE_PEOPLE.require(actor)
        found = memberships.get(actor, membership_id)
        policy.CHANGE_MEMBER.require(actor, found.membership)
        if form.validate_on_submit():

            def effect() -> str:
                actions.change_roles(actor, found.membership, form.roles.data or [])
                return url_for(".people")

            where = once(form.submission(actor), effect)
            flash("The roles are changed, from their next click")
            return redirect(where, 303)
        if not form.is_submitted():
            form.roles.data = memberships.roles_of(found.membership)
        seen_after = clock.now() - idle
        live = memberships.live_sessions(found.user.id, seen_after, actor.agency_id)
        return page("identity/member.html", form=form, member=found, live=live, hints=HINTS)


@bp.route("/people/<uuid:membership_id>/removal", methods=["GET", "POST"])
def remove_member(membership_id: uuid.UUID) -> ResponseReturnValue:
    """Ask, then end a membership."""
    actor = current_actor()
    form = SecureForm()
    with transaction(actor):
        policy.SEE_PEOPLE.require(actor)
        if form.validate_on_submit():

            def effect() -> str:
                actions.remove(actor, memberships.get(actor, membership_id).membership)
                return url_for(".people")

            where = once(form.submission(actor), effect)
            flash("They are no longer a member, from their next click")
            return redirect(where, 303)
        found = memberships.get(actor, membership_id)
        policy.CHANGE_MEMBER.require(actor, found.membership)
        return page("identity/remove_member.html", form=form, member=found)


@bp.post("/people/<uuid:membership_id>/sessions/<uuid:session_id>/end")
def end_session(membership_id: uuid.UUID, session_id: uuid.UUID) -> ResponseReturnValue:
    """Sign out one of a member's browsers."""
    actor = current_actor()
    where = url_for(".member", membership_id=membership_id)
    if not SecureForm().validate_on_submit():
        return redirect(where, 303)
    with transaction(actor):
        policy.SEE_PEOPLE.require(actor)
        found = memberships.get(actor, membership_id)
        actions.end_session(actor, found.membership, session_id)
    flash("That browser is signed out")
    return redirect(where, 303)
