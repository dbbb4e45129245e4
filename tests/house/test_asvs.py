"""The table of the ASVS is whole, names tests that exist, and adds up."""

import ast
import functools
import re
from collections import Counter

from tests.house import plan

TABLE = plan.ROOT / "tests" / "attacks" / "ASVS.md"
ROW = re.compile(r"^\| (\d+\.\d+\.\d+[^|]*) \| ([^|]+) \| (.+) \|$", re.MULTILINE)
NAMED = re.compile(r"`([a-z_0-9/]+\.py)(?:::(test_\w+))?`")
OTHERWISE = re.compile(r"README|SECURITY\.md|bandit|semgrep|lock files")
# The last number of each section that is in scope: of 5.0.0 at level 2, of V8, V11 and V16 at 3.
# Within a section the numbers of a level follow each other.
IN_SCOPE = {
    1: {1: 2, 2: 9, 3: 11, 4: 3, 5: 2},
    2: {1: 3, 2: 3, 3: 4, 4: 1},
    3: {2: 2, 3: 4, 4: 6, 5: 5, 7: 2},
    4: {1: 3, 2: 1, 3: 2, 4: 4},
    5: {1: 1, 2: 3, 3: 2, 4: 3},
    6: {1: 3, 2: 12, 3: 4, 4: 4, 5: 5, 6: 3, 8: 4},
    7: {1: 3, 2: 4, 3: 2, 4: 5, 5: 2, 6: 2},
    8: {1: 4, 2: 4, 3: 3, 4: 2},
    9: {1: 3, 2: 4},
    10: {1: 2, 2: 2, 3: 4, 4: 11, 5: 5, 6: 2, 7: 3},
    11: {1: 4, 2: 5, 3: 5, 4: 4, 5: 2, 6: 2, 7: 2},
    12: {1: 3, 2: 2, 3: 4},
    13: {1: 1, 2: 5, 3: 2, 4: 5},
    14: {1: 2, 2: 4, 3: 3},
    15: {1: 3, 2: 3, 3: 7},
    16: {1: 1, 2: 5, 3: 4, 4: 3, 5: 4},
    17: {1: 1, 2: 4, 3: 2},
}
BEYOND = {"1.2.10"}


def rows() -> list[tuple[list[str], str]]:
    """The numbers of each line, and how they are shown."""
    return [(each(n), shown) for n, _, shown in ROW.findall(TABLE.read_text(encoding="utf-8"))]


def each(numbers: str) -> list[str]:
    """`1.2.6–1.2.8, 1.3.4` as single numbers."""
    found = []
    for one in numbers.split(", "):
        first, _, last = one.partition("–")
        section, _, low = first.rpartition(".")
        high = last.rpartition(".")[2] or low
        found += [f"{section}.{number}" for number in range(int(low), int(high) + 1)]
    return found


def test_every_requirement_in_scope_has_one_line():
    told = [one for numbers, _ in rows() for one in numbers]
    due = {
        f"{chapter}.{section}.{number}"
        for chapter, sections in IN_SCOPE.items()
        for section, last in sections.items()
        for number in range(1, last + 1)
    }
    assert len(told) == len(set(told))
    assert set(told) == due | BEYOND


@functools.cache
def named_in(file: str) -> set[str]:
    path = plan.ROOT / "tests" / file
    if not path.is_file():
        return set()
    inside = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
    return {one.name for one in inside if isinstance(one, ast.FunctionDef)}


def test_every_test_that_is_named_exists():
    missing = [
        f"{numbers[0]}: {file} {test}"
        for numbers, shown in rows()
        for file, test in NAMED.findall(shown)
        if test not in named_in(file)
    ]
    assert missing == []


def verdict(shown: str) -> str:
    """What a line says of its requirements."""
    if "**not met**" in shown:
        return "not met"
    for word in ("none here", "deployer"):
        if shown.startswith(f"*{word}*"):
            return word
    assert NAMED.search(shown) or OTHERWISE.search(shown), shown
    return "met"


def test_the_sum_is_right():
    found = Counter(verdict(shown) for numbers, shown in rows() for _ in numbers)
    told = (
        f"Of {found.total()} requirements {found['met']} are met, {found['not met']} are not or not"
        f" wholly, {found['deployer']} are the deployer's, and of {found['none here']} there is"
        " nothing here."
    )
    assert told in " ".join(TABLE.read_text(encoding="utf-8").split()), told
