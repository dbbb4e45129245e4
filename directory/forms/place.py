"""One place at which a service happens."""

from typing import Self

from app.ui.fields import ChoicesField, LineField, PostcodeField, WordsField
from app.ui.forms import VersionedForm
from directory.actions.topics.places import Place
from directory.models.location import Facility


class PlaceForm(VersionedForm):
    """Address, how to get there, what makes it usable."""

    name = LineField(
        "Name of the place", required="Enter the name of the place", hint="Like Harbour Hall"
    )
    address = LineField("Building and street")
    town = LineField("Town or village", limit=100)
    postcode = PostcodeField(
        "Postcode", required="Enter the postcode, so that people nearby find it"
    )
    travel = WordsField("How to get there", hint="Bus, parking, which door", limit=1000)
    facilities = ChoicesField("What does it have?", Facility)
    access = WordsField("More about access", limit=1000)

    @classmethod
    def of(cls, place: Place, version: int) -> Self:
        """The form filled in with a place."""
        return cls(version=version, **vars(place))

    def to_place(self, place_id: str = "") -> Place:
        """The value of the answers."""
        return Place(
            self.name.data,
            self.address.data,
            self.town.data,
            self.postcode.data,
            self.travel.data,
            list(map(str, self.facilities.data or ())),
            self.access.data,
            place_id,
        )
