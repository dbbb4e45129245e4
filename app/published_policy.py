"""The whole access policy as text, made from the URL map and the permissions themselves.

For an information-governance officer: what each permission asks for, which roles have it in which
relation to a referral, and what every address asks for.
"""

import inspect
import io
from collections.abc import Callable, Iterator
from itertools import product
from types import ModuleType
from typing import Any
from uuid import UUID

from app import access
from app.access import Permission
from app.core.spreadsheet import Sheet
from app.identity.actor import Actor, Role
from app.ui.doors import PUBLIC, door_of
from referrals.record.models.referral import Referral
from referrals.record.models.relationship import Standing
from referrals.record.models.status import Status

ME, MINE, OTHER = UUID(int=1), UUID(int=2), UUID(int=3)
ANY = "whatever the relation"
METHODS = {"GET", "POST", "PUT", "PATCH", "DELETE"}
# Relation to a referral → how the agency stands to it, and who the link worker is.
RELATIONS: dict[str, tuple[frozenset[str], UUID]] = {
    "its agency sent it": (frozenset({Standing.SOURCE}), OTHER),
    "its team holds it": (frozenset({Standing.HOLDER}), OTHER),
    "its team holds it, and it is allocated to them": (frozenset({Standing.HOLDER}), ME),
    "opened in an emergency less than an hour ago": (frozenset({Standing.BREAK_GLASS}), OTHER),
    "another agency’s, ended, or absent": (frozenset(), OTHER),
}
NOTES = """\
A relationship that has ended, an emergency that is over and somebody else's referral are the same
as none: 404. An agreement that has ended stops sending; what was sent before stays until its
relationship ends. A sealed record that does not open is shown as such and never written over; of
an erased one a stub is left. Every permission holds only while the account, the membership and
the role do: they are read again at each request."""


def permissions() -> Iterator[tuple[str, str]]:
    """Each permission, and the rule in words."""
    return access.table()


def relations() -> Iterator[tuple[str, str, str]]:
    """(permission, relation, roles) for each permission that judges a referral."""
    for permission in sorted(Permission.every, key=lambda one: one.name):
        found = _by_relation(permission)
        if len(set(found.values())) > 1:
            for name, roles in found.items():
                yield permission.name, name, roles


def _roles(permission: Permission, standing: frozenset[str], link_worker: UUID) -> tuple[str, ...]:
    allowed = set()
    for role, status in product(Role, Status):
        referral = Referral(id=OTHER, status=status, link_worker_id=link_worker)
        referral.standing = standing  # type: ignore[misc]
        if permission.allows(Actor(ME, MINE, frozenset({role})), referral):
            allowed.add(str(role))
    return tuple(sorted(allowed))


def addresses(app: Any) -> Iterator[tuple[str, str, str]]:
    """(methods, address, what it asks for) of everything that is served."""
    for rule in sorted(app.url_map.iter_rules(), key=lambda one: one.rule):
        methods = " ".join(sorted((rule.methods or set()) & METHODS))
        yield methods, rule.rule, "; ".join(_asked(app, rule))


def matrix(app: Any) -> Iterator[tuple[str, ...]]:
    """(method, address, what it asks for, relation, who has it) of everything that is served."""
    for rule in sorted(app.url_map.iter_rules(), key=lambda one: one.rule):
        for method in sorted((rule.methods or set()) & METHODS):
            for line in _lines(app, rule):
                yield method, rule.rule, *line


def as_csv(app: Any) -> str:
    """The same as a table for a spreadsheet."""
    told = io.StringIO()
    sheet = Sheet(told)
    sheet.row(("method", "address", "asks for", "relation", "who has it"))
    for line in matrix(app):
        sheet.row(line)
    return told.getvalue()


def _lines(app: Any, rule: Any) -> Iterator[tuple[str, str, str]]:
    if door_of(app, rule.endpoint) == PUBLIC:
        yield "nothing", ANY, "everybody"
        return
    asked = sorted(asked_by(app.view_functions[rule.endpoint]), key=lambda one: one.name)
    if not asked:
        yield "a sign-in", "what is their own", "everybody who has signed in"
    for permission in asked:
        found = _by_relation(permission)
        if len(set(found.values())) == 1:
            found = {ANY: found.popitem()[1]}
        for relation, roles in found.items():
            yield permission.name, relation, roles


def _by_relation(permission: Permission) -> dict[str, str]:
    try:
        found = {name: _roles(permission, *how) for name, how in RELATIONS.items()}
    except AttributeError:
        return {ANY: permission.rule.words}  # it judges something else than a referral
    return {name: ", ".join(roles) or "nobody" for name, roles in found.items()}


def _asked(app: Any, rule: Any) -> list[str]:
    if door_of(app, rule.endpoint) == PUBLIC:
        return ["open to everybody"]
    found = sorted({one.name for one in asked_by(app.view_functions[rule.endpoint])})
    return found or ["somebody who has signed in; what they see is their own"]


def asked_by(view: Callable[..., Any]) -> set[Permission]:
    """The permissions that a view names, itself or through its module's own functions."""
    found: set[Permission] = set()
    seen: set[Any] = set()
    waiting = [inspect.unwrap(view)]
    while waiting:
        one = waiting.pop()
        if one in seen or not inspect.isfunction(one):
            continue
        seen.add(one)
        for value in _named(one):
            if isinstance(value, Permission):
                found.add(value)
            elif getattr(value, "__module__", "").split(".")[0] in {"referrals", "directory"}:
                waiting.append(value)
    return found


def _named(function: Callable[..., Any]) -> Iterator[Any]:
    """What a function's code refers to by name: of its module, and of the modules it names."""
    space = function.__globals__
    names = set(_names(function.__code__))
    for name in names & set(space):
        value = space[name]
        yield value
        if isinstance(value, ModuleType):
            yield from (getattr(value, other) for other in names if hasattr(value, other))


def _names(code: Any) -> Iterator[str]:
    yield from code.co_names
    for inner in code.co_consts:
        if inspect.iscode(inner):
            yield from _names(inner)
