"""What a charity was sent."""

from app.identity.actor import Role
from tests.attacks.matrix.route import Route
from tests.attacks.matrix.who import THE_CHARITY, anywhere

GATE = frozenset({Role.COORDINATOR})

ROUTES = {
    "inbox.index": Route(anywhere(Role.COORDINATOR)),
    "inbox.show": Route(THE_CHARITY, "onward"),
    "inbox.say": Route(THE_CHARITY, "onward"),
    "inbox.acknowledge": Route(THE_CHARITY, "withdrawal", gate=GATE, uses_up=True),
}
