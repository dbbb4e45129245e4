"""The search form of the public directory, sent by GET so that a result can be shared.

What is asked there is about no one in particular: words, a kind of need, and a postcode area of
some thousands of homes. A whole postcode is cut to its area before the page is shown; a search
for a person referred is a form of its own, sent by POST.
"""

from app.ui.fields import LineField, NumberField, PickField
from app.ui.forms import SecureForm
from directory.queries.needs import Group
from directory.queries.words import LONGEST


class SearchForm(SecureForm):
    """Changes nothing, so it needs neither a token nor an idempotency key."""

    class Meta(SecureForm.Meta):
        """Read from the address."""

        csrf = False

    idempotency_key = None

    words = LineField("What are you looking for?", limit=LONGEST)
    need = PickField("Kind of help", blank="Any kind")
    area = LineField("First half of the postcode", hint="Like QS1", limit=12)
    age = NumberField("Age of the person it is for", 0, 120)

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
