"""A source: what it is called, where it is, how often it is read."""

from urllib.parse import urlsplit

from wtforms import ValidationError

from app.ui.fields import ChoiceField, LineField
from app.ui.forms import SecureForm
from directory.forms.contact import web_address
from directory.sources.models.source import OFTEN
from directory.sources.queries import source as sources

HOW_OFTEN = "How often shall it be read?"


class OftenForm(SecureForm):
    """How often a source is read."""

    every_hours = ChoiceField(
        HOW_OFTEN, OFTEN.items(), coerce=int, required="Say how often it shall be read"
    )


class SourceForm(OftenForm):
    """A new source. Its address is published by somebody else, and can hold anything."""

    name = LineField(
        "What is it called?",
        hint="Like Saltmere District Council. It is shown beside what comes from there",
        required="Enter a name for the source",
        limit=200,
    )
    address = LineField(
        "Address of the feed or file",
        hint="Open Referral UK, like https://example.org/open-referral/v3/services; "
        "or a tabular package (.zip) or a spreadsheet (.csv) with our names of columns",
        required="Enter the address of the feed or file",
        limit=2000,
    )

    def validate_address(self, field: LineField) -> None:
        """It is http or https, and holds no password."""
        field.data = web_address(field.data)
        if "@" in urlsplit(field.data).netloc:
            raise ValidationError("Leave out the name and password: feeds are open to everybody")
        known = sources.called(self.name.data)
        # The same again is this form sent twice.
        if known and known.address != field.data:
            raise ValidationError("Another source has this name: choose another for this address")
