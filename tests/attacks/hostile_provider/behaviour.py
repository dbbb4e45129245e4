"""How one answer of the provider departs from an honest one; by default not at all."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

Change = Callable[[dict[str, Any]], Any]


def as_it_is(value: dict[str, Any]) -> dict[str, Any]:
    """The honest answer."""
    return value


@dataclass
class Behaviour:
    """Each part is given the honest answer and returns what is sent."""

    metadata: Change = as_it_is
    keys: Change = as_it_is
    redirect: Change = as_it_is
    claims: Change = as_it_is
    header: Change = as_it_is
    token: Change = as_it_is
    userinfo: Change = as_it_is
    sign: Callable[[dict[str, Any], dict[str, Any]], str] | None = None
    hangs_at: str = ""
    drips_at: str = ""
    released: threading.Event = field(default_factory=threading.Event)


def without(name: str) -> Change:
    """Leave one member out."""
    return lambda honest: {key: value for key, value in honest.items() if key != name}


def with_(**changes: Any) -> Change:
    """Put other values in; a callable is given the honest one."""

    def change(honest: dict[str, Any]) -> dict[str, Any]:
        new = {k: v(honest.get(k)) if callable(v) else v for k, v in changes.items()}
        return honest | new

    return change
