"""A source is read by the worker for the council that added it, inside both walls."""

from dataclasses import replace
from datetime import timedelta
from types import SimpleNamespace

import psycopg
import pytest
from sqlalchemy import text

from app.core import clock
from app.core.db import NOBODY, session, transaction
from app.core.errors import Denied, Invalid, Unavailable
from app.identity.actor import Role
from directory import catalogue
from directory.importing import log
from directory.importing.hands import Council
from directory.importing.report import Kept
from directory.importing.run import Import
from directory.sources.actions import reading
from directory.sources.actions import source as sources
from directory.sources.queries import reading as readings
from directory.sources.queries import source as queries
from tests.browse import page_of
from tests.integration.importing.feeds import a_service

JOBS = """
    select args from procrastinate_jobs
    where task_name = 'read_source' and args ->> 'source_id' = %s order by id"""


def found(word):
    """What the public finds."""
    with transaction(NOBODY):
        return catalogue.search(word).cards


def asked(owner, source):
    """The readings that wait for the worker: whether each is a check."""
    return [row[0]["dry_run"] for row in owner.execute(JOBS, [str(source.id)])]


def results(curator, source):
    """What is kept of its readings."""
    with transaction(curator):
        return readings.latest(source.id)


def test_a_new_source_is_checked_first_and_nothing_comes_in(
    source, feed, read, owner, word, curator
):
    feed.services = [a_service("1", f"Tea {word}"), a_service("2", " ")]
    assert asked(owner, source) == [True]
    read(dry_run=True)

    assert found(word) == []
    [result] = results(curator, source)
    assert (result.state, result.counts["service added"], result.counts["refused"]) == (
        *("Checked", 1, 1),
    )
    with transaction(curator):
        rows = readings.remarks(result.id)
    assert any(row.outcome == "would" and f"Tea {word}" in row.reason for row in rows)
    assert any("the name is empty" in row.reason for row in rows)


def test_it_is_read_and_again_when_its_time_has_come(source, feed, read, owner, word, curator):
    feed.services = [a_service("1", f"Tea {word}")]
    with transaction(curator):
        sources.read(curator, queries.kept(curator, source.id), dry_run=False)
    read()
    assert [card.name for card in found(word)] == [f"Tea {word}"]

    with clock.days_ago(-2):
        reading.read_due_sources(0)
        reading.read_due_sources(0)
    assert asked(owner, source) == [True, False, False]
    feed.services = [a_service("1", f"Coffee {word}")]
    read()
    assert [card.name for card in found(word)] == [f"Coffee {word}"]
    assert [one.state for one in results(curator, source)] == ["Read", "Read"]
    assert results(curator, source)[0].counts["service changed"] == 1


def test_a_feed_that_says_when_it_was_checked_is_evidence(feed, read, owner, word):
    feed.services = [a_service("1", f"Tea {word}", assured_date="2026-10-01")]
    read()
    asked = "select evidence, assurer from service where name = %s"
    evidence, assurer = owner.execute(asked, [f"Tea {word}"]).fetchone()
    assert (evidence, assurer[:6]) == ("feed", "feed: ")


def test_a_feed_that_is_away_is_said_in_words_and_read_again(source, feed, read, word, curator):
    feed.services = {"nothing": "here"}
    read()
    [result] = results(curator, source)
    assert result.state == "Broken off"
    assert "There is no list of services here" in result.failure

    feed.services = [a_service("1", f"Tea {word}")]
    read()
    assert len(found(word)) == 1


def test_a_lost_connection_is_said_and_the_reading_goes_on(
    source, feed, read, word, curator, superuser
):
    feed.services = [a_service("1", f"Tea {word}")]
    name = f"directory import {source.name}"
    feed.meanwhile = lambda: superuser.execute(
        "select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory' and "
        "(classid::bigint << 32) | objid::bigint = hashtextextended(%s, 0)",
        [name],
    )
    assert isinstance(read(), psycopg.OperationalError)
    [result] = results(curator, source)
    assert result.state == "Broken off"
    feed.meanwhile = lambda: None
    assert read() is None
    assert len(found(word)) == 1


