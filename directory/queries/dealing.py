"""The cards of the services that were found, all in one statement that reads columns only."""

import functools
from collections.abc import Sequence
from typing import Any

from sqlalchemy import (
    ScalarSelect,
    Select,
    Uuid,
    any_,
    bindparam,
    func,
    select,
    true,
)
from sqlalchemy.dialects.postgresql import ARRAY, aggregate_order_by

from app.core.db import session
from directory.grid import ground_metres, latitude_longitude
from directory.models.ages import ages_words
from directory.models.capacity import Capacity
from directory.models.location import Location, ServiceAtLocation
from directory.models.organisation import Organisation
from directory.models.schedule import Schedule
from directory.models.service import Service
from directory.models.taxonomy import SERVICE_TERM, TaxonomyTerm
from directory.models.timetable import Session
from directory.queries.card import Found, ServiceCard, metres_to
from directory.queries.postcode import Spot

SERVICE, ORGANISATION = Service.__table__.c, Organisation.__table__.c
PLACE, LOCATION = ServiceAtLocation.__table__.c, Location.__table__.c
# What of a service stands on its card as it is stored.
AS_STORED = (
    *("id", "name", "description", "eligibility", "minimum_age", "maximum_age", "fees", "alert"),
    *("status", "self_referral", "evidence", "doubt", "doubted_at", "phone"),
)
MORE = (
    *("accepts_referrals", "access_modes", "languages", "assured_at"),
    *("capacity_state", "capacity_places", "capacity_weeks", "paused_until"),
)


def cards(found: Sequence[Found], near: Spot | None) -> list[ServiceCard]:
    """The cards of what was found, in its order."""
    said: dict[str, Any] = {"service_ids": [one.service_id for one in found]}
    if near:
        said |= {"easting": near.easting, "northing": near.northing}
    rows = {row.id: row for row in session.execute(_statement(near is not None), said)}
    return [
        _card(rows[one.service_id], one.metres, near) for one in found if one.service_id in rows
    ]


@functools.cache
def _statement(near: bool) -> Select[Any]:
    """The services of a page, each with the place that is meant, its needs and its times."""
    there = _place(near).lateral("there")
    return (
        select(
            *(SERVICE[name] for name in (*AS_STORED, *MORE)),
            *there.c,
            ORGANISATION.name.label("organisation"),
            ORGANISATION.agency_id,
            _needs().label("needs"),
            _times().label("times"),
        )
        .join(Organisation.__table__, ORGANISATION.id == SERVICE.organisation_id)
        .outerjoin(there, true())
        .where(SERVICE.id == any_(bindparam("service_ids", type_=ARRAY(Uuid))))
    )


def _place(near: bool) -> Select[Any]:
    """The nearest place of a service, or its first."""
    columns = LOCATION.name.label("place"), LOCATION.town, LOCATION.easting, LOCATION.northing
    order = (metres_to(Location), PLACE.position) if near else (PLACE.position,)
    return (
        select(*columns, LOCATION.facilities)
        .join(ServiceAtLocation.__table__, PLACE.location_id == LOCATION.id)
        .where(PLACE.service_id == SERVICE.id)
        .order_by(*order)
        .limit(1)
    )


def _needs() -> ScalarSelect[Any]:
    return (
        select(func.array_agg(TaxonomyTerm.name))
        .join(SERVICE_TERM, SERVICE_TERM.c.term_id == TaxonomyTerm.id)
        .where(SERVICE_TERM.c.service_id == SERVICE.id)
        .scalar_subquery()
    )


def _times() -> ScalarSelect[Any]:
    row = Schedule
    one = func.jsonb_build_object(
        *("freq", row.freq, "interval", row.interval, "byday", row.byday, "note", row.note),
        *("opens_at", row.opens_at, "closes_at", row.closes_at),
    )
    listed = func.jsonb_agg(aggregate_order_by(one, row.position))
    return select(listed).where(row.service_id == SERVICE.id).scalar_subquery()


def _card(row: Any, metres: float | None, near: Spot | None) -> ServiceCard:
    here = None if row.easting is None else latitude_longitude(row.easting, row.northing)
    away = None if metres is None or near is None else ground_metres(metres, near.easting) / 1000
    return ServiceCard(
        **{name: getattr(row, name) for name in AS_STORED},
        organisation=row.organisation,
        agency_id=row.agency_id,
        distance_km=away,
        ages_words=ages_words(row.minimum_age, row.maximum_age),
        needs=tuple(sorted(row.needs or ())),
        access_modes=tuple(row.access_modes),
        takes_referrals=row.accepts_referrals,
        capacity=Capacity.stored(row),
        confirmed_at=row.assured_at,
        languages=tuple(row.languages),
        place=", ".join(part for part in (row.place, row.town) if part),
        facilities=tuple(row.facilities or ()),
        latitude=here and here[0],
        longitude=here and here[1],
        times_words=tuple(Session.told(one).words for one in row.times or ()),
    )
