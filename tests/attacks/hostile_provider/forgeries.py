"""Ways to sign an ID token that must not be believed."""

import base64
import hashlib
import hmac
import json
from typing import Any

from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.hashes import SHA256
from joserfc.jwk import RSAKey

from tests.attacks.hostile_provider.provider import HostileProvider, new_key

STRANGER = new_key("stranger")


def _part(value: dict[str, Any]) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=").decode()


def unsigned(claims: dict[str, Any], _header: dict[str, Any]) -> str:
    """`alg: none`."""
    return f"{_part({'alg': 'none'})}.{_part(claims)}."


def unsigned_with_other_spelling(claims: dict[str, Any], _header: dict[str, Any]) -> str:
    """`alg: nOnE`."""
    return f"{_part({'alg': 'nOnE'})}.{_part(claims)}."


def by_public_key(provider: HostileProvider) -> Any:
    """HS256 with the published public key as the secret."""
    return lambda claims, _: _hmac(claims, provider.signing.as_pem(private=False))


def by_client_secret(secret: str) -> Any:
    """HS256 with the client's secret, which the specification would even allow."""
    return lambda claims, _: _hmac(claims, secret.encode())


def _hmac(claims: dict[str, Any], secret: bytes) -> str:
    body = f"{_part({'alg': 'HS256', 'typ': 'JWT'})}.{_part(claims)}"
    mac = hmac.new(secret, body.encode(), hashlib.sha256).digest()
    return f"{body}.{base64.urlsafe_b64encode(mac).rstrip(b'=').decode()}"


def by(provider: HostileProvider, key: RSAKey, **header: Any) -> Any:
    """Signed with another key, under whatever header."""

    def sign(claims: dict[str, Any], honest: dict[str, Any]) -> str:
        kept = provider.signing
        provider.signing = key
        try:
            return provider.signed(claims, honest | header)
        finally:
            provider.signing = kept

    return sign


def with_header(provider: HostileProvider, **header: Any) -> Any:
    """A good signature under a header that no library would write."""

    def sign(claims: dict[str, Any], honest: dict[str, Any]) -> str:
        body = f"{_part(honest | header)}.{_part(claims)}"
        mac = provider.signing.private_key.sign(body.encode(), PKCS1v15(), SHA256())
        return f"{body}.{base64.urlsafe_b64encode(mac).rstrip(b'=').decode()}"

    return sign


def tampered(provider: HostileProvider) -> Any:
    """A good signature over other claims."""

    def sign(claims: dict[str, Any], header: dict[str, Any]) -> str:
        head, _, signature = provider.signed(claims, header).split(".")
        return f"{head}.{_part(claims | {'sub': 'somebody-else'})}.{signature}"

    return sign