def test_a_reading_that_was_killed_is_interrupted_and_not_running(
    source, curator, database, signed_in
):
    asker = reading.Curating(source.agency_id)
    with psycopg.connect(database.url()) as killed:
        run = Import(Council(killed, asker), source.name, Kept(1), dry_run=True, keep=True)
        with log.alone(killed, source.name):
            run.begin()
            assert [one.state for one in results(curator, source)] == ["Running"]
    assert [one.state for one in results(curator, source)] == ["Interrupted"]
    pages = signed_in(curator)
    assert "Interrupted" in page_of(pages, f"/directory/sources/{source.id}")
    assert "Interrupted" in page_of(pages, "/directory/sources")


def test_a_source_that_does_not_answer_is_tried_again_a_few_times(source, curator):
    away = Unavailable("No answer")
    asked = [
        reading.AGAIN.get_retry_decision(exception=away, job=SimpleNamespace(attempts=number))
        for number in range(5)
    ]
    assert [one is not None for one in asked] == [True] * 4 + [False]
    wrong = SimpleNamespace(attempts=0)
    assert reading.AGAIN.get_retry_decision(exception=Invalid("no feed"), job=wrong) is None


def test_a_source_inside_our_own_network_is_not_read(source, curator):
    reading.read(source.id, dry_run=True)
    [result] = results(curator, source)
    assert "inside this network" in result.failure


def test_rows_of_readings_long_ago_are_forgotten_and_their_numbers_stay(
    source, feed, read, curator, word
):
    feed.services = [a_service("2", " ")]
    for _ in range(reading.READINGS_KEPT + 1):
        read(dry_run=True)
    latest = results(curator, source)
    with transaction(curator):
        assert readings.remarks(latest[0].id)
        assert not readings.remarks(latest[-1].id)
    assert latest[-1].counts["refused"] == 1


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.LINK_WORKER])
def test_only_curators_of_a_council_keep_sources(role, member, source, curator):
    somebody = member(role)
    with pytest.raises(Denied), transaction(somebody):
        sources.add(somebody, "Mine", "https://feed.example.org/", 24)
    with pytest.raises(Denied), transaction(somebody):
        sources.read(somebody, source, dry_run=False)
    pretender = replace(somebody, roles=frozenset({Role.CURATOR}), agency_kind="council")
    with pytest.raises(Exception, match="row-level security"), transaction(pretender):
        sources.add(pretender, "Mine", "https://feed.example.org/", 24)


def test_the_second_wall_stands_by_itself(member, source, feed, read, curator, word):
    feed.services = [a_service("2", " ")]
    read(dry_run=True)
    coordinator = member(Role.COORDINATOR)
    with transaction(coordinator):
        assert session.scalar(text("select count(*) from source_import")) == 0
        assert session.scalar(text("select count(*) from source_remark")) == 0
        changed = session.execute(
            text("update directory_source set every_hours = 1 where id = :id"), {"id": source.id}
        )
        assert changed.rowcount == 0
    with pytest.raises(Exception, match="row-level security"), transaction(coordinator):
        session.execute(
            text("insert into source_record values (:id, 'service', 'x', :id, '', '{}', now())"),
            {"id": source.id},
        )


def test_only_the_reading_of_a_council_says_what_left_its_source(source, feed, read, curator, word):
    feed.services = [a_service("1", f"Tea {word}"), a_service("2", f"Cake {word}")]
    read()
    left = text("select trellis.source_left(:id, array['1'])")
    for somebody in (NOBODY, curator):
        with pytest.raises(Exception, match="only the reading"), transaction(somebody):
            session.execute(left, {"id": source.id})
    feed.services = feed.services[:1]
    read()
    assert {one.name: one.doubt for one in found(word)} == {
        f"Tea {word}": "",
        f"Cake {word}": "gone",
    }


def test_a_source_once_stopped_is_not_due(source, curator, owner):
    with transaction(curator):
        sources.change(curator, queries.kept(curator, source.id), 168)
        kept = queries.kept(curator, source.id)
        assert kept.next_at - clock.now() > timedelta(days=6)
    with transaction(curator):
        sources.change(curator, queries.kept(curator, source.id), 0)
    with clock.days_ago(-30):
        reading.read_due_sources(0)
    assert asked(owner, source) == [True]


def test_two_readings_at_once_are_one(source, feed, read, curator, database, word):
    feed.services = [a_service("1", f"Tea {word}")]
    with psycopg.connect(database.url("trellis_owner"), autocommit=True) as other:
        name = f"directory import {source.name}"
        other.execute("select pg_advisory_lock(hashtextextended(%s, 0))", [name])
        read()
    assert results(curator, source) == []
