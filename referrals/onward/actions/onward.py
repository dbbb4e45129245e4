"""Refer somebody on to a service: what is sent is what was shown, and nothing else."""

import uuid

from sqlalchemy import func, select

from app.core import audit, clock
from app.core.db import session
from app.core.errors import Conflict, Invalid
from app.identity.actor import Actor
from config.settings import Settings
from referrals.onward.actions import step
from referrals.onward.models.disclosure import Disclosure
from referrals.onward.models.draft import OnwardDraft
from referrals.onward.models.onward_referral import OnwardReferral
from referrals.onward.policy import SEND_ON
from referrals.onward.queries import onward as onwards
from referrals.onward.queries import preview
from referrals.onward.queries.preview import Preview
from referrals.record import notices
from referrals.record.actions import event, next_step
from referrals.record.models.referral import Referral
from referrals.record.models.status import Status

BASIS = "The person agreed to these details being sent; confirmed by the sender"
NO_AGREEMENT = (
    "Nothing was sent: your agency has no sharing agreement in force with that organisation. "
    "You can signpost instead, or ask your administrator about sharing agreements."
)
NOT_TAKING = "Nothing was sent: this service is not taking referrals through this system now."
CHANGED = "The details have changed since they were shown. Check them again before sending."


def send(
    actor: Actor, referral: Referral, draft: OnwardDraft, digest: str, settings: Settings
) -> OnwardReferral:
    """Send what the preview with this digest showed.

    Raises:
        Denied: not the actor's referral, or not a moment at which to refer on.
        Invalid: no sharing agreement in force, or the service cannot receive it.
        Conflict: what would be sent is not what was shown.
    """
    SEND_ON.require(actor, referral)
    shown = preview.build(referral, draft)
    if not onwards.agreement_in_force(actor, shown.card.agency_id):
        raise Invalid(NO_AGREEMENT)
    if shown.standing.barrier:
        raise Invalid(f"Nothing was sent. {shown.standing.barrier}")
    if not shown.card.can_receive:
        raise Invalid(NOT_TAKING)
    if shown.digest != digest:
        raise Conflict(CHANGED)
    sent = _store(actor, referral, draft, shown, settings)
    disclosure = _disclose(actor, sent, shown)
    step.add(actor, sent, "sent")
    if referral.status == Status.ACCEPTED:
        referral.move(Status.IN_PROGRESS)
    event.add(actor, referral, "referred on")
    next_step.refresh(referral)
    audit.record(actor, "onward_referral.sent", sent)
    audit.record(actor, "disclosure.made", disclosure, reason=BASIS)
    notices.tell_agency(sent.to_agency_id, notices.Notice.REFERRAL_WAITING)
    return sent


def _store(
    actor: Actor, referral: Referral, draft: OnwardDraft, shown: Preview, settings: Settings
) -> OnwardReferral:
    now, onward_id = clock.now(), uuid.uuid4()
    due = clock.working_days_after(clock.today(), settings.onward_answer_working_days)
    # The relationship first: without it the receiver could never read what is written next.
    session.execute(select(func.trellis.pass_on(referral.id, onward_id, draft.service_id)))
    sent = OnwardReferral(
        id=onward_id,
        referral_id=referral.id,
        person_id=referral.person_id,
        need_id=draft.need_id,
        service_id=draft.service_id,
        from_agency_id=actor.agency_id,
        to_agency_id=shown.card.agency_id,
        created_by=actor.user_id,
        status=Status.REQUESTED,
        accompanied_by=draft.accompanied_by,
        accompanied_on=draft.accompanied_on,
        requested_at=now,
        answer_due=due,
        next_due_on=due,
        look_on=due,
    )
    session.add(sent)
    session.flush()
    return sent


def _disclose(actor: Actor, sent: OnwardReferral, shown: Preview) -> Disclosure:
    disclosure = Disclosure(
        referral_id=sent.referral_id,
        person_id=sent.person_id,
        onward_referral_id=sent.id,
        service_id=sent.service_id,
        to_agency_id=sent.to_agency_id,
        user_id=actor.user_id,
        profile=shown.profile.words,
        profile_version=shown.profile.version,
        fields=[str(one) for one in shown.fields],
        basis=BASIS,
        snapshot=shown.snapshot,
    )
    session.add(disclosure)
    session.flush()
    return disclosure
