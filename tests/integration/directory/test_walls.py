"""A listing is changed by those who keep it: Python refuses the others, and so does PostgreSQL."""

import itertools

import psycopg
import pytest
import sqlalchemy as sa
from sqlalchemy.exc import ProgrammingError
from sqlalchemy.orm.exc import StaleDataError

from app.core.db import session, transaction
from app.core.errors import Denied, NotFound
from app.identity.actor import Role
from app.identity.models.agency import AgencyKind
from directory import policy
from directory.actions import listing, service
from directory.actions import organisation as organisations
from directory.actions.organisation import OrganisationDraft
from directory.actions.topics.contact import Contact
from directory.actions.topics.description import Description
from directory.actions.topics.state import State
from directory.actions.topics.times import Times
from directory.models.change import ListingChange
from directory.models.organisation import Organisation
from directory.models.schedule import Day, Schedule
from directory.models.service import Service
from directory.models.timetable import Session
from directory.queries import service as services


def test_another_charitys_listing_is_not_there_to_be_kept(charity, another):
    theirs = another.lists("Theirs")

    with transaction(charity.coordinator), pytest.raises(NotFound):
        services.kept(charity.coordinator, theirs.id)


def test_every_action_on_another_charitys_listing_is_denied(charity, another):
    theirs = another.lists("Theirs")
    change = listing_change(another, theirs)
    actor = charity.coordinator
    attempts = [
        lambda it: listing.change(actor, it, State("full")),
        lambda it: listing.confirm(actor, it),
        lambda it: listing.undo(actor, it, change),
        lambda it: service.add(actor, it.organisation, Description("Mine now", "")),
        lambda it: organisations.change(actor, it.organisation, OrganisationDraft("Mine now")),
        lambda it: organisations.link(actor, it.organisation, actor.agency_id),
        lambda it: organisations.add(actor, OrganisationDraft("Mine now")),
    ]
    with transaction(actor):
        it = services.get(theirs.id)
        for attempt in attempts:
            with pytest.raises(Denied):
                attempt(it)


def listing_change(keeper, theirs) -> ListingChange:
    with transaction(keeper.coordinator):
        it = services.kept(keeper.coordinator, theirs.id)
        return listing.change(keeper.coordinator, it, State("places", places=3))


def test_the_database_refuses_to_change_another_charitys_row(charity, another):
    theirs = another.lists("Theirs")

    with pytest.raises(StaleDataError), transaction(charity.coordinator):
        session.get(Service, theirs.id).name = "Mine now"
    for statement in (
        "update service set name = 'Mine now' where id = :id",
        "update organisation set agency_id = trellis.agency() where id = :organisation",
        "delete from service_term where service_id = :id",
    ):
        with transaction(charity.coordinator):
            keys = {"id": theirs.id, "organisation": another.organisation.id}
            assert session.execute(sa.text(statement), keys).rowcount == 0


def test_the_database_refuses_to_add_to_another_charitys_listing(charity, another):
    theirs = another.lists("Theirs")
    rows = [
        lambda: Schedule(service_id=theirs.id, byday="MO"),
        lambda: Service(organisation_id=another.organisation.id, name="Mine now"),
        lambda: Organisation(name="Mine now", agency_id=charity.coordinator.agency_id),
        lambda: ListingChange(
            service_id=theirs.id,
            topic="state",
            before={},
            after={},
            by_user_id=charity.coordinator.user_id,
            by_name="",
            agency_id=charity.coordinator.agency_id,
        ),
    ]
    for row in rows:
        with pytest.raises(ProgrammingError), transaction(charity.coordinator):
            session.add(row())


def test_a_keeper_cannot_give_the_organisation_to_another_agency(charity, another):
    with pytest.raises(ProgrammingError), transaction(charity.coordinator):
        session.execute(
            sa.update(Organisation)
            .where(Organisation.id == charity.organisation.id)
            .values(agency_id=another.coordinator.agency_id)
        )


def test_a_curators_role_counts_at_a_council_only(member, another):
    pretender = member(Role.CURATOR, kind=AgencyKind.VOLUNTARY)
    theirs = another.lists("Theirs")

    with transaction(pretender):
        with pytest.raises(NotFound):
            services.kept(pretender, theirs.id)
        with pytest.raises(Denied):
            organisations.add(pretender, OrganisationDraft("Mine now"))
    with pytest.raises(ProgrammingError), transaction(pretender):
        session.add(Organisation(name="Mine now"))


def test_history_is_shown_to_its_keepers_only(charity, another, curator):
    mine = charity.lists("Mine")
    made = listing_change(charity, mine)

    for actor, sees in ((charity.coordinator, 1), (curator, 1), (another.coordinator, 0)):
        with transaction(actor):
            found = services.history(session.get(Service, mine.id))
            assert [one.id for one in found] == [made.id] * sees


def test_history_is_never_rewritten(charity):
    made = listing_change(charity, charity.lists("Mine"))
    for verb in ("update listing_change set topic = 'x'", "delete from listing_change"):
        with pytest.raises(ProgrammingError), transaction(charity.coordinator):
            session.execute(sa.text(f"{verb} where id = :id"), {"id": made.id})


def test_the_search_rows_and_reference_data_are_not_the_applications_to_write(database):
    with psycopg.connect(database.url(), autocommit=True) as app:
        for verb in (
            "delete from listing",
            "update taxonomy_term set name = 'x'",
            "update disclosure_profile set code = 'x'",
            "delete from postcode",
            "delete from service",
            "select trellis.refresh_listings('{}')",
        ):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                app.execute(verb)


def test_both_walls_give_the_same_answer_for_every_role_and_agency(charity, another, member):
    kept = [one.lists("Walled") for one in (charity, another)]
    actors = [member(role, of=one.coordinator) for role in Role for one in (charity, another)]
    actors += [member(role, kind=AgencyKind.COUNCIL) for role in Role]
    for actor, one in itertools.product(actors, kept):
        with transaction(actor):
            it = services.get(one.id)
            in_python = policy.KEEP.allows(actor, it.organisation)
            in_sql = session.scalar(
                sa.select(Organisation.id).where(
                    policy.kept_by(actor), Organisation.id == it.organisation_id
                )
            )
            wrote = session.execute(
                sa.text("update service set alert = alert where id = :id"), {"id": it.id}
            ).rowcount
        assert bool(in_sql) == in_python == bool(wrote), actor.roles


def test_keepers_change_every_topic(charity, curator):
    mine = charity.lists("Mine", Times([Session((Day.MONDAY,))]))
    for actor in (charity.coordinator, curator):
        with transaction(actor):
            it = services.kept(actor, mine.id)
            listing.change(actor, it, Contact("Ines", "01632 960100"))
            listing.change(actor, it, Times([Session((Day.FRIDAY,), note=actor.name)]))
    with transaction(curator):
        assert services.get(mine.id).schedules[0].note == curator.name
