"""Signing out: of the provider, and then of every application signed in to from here."""

import logging
import secrets
import threading
import time
from typing import Any

import requests
from authlib.oidc.rpinitiated import EndSessionEndpoint
from flask import session
from joserfc import jwt

from app.demonstration.provider.clients import DemonstrationClient
from app.demonstration.provider.keys import KeyRing
from app.demonstration.provider.memory import Memory

EVENT = "http://schemas.openid.net/event/backchannel-logout"
log = logging.getLogger(__name__)


class BackChannel:
    """Tells applications, server to server, that somebody has signed out."""

    def __init__(self, issuer: str, keys: KeyRing) -> None:
        self._issuer = issuer
        self._keys = keys

    def tell(self, client: DemonstrationClient, subject: str, sid: str) -> None:
        """Send one logout token, without keeping the browser waiting."""
        if client.backchannel_logout_uri:
            token = self.token(client.client_id, subject, sid)
            arguments = (client.backchannel_logout_uri, token)
            threading.Thread(target=self._post, args=arguments, daemon=True).start()

    def token(self, audience: str, subject: str, sid: str) -> str:
        """A logout token as OpenID Connect Back-Channel Logout 1.0 has it."""
        now = int(time.time())
        claims = {
            "iss": self._issuer,
            "aud": audience,
            "sub": subject,
            "sid": sid,
            "iat": now,
            "exp": now + 120,
            "jti": secrets.token_urlsafe(16),
            "events": {EVENT: {}},
        }
        key = self._keys.signing
        header = {"alg": "RS256", "kid": str(key.kid), "typ": "logout+jwt"}
        return jwt.encode(header, claims, key)

    @staticmethod
    def _post(address: str, token: str) -> None:
        try:
            requests.post(address, data={"logout_token": token}, timeout=5).raise_for_status()
        except requests.RequestException as error:
            log.warning("The application did not take the logout token: %s", error)


def end_session(keys: KeyRing, memory: Memory, channel: BackChannel) -> type[EndSessionEndpoint]:
    """RP-initiated logout, bound to one provider."""

    class EndSession(EndSessionEndpoint):
        def get_server_jwks(self) -> dict[str, Any]:
            return keys.public()

        def get_algorithms(self) -> list[str]:
            return ["RS256"]

        def end_session(self, _asked: Any) -> None:
            sid, subject = session.pop("sid", ""), session.pop("subject", "")
            session.clear()
            for client_id in memory.end(sid):
                channel.tell(self.server.query_client(client_id), subject, sid)

    return EndSession
