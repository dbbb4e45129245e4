"""What somebody typed, read by the database: as queries for its full-text index."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Text, bindparam, cast, func, select
from sqlalchemy.dialects.postgresql import TSQUERY

from app.core.db import session
from directory.queries.words import ENGLISH, SearchWords


@dataclass(frozen=True)
class Reading:
    """`whole`: all of the words; `begun`: the last one may go on; `some`: any that tells much.

    Each is a query as the database writes it, and empty when these are words that no search
    looks for, like "the".
    """

    whole: str = ""
    begun: str = ""
    some: str = ""


def _read(name: str) -> ColumnElement[str]:
    return func.websearch_to_tsquery(ENGLISH, bindparam(name, type_=Text), type_=TSQUERY)


# Alphanumeric, when it is there; the quotes keep anything unforeseen one operand.
_unfinished = func.to_tsquery(ENGLISH, bindparam("unfinished", type_=Text), type_=TSQUERY)
_begun = _read("plain").op("&&", return_type=TSQUERY())(_unfinished)
READ = select(
    # A plan for any values at all cannot know which words are rare.
    func.set_config("plan_cache_mode", "force_custom_plan", True),
    # Rows of words are larger than they look: reading the whole table seems cheap and is not.
    func.set_config("enable_seqscan", "off", True),
    # It is found sooner than others could be called to help.
    func.set_config("max_parallel_workers_per_gather", "0", True),
    cast(_read("whole"), Text).label("whole"),
    cast(func.coalesce(_begun, _read("plain")), Text).label("begun"),
    cast(_read("some"), Text).label("some"),
)


def reading(typed: SearchWords) -> Reading:
    """Read the words, and let the statements to come be planned for these values: one statement."""
    said: dict[str, Any] = {
        "whole": typed.whole,
        "plain": typed.plain,
        "unfinished": f"'{typed.prefix}':*" if typed.prefix else None,
        "some": " or ".join(typed.telling),
    }
    row = session.execute(READ, said).one()
    return Reading(row.whole, row.begun, row.some) if row.begun else Reading()


def both(*queries: str) -> str:
    """A query for what all of these find; the empty ones ask for nothing."""
    return " & ".join(f"({one})" for one in queries if one)


def either(*queries: str) -> str:
    """A query for what any of these finds."""
    return " | ".join(f"({one})" for one in queries if one)
