"""Which key signed a token, and whether it did."""

from typing import Any

from joserfc import jws, jwt
from joserfc.errors import JoseError
from joserfc.jwk import ECKey, RSAKey
from joserfc.jws import JWSRegistry

from app.identity.oidc.refusals import SignInRefused

FAMILIES = {"RS": "RSA", "PS": "RSA", "ES": "EC"}
ALGORITHMS = tuple(f"{family}{bits}" for family in FAMILIES for bits in (256, 384, 512))
KEYS_IN_HEADER = {"jwk", "jku", "x5u"}
TYPES = {"jwt", "logout+jwt"}
SMALLEST_RSA_BITS = 2048


class NoSuchKey(SignInRefused):
    """No published key fits; they may have changed since they were read."""


def header_of(token: object) -> dict[str, Any]:
    """The header of a signed token, which proves nothing yet.

    Raises:
        SignInRefused: it is no token, is not signed, or brings its own key.
    """
    try:
        header = jws.extract_compact(token.encode()).headers() if isinstance(token, str) else {}
    except (JoseError, ValueError, TypeError, AttributeError) as error:
        raise SignInRefused("token.malformed") from error
    if header.get("alg") not in ALGORITHMS:
        raise SignInRefused("token.algorithm", detail=str(header.get("alg"))[:20])
    if KEYS_IN_HEADER & header.keys():
        raise SignInRefused("token.brings_its_own_key")
    if str(header.get("typ", "JWT")).lower().removeprefix("application/") not in TYPES:
        raise SignInRefused("token.type")
    return dict(header)


def verified(token: str, header: dict[str, Any], keys: list[Any]) -> dict[str, Any]:
    """The claims of a token that one of these published keys signed.

    Raises:
        NoSuchKey: none fits, or the one that fits did not sign it.
    """
    registry = JWSRegistry(algorithms=[header["alg"]], strict_check_header=False)
    try:
        key = _import(_the_key(header, keys))
        return dict(jwt.decode(token, key, registry=registry).claims)
    except (JoseError, ValueError, TypeError, KeyError) as error:
        raise NoSuchKey("token.signature", detail=type(error).__name__) from error


def _the_key(header: dict[str, Any], keys: list[Any]) -> dict[str, Any]:
    kind = FAMILIES[header["alg"][:2]]
    fitting = [
        key
        for key in keys
        if isinstance(key, dict)
        and key.get("kty") == kind
        and key.get("use", "sig") == "sig"
        and key.get("alg", header["alg"]) == header["alg"]
        and ("kid" not in header or key.get("kid") == header["kid"])
    ]
    if len(fitting) != 1:
        raise NoSuchKey("token.key", detail=f"{len(fitting)} keys fit")
    return fitting[0]


def _import(key: dict[str, Any]) -> RSAKey | ECKey:
    if key["kty"] == "EC":
        return ECKey.import_key({name: key[name] for name in ("kty", "crv", "x", "y")})
    public = RSAKey.import_key({name: key[name] for name in ("kty", "n", "e")})
    if public.public_key.key_size < SMALLEST_RSA_BITS:
        raise NoSuchKey("token.key", detail="short key")
    return public
