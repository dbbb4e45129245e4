"""Names as they are compared: case, accents, spaces and punctuation do not count."""

import unicodedata

# Letters with a stroke or joined, which Unicode does not take apart.
APART = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th"}
)


def folded(name: str) -> str:
    """The letters of a name, of any script, without case and accents.

    A vowel sign of an Indic or Thai script is a letter here: without it names would merge.
    """
    apart = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", name).casefold())
    return "".join(filter(_counts, apart.translate(APART)))


def _counts(character: str) -> bool:
    kind = unicodedata.category(character)[0]
    return kind == "L" or (kind == "M" and unicodedata.combining(character) == 0)
