"""One more time at which a service happens."""

from wtforms import ValidationError

from app.ui.fields import ChoicesField, LineField, PickField, TimeField
from app.ui.forms import VersionedForm
from directory.models.schedule import Day, Repeat
from directory.models.timetable import NAMES, Session


class SessionForm(VersionedForm):
    """Days, hours, how often."""

    days = ChoicesField("Which days?", Day, words=NAMES, required="Tick at least one day")
    opens_at = TimeField("Starts at", hint="Like 10am or 14:30")
    closes_at = TimeField("Ends at", hint="Like midday or 16:00")
    repeat = PickField("How often?", Repeat, required="Choose how often")
    note = LineField("Anything else?", hint="Like: not in August", limit=150)

    def validate_closes_at(self, field: TimeField) -> None:
        """It ends after it starts."""
        starts = self.opens_at.data
        if field.data and starts and field.data <= starts:
            raise ValidationError("The end must be later than the start")

    def to_session(self) -> Session:
        """The value of the answers."""
        return Session(
            tuple(self.days.data or ()),
            self.repeat.data or Repeat.WEEKLY,
            self.opens_at.data,
            self.closes_at.data,
            self.note.data,
        )
