"""Talking to a provider: short time-outs, one deadline, small answers, no redirects."""

import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from contextvars import ContextVar
from http.client import HTTPException
from typing import Any
from urllib.parse import urlsplit

import requests
from authlib.integrations.requests_client import OAuth2Session
from urllib3.exceptions import HTTPError

from app.core.outward import InsideThisNetwork
from app.identity.oidc.refusals import ProviderUnreachable, SignInRefused

CONNECT_SECONDS = 3
READ_SECONDS = 5
ALL_SECONDS = 7
LARGEST_ANSWER = 512 * 1024
LOOPBACK = ("localhost", "127.0.0.1", "::1")

_deadline: ContextVar[float] = ContextVar("deadline")


@contextmanager
def exchange() -> Iterator[None]:
    """Everything asked of a provider inside this block shares one deadline."""
    token = _deadline.set(time.monotonic() + ALL_SECONDS)
    try:
        yield
    finally:
        _deadline.reset(token)


class ProviderSession(OAuth2Session):
    """A requests session whose every answer is a JSON object that came in time."""

    def request(self, method: str, url: str, *args: Any, **kwargs: Any) -> requests.Response:
        """One request. Raises SignInRefused rather than letting anything odd through."""
        require_safe(url)
        kwargs |= {"timeout": (CONNECT_SECONDS, READ_SECONDS), "allow_redirects": False}
        ask = super().request

        def whole() -> requests.Response:
            answer: requests.Response = ask(method, url, *args, stream=True, **kwargs)
            with answer:
                answer._content = answer.raw.read(LARGEST_ANSWER + 1, decode_content=True)
            return answer

        try:
            return _checked(_in_time(whole, _deadline.get() - time.monotonic()))
        except InsideThisNetwork as error:
            raise SignInRefused("provider.inside", detail="see TRELLIS_OIDC_INSIDE") from error
        except (requests.RequestException, HTTPError, HTTPException, OSError) as error:
            raise ProviderUnreachable("provider.unreachable", type(error).__name__) from error


def require_safe(url: object) -> str:
    """Return the address when it is https, or on this machine; refuse anything else."""
    parts = urlsplit(url) if isinstance(url, str) else urlsplit("")
    if parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in LOOPBACK):
        return str(url)
    raise SignInRefused("provider.address", detail="an address is not https")


def _checked(answer: requests.Response) -> requests.Response:
    if len(answer.content) > LARGEST_ANSWER:
        raise ProviderUnreachable("provider.too_large")
    try:
        is_object = isinstance(answer.json(), dict)
    except (ValueError, RecursionError):
        is_object = False
    if not is_object or 300 <= answer.status_code < 400 or answer.status_code >= 500:
        raise ProviderUnreachable("provider.answer", f"HTTP {answer.status_code}")
    return answer


def _in_time(work: Callable[[], requests.Response], seconds: float) -> requests.Response:
    # A thread, because neither a slow name server nor a dripping header meets a socket time-out.
    outcome: Future[requests.Response] = Future()

    def run() -> None:
        try:
            outcome.set_result(work())
        except Exception as error:
            outcome.set_exception(error)

    threading.Thread(target=run, daemon=True).start()
    return outcome.result(max(seconds, 0))
