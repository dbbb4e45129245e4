"""What an agency decides about itself: where notices go, who vouches for its people."""

from app.core import audit
from app.core.errors import Conflict
from app.identity import policy
from app.identity.actor import Actor
from app.identity.models.agency import Agency
from app.identity.queries import user as users


def settle(actor: Actor, agency: Agency, notice_email: str, issuers: list[str]) -> None:
    """Keep the agency's own settings.

    Raises:
        Conflict: it would shut out the administrator who does it.
    """
    policy.SETTLE_AGENCY.require(actor, agency)
    if issuers and users.get(actor.user_id).issuer not in issuers:
        raise Conflict("Keep the way that you sign in yourself, or you could not come back.")
    agency.notice_email, agency.issuers = notice_email or None, sorted(issuers)
    audit.record(actor, "agency.settled", agency)
