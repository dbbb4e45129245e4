"""What a token must say before it is believed. Every check is here, made anew at each call."""

import hashlib
import hmac
import time
from base64 import urlsafe_b64encode
from dataclasses import dataclass
from typing import Any

from app.identity.oidc.refusals import SignInRefused

Claims = dict[str, Any]

LEEWAY = 30
OLDEST = 10 * 60
LONGEST_LIFE = 24 * 3600
END_OF_TIME = 1e11
LONGEST_SUBJECT = 255
LOGOUT = "http://schemas.openid.net/event/backchannel-logout"


@dataclass(frozen=True)
class Expected:
    """What we know already, and the token has to agree with."""

    issuer: str
    client_id: str
    nonce: str = ""
    acr: tuple[str, ...] = ()
    max_age: int | None = None


def check_id_token(claims: Claims, expected: Expected) -> None:
    """Raise SignInRefused unless the ID token is for us, now, and for this very sign-in."""
    _check_sender(claims, expected)
    _check_times(claims)
    _require("exp" in claims, "exp")
    nonce = claims.get("nonce")
    same = isinstance(nonce, str) and hmac.compare_digest(nonce.encode(), expected.nonce.encode())
    _require(bool(expected.nonce) and same, "nonce")
    _require(_is_subject(claims.get("sub")), "sub")
    if expected.acr:
        _require(claims.get("acr") in expected.acr, "acr")
    _check_auth_time(claims, expected.max_age)
    _require("sid" not in claims or _is_subject(claims["sid"]), "sid")


def check_access_token(claims: Claims, algorithm: str, access_token: str) -> None:
    """Raise SignInRefused when `at_hash` is there and is not of this access token."""
    if "at_hash" in claims:
        digest = hashlib.new(f"sha{algorithm[2:]}", access_token.encode()).digest()
        half = urlsafe_b64encode(digest[: len(digest) // 2]).rstrip(b"=").decode()
        _require(claims["at_hash"] == half, "at_hash")


def check_userinfo(told: Claims, subject: str) -> None:
    """Raise SignInRefused unless the userinfo answer is about the same subject."""
    _require(told.get("sub") == subject, "userinfo.sub")


def check_logout_token(claims: Claims, expected: Expected) -> None:
    """Raise SignInRefused unless this is a logout token (Back-Channel Logout 1.0, 2.6)."""
    _check_sender(claims, expected)
    _check_times(claims)
    events = claims.get("events")
    _require(isinstance(events, dict) and isinstance(events.get(LOGOUT), dict), "events")
    _require("nonce" not in claims, "nonce")
    subject, session = claims.get("sub"), claims.get("sid")
    _require(subject is not None or session is not None, "sub")
    _require(subject is None or _is_subject(subject), "sub")
    _require(session is None or _is_subject(session), "sid")


def _check_sender(claims: Claims, expected: Expected) -> None:
    _require(claims.get("iss") == expected.issuer, "iss")
    _require(claims.get("aud") in (expected.client_id, [expected.client_id]), "aud")
    _require(claims.get("azp", expected.client_id) == expected.client_id, "azp")


def _check_times(claims: Claims) -> None:
    now = time.time()
    issued = _time(claims, "iat")
    _require(now - OLDEST - LEEWAY <= issued <= now + LEEWAY, "iat")
    if "exp" in claims:
        _require(now - LEEWAY < _time(claims, "exp") <= issued + LONGEST_LIFE, "exp")
    if "nbf" in claims:
        _require(_time(claims, "nbf") <= now + LEEWAY, "nbf")


def _check_auth_time(claims: Claims, max_age: int | None) -> None:
    now = time.time()
    if "auth_time" in claims:
        _require(_time(claims, "auth_time") <= now + LEEWAY, "auth_time")
    if max_age is not None:
        _require(_time(claims, "auth_time") >= now - max_age - LEEWAY, "auth_time")


def _time(claims: Claims, name: str) -> float:
    value = claims.get(name)
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 < value < END_OF_TIME:
        raise SignInRefused(f"claim.{name}")
    return value


def _is_subject(value: object) -> bool:
    return isinstance(value, str) and 0 < len(value) <= LONGEST_SUBJECT and value.isprintable()


def _require(held: bool, what: str) -> None:
    if not held:
        raise SignInRefused(f"claim.{what}")
