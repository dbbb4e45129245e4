"""Days and times in words, as a calendar in the United Kingdom has them."""

from datetime import date, datetime, time

from app.core import clock


def _day(value: date | datetime) -> date:
    return clock.local(value).date() if isinstance(value, datetime) else value


def _days(count: int) -> str:
    return "1 day" if count == 1 else f"{count} days"


def date_words(value: date | datetime) -> str:
    """Sunday 22 November 2026."""
    day = _day(value)
    return f"{day:%A} {day.day} {day:%B} {day.year}"


def short_date(value: date | datetime) -> str:
    """22 Nov 2026."""
    day = _day(value)
    return f"{day.day} {day:%b} {day.year}"


def time_words(value: time | datetime) -> str:
    """2:30pm, midday, midnight."""
    at = clock.local(value).time() if isinstance(value, datetime) else value
    if at.minute == 0 and at.hour in (0, 12):
        return "midday" if at.hour else "midnight"
    minutes = f":{at.minute:02d}" if at.minute else ""
    return f"{at.hour % 12 or 12}{minutes}{'am' if at.hour < 12 else 'pm'}"


def moment_words(value: datetime) -> str:
    """22 November 2026 at 2:30pm."""
    day = _day(value)
    return f"{day.day} {day:%B} {day.year} at {time_words(value)}"


def due_words(value: date | datetime, today: date | None = None) -> str:
    """3 days overdue, due today, due tomorrow, due in 2 days."""
    left = (_day(value) - (today or clock.today())).days
    if left < 0:
        return f"{_days(-left)} overdue"
    return {0: "due today", 1: "due tomorrow"}.get(left, f"due in {_days(left)}")


def due_colour(value: date | datetime, today: date | None = None) -> str:
    """The tag colour that goes with due_words."""
    left = (_day(value) - (today or clock.today())).days
    return "red" if left < 0 else "yellow" if left < 2 else "grey"


def ago_words(value: date | datetime, today: date | None = None) -> str:
    """Today, yesterday, 3 days ago."""
    gone = ((today or clock.today()) - _day(value)).days
    if gone < 0:
        return f"in {_days(-gone)}"
    return {0: "today", 1: "yesterday"}.get(gone, f"{_days(gone)} ago")


def age(born: date, today: date | None = None) -> int:
    """Whole years since `born`."""
    now = today or clock.today()
    return now.year - born.year - ((now.month, now.day) < (born.month, born.day))
