"""Replays, mix-ups, keys that change, and providers that hang."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from app.factory import create_app
from app.identity.oidc.providers import EXTENSION
from tests.attacks.conftest import answer_of, is_signed_in
from tests.attacks.hostile_provider.behaviour import without
from tests.attacks.hostile_provider.provider import hostile_provider, new_key
from tests.providers.provider import SECRET, free_port


def signs_in(app, name="hostile") -> bool:
    client = app.test_client()
    assert client.get(answer_of(client, name)).status_code < 500
    return is_signed_in(client)


def key_reads(hostile) -> list[int]:
    """Counts how often the keys are read from now on."""
    reads = []
    hostile.does.keys = lambda honest: reads.append(1) or honest
    return reads


def test_an_answer_is_good_once(trusting, hostile):
    client = trusting.test_client()
    back = answer_of(client)
    assert client.get(back).status_code == 303
    assert client.get(back).status_code == 400
    assert is_signed_in(client)


def test_an_answer_is_good_only_in_the_browser_that_asked(trusting, hostile):
    back = answer_of(trusting.test_client())
    victim = trusting.test_client()
    assert victim.get(back).status_code == 400
    assert not is_signed_in(victim)


def test_an_answer_delivered_to_another_providers_callback_is_refused(trusting, hostile):
    for mine, other in (("hostile", "honest"), ("honest", "hostile")):
        client = trusting.test_client()
        back = answer_of(client, mine).replace(f"/{mine}/", f"/{other}/")
        assert client.get(back).status_code == 400
        assert not is_signed_in(client)


def test_only_the_last_few_sign_ins_of_a_browser_are_kept(trusting, hostile):
    client = trusting.test_client()
    backs = [answer_of(client) for _ in range(7)]
    assert [client.get(back).status_code for back in backs[:2]] == [400, 400]
    assert client.get(backs[-1]).status_code == 303


def test_a_new_key_is_found_by_reading_the_keys_once_more(trusting, hostile, keys):
    assert signs_in(trusting)
    hostile.signing, hostile.published = keys[1], list(keys)
    reads = key_reads(hostile)
    assert signs_in(trusting)
    assert signs_in(trusting)
    assert len(reads) == 1


def test_a_new_key_under_the_old_name_is_found_as_well(trusting, hostile):
    assert signs_in(trusting)
    again = new_key("first")
    hostile.signing, hostile.published = again, [again]
    assert signs_in(trusting)


def test_an_unknown_key_makes_us_read_the_keys_once_and_no_more(trusting, hostile, keys):
    assert signs_in(trusting)
    hostile.signing = keys[1]
    reads = key_reads(hostile)
    assert not signs_in(trusting)
    assert len(reads) == 1


def test_a_withdrawn_key_is_refused_once_the_keys_are_ten_minutes_old(trusting, hostile, keys):
    assert signs_in(trusting)
    hostile.published = [keys[1]]
    client = trusting.extensions[EXTENSION]["hostile"]
    client._keys = (client._keys[0] - 10 * 60 - 1, client._keys[1])
    assert not signs_in(trusting)


def test_a_token_that_names_no_key_is_believed_only_when_there_is_one_key(trusting, hostile, keys):
    hostile.does.header = without("kid")
    assert signs_in(trusting)
    hostile.published = list(keys)
    trusting.extensions[EXTENSION]["hostile"]._keys = None
    assert not signs_in(trusting)


def test_the_scope_of_leeway_is_half_a_minute(trusting, hostile):
    honest = hostile.does.claims
    for late, good in ((20, True), (40, False)):
        hostile.does.claims = lambda claims, late=late: honest(claims) | {"exp": time.time() - late}
        assert signs_in(trusting) is good


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


def test_a_provider_that_hangs_is_given_up_within_ten_seconds_and_the_others_go_on(hanging):
    app, providers = hanging
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

    def meanwhile() -> list[float]:
        took = []
        while not stop.is_set():
            began = time.monotonic()
            assert signs_in(app, "good")
            took.append(time.monotonic() - began)
            time.sleep(0.2)
        return took

    with ThreadPoolExecutor(8) as pool:
        others = pool.submit(meanwhile)
        tried = {name: pool.submit(attempt, name) for name in providers if name != "good"}
        answers = {name: one.result() for name, one in tried.items()}
        stop.set()
        assert max(others.result()) < 5
    assert {status for status, _ in answers.values()} == {424}
    assert max(seconds for _, seconds in answers.values()) < 10
    for provider in providers.values():
        provider.does.released.set()


def test_many_sign_ins_with_a_hanging_provider_are_turned_away_quickly(hanging):
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
