"""At the end of a run: what it did not show, because something that it needs is not here."""

from collections import Counter
from collections.abc import Generator

import pytest


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_sessionfinish(session: pytest.Session) -> Generator[None, None, None]:
    """A line for each reason, last of all, so that nobody takes a skipped test for a passed one."""
    yield
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    skipped = [one.longrepr for one in reporter.stats.get("skipped", [])] if reporter else []
    reasons = Counter(one[2].removeprefix("Skipped: ") for one in skipped if len(one) == 3)
    for reason, count in sorted(reasons.items()):
        reporter.write_line(f"NOT SHOWN ({count} tests): {reason}", yellow=True, bold=True)
