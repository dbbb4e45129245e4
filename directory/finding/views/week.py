"""What is on this week: a day at a time, and the whole week for a calendar."""

import uuid
from datetime import date

from flask import Response, current_app, redirect, request, url_for
from flask.typing import ResponseReturnValue

from app.core import clock
from app.core.db import NOBODY, transaction
from app.ui.doors import public
from app.ui.pages import page
from directory.blueprint import bp
from directory.finding.forms.search import SearchForm
from directory.finding.models.occasion import coming_week
from directory.finding.queries.week import MOST_A_DAY, MOST_A_WEEK, Line, in_week, on_day
from directory.finding.schemas.calendar import Entry, of_occasions, of_sessions
from directory.finding.views.find import around, asked, cut_short, is_unknown, wanted_in
from directory.models.service import Service
from directory.models.timetable import Session
from directory.queries import needs
from directory.queries import service as services

FIRST = f" (the first {MOST_A_WEEK} services only)"
CALENDAR = "text/calendar; charset=utf-8"


@bp.get("/this-week")
@public
def this_week() -> ResponseReturnValue:
    """What is on today, or on another of the coming seven days."""
    form = SearchForm(request.args)
    days = coming_week(clock.today())
    with transaction(NOBODY):
        form.offer(needs.groups())
        cut = cut_short(form)
        if cut:
            return redirect(url_for(".this_week", **asked(form) | {"area": cut}))
        on = _asked_day(days)
        found = on_day(wanted_in(form), on) if form.validate() else None
        return page(
            "finding/week.html",
            form=form,
            days=days,
            on=on,
            found=found,
            most=MOST_A_DAY,
            most_a_week=MOST_A_WEEK,
            unknown=is_unknown(form),
            **around(form),
        )


@bp.get("/this-week.ics")
@public
def this_week_calendar() -> ResponseReturnValue:
    """The same for a calendar, all seven days of it."""
    form = SearchForm(request.args)
    with transaction(NOBODY):
        form.offer(needs.groups())
        wanted = wanted_in(form) if form.validate() else None
        days = coming_week(clock.today()) if wanted else []
        found = in_week(wanted, days) if wanted else None
        lines = found.lines if found else []
        told = [(_of_line(one), one.occasion.session, one.occasion.on) for one in lines]
        name = f"What is on this week{FIRST if found and found.more else ''}"
        return _file(of_occasions(name, told), "what-is-on.ics")


@bp.get("/<uuid:service_id>/calendar.ics")
@public
def service_calendar(service_id: uuid.UUID) -> ResponseReturnValue:
    """The times of one service for a calendar."""
    with transaction(NOBODY):
        service = services.get(service_id)
        times = [Session.of(row) for row in service.schedules]
        return _file(of_sessions(_of_service(service), times, clock.today()), "times.ics")


def _asked_day(days: list[date]) -> date:
    wanted = request.args.get("day", "")
    return next((one for one in days if one.isoformat() == wanted), days[0])


def _of_line(line: Line) -> Entry:
    card = line.card
    return Entry(card.id, card.name, card.place, _link(card.id), clock.now())


def _of_service(service: Service) -> Entry:
    first = service.places[0].location if service.places else None
    place = f"{first.name}, {first.address_words}" if first else ""
    return Entry(service.id, service.name, place, _link(service.id), service.last_modified)


def _link(service_id: uuid.UUID) -> str:
    return current_app.config["SETTINGS"].public_url + url_for(".show", service_id=service_id)


def _file(written: bytes, name: str) -> Response:
    disposition = f'attachment; filename="{name}"'
    headers = {"Content-Disposition": disposition}
    return Response(written, content_type=CALENDAR, headers=headers)
