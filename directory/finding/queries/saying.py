"""What somebody says, as a query: first every word of it, then any of them and what it means.

Nobody types "energy advice"; they type "can't pay gas". When few services have all of the words,
the words are held against the everyday names of needs, and the names of the nearest needs are
looked for as well.
"""

from collections import Counter
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Float, cast, func, select
from sqlalchemy.dialects.postgresql import TSQUERY

from app.core.db import session
from directory.models.listing import LISTING
from directory.models.taxonomy import NEEDS, Taxonomy, TaxonomyTerm
from directory.queries.words import ENGLISH, FILLERS, SearchWords, fold

MOST_NEEDS = 3
# A need counts as meant when it is at least this likely, beside the likeliest.
ENOUGH = 0.6


@dataclass(frozen=True)
class Saying:
    """`query` is what must match. `every` puts those that have all of the words first."""

    query: ColumnElement[str]
    every: ColumnElement[str] | None = None
    meant: ColumnElement[str] | None = None

    @property
    def mismatch(self) -> ColumnElement[float]:
        """How far the words are from a perfect match, 0 to 1."""
        row = LISTING.c.words
        if self.every is None:
            return cast(1 - func.ts_rank_cd(row, self.query, 32), Float)
        rank: ColumnElement[float] = func.ts_rank(row, self.query)
        if self.meant is not None:
            rank = rank + func.ts_rank(row, self.meant)
        return cast(1 - rank / (rank + 1), Float)


@dataclass(frozen=True)
class Meaning:
    """The needs that words point to, the likeliest first."""

    terms: tuple[TaxonomyTerm, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """What they are called."""
        return tuple(one.name for one in self.terms)

    @property
    def query(self) -> ColumnElement[str]:
        """Any of the everyday names of these needs, as phrases."""
        said = [words for one in self.terms for words in (one.name, *one.synonyms)]
        quoted = " or ".join('"' + words.replace('"', " ") + '"' for words in said)
        return func.websearch_to_tsquery(ENGLISH, fold(quoted), type_=TSQUERY)


def exactly(typed: SearchWords) -> Saying:
    """Every word of it."""
    return Saying(typed.every())


def says_nothing(typed: SearchWords) -> bool:
    """Whether these are words that no search looks for, like "the": they ask for nothing."""
    if not set(typed.telling) <= FILLERS:
        return False
    return session.scalar(select(func.numnode(typed.every()))) == 0


def loosely(typed: SearchWords, meaning: Meaning) -> Saying:
    """Any word that tells something, and what the words mean."""
    some = typed.some()
    if not meaning.terms:
        return Saying(some, every=typed.every())
    both = some.op("||", return_type=TSQUERY())(meaning.query)
    return Saying(both, every=typed.every(), meant=meaning.query)


def meaning_of(typed: SearchWords) -> Meaning:
    """The needs that the words point to: a word that few needs use says the most.

    One statement, over some dozen rows.
    """
    said = func.to_tsvector(ENGLISH, " ".join(typed.telling))
    rows = session.execute(
        select(
            TaxonomyTerm,
            func.tsvector_to_array(TaxonomyTerm.words).label("called"),
            func.tsvector_to_array(said).label("said"),
        )
        .join(Taxonomy, Taxonomy.id == TaxonomyTerm.taxonomy_id)
        .where(Taxonomy.name == NEEDS, TaxonomyTerm.words.bool_op("@@")(typed.some()))
        .order_by(TaxonomyTerm.position)
    ).all()
    used = Counter(word for row in rows for word in row.called)
    weights = {
        row.TaxonomyTerm: sum(1 / used[word] for word in set(row.said) & set(row.called))
        for row in rows
    }
    most = max(weights.values(), default=0)
    likely = sorted(weights, key=lambda term: -weights[term])
    return Meaning(tuple(one for one in likely if weights[one] >= most * ENOUGH)[:MOST_NEEDS])
