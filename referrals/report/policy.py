"""Who may see counts."""

from app.access import Permission, rule
from app.identity.actor import Actor, Role


@rule("a commissioner")
def commissioner(actor: Actor, _subject: object) -> bool:
    """Whether the actor is there to count."""
    return actor.is_a(Role.COMMISSIONER)


SEE_COUNTS = Permission("see counts", commissioner)
