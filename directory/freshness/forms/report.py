"""Something wrong?"""

from app.ui.fields import ChoiceField, WordsField
from app.ui.forms import OpenForm
from directory.freshness.actions.report import WRONG_WORDS, Wrong


class ReportForm(OpenForm):
    """What is wrong, and nothing about who says so."""

    wrong = ChoiceField("What is wrong?", Wrong, words=WRONG_WORDS, required="Select what is wrong")
    words = WordsField(
        "What should it say?",
        hint="If you know. Please write nothing about yourself or anybody else",
        limit=500,
    )
