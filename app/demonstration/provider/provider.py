"""One demonstration provider: its people, clients, keys and memory, and the protocol over them."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from authlib.integrations.flask_oauth2 import AuthorizationServer
from authlib.oauth2.rfc9207 import IssuerParameter
from flask import Flask

from app.demonstration.provider import people
from app.demonstration.provider.clients import SCOPES, DemonstrationClient
from app.demonstration.provider.grants import OpenID, ProofByS256, code_grant
from app.demonstration.provider.keys import KeyRing
from app.demonstration.provider.logout import BackChannel, end_session
from app.demonstration.provider.memory import AccessToken, Memory
from app.demonstration.provider.people import DemonstrationPerson
from app.demonstration.provider.safety import require_demonstration, require_loopback
from app.demonstration.provider.userinfo import userinfo_endpoint

ABILITIES = {
    "scopes_supported": list(SCOPES),
    "claims_supported": ["sub", "name", "email", "email_verified", "sid", "auth_time", "acr"],
    "response_types_supported": ["code"],
    "response_modes_supported": ["query"],
    "grant_types_supported": ["authorization_code"],
    "subject_types_supported": ["public"],
    "id_token_signing_alg_values_supported": ["RS256"],
    "token_endpoint_auth_methods_supported": ["client_secret_basic", "client_secret_post"],
    "code_challenge_methods_supported": ["S256"],
    "prompt_values_supported": ["none", "login", "select_account"],
    "authorization_response_iss_parameter_supported": True,
    "backchannel_logout_supported": True,
    "backchannel_logout_session_supported": True,
    "request_parameter_supported": False,
    "request_uri_parameter_supported": False,
}


class DemonstrationProvider:
    """Refuses to be made outside a demonstration, or for an address off this machine."""

    def __init__(
        self,
        issuer: str,
        clients: Iterable[DemonstrationClient],
        everybody: Iterable[DemonstrationPerson],
        folder: Path,
    ) -> None:
        require_demonstration()
        self.issuer = require_loopback(issuer)
        self.clients = {client.client_id: client for client in clients}
        self.people = people.by_subject(everybody)
        self.keys = KeyRing(folder / "keys.json")
        self.memory = Memory()
        self.back_channel = BackChannel(issuer, self.keys)

    def protocol(self, app: Flask) -> AuthorizationServer:
        """Authlib's authorisation server, with this provider's answers to its questions."""
        server = AuthorizationServer(app, self.clients.get, self._remember_token)
        extensions = [OpenID(self.issuer, self.keys), ProofByS256(required=True)]
        server.register_grant(code_grant(self.memory), extensions)
        server.register_endpoint(userinfo_endpoint(self.memory))
        server.register_endpoint(end_session(self.keys, self.memory, self.back_channel))
        server.register_extension(_Issuer(self.issuer))
        return server

    def _remember_token(self, token: dict[str, Any], request: Any) -> None:
        self.memory.tokens[token["access_token"]] = AccessToken(
            request.user, request.client, token["scope"]
        )

    def metadata(self) -> dict[str, Any]:
        """OpenID Connect Discovery 1.0."""
        return ABILITIES | {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "userinfo_endpoint": f"{self.issuer}/userinfo",
            "jwks_uri": f"{self.issuer}/jwks",
            "end_session_endpoint": f"{self.issuer}/logout",
        }


class _Issuer(IssuerParameter):
    def __init__(self, issuer: str) -> None:
        self._issuer = issuer

    def get_issuer(self) -> str:
        return self._issuer
