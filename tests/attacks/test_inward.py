"""A configured address never leads into our own network, whatever its name resolves to."""

import socket
import ssl
import threading
from collections.abc import Iterator

import pytest

from app.core.outward import is_outside
from app.factory import create_app
from app.identity.oidc.providers import EXTENSION
from tests.attacks.conftest import SECRET, answer_of, is_signed_in
from tests.attacks.hostile_provider.behaviour import with_
from tests.attacks.test_observatory import certified

# Where a cloud tells its machines their secrets.
CLOUD = "169.254.169.254"


class Listener:
    """Accepts connections inside our network and counts what it is told."""

    def __init__(self, tls: ssl.SSLContext | None = None, host: str = "127.0.0.1") -> None:
        self.tls = tls
        self.reached = 0
        self.socket = socket.create_server((host, 0))
        self.port = self.socket.getsockname()[1]
        self.told: list[bytes] = []
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        while True:
            try:
                connected, _ = self.socket.accept()
                with connected:
                    self.reached += 1
                    connected.settimeout(2)
                    heard = self.tls.wrap_socket(connected, True) if self.tls else connected
                    self.told.append(heard.recv(100))
            except OSError:
                return


@pytest.fixture
def inside() -> Iterator[Listener]:
    made = Listener()
    yield made
    made.socket.close()


@pytest.fixture
def everywhere() -> Iterator[Listener]:
    made = Listener(host="")
    yield made
    made.socket.close()


def settings_of(host: str, port: int, **more: str) -> dict[str, str]:
    return {
        "TRELLIS_DEMONSTRATION": "0",
        "TRELLIS_OIDC_ISSUER": f"https://{host}:{port}",
        "TRELLIS_OIDC_CLIENT_ID": "trellis",
        "TRELLIS_OIDC_CLIENT_SECRET": SECRET,
        **more,
    }


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "0.0.0.0", "[::ffff:127.0.0.1]"])
def test_nothing_is_said_to_a_provider_inside_our_network(database, settings_maker, inside, host):
    app = create_app(settings_maker(database.url(), **settings_of(host, inside.port)))
    page = app.test_client().get("/sign-in/default")
    assert page.status_code == 400
    assert "You are not signed in" in page.text
    assert set(inside.told) <= {b""}, "a byte was sent"


def test_a_provider_of_our_own_network_may_be_allowed_by_its_settings(
    database, settings_maker, inside
):
    allowed = settings_of("localhost", inside.port, TRELLIS_OIDC_INSIDE="1")
    app = create_app(settings_maker(database.url(), **allowed))
    # What listens there speaks no TLS: it is asked, and does not answer.
    assert app.test_client().get("/sign-in/default").status_code == 424
    assert inside.told[0][:1] == b"\x16"


def test_a_provider_whose_certificate_we_do_not_trust_is_told_nothing(
    database, settings_maker, tmp_path
):
    listener = Listener(certified(tmp_path)[1])
    allowed = settings_of("localhost", listener.port, TRELLIS_OIDC_INSIDE="1")
    app = create_app(settings_maker(database.url(), **allowed))
    assert app.test_client().get("/sign-in/default").status_code == 424
    listener.socket.close()
    assert (listener.reached, listener.told) == (1, [])


@pytest.mark.parametrize("part", ["jwks_uri", "token_endpoint", "userinfo_endpoint"])
def test_metadata_cannot_send_us_inward(trusting, hostile, inside, part, monkeypatch):
    client = trusting.extensions[EXTENSION]["hostile"]
    for scheme in ("http", "gopher", "file"):
        address = f"{scheme}://{CLOUD}:{inside.port}/latest/meta-data"
        hostile.does.metadata = with_(**{part: address})
        client._metadata = client._keys = None
        browser = trusting.test_client()
        assert browser.get("/sign-in/hostile").status_code == 400
        assert not is_signed_in(browser)


@pytest.mark.parametrize("part", ["jwks_uri", "token_endpoint", "userinfo_endpoint"])
def test_metadata_over_https_is_judged_by_where_the_connection_arrives(
    trusting, hostile, everywhere, part
):
    address = f"https://{inside_address()}:{everywhere.port}/latest/meta-data"
    hostile.does.metadata = with_(**{part: address})
    browser = trusting.test_client()
    refused = browser.get(answer_of(browser))
    assert refused.status_code == 400
    assert "You are not signed in" in refused.text
    assert not is_signed_in(browser)
    assert set(everywhere.told) <= {b""}, "a byte was sent"


def inside_address() -> str:
    """An address of our own network that is not the loopback: this machine's, if it has one."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as nothing_is_sent:
        try:
            nothing_is_sent.connect(("192.0.2.1", 9))
        except OSError:
            return CLOUD
        own = nothing_is_sent.getsockname()[0]
    return CLOUD if is_outside(own, loopback=True) else own
