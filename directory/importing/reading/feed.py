"""An Open Referral UK feed: pages of version 1.0 or 3.0, or a plain list in a file."""

from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import quote, urlsplit, urlunsplit

from app.core.errors import Invalid
from directory.importing.entry import Raw, Unreadable
from directory.importing.transport import Transport

Row = Raw | Unreadable
MOST_PAGES = 20_000
ENOUGH = {"service_at_locations", "contacts", "schedules", "regular_schedules"}


def of_document(document: Any) -> Iterator[Row]:
    """The services of one JSON document: a list, a page, or a single service."""
    if isinstance(document, dict):
        found = _contents(document)
        document = [document] if found is None and "name" in document else found
    if not isinstance(document, list):
        raise Invalid("There is no list of services here (looked for `contents` and `content`)")
    for row in document:
        if isinstance(row, dict):
            yield row
        else:
            yield Unreadable("this is not a service", str(row)[:200])


def of_address(transport: Transport, url: str, first: Any, *, details: bool) -> Iterator[Row]:
    """Every service of a feed, page after page; each whole when `details` are asked for.

    `first` is what is at its address.
    """
    if isinstance(first, dict) and _contents(first) is None and "name" not in first:
        # The address of the whole API: its services are one step down.
        parts = urlsplit(url)
        url = urlunsplit(parts._replace(path=f"{parts.path.rstrip('/')}/services"))
        first = transport.json(url)
    for page in _pages(lambda number: transport.json(url, page=number), first):
        for row in of_document(page):
            yield _whole(transport, url, row) if details and isinstance(row, dict) else row


def _pages(ask: Callable[[int], Any], page: Any) -> Iterator[Any]:
    """Version 3.0 counts its pages from 1; some makers of version 1.0 do from 0."""
    yield page
    told = page.get("page_number", page.get("number")) if isinstance(page, dict) else None
    first = told if told in {0, 1} else 1
    for number in range(first + 1, first + MOST_PAGES):
        if not isinstance(page, dict) or _is_last(page, number - first):
            return
        last, page = page, ask(number)
        if not isinstance(page, dict) or not _contents(page) or _contents(page) == _contents(last):
            return
        yield page


def _is_last(page: Raw, count: int) -> bool:
    total = page.get("total_pages", page.get("totalPages"))
    return page.get("last_page", page.get("last")) is True or total == count


def _contents(page: Raw) -> list[Any] | None:
    for name in ("contents", "content", "services"):
        found = page.get(name)
        if isinstance(found, list):
            return found
    return None


def _whole(transport: Transport, url: str, row: Raw) -> Row:
    """The service on its own page, which tells more than the list does."""
    if not isinstance(row.get("id"), str) or ENOUGH & row.keys():
        return row
    parts = urlsplit(url)
    path = f"{parts.path.rstrip('/')}/{quote(row['id'], safe='')}"
    try:
        found = transport.json(urlunsplit(parts._replace(path=path, query="")))
    except Invalid:
        return row
    return found if isinstance(found, dict) and found.get("id") == row["id"] else row
