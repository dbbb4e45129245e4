"""What was tried and what did not work, read from what was sent on, told, and how needs ended."""

from dataclasses import dataclass

from directory import catalogue
from referrals.finish.words import NEED_ENDINGS
from referrals.onward.models.onward_referral import Attendance, OnwardReferral
from referrals.onward.queries import summary
from referrals.onward.words import reason_words
from referrals.record.models.need import NeedStatus
from referrals.record.models.referral import Referral
from referrals.record.models.status import Status
from referrals.record.queries import referral as referrals

ENDED = {
    Status.COMPLETED: "went there, finished",
    Status.REJECTED: "declined",
    Status.FAILED: "ended without help",
    Status.CANCELLED: "withdrawn",
}
NOT_HELPED = (Status.REJECTED, Status.FAILED, Status.CANCELLED)
UNMET = (NeedStatus.NOT_MET, NeedStatus.NO_SUITABLE_SERVICE)


@dataclass(frozen=True)
class Tried:
    """Lines for the message; the community referrer edits them."""

    tried: tuple[str, ...]
    did_not_work: tuple[str, ...]
    needs: tuple[str, ...]


def of(referral: Referral) -> Tried:
    """Read it all, in a fixed number of statements."""
    sent = summary.of(referral)
    needs = referrals.needs(referral)
    names = catalogue.term_names([one.term_id for one in needs]) if needs else {}
    tried: list[str] = []
    failed: list[str] = []
    ended: list[str] = []
    for onward in sent.onwards:
        line = f"{sent.service(onward)}: {_what_became(onward)}"
        (failed if onward.status in NOT_HELPED else tried).append(line)
    tried += [f"Told about {sent.service(one)}" for one in sent.signposts]
    for need in needs:
        name, words = names.get(need.term_id, "A need"), need.words.ending
        line = f"{name}: {NEED_ENDINGS[NeedStatus(need.status)]}" + (f". {words}" if words else "")
        ended.append(line)
        if need.status in UNMET:
            failed.append(line)
    return Tried(tuple(tried), tuple(failed), tuple(ended))


def _what_became(onward: OnwardReferral) -> str:
    said = ENDED.get(Status(onward.status), str(onward.attendance or onward.status))
    why = reason_words(onward.reason_code) if onward.status in NOT_HELPED else ""
    missed = onward.attendance == Attendance.DID_NOT_ATTEND and not onward.is_open
    parts = [said, why.lower(), "did not attend" if missed else ""]
    return ", ".join(one for one in parts if one)
