"""The search form of the public directory, sent by GET so that a result can be shared.

What is asked there is about no one in particular: words, a kind of need, and a postcode without
its last two letters, which is some thousand homes. A whole postcode is cut before the page is
shown; a search for a person referred is a form of its own, sent by POST.
"""

from functools import cached_property
from typing import Any

from app.ui.fields import ChoicesField, LineField, NumberField, PickField
from app.ui.forms import SecureForm
from directory.finding.models.facet import MILES, Chosen, facet
from directory.finding.queries.answer import Answer
from directory.queries.needs import Group
from directory.queries.words import LONGEST

ANYWHERE = "any"
USUAL_MILES = 10


def numbered(choices: list[tuple[str, str]], numbers: dict[str, int]) -> list[tuple[str, str]]:
    """The same choices, each with its number where that is known."""
    return [(one, f"{text} ({numbers[one]})" if one in numbers else text) for one, text in choices]


class SearchForm(SecureForm):
    """Changes nothing, so it needs neither a token nor an idempotency key."""

    class Meta(SecureForm.Meta):
        """Read from the address."""

        csrf = False

    idempotency_key = None

    words = LineField(
        "What are you looking for?",
        limit=LONGEST,
        hint="In your own words, like lonely, can’t pay gas, dad has dementia",
    )
    need = PickField("Kind of help", blank="Any kind")
    area = LineField("Postcode", hint="All of it, or the first half", limit=12)
    within = PickField(
        "How far",
        [*((str(one), f"Within {one} mile{'s' * (one > 1)}") for one in MILES), (ANYWHERE, "Any")],
        blank="",
    )
    age = NumberField("Age of the person it is for", 0, 120)
    narrow = ChoicesField("Narrow the results", coerce=facet, name="with")

    def offer(self, groups: list[Group]) -> None:
        """Offer every group of needs and every need in it."""
        self.need.choices = [
            choice
            for group in groups
            for choice in [
                (group.code, f"{group.name}: anything"),
                *((term.code, f"– {term.name}") for term in group.terms),
            ]
        ]
        self.narrow.choices = [(one, one) for one in self.narrow.chosen]
        self.within.data = self.within.data or str(USUAL_MILES)

    def number(self, found: Answer, groups: list[Group]) -> None:
        """Say beside each need and each distance how many there would be, where that is known."""
        numbers = found.within(self.miles)
        if not (self.need.data or found.counts.many):
            ids = {one.code: one.id for group in groups for one in group.terms}
            ids |= {one.code: one.id for one in groups}
            numbers |= {code: found.counts.need(term_id) for code, term_id in ids.items()}
        for field in (self.need, self.within):
            field.choices = numbered(field.choices, numbers)

    @property
    def miles(self) -> int | None:
        """How far somebody would go; None is any distance."""
        return None if self.within.data == ANYWHERE else int(self.within.data or USUAL_MILES)

    @cached_property
    def facets(self) -> Chosen:
        """What the results are narrowed by."""
        return Chosen.parse(self.narrow.chosen)

    def asked(self) -> dict[str, Any]:
        """What was asked, as it stands in an address; blanks are left out."""
        plain = ("words", "need", "area", "age")
        said = {one: str(self[one].data) for one in plain if self[one].data is not None}
        far = self.within.data if self.area.data else ""
        said["within"] = "" if far == str(USUAL_MILES) else far
        chosen = {"with": list(self.facets.facets)}
        return {name: value for name, value in (said | chosen).items() if value}
