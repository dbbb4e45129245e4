"""What a community referrer decides before an onward referral is previewed and sent."""

import uuid
from dataclasses import dataclass
from datetime import date

from directory.catalogue import Field
from referrals.onward.models.onward_referral import Company


@dataclass(frozen=True)
class OnwardDraft:
    """`left_out` are fields the service might see but need not, this time."""

    service_id: uuid.UUID
    need_id: uuid.UUID
    words: str = ""
    accompanied_by: Company | None = None
    accompanied_on: date | None = None
    left_out: tuple[Field, ...] = ()
