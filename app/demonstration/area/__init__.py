"""The invented district of Saltmere, made through the same actions that its users would use."""

from collections.abc import Callable

import psycopg

from app.core import db, keys, secrets
from app.core.address import sqlalchemy_url
from app.demonstration.area import curation, journeys, listings, people
from config.settings import Settings


def is_empty(settings: Settings) -> bool:
    """Whether nothing has been made in this database yet."""
    with psycopg.connect(settings.owner_url()) as owner:
        return owner.execute("select 1 from agency limit 1").fetchone() is None


def load(settings: Settings, say: Callable[[str], None]) -> None:
    """Make agencies and members, the directory, and people at every stage of a journey."""
    context_key = secrets.derive(settings.secret_key, "context")
    db.configure(sqlalchemy_url(settings.database_url or ""), context_key)
    keys.configure(settings)
    issuer = settings.providers[0].issuer
    with psycopg.connect(settings.owner_url(), autocommit=True) as owner:
        everybody = people.admit(owner, issuer)
        say(f"  {len(everybody)} people can sign in")
        say(f"  {listings.publish(owner, everybody)} services are in the directory")
    say(f"  {journeys.travel(settings, everybody)} people have been referred")
    say(f"  {curation.wait(everybody)} things wait for the directory's curator")


def follow(settings: Settings) -> None:
    """Let everybody in who was, though the ports are other ones this time."""
    with psycopg.connect(settings.owner_url(), autocommit=True) as owner:
        people.follow(owner, settings.providers[0].issuer)
