"""The hostile answers, by the step at which they are given; each is a change of the honest one."""

import time

from flask import Response

from tests.attacks.hostile_provider.behaviour import with_, without

NOW = time.time
YEAR = 365 * 24 * 3600
CLAIMS = {
    "aud of another": with_(aud="another"),
    "aud with another": with_(aud=["trellis", "another"]),
    "aud of another, azp ours": with_(aud="another", azp="trellis"),
    "aud empty text": with_(aud=""),
    "aud empty list": with_(aud=[]),
    "aud twice": with_(aud=["trellis", "trellis"]),
    "aud missing": without("aud"),
    "azp of another": with_(azp="another"),
    "iss of another": with_(iss="https://another.example.org"),
    "iss with a slash": with_(iss=lambda iss: iss + "/"),
    "iss missing": without("iss"),
    "expired": with_(exp=lambda _: NOW() - 60),
    "exp missing": without("exp"),
    "exp as text": with_(exp=str),
    "exp true": with_(exp=True),
    "ten years": with_(exp=lambda _: NOW() + 10 * YEAR),
    "a day old": with_(iat=lambda _: NOW() - 86400, exp=lambda _: NOW() + 60),
    "from the future": with_(iat=lambda _: NOW() + 300),
    "iat missing": without("iat"),
    "iat huge": with_(iat=1e300),
    "not yet valid": with_(nbf=lambda _: NOW() + 300),
    "nonce of another": with_(nonce="another"),
    "nonce missing": without("nonce"),
    "nonce a list": with_(nonce=lambda nonce: [nonce]),
    "sub empty": with_(sub=""),
    "sub missing": without("sub"),
    "sub null": with_(sub=None),
    "sub a number": with_(sub=7),
    "sub endless": with_(sub="m" * 300),
    "sub with a line break": with_(sub="mal\nlory"),
    "acr lower": with_(acr="bronze"),
    "acr missing": without("acr"),
    "auth_time old": with_(auth_time=lambda _: NOW() - 3600),
    "auth_time missing": without("auth_time"),
    "auth_time in the future": with_(auth_time=lambda _: NOW() + 300),
    "at_hash of another": with_(at_hash="AAAAAAAAAAAAAAAAAAAAAA"),
    "sid a number": with_(sid=7),
}
TOKENS = {
    "no id_token": without("id_token"),
    "id_token null": with_(id_token=None),
    "id_token a list": with_(id_token=["a"]),
    "id_token garbage": with_(id_token="a.b.c"),
    "id_token empty parts": with_(id_token=".."),
    "id_token not ASCII": with_(id_token="é.é.é"),
    "id_token endless": with_(id_token="a" * 300_000),
    "no access_token": without("access_token"),
    "access_token a number": with_(access_token=1),
    "expires_in nonsense": with_(expires_in="soon", id_token=None),
    "a list": lambda _: Response("[]", mimetype="application/json"),
    "HTML": lambda _: Response("<h1>Hello</h1>", mimetype="text/html"),
    "nothing": lambda _: Response(""),
    "a server error": lambda _: Response("{}", 500, mimetype="application/json"),
    "an error": lambda _: Response('{"error": "invalid_grant"}', 400, mimetype="application/json"),
    "a redirect": lambda _: Response("{}", 307, {"Location": "http://127.0.0.1:9/"}),
    "two megabytes": lambda _: Response('{"a": "' + "a" * 2_000_000 + '"}'),
    "deep nesting": lambda _: Response('{"a":' + "[" * 100_000 + "]" * 100_000 + "}"),
}
REDIRECTS = {
    "iss of another": with_(iss="https://another.example.org"),
    "iss missing where promised": without("iss"),
    "iss twice": with_(iss=lambda iss: [iss, iss]),
    "state unknown": with_(state="another"),
    "state missing": without("state"),
    "code missing": without("code"),
    "an error": with_(error="access_denied"),
    "an error with another iss": with_(error="server_error", iss="https://another.example.org"),
}
USERINFO = {
    "another sub": with_(sub="somebody-else"),
    "no sub": without("sub"),
    "HTML": lambda _: Response("<h1>Hello</h1>", mimetype="text/html"),
    "an error": lambda _: Response("{}", 401, mimetype="application/json"),
}
KEYS = {
    "none": with_(keys=[]),
    "not a list": with_(keys="keys"),
    "no member": without("keys"),
    "of another kind": with_(keys=[{"kty": "oct", "k": "AAAA", "kid": "first"}]),
    "broken": with_(keys=[{"kty": "RSA", "n": "!", "e": "AQAB", "kid": "first"}]),
    "not objects": with_(keys=[1, "a", None]),
    "two of one name": lambda told: {"keys": told["keys"] * 2},
}
METADATA = {
    "issuer of another": with_(issuer="https://another.example.org"),
    "issuer missing": without("issuer"),
    "no token endpoint": without("token_endpoint"),
    "token endpoint in the clear": with_(token_endpoint="http://example.org/token"),
    "token endpoint a file": with_(token_endpoint="file:///etc/passwd"),
    "keys a number": with_(jwks_uri=7),
    "HTML": lambda _: Response("<h1>Hello</h1>", mimetype="text/html"),
    "an error": lambda _: Response("{}", 404, mimetype="application/json"),
}
