"""In which order the found stand: nearest first when there is a place, otherwise best first."""

from typing import Any

from sqlalchemy import ColumnElement, Float, Text, Uuid, bindparam, case, cast, func, literal
from sqlalchemy import tuple_ as row_of

from directory.finding.queries.narrowing import Shape, matches, query
from directory.models.listing import LISTING
from directory.queries.card import NO_DISTANCE

# A match of only some of the words comes after all that have every one.
SOME_ONLY = 2 * NO_DISTANCE
# In metres: a far better match may be this much farther away.
WORTH_THE_WAY = 30_000


def order(shape: Shape, metres: ColumnElement[Any]) -> ColumnElement[Any]:
    """Where a match stands, the full ones first; by name alone when there is nothing to match."""
    if shape.near:
        away: ColumnElement[Any] = func.coalesce(metres, NO_DISTANCE)
        if not shape.loosely:
            return away
        return case(
            (matches("every"), away), else_=SOME_ONLY + away + WORTH_THE_WAY * mismatch(shape)
        )
    if not shape.words:
        return literal(0.0, Float)
    return mismatch(shape) + (case((matches("every"), 0.0), else_=1.0) if shape.loosely else 0.0)


def mismatch(shape: Shape) -> ColumnElement[Any]:
    """How far the words are from a perfect match, 0 to 1."""
    words = LISTING.c.words
    if not shape.loosely:
        return cast(1 - func.ts_rank_cd(words, query("query"), 32), Float)
    meant = func.coalesce(func.ts_rank(words, query("meant")), 0)
    rank: ColumnElement[Any] = func.ts_rank(words, query("query")) + meant
    return cast(1 - rank / (rank + 1), Float)


def later(*key: ColumnElement[Any]) -> ColumnElement[bool]:
    """Whether something stands after where the page before ended."""
    end = (
        bindparam("after_order", type_=Float),
        bindparam("after_name", type_=Text),
        bindparam("after_id", type_=Uuid),
    )
    return row_of(*key) > row_of(*end)
