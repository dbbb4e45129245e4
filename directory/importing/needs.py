"""From a source's own words for what a service helps with to the needs of our taxonomy."""

from collections import Counter

import psycopg

from directory.models.taxonomy import NEEDS

TERMS = """
    select n.code, n.id, n.name, n.synonyms
    from taxonomy_term n join taxonomy t on t.id = n.taxonomy_id
    where t.name = %s and n.parent_id is not null order by n.position desc"""


class Needs:
    """A word is understood when it is the name of a need or one of its everyday synonyms."""

    def __init__(self, owner: psycopg.Connection) -> None:
        self.ids: dict[str, str] = {}
        self.unmatched: Counter[str] = Counter()
        self._codes: dict[str, str] = {}
        for code, term_id, name, synonyms in owner.execute(TERMS, [NEEDS]):
            self.ids[code] = str(term_id)
            self._codes |= {word.casefold(): code for word in (*synonyms, name)}

    def code_of(self, word: str) -> str | None:
        """The need that a word means; words nobody understands are counted."""
        code = self._codes.get(word.casefold())
        if code is None:
            self.unmatched[word] += 1
        return code
