"""The pages of a referrer, under /refer."""

from typing import Any

from flask import Blueprint
from wtforms import Field

from app.ui import navigation
from app.ui.doors import signed_in
from referrals.refer.forms import codes
from referrals.refer.policy import REFER

bp = signed_in(Blueprint("refer", __name__, url_prefix="/refer", template_folder="templates"))
navigation.add(
    "Refer",
    "refer.start",
    permission=REFER,
    about="Refer somebody, or go on with a draft",
    order=10,
)


@bp.context_processor
def words_for_codes() -> dict[str, Any]:
    """The words that stand for what is stored as a code, and whether to unfold something."""
    return {
        "said": _said,
        "genders": dict(codes.GENDERS),
        "ethnicities": dict(codes.ETHNICITIES),
        "urgencies": codes.URGENCIES,
        "agreements": codes.AGREEMENTS,
        "risks_to": codes.RISKS_TO,
    }


def _said(*fields: Field) -> bool:
    return any(one.data or one.errors for one in fields)
