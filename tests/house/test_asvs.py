"""The table of the ASVS names tests that exist, and says of everything else that it is not met."""

import ast
import re

from tests.house import plan

TABLE = plan.ROOT / "tests" / "attacks" / "ASVS.md"
ROW = re.compile(r"^\| (\d+\.\d+\.\d+[^|]*) \| ([^|]+) \| (.+) \|$", re.MULTILINE)
NAMED = re.compile(r"`([a-z_0-9/]+\.py)(?:::(test_\w+))?`")
OTHERWISE = re.compile(
    r"\*\*not met\*\*|\*deployer\*|\*none here\*"
    r"|README|\.env\.example|bandit|semgrep|no test|lock files"
)
CHAPTERS = range(1, 17)


def rows() -> list[tuple[str, str]]:
    return [(number, shown) for number, _, shown in ROW.findall(TABLE.read_text(encoding="utf-8"))]


def test_every_test_that_is_named_exists():
    missing = []
    for number, shown in rows():
        for file, test in NAMED.findall(shown):
            path = plan.ROOT / "tests" / file
            known = (
                {
                    one.name
                    for one in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
                    if isinstance(one, ast.FunctionDef)
                }
                if path.is_file()
                else set()
            )
            if not known or (test and test not in known):
                missing.append(f"{number}: {file} {test}")
    assert missing == []


def test_every_line_has_a_test_or_says_why_not():
    empty = [n for n, shown in rows() if not NAMED.search(shown) and not OTHERWISE.search(shown)]
    assert empty == []


def test_every_chapter_is_there_and_no_number_twice():
    numbers = [one for number, _ in rows() for one in re.split(r", ", number)]
    assert len(numbers) == len(set(numbers)) > 130
    assert {int(one.split(".")[0]) for one in numbers} == set(CHAPTERS)
