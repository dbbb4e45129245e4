"""Addresses of databases."""


def sqlalchemy_url(url: str) -> str:
    """The same address with the driver that SQLAlchemy is to use."""
    return url.replace("postgresql://", "postgresql+psycopg://", 1)
