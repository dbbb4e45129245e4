"""Connecting outward and never inward: to what everybody can reach, whatever a name resolves to.

Every connection is judged by the address it reached, before a request is sent, so that neither
a redirect nor a name that resolves to two places leads to a machine of our own network.
"""

import ipaddress
import socket
from typing import Any

from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool

from app.core.errors import Invalid

TRANSLATED = ipaddress.IPv6Network("64:ff9b::/96")


class InsideThisNetwork(Invalid):
    """A connection arrived at an address that is not everybody's."""

    def __init__(self, address: str) -> None:
        super().__init__(f"{address} is an address inside this network: nothing is read from there")


def is_outside(said: str, *, loopback: bool = False) -> bool:
    """Whether everybody can reach this address (or it is this machine, when that is allowed)."""
    address = ipaddress.ip_address(said.split("%", maxsplit=1)[0])
    if isinstance(address, ipaddress.IPv6Address):
        if address in TRANSLATED:
            address = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
        address = getattr(address, "ipv4_mapped", None) or address
    if address.is_loopback:
        return loopback
    return address.is_global and not address.is_multicast


def _require_outside(connected: socket.socket, loopback: bool) -> None:
    address = connected.getpeername()[0]
    if not is_outside(address, loopback=loopback):
        connected.close()
        raise InsideThisNetwork(address)


class _Plain(HTTPConnection):
    loopback = False

    def _new_conn(self) -> socket.socket:
        connected = super()._new_conn()
        _require_outside(connected, self.loopback)
        return connected


class _Encrypted(HTTPSConnection):
    loopback = False

    def _new_conn(self) -> socket.socket:
        connected = super()._new_conn()
        _require_outside(connected, self.loopback)
        return connected


class Outward(HTTPAdapter):
    """Connects only to addresses that everybody can reach (and this machine, when allowed)."""

    def __init__(self, loopback: bool) -> None:
        self.loopback = loopback
        super().__init__()

    def init_poolmanager(self, *given: Any, **named: Any) -> None:
        """The usual pools with connections that judge where they arrive."""
        super().init_poolmanager(*given, **named)
        plain = type("Plain", (_Plain,), {"loopback": self.loopback})
        encrypted = type("Encrypted", (_Encrypted,), {"loopback": self.loopback})
        self.poolmanager.pool_classes_by_scheme = {
            "http": type("Pool", (HTTPConnectionPool,), {"ConnectionCls": plain}),
            "https": type("Pools", (HTTPSConnectionPool,), {"ConnectionCls": encrypted}),
        }
