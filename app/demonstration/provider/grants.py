"""The authorisation code flow, with PKCE by S256 and OpenID Connect on top."""

import time
from typing import Any

from authlib.oauth2.rfc6749 import InvalidRequestError
from authlib.oauth2.rfc6749.grants import AuthorizationCodeGrant
from authlib.oauth2.rfc7636 import CodeChallenge
from authlib.oidc.core import OpenIDCode, UserInfo
from flask import session

from app.demonstration.provider.clients import DemonstrationClient
from app.demonstration.provider.keys import KeyRing
from app.demonstration.provider.memory import TOKEN_SECONDS, Code, Memory
from app.demonstration.provider.people import DemonstrationPerson


def _code(code: str, request: Any) -> Code:
    asked = request.payload.data
    return Code(
        code=code,
        client_id=request.client.client_id,
        redirect_uri=request.payload.redirect_uri,
        scope=request.scope,
        person=request.user,
        code_challenge=asked["code_challenge"],
        code_challenge_method=asked["code_challenge_method"],
        nonce=asked.get("nonce"),
        auth_time=session["auth_time"],
        sid=session["sid"],
        acr=(asked.get("acr_values") or "").partition(" ")[0] or None,
    )


def code_grant(memory: Memory) -> type[AuthorizationCodeGrant]:
    """The grant, bound to one provider's memory."""

    class CodeGrant(AuthorizationCodeGrant):
        def save_authorization_code(self, code: str, request: Any) -> None:
            memory.keep(_code(code, request))

        def query_authorization_code(self, code: str, client: DemonstrationClient) -> Code | None:
            return memory.take(code, client.client_id)

        def delete_authorization_code(self, authorization_code: Code) -> None:
            """It was taken out of the memory when it was read."""

        def authenticate_user(self, authorization_code: Code) -> DemonstrationPerson:
            return authorization_code.person

    return CodeGrant


class ProofByS256(CodeChallenge):
    """PKCE that cannot be left out, and not `plain`."""

    DEFAULT_CODE_CHALLENGE_METHOD = "S256"
    SUPPORTED_CODE_CHALLENGE_METHOD = ["S256"]

    def validate_code_challenge(self, grant: Any, redirect_uri: str) -> None:
        """Refuse a request without a challenge, or with another method than S256."""
        if grant.request.payload.data.get("code_challenge_method") != "S256":
            raise InvalidRequestError("The code flow needs PKCE with S256")
        super().validate_code_challenge(grant, redirect_uri)


class OpenID(OpenIDCode):
    """ID tokens signed with the newest key."""

    def __init__(self, issuer: str, keys: KeyRing) -> None:
        super().__init__(require_nonce=False)
        self._issuer = issuer
        self._keys = keys

    def exists_nonce(self, _nonce: str, _request: Any) -> bool:
        """A client may use a nonce as often as it likes: codes are what is used once."""
        return False

    def resolve_client_private_key(self, _client: DemonstrationClient) -> Any:
        """The key that signs now."""
        return self._keys.signing

    def get_encode_header(self, _client: DemonstrationClient) -> dict[str, str]:
        """The header of an ID token, naming the key."""
        return {"alg": "RS256", "kid": str(self._keys.signing.kid)}

    def get_client_claims(self, client: DemonstrationClient) -> dict[str, Any]:
        """What every ID token for this client says."""
        now = int(time.time())
        return {
            "iss": self._issuer,
            "aud": client.client_id,
            "iat": now,
            "exp": now + TOKEN_SECONDS,
        }

    def get_authorization_code_claims(self, authorization_code: Code) -> dict[str, Any]:
        """What this sign-in adds: nonce, time, assurance, and the session's identifier."""
        claims = super().get_authorization_code_claims(authorization_code)
        return {**claims, "sid": authorization_code.sid}

    def generate_user_info(self, user: DemonstrationPerson, scope: str) -> UserInfo:
        """What the scope lets the client know."""
        return user.claims(scope)
