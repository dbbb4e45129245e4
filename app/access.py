"""Access rules as values: small named predicates, joined with `&` and `|`.

A room's `policy.py` is built from these. Rules read only what they are given: no queries,
no Flask. A permission is a named rule, so the whole policy can be printed as a table.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, ClassVar

from app.core.errors import Denied

Test = Callable[[Any, Any], bool]


@dataclass(frozen=True)
class Rule:
    """A question about (actor, subject), with the words to explain a refusal."""

    words: str
    test: Test

    def __and__(self, other: Rule) -> Rule:
        return Rule(
            f"{self.words} and {other.words}", lambda a, s: self.test(a, s) and other.test(a, s)
        )

    def __or__(self, other: Rule) -> Rule:
        return Rule(
            f"({self.words} or {other.words})", lambda a, s: self.test(a, s) or other.test(a, s)
        )


def rule(words: str) -> Callable[[Test], Rule]:
    """Name a predicate: `@rule("holds the referral")`."""
    return lambda test: Rule(words, test)


@dataclass(frozen=True)
class Permission:
    """Something an actor may do to a subject, and the rule that allows it."""

    name: str
    rule: Rule
    every: ClassVar[list[Permission]] = []

    def __post_init__(self) -> None:
        self.every.append(self)

    def allows(self, actor: Any, subject: Any = None) -> bool:
        """Whether the rule lets the actor do this to the subject."""
        return bool(self.rule.test(actor, subject))

    def require(self, actor: Any, subject: Any = None) -> None:
        """Raise Denied unless the rule allows it."""
        if not self.allows(actor, subject):
            raise Denied(f"To {self.name} you must be: {self.rule.words}")


def table() -> Iterator[tuple[str, str]]:
    """Every permission of every room that is loaded: its name and its rule, in English."""
    for permission in sorted(Permission.every, key=lambda one: one.name):
        yield permission.name, permission.rule.words
