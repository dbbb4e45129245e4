"""What is looked for: every word of what somebody said, or any of them and what it means.

Nobody types "energy advice"; they type "can't pay gas". When few services have all of the words,
the words are held against the everyday names of needs, and the names of the nearest needs are
looked for as well.
"""

from collections import Counter
from dataclasses import dataclass

from sqlalchemy import Text, bindparam, cast, func, select
from sqlalchemy.dialects.postgresql import TSQUERY

from app.core.db import session
from directory.models.taxonomy import NEEDS, Taxonomy, TaxonomyTerm
from directory.queries.reading import Reading, either
from directory.queries.words import ENGLISH, SearchWords

MOST_NEEDS = 3
# A need counts as meant when it is at least this likely, beside the likeliest.
ENOUGH = 0.6


@dataclass(frozen=True)
class Saying:
    """`query` is what must match. `every` puts those that have all of the words first."""

    query: str = ""
    every: str = ""
    meant: str | None = None


@dataclass(frozen=True)
class Meaning:
    """The needs that words point to, the likeliest first: their names, and a query for them."""

    names: tuple[str, ...] = ()
    query: str = ""


def loosely(said: Reading, meaning: Meaning) -> Saying:
    """Any word that tells something, and what the words mean."""
    query = either(said.some or said.begun, meaning.query)
    return Saying(query, every=said.begun, meant=meaning.query or None)


_called = func.array_to_string(func.array_prepend(TaxonomyTerm.name, TaxonomyTerm.synonyms), "|")
# Each of the names as a phrase: "fuel bills" or "cold home".
_phrases = func.concat('"', func.replace(func.replace(_called, '"', " "), "|", '" or "'), '"')
_query = func.websearch_to_tsquery(ENGLISH, func.trellis.fold(_phrases), type_=TSQUERY)
_said = func.to_tsvector(ENGLISH, bindparam("telling", type_=Text))
MEANT = (
    select(
        TaxonomyTerm.name,
        cast(_query, Text).label("query"),
        func.tsvector_to_array(TaxonomyTerm.words).label("called"),
        func.tsvector_to_array(_said).label("said"),
    )
    .join(Taxonomy, Taxonomy.id == TaxonomyTerm.taxonomy_id)
    .where(
        Taxonomy.name == NEEDS,
        TaxonomyTerm.words.bool_op("@@")(cast(bindparam("some", type_=Text), TSQUERY)),
    )
    .order_by(TaxonomyTerm.position)
)


def meaning_of(typed: SearchWords, said: Reading) -> Meaning:
    """The needs that the words point to: a word that few needs use says the most.

    One statement, over some dozen rows.
    """
    if not said.some:
        return Meaning()
    rows = session.execute(MEANT, {"telling": " ".join(typed.telling), "some": said.some}).all()
    used = Counter(word for row in rows for word in row.called)
    weights = [sum(1 / used[word] for word in set(row.said) & set(row.called)) for row in rows]
    most = max(weights, default=0)
    likely = sorted(zip(weights, rows, strict=True), key=lambda one: -one[0])
    meant = [row for weight, row in likely if weight >= most * ENOUGH][:MOST_NEEDS]
    return Meaning(tuple(row.name for row in meant), either(*(row.query for row in meant)))
