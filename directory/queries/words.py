"""What somebody typed into the search box, made safe for PostgreSQL's full-text search."""

import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import ColumnElement, literal_column

LONGEST = 200
DATA = Path(__file__).parents[1] / "data"
# Said in every other sentence, and telling nothing of what is wanted.
FILLERS = frozenset((DATA / "fillers.txt").read_text(encoding="utf-8").split())
ACCENTS = re.compile("[\u0300-\u036f]")
# Written out: a parameter would be cast at run time, and the query made anew for every row.
ENGLISH: ColumnElement[str] = literal_column("'english'::regconfig")


def fold(text: str) -> str:
    """The same letters without case and accents, as `trellis.fold` has it in the database."""
    return ACCENTS.sub("", unicodedata.normalize("NFKD", text)).lower()


def words_of(text: str) -> tuple[str, ...]:
    """The words of a text, folded, each once."""
    return tuple(dict.fromkeys(re.findall(r"[^\W_]+", fold(text))))


@dataclass(frozen=True)
class SearchWords:
    """`plain` is websearch text ("a phrase", or, -not); `prefix` is a last, unfinished word."""

    plain: str = ""
    prefix: str = ""

    @classmethod
    def parse(cls, text: str) -> "SearchWords":
        """Take the text apart. `%`, `_` and every other sign are just characters."""
        words = fold(text.replace("\x00", " "))[:LONGEST].split()
        if (
            words
            and words[-1].isalnum()
            and words[-1] != "or"
            and " ".join(words).count('"') % 2 == 0
        ):
            return cls(" ".join(words[:-1]), words[-1])
        return cls(" ".join(words), "")

    def __bool__(self) -> bool:
        return bool(self.plain or self.prefix)

    @property
    def whole(self) -> str:
        """All of it, the last word taken to be finished."""
        return f"{self.plain} {self.prefix}".strip()

    @property
    def explicit(self) -> bool:
        """Whether it is written as a query: a phrase, a minus, an or."""
        said = f"{self.plain} ".split()
        return '"' in self.plain or "or" in said or any(one.startswith("-") for one in said)

    @property
    def telling(self) -> tuple[str, ...]:
        """The words that tell something; all of them when none does."""
        said = words_of(self.whole)
        return tuple(one for one in said if one not in FILLERS) or said
