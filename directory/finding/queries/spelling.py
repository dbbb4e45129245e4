""" "Did you mean …?": words of the directory that look like one that nobody there uses.

The database finds the most alike by trigrams, through an index; the fewest slips of the finger
decide between them.
"""

import re

from sqlalchemy import Text, func, literal, select, true
from sqlalchemy.dialects.postgresql import ARRAY, TSQUERY

from app.core.db import session
from directory.models.listing import LISTING
from directory.queries.words import ENGLISH, SearchWords

WORD = re.compile(r"[^\W_]+")
SHORTEST, LONGEST_WORD = 4, 30
LOOKED_AT = 40
MOST_WORDS = 6
# A shorter word with two slips is as like any other.
SURE_FROM = 6


def suggestion(typed: SearchWords) -> str:
    """The words with the unknown ones spelt as in the directory; empty when none is unlike.

    Two statements at most.
    """
    said = [one for one in typed.telling if SHORTEST <= len(one) <= LONGEST_WORD][:MOST_WORDS]
    unknown = _unknown(said)
    if not unknown:
        return ""
    alike = _alike(unknown)
    mended = {one: _nearest(one, alike.get(one, [])) for one in unknown}
    spelt = WORD.sub(lambda found: mended.get(found[0]) or found[0], typed.whole)
    return spelt if spelt != typed.whole else ""


def _unknown(words: list[str]) -> list[str]:
    """Those of the words that no open listing has, not even as a beginning."""
    if not words:
        return []
    one = func.unnest(literal(words, ARRAY(Text))).table_valued("word").render_derived("typed")
    query = func.to_tsquery(ENGLISH, func.concat("'", one.c.word, "':*"), type_=TSQUERY)
    used = select(1).where(LISTING.c.is_open, LISTING.c.words.bool_op("@@")(query)).exists()
    return list(session.scalars(select(one.c.word).where(~used)))


def _alike(words: list[str]) -> dict[str, list[str]]:
    """Words of the directory with many of the same trigrams."""
    one = func.unnest(literal(words, ARRAY(Text))).table_valued("word").render_derived("typed")
    asked = func.trellis.similar_words(one.c.word, LOOKED_AT)
    like = asked.table_valued("word").render_derived("alike").lateral()
    rows = session.execute(select(one.c.word, like.c.word.label("known")).join(like, true()))
    found: dict[str, list[str]] = {}
    for typed, known in rows:
        found.setdefault(typed, []).append(known)
    return found


def _nearest(typed: str, known: list[str]) -> str:
    """The word with the fewest slips, of those with few enough; the first of equals."""
    allowed = 1 if len(typed) < SURE_FROM else 2
    best = min(known, key=lambda one: slips(typed, one), default="")
    return best if best and slips(typed, best) <= allowed else ""


def slips(one: str, other: str) -> int:
    """Letters left out, put in, mistaken or swapped between two words."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one):
        above, before_above, row = row, before, [i + 1]
        for j, another in enumerate(other):
            step = min(above[j + 1] + 1, row[j] + 1, above[j] + (letter != another))
            if i and j and letter == other[j - 1] and one[i - 1] == another:
                step = min(step, before_above[j - 1] + 1)
            row.append(step)
        before = above
    return row[-1]
