"""What still stands in the way of finishing a referral, said so that it can be put right."""

import uuid
from dataclasses import dataclass

from directory import catalogue
from referrals.onward.queries import summary
from referrals.record.models.need import NeedStatus
from referrals.record.models.referral import Referral
from referrals.record.queries import referral as referrals


@dataclass(frozen=True)
class OpenWork:
    """Open needs and open onward referrals, as (id, words)."""

    needs: tuple[tuple[uuid.UUID, str], ...]
    onwards: tuple[tuple[uuid.UUID, str], ...]

    def __bool__(self) -> bool:
        return bool(self.needs or self.onwards)

    @property
    def words(self) -> str:
        """All of it in one sentence."""
        said = [f"the need “{name}”" for _, name in self.needs]
        said += [f"the onward referral to {name}" for _, name in self.onwards]
        return f"Still open: {'; '.join(said)}."


def of(referral: Referral) -> OpenWork:
    """What is still open on a referral."""
    needs = [one for one in referrals.needs(referral) if one.status == NeedStatus.OPEN]
    names = catalogue.term_names([one.term_id for one in needs]) if needs else {}
    sent = summary.of(referral)
    return OpenWork(
        tuple((one.id, names.get(one.term_id, "A need")) for one in needs),
        tuple((one.id, sent.service(one)) for one in sent.onwards if one.is_open),
    )
