"""The pages of a referrer, under /refer."""

from typing import Any

from flask import Blueprint, current_app, url_for
from wtforms import Field

from app.ui import navigation
from app.ui.changed import leads_back
from app.ui.doors import signed_in
from referrals.refer.forms import codes
from referrals.refer.policy import REFER

bp = signed_in(Blueprint("refer", __name__, url_prefix="/refer", template_folder="templates"))
leads_back(bp, "refer.start")
navigation.add(
    "Refer",
    "refer.start",
    permission=REFER,
    about="Refer somebody, or go on with a draft",
    order=10,
    first_for=("referrer",),
)


@bp.context_processor
def words_for_codes() -> dict[str, Any]:
    """The words that stand for what is stored as a code, and whether to unfold something."""
    return {
        "said": _said,
        "place": _place,
        "genders": dict(codes.GENDERS),
        "ethnicities": dict(codes.ETHNICITIES),
        "urgencies": codes.URGENCIES,
        "agreements": codes.AGREEMENTS,
        "risks_to": codes.RISKS_TO,
    }


def _place(endpoint: str, **values: Any) -> str:
    """The address of a page in a room above this one, or nothing while there is no such page."""
    return url_for(endpoint, **values) if endpoint in current_app.view_functions else ""


def _said(*fields: Field) -> bool:
    return any(one.data or one.errors for one in fields)
