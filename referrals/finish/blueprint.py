"""Ending needs and referrals (under /caseload), and what a referrer sees of it (/sent)."""

from flask import Blueprint

from app.identity.actor import Actor
from app.ui import navigation
from app.ui.changed import leads_back
from app.ui.doors import signed_in
from referrals.caseload import panels
from referrals.finish import words
from referrals.finish.policy import END_NEED, FINISH, LIST_SENT, TELL_REFERRER
from referrals.finish.queries import letters
from referrals.finish.queries.letters import Letters
from referrals.record.models.referral import Referral
from referrals.record.queries import story

bp = signed_in(Blueprint("finish", __name__, url_prefix="/caseload", template_folder="templates"))
sent = signed_in(Blueprint("sent", __name__, url_prefix="/sent", template_folder="templates"))
leads_back(bp, "caseload.show", latest=story.latest)
leads_back(sent, "sent.show", latest=story.latest)
navigation.add(
    "Sent",
    "sent.index",
    permission=LIST_SENT,
    about="What became of the referrals you sent",
    order=50,
)


def _read(_actor: Actor, referral: Referral) -> Letters:
    return letters.of(referral)


panels.add(panels.Panel("letters", "Messages to the referrer", "finish/panel.html", _read, 30))
panels.offer(panels.Link(panels.ON_NEED, "End this need", "finish.end_need", END_NEED, 20))
panels.offer(
    panels.Link(
        panels.ON_REFERRAL, "Tell the referrer of the plan", "finish.plan", TELL_REFERRER, 30
    )
)
panels.offer(panels.Link(panels.ON_REFERRAL, "Finish", "finish.close", FINISH, 40))


@bp.context_processor
@sent.context_processor
def _words() -> dict[str, object]:
    return {"message_words": words.MESSAGES}
