"""Who may hold, propose and erase. A privacy officer never sees who a record is about."""

from app.access import Permission, rule
from app.identity.actor import Actor, Role
from referrals.retention.models.erasure import Erasure, State
from referrals.retention.models.hold import LegalHold


@rule("a privacy officer")
def privacy_officer(actor: Actor, _subject: object) -> bool:
    return actor.is_a(Role.PRIVACY_OFFICER)


@rule("acting for the agency that placed it")
def own_hold(actor: Actor, hold: LegalHold) -> bool:
    return actor.agency_id == hold.agency_id


@rule("somebody else than who proposed it")
def somebody_else(actor: Actor, erasure: Erasure) -> bool:
    return actor.user_id != erasure.proposed_by


@rule("asking about a proposal that is still open")
def still_proposed(_actor: Actor, erasure: Erasure) -> bool:
    return erasure.status == State.PROPOSED


SEE_KEPT = Permission("see how long records are kept", privacy_officer)
PLACE_HOLD = Permission("place a legal hold", privacy_officer)
LIFT_HOLD = Permission("lift a legal hold", privacy_officer & own_hold)
PROPOSE = Permission("propose an erasure", privacy_officer)
WITHDRAW = Permission("withdraw the proposal of an erasure", privacy_officer & still_proposed)
APPROVE = Permission("approve an erasure", privacy_officer & somebody_else & still_proposed)
