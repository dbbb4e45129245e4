"""Addresses of a route, filled in with the ids of a record."""

import uuid
from collections.abc import Iterator, Mapping
from itertools import product
from typing import Any

from flask import Flask
from werkzeug.routing import Rule
from werkzeug.routing.converters import AnyConverter, IntegerConverter, UUIDConverter

OTHERWISE = {"name": "default", "anything": "nothing", "act": "break-glass", "secret": "nothing"}


def addresses(app: Flask, rule: Rule, ids: Mapping[str, Any]) -> Iterator[str]:
    """Every address of `rule`: ids as given or random, each of a closed set of words in turn.

    All are built at once: a context left open meanwhile would be that of every request.
    """
    with app.test_request_context():
        names = sorted(rule.arguments)
        every = product(*(_values(rule, name, ids) for name in names))
        built = [rule.build(dict(zip(names, values, strict=True))) for values in every]
    for one in built:
        assert one
        yield one[1]


def _values(rule: Rule, name: str, ids: Mapping[str, Any]) -> list[Any]:
    converter = rule._converters[name]
    if isinstance(converter, AnyConverter):
        return sorted(converter.items)
    if isinstance(converter, UUIDConverter):
        return [ids.get(name) or uuid.uuid4()]
    return [0] if isinstance(converter, IntegerConverter) else [ids.get(name, OTHERWISE[name])]
