"""A provider that hangs costs its own visitors a few seconds, and nobody else anything."""

import statistics
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from app.factory import create_app
from tests.attacks.conftest import answer_of, is_signed_in
from tests.attacks.hostile_provider.provider import hostile_provider
from tests.providers.provider import SECRET, free_port

SLOWER, ALLOWANCE = 5, 0.1

pytestmark = pytest.mark.parametrize("time_round", ["first", "second"])


def signs_in(app, name="hostile") -> bool:
    client = app.test_client()
    assert client.get(answer_of(client, name)).status_code < 500
    return is_signed_in(client)


@pytest.fixture(scope="module")
def hanging(database, settings_maker, keys):
    """Five providers, each of which hangs at another step, and an application that trusts all."""
    steps = {"metadata": {}, "token": {}, "keys": {}, "userinfo": {}, "drip": {"drips_at": "token"}}
    with threading_providers(keys[0], steps) as providers:
        settings = {"TRELLIS_LIMIT_SIGNED_OUT": "100000"}
        for name, provider in providers.items():
            settings[f"TRELLIS_OIDC_{name.upper()}_ISSUER"] = provider.issuer
            settings[f"TRELLIS_OIDC_{name.upper()}_CLIENT_ID"] = "trellis"
            settings[f"TRELLIS_OIDC_{name.upper()}_CLIENT_SECRET"] = SECRET
        yield create_app(settings_maker(database.url(), **settings)), providers


class threading_providers:  # noqa: N801 - used like a function
    """All of them at once."""

    def __init__(self, key, steps):
        self.steps = steps
        self.open = {name: hostile_provider(free_port(), key) for name in (*steps, "good")}

    def __enter__(self):
        made = {name: opened.__enter__() for name, opened in self.open.items()}
        for name, more in self.steps.items():
            made[name].does.hangs_at = more.get("hangs_at", "" if more else name)
            made[name].does.drips_at = more.get("drips_at", "")
        return made

    def __exit__(self, *error):
        for opened in self.open.values():
            opened.__exit__(*error)


def test_a_provider_that_hangs_is_given_up_within_ten_seconds_and_the_others_go_on(
    hanging, time_round
):
    app, providers = hanging
    for provider in providers.values():
        provider.does.released.clear()
    stop = threading.Event()

    def attempt(name: str) -> tuple[int, float]:
        client, began = app.test_client(), time.monotonic()
        away = client.get(f"/sign-in/{name}")
        status = away.status_code
        if status == 303:
            back = answer_of(client, name)
            began = time.monotonic()
            status = client.get(back).status_code
        return status, time.monotonic() - began

    def timed() -> float:
        began = time.monotonic()
        assert signs_in(app, "good")
        return time.monotonic() - began

    def meanwhile() -> list[float]:
        took = []
        while not stop.is_set():
            took.append(timed())
            time.sleep(0.2)
        return took

    before = statistics.median(timed() for _ in range(5))
    with ThreadPoolExecutor(8) as pool:
        others = pool.submit(meanwhile)
        tried = {name: pool.submit(attempt, name) for name in providers if name != "good"}
        answers = {name: one.result() for name, one in tried.items()}
        stop.set()
        # Beside six visitors who share this processor; whoever waited for them took seconds.
        assert statistics.median(others.result()) < SLOWER * before + ALLOWANCE
    assert {status for status, _ in answers.values()} == {424}
    assert max(seconds for _, seconds in answers.values()) < 10
    for provider in providers.values():
        provider.does.released.set()


def test_many_sign_ins_with_a_hanging_provider_are_turned_away_quickly(hanging, time_round):
    app, providers = hanging
    providers["metadata"].does.released.clear()

    def attempt(_: int) -> float:
        began = time.monotonic()
        assert app.test_client().get("/sign-in/metadata").status_code == 424
        return time.monotonic() - began

    with ThreadPoolExecutor(6) as pool:
        took = sorted(pool.map(attempt, range(6)))
    assert sum(seconds < 4 for seconds in took) >= 4
    assert took[-1] < 10
    providers["metadata"].does.released.set()
