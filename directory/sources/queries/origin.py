"""Where each field of a listing comes from."""

import uuid

import psycopg

from app.core.db import session
from app.core.errors import NotFound
from directory.importing import provenance
from directory.importing.hands import Within
from directory.importing.provenance import Origin


def within() -> Within:
    """The connection of the transaction we are in."""
    connection = session.connection().connection.driver_connection
    assert isinstance(connection, psycopg.Connection)
    return Within(connection)


def of_service(service_id: uuid.UUID) -> list[Origin]:
    """Every field that a source has said; none for a listing that was written here."""
    try:
        return provenance.of_service(within(), service_id)
    except NotFound:
        return []
