"""The provider itself: honest in every step except where its behaviour says otherwise."""

import secrets
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlencode

from flask import Flask, Response, jsonify, redirect, request
from joserfc import jwt
from joserfc.jwk import RSAKey
from werkzeug.serving import make_server

from tests.attacks.hostile_provider.behaviour import Behaviour

HANG_SECONDS = 25


def new_key(kid: str, bits: int = 2048) -> RSAKey:
    """A signing key with this name."""
    return RSAKey.generate_key(bits, {"use": "sig", "alg": "RS256", "kid": kid}, private=True)


class HostileProvider:
    """Everybody is `sub` "mallory" here, and nobody is asked anything."""

    def __init__(self, port: int, key: RSAKey) -> None:
        self.issuer = f"http://127.0.0.1:{port}"
        self.port = port
        self.signing = key
        self.published = [key]
        self.does = Behaviour()
        self.asked: dict[str, dict[str, str]] = {}

    def metadata(self) -> dict[str, Any]:
        """An honest discovery document."""
        return {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/jwks",
            "userinfo_endpoint": f"{self.issuer}/userinfo",
            "end_session_endpoint": f"{self.issuer}/logout",
            "id_token_signing_alg_values_supported": ["RS256"],
            "authorization_response_iss_parameter_supported": True,
        }

    def claims(self, asked: dict[str, str]) -> dict[str, Any]:
        """Honest claims for one sign-in."""
        now = int(time.time())
        return {
            "iss": self.issuer,
            "aud": asked["client_id"],
            "sub": "mallory",
            "iat": now,
            "exp": now + 300,
            "auth_time": now,
            "nonce": asked["nonce"],
            "name": "Mallory",
            "sid": "one",
        }

    def signed(self, claims: dict[str, Any], header: dict[str, Any] | None = None) -> str:
        """A token signed with our key, whatever it says."""
        header = header or {"alg": "RS256", "kid": self.signing.kid}
        registry = jwt.JWSRegistry(algorithms=["RS256"], strict_check_header=False)
        return jwt.encode(header, claims, self.signing, registry=registry)

    def id_token(self, code: str) -> str:
        """The ID token for a code, as the behaviour wants it."""
        claims = self.does.claims(self.claims(self.asked[code]))
        header = self.does.header({"alg": "RS256", "kid": self.signing.kid})
        return self.does.sign(claims, header) if self.does.sign else self.signed(claims, header)


def create_app(provider: HostileProvider) -> Flask:
    """The provider as a WSGI application."""
    app = Flask(__name__)

    def answer(what: str, honest: dict[str, Any]) -> Any:
        does = provider.does
        if does.hangs_at == what:
            does.released.wait(HANG_SECONDS)
        told = getattr(does, what)(honest)
        if does.drips_at == what:
            return Response(_drip(does), mimetype="application/json")
        return jsonify(told) if isinstance(told, dict) else told

    @app.get("/.well-known/openid-configuration")
    def metadata() -> Any:
        return answer("metadata", provider.metadata())

    @app.get("/jwks")
    def jwks() -> Any:
        return answer("keys", {"keys": [k.as_dict(private=False) for k in provider.published]})

    @app.get("/authorize")
    def authorize() -> Any:
        code = secrets.token_urlsafe(16)
        provider.asked[code] = request.args.to_dict()
        honest = {"code": code, "state": request.args["state"], "iss": provider.issuer}
        told = provider.does.redirect(honest)
        return redirect(f"{request.args['redirect_uri']}?{urlencode(told, doseq=True)}")

    @app.post("/token")
    def token() -> Any:
        honest = {"access_token": "a", "token_type": "Bearer", "expires_in": 300}
        honest["id_token"] = provider.id_token(request.form["code"])
        return answer("token", honest)

    @app.get("/userinfo")
    def userinfo() -> Any:
        return answer("userinfo", {"sub": "mallory", "name": "Mallory"})

    return app


def _drip(does: Behaviour) -> Iterator[bytes]:
    for _ in range(HANG_SECONDS):
        yield b" "
        if does.released.wait(1):
            break
    yield b"{}"


@contextmanager
def hostile_provider(port: int, key: RSAKey) -> Iterator[HostileProvider]:
    """The provider in a thread for as long as the block lasts."""
    provider = HostileProvider(port, key)
    server = make_server("127.0.0.1", port, create_app(provider), threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield provider
    finally:
        provider.does.released.set()
        server.shutdown()
        thread.join()
        server.server_close()
