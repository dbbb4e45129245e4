"""Look for a service."""

from app.ui.fields import ChoicesField, LineField, NumberField, PickField
from app.ui.forms import SecureForm
from directory.catalogue import Answer, Chosen, Facility, facet

MILES = (1, 3, 5, 10, 20)
THEIRS = "theirs"
ANY_OF_THEIRS = (THEIRS, "Any of their needs")


class FindForm(SecureForm):
    """Words, need, area, age and what a place must have, filled in with what is known.

    What a place must have leaves nothing out: a listing that does not say is still shown, with a
    word of warning. `narrow` does leave out. Buttons send `after`, where the next page begins,
    `spelt`, the words in another spelling, and `without`, one choice to take away.
    """

    words = LineField("Words", limit=100)
    need = PickField("Need", blank="Anything in the directory")
    near = LineField("Near", limit=10)
    within = PickField(
        "How far",
        [(str(one), f"Within {one} mile{'s' * (one > 1)}") for one in MILES],
        blank="Any distance",
    )
    age = NumberField("Age", 0, 120)
    language = LineField("Language", limit=40)
    access = ChoicesField("A place must have", Facility)
    narrow = ChoicesField("Narrow the results", coerce=facet, name="with")
    after = LineField("After", limit=300)
    spelt = LineField("Spelling", limit=200)
    without = LineField("Without", limit=70)

    def offer(self, needs: list[tuple[str, str]]) -> None:
        """Offer the needs of the person, all of them together first; and what was chosen."""
        together = [ANY_OF_THEIRS] if len(needs) > 1 else []
        self.need.choices = [*together, *needs]
        self.narrow.choices = [(one, one) for one in self.narrow.chosen]

    def settle(self) -> None:
        """Do what a button asked for."""
        self.words.data = self.spelt.data or self.words.data
        self.narrow.data = [one for one in self.narrow.chosen if one != self.without.data]

    def number(self, found: Answer) -> None:
        """Say beside each distance how many there would be, where that is known."""
        numbers = found.within(self.miles)
        self.within.choices = [
            (one, f"{text} ({numbers[one]})" if one in numbers else text)
            for one, text in self.within.choices
        ]

    @property
    def needs(self) -> dict[str, str]:
        """The needs that are searched for, by term."""
        theirs = {term: name for term, name in self.need.choices if term != THEIRS}
        wanted = self.need.data
        return theirs if wanted == THEIRS else {t: n for t, n in theirs.items() if t == wanted}

    @property
    def miles(self) -> int | None:
        """How far they would go; None is any distance."""
        return int(self.within.data) if self.within.data else None

    @property
    def facets(self) -> Chosen:
        """What the results are narrowed by."""
        return Chosen.parse(self.narrow.chosen)
