"""Who may write a safeguarding note, and who may know that there is one."""

from app.access import Permission, rule
from app.identity.actor import Actor
from referrals.record.models.relationship import Standing
from referrals.record.policy import a_link_worker, receiver, team_lead
from referrals.safeguarding.models.note import SafeguardingNote


@rule("one of the people whom the note names, in the team that wrote it and holds the referral")
def named(actor: Actor, note: SafeguardingNote) -> bool:
    return (
        actor.user_id in note.readers
        and actor.agency_id == note.agency_id
        and Standing.HOLDER in actor.reach
    )


ADD_NOTE = Permission("write a safeguarding note", receiver & (a_link_worker | team_lead))
READ_NOTE = Permission("read a safeguarding note, or know that there is one", named)
CHANGE_NOTE = Permission("change a safeguarding note, or who may read it", named)
