"""Addresses of databases: what goes to another machine is encrypted, to a certificate we check."""

from collections.abc import Iterator, Mapping
from urllib.parse import parse_qs, unquote, urlsplit

LOOPBACK = ("localhost", "127.0.0.1", "::1")
CHECKED = ("verify-full", "verify-ca")


def is_safe(url: str, environment: Mapping[str, str]) -> bool:
    """Whether every server it names is on this machine or has to show who it is."""
    asked = parse_qs(urlsplit(url).query)
    mode = asked.get("sslmode", [environment.get("PGSSLMODE", "")])[-1]
    return mode in CHECKED or all(host in LOOPBACK for host in _hosts(url, asked))


def _hosts(url: str, asked: dict[str, list[str]]) -> Iterator[str]:
    """Every host of an address as libpq reads it, but for sockets, which stay on this machine."""
    named = [urlsplit(url).netloc.rpartition("@")[2], *asked.get("host", [])]
    for one in ",".join([*named, *asked.get("hostaddr", [])]).split(","):
        host = unquote(one)
        if host and not host.startswith("/"):
            yield host[1:].partition("]")[0] if host[0] == "[" else host.partition(":")[0]
