"""Signing in and out, one's own account, the people and the agreements of an agency."""

from app.identity.actor import Role
from tests.attacks.matrix.route import PUBLIC, SEES, Door, Route
from tests.attacks.matrix.who import anywhere

ADMINISTRATORS = anywhere(Role.ADMINISTRATOR)
GATE = frozenset({Role.ADMINISTRATOR})


def _of(record: str, *, uses_up: bool = False) -> Route:
    return Route(SEES[record], record, gate=GATE, uses_up=uses_up)


ROUTES = {
    "identity.sign_in": PUBLIC,
    "identity.sign_in_with": PUBLIC,
    "identity.come_back": PUBLIC,
    "identity.signed_out": PUBLIC,
    "identity.back_channel": PUBLIC,
    # Not with a good token: the others of this matrix still need their sessions.
    "identity.sign_out": Route(door=Door.PUBLIC, fields={"csrf_token": "forged"}),
    "identity.choose_agency": Route(door=Door.OWN),
    "identity.waiting": Route(door=Door.OWN),
    "identity.account": Route(),
    "identity.prove": Route(),
    "identity.end_own_session": Route(SEES["own session"], "own session", uses_up=True),
    "identity.people": Route(ADMINISTRATORS),
    "identity.agency_settings": Route(ADMINISTRATORS),
    "identity.member": _of("membership"),
    "identity.remove_member": _of("membership", uses_up=True),
    "identity.end_session": _of("membership", uses_up=True),
    "identity.let_in": _of("waiting user"),
    "identity.turn_away": _of("waiting user", uses_up=True),
    "identity.agreements": Route(ADMINISTRATORS),
    "identity.new_agreement": Route(ADMINISTRATORS),
    "identity.end_agreement": _of("agreement", uses_up=True),
}
