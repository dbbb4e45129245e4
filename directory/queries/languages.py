"""The languages besides English that services speak."""

from sqlalchemy import column, select, table

from app.core.db import session

MOST = 100
# Kept by the database whenever a listing says a language (migration 0041).
SPOKEN = table("spoken_language", column("slug"), column("name"))


def spoken() -> tuple[tuple[str, str], ...]:
    """(the word in a facet, its name) of each, in the order of the names."""
    rows = session.execute(select(SPOKEN.c.slug, SPOKEN.c.name).order_by(SPOKEN.c.name).limit(MOST))
    return tuple((slug, name) for slug, name in rows)
