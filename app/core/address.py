"""Addresses of databases."""

from urllib.parse import urlsplit


def sqlalchemy_url(url: str) -> str:
    """The same address with the driver that SQLAlchemy is to use.

    Several hosts, as libpq writes them (`host-a:5432,host-b:5432`), are kept.
    """
    url = url.replace("postgresql://", "postgresql+psycopg://", 1)
    parts = urlsplit(url)
    who, _, where = parts.netloc.rpartition("@")
    if "," not in where:
        return url
    hosts = "&".join(f"host={one}" for one in where.split(","))
    query = f"{hosts}&{parts.query}" if parts.query else hosts
    return f"{parts.scheme}://{who}{'@' if who else ''}{parts.path}?{query}"
