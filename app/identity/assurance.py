"""How and when the actor proved who they are, against what the deployer wants for an act.

A room calls `require(actor, Act.…)` in its action, after its permission, and in the view that
shows the form, so that people are asked before they type. The shell answers `ProofNeeded` with
a way to sign in again that leads back to the act; what was typed by then is kept in the page.
"""

from app.core import clock
from app.core.errors import Denied, TrellisError
from app.identity.actor import Actor, Role
from config.acts import DEFAULTS, Act, Need, Needs
from config.environment import SettingsError

_needs: dict[Act, Need] = dict(DEFAULTS)


class ProofNeeded(TrellisError):
    """The sign-in is too old or too weak for this act; a new one may do."""

    def __init__(self, act: Act) -> None:
        super().__init__(f"To {act} you must prove again who you are")
        self.act = act


def configure(needs: Needs) -> None:
    """Take over what the deployer wants.

    Raises:
        SettingsError: a role that does not exist.
    """
    unknown = {word for need in needs.values() for word in need.roles} - set(Role)
    if unknown:
        known = ", ".join(sorted(Role))
        raise SettingsError(f"TRELLIS_ACT_…_ROLES knows only {known}; not {min(unknown)}")
    _needs.update(needs)


def need_for(act: Act) -> Need:
    """What this act needs now."""
    return _needs[act]


def proved(actor: Actor, act: Act) -> bool:
    """Whether the actor's sign-in is young and strong enough for this act."""
    need = need_for(act)
    strong = not need.acr or actor.acr in need.acr
    return strong and (need.max_age is None or _age(actor) < need.max_age)


def require(actor: Actor, act: Act) -> None:
    """Raise unless the actor may do this with the sign-in and the roles they have.

    Raises:
        Denied: none of the roles that the deployer reserved the act for.
        ProofNeeded: the sign-in is too old or too weak.
    """
    reserved = need_for(act).roles
    if reserved and not actor.is_a(*(Role(word) for word in reserved)):
        raise Denied(f"To {act} you must be: {' or '.join(reserved)}")
    if not proved(actor, act):
        raise ProofNeeded(act)


def words(act: Act) -> str:
    """What this act needs, in English, for an information-governance officer."""
    need = need_for(act)
    parts = [f"signed in less than {need.max_age} seconds ago"] if need.max_age else []
    parts += [f"assurance {' or '.join(need.acr)}"] if need.acr else []
    parts += [" or ".join(need.roles)] if need.roles else []
    return " and ".join(parts) or "nothing more"


def _age(actor: Actor) -> float:
    if actor.proved_at is None:
        return float("inf")
    return (clock.now() - actor.proved_at).total_seconds()
