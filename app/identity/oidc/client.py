"""One provider, as Authlib's Flask client with our own checks in place of its own."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import requests
from authlib.integrations.base_client import OAuthError
from authlib.integrations.flask_client import FlaskOAuth2App

from app.core.outward import Outward
from app.identity.oidc import claims as claims_checks
from app.identity.oidc import metadata, signatures
from app.identity.oidc.claims import Claims, Expected
from app.identity.oidc.refusals import ProviderUnreachable, SignInRefused
from app.identity.oidc.transport import ProviderSession, exchange
from config.acts import NOTHING_MORE, Need
from config.oidc import OidcProvider

KEYS_FOR_SECONDS = 10 * 60
METADATA_FOR_SECONDS = 60 * 60
FORCED_EVERY_SECONDS = 10
AT_ONCE = 2
WAIT_SECONDS = 1


class ProviderClient(FlaskOAuth2App):
    """Keeps a provider's metadata for an hour and its keys for ten minutes."""

    client_cls = ProviderSession
    settings: OidcProvider

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.settings = kwargs.pop("settings")
        super().__init__(*args, **kwargs)
        self._metadata: tuple[float, dict[str, Any]] | None = None
        self._keys: tuple[float, list[Any]] | None = None
        self._gate = threading.BoundedSemaphore(AT_ONCE)

    @contextmanager
    def talking(self) -> Iterator[None]:
        """Talk to the provider, few at a time: one that hangs must not take every thread."""
        if not self._gate.acquire(timeout=WAIT_SECONDS):
            raise ProviderUnreachable("provider.busy")
        try:
            with exchange():
                yield
        finally:
            self._gate.release()

    def load_server_metadata(self) -> dict[str, Any]:
        """What the provider says about itself; a copy, so that nobody's changes stay."""
        if self._metadata is None or time.monotonic() - self._metadata[0] > METADATA_FOR_SECONDS:
            address = f"{self.settings.issuer.rstrip('/')}/.well-known/openid-configuration"
            told = self._read(address, "metadata")
            known = metadata.understood(told, self.settings.issuer)
            self._metadata = (time.monotonic(), known)
        return dict(self._metadata[1])

    def fetch_jwk_set(self, force: bool = False) -> dict[str, Any]:
        """The provider's keys, read again after ten minutes or when `force` is given."""
        if force or self._keys is None or time.monotonic() - self._keys[0] > KEYS_FOR_SECONDS:
            told = self._read(self.load_server_metadata()["jwks_uri"], "keys")
            if not isinstance(told.get("keys"), list):
                raise SignInRefused("keys.malformed")
            self._keys = (time.monotonic(), told["keys"])
        return {"keys": self._keys[1]}

    def _get_session(self) -> ProviderSession:
        """A session that goes no further inward than the provider's settings say."""
        return self._kept_outside(super()._get_session())

    def _get_oauth_client(self, **metadata: Any) -> ProviderSession:
        """The same for the session in which a code is traded."""
        return self._kept_outside(super()._get_oauth_client(**metadata))

    def _kept_outside(self, made: ProviderSession) -> ProviderSession:
        if not self.settings.inside:
            for scheme in ("https://", "http://"):
                made.mount(scheme, Outward(loopback=self.settings.local))
        return made

    def _read(self, address: str, what: str) -> dict[str, Any]:
        with self._get_session() as session:
            answer = session.request("GET", address, withhold_token=True)
        if answer.status_code != requests.codes.ok:
            raise ProviderUnreachable(f"provider.{what}", f"HTTP {answer.status_code}")
        told: dict[str, Any] = answer.json()
        return told

    def fetch_tokens(self, code: str, verifier: str, redirect_uri: str) -> tuple[str, str]:
        """Trade a code for the ID token and the access token."""
        try:
            told = self.fetch_access_token(
                code=code, code_verifier=verifier, redirect_uri=redirect_uri
            )
        except (OAuthError, requests.RequestException) as error:
            raise SignInRefused("token.refused", detail=str(error)[:100]) from error
        except (ValueError, TypeError, KeyError, AttributeError, OverflowError) as error:
            raise SignInRefused("token.answer", detail=type(error).__name__) from error
        if not isinstance(told.get("id_token"), str):
            raise SignInRefused("token.no_id_token")
        if not isinstance(told.get("access_token"), str):
            raise SignInRefused("token.no_access_token")
        return told["id_token"], told["access_token"]

    def id_token_claims(
        self, id_token: str, access_token: str, nonce: str, need: Need | None = None
    ) -> Claims:
        """The claims of an ID token that passed every check."""
        given, need = self.settings, need or self.need()
        told, header = self.signed(id_token), signatures.header_of(id_token)
        expected = Expected(given.issuer, given.client_id, nonce, need.acr, need.max_age)
        claims_checks.check_id_token(told, expected)
        claims_checks.check_access_token(told, header["alg"], access_token)
        return told

    def need(self, more: Need = NOTHING_MORE) -> Need:
        """What a sign-in has to be worth: what the provider's settings say, or `more`."""
        ages = [age for age in (self.settings.max_age, more.max_age) if age is not None]
        return Need(min(ages, default=None), more.acr or self.settings.acr)

    def logout_claims(self, token: str) -> Claims:
        """The claims of a logout token that passed every check."""
        told = self.signed(token, again=self._may_read_again())
        claims_checks.check_logout_token(
            told, Expected(self.settings.issuer, self.settings.client_id)
        )
        return told

    def signed(self, token: str, again: bool = True) -> Claims:
        """Claims signed by a key of the provider; its keys are read again once if none fits."""
        header = signatures.header_of(token)
        if header["alg"] not in self.load_server_metadata()["algorithms"]:
            raise SignInRefused("token.algorithm", detail=header["alg"])
        try:
            return signatures.verified(token, header, self.fetch_jwk_set()["keys"])
        except signatures.NoSuchKey:
            if not again:
                raise
            return signatures.verified(token, header, self.fetch_jwk_set(force=True)["keys"])

    def _may_read_again(self) -> bool:
        # Anybody may send us a logout token; not everybody may make us ask the provider.
        return self._keys is None or time.monotonic() - self._keys[0] > FORCED_EVERY_SECONDS

    def person_told(self, access_token: str, subject: str) -> Claims:
        """What the userinfo endpoint says, when there is one, about the same subject."""
        address = self.load_server_metadata().get("userinfo_endpoint")
        if not address or not self.settings.userinfo:
            return {}
        with self._get_session() as session:
            headers = {"Authorization": f"Bearer {access_token}"}
            answer = session.request("GET", address, headers=headers, withhold_token=True)
        if answer.status_code != requests.codes.ok:
            raise SignInRefused("userinfo.refused", detail=f"HTTP {answer.status_code}")
        told: Claims = answer.json()
        claims_checks.check_userinfo(told, subject)
        return told

    def logout_address(self, hint: str, return_to: str) -> str | None:
        """Where to send the browser so that the provider signs it out too, if it offers that."""
        if "end_session_endpoint" not in self.load_server_metadata():
            return None
        asked = self.create_logout_url(
            return_to, id_token_hint=hint or None, client_id=self.client_id
        )
        return str(asked["url"])
