"""Find a GP practice by its code, or by words of its name, street, town or postcode."""

import re

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.dialects.postgresql import TSQUERY

from app.core.db import session
from directory.models.practice import PRACTICE, Practice
from directory.queries.words import ENGLISH, fold

CODE = re.compile(r"\(?\b([A-Z][0-9]{5})\b\)?\s*$")
MOST = 10


def find(typed: str, most: int = MOST) -> list[Practice]:
    """Practices that this may mean, open ones first; the one with the code, if it is one.

    One statement.
    """
    code = CODE.search(typed.strip().upper())
    words = re.findall(r"[^\W_]+", fold(typed))[:10]
    if not code and not words:
        return []
    row = PRACTICE.c
    which = row.code == code[1] if code else row.words.bool_op("@@")(_every(words))
    rows = session.execute(
        select(PRACTICE)
        .where(which)
        .order_by(row.closed_on.is_not(None), row.name, row.code)
        .limit(most)
    )
    return [
        Practice(one.code, one.name, one.address, one.postcode, one.closed_on is not None)
        for one in rows
    ]


def _every(words: list[str]) -> ColumnElement[str]:
    """All of the words; the last may not be finished yet."""
    said = " & ".join(f"'{one}'" for one in words)
    return func.to_tsquery(ENGLISH, f"{said}:*", type_=TSQUERY)
