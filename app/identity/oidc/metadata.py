"""What a provider says about itself, taken no further than we need it."""

from typing import Any

from app.identity.oidc.refusals import SignInRefused
from app.identity.oidc.signatures import ALGORITHMS
from app.identity.oidc.transport import require_safe

NEEDED = ("authorization_endpoint", "token_endpoint", "jwks_uri")
OPTIONAL = ("userinfo_endpoint", "end_session_endpoint")


def understood(told: dict[str, Any], issuer: str) -> dict[str, Any]:
    """The part of a discovery document that we use.

    Only named parts: Authlib hands the rest to its HTTP session, as settings such as `verify`.

    Raises:
        SignInRefused: it is about another issuer, or an address is missing or not https.
    """
    if told.get("issuer") != issuer:
        raise SignInRefused("metadata.issuer")
    known = {name: require_safe(told.get(name)) for name in NEEDED}
    known |= {name: require_safe(told[name]) for name in OPTIONAL if told.get(name)}
    return known | {
        "issuer": issuer,
        "token_endpoint_auth_method": _authentication(told),
        "algorithms": _algorithms(told),
        "answers_with_issuer": told.get("authorization_response_iss_parameter_supported") is True,
    }


def _authentication(told: dict[str, Any]) -> str:
    methods = told.get("token_endpoint_auth_methods_supported")
    listed = methods if isinstance(methods, list) else ["client_secret_basic"]
    return "client_secret_basic" if "client_secret_basic" in listed else "client_secret_post"


def _algorithms(told: dict[str, Any]) -> tuple[str, ...]:
    named = told.get("id_token_signing_alg_values_supported")
    if not isinstance(named, list):
        return ALGORITHMS
    return tuple(one for one in ALGORITHMS if one in named)
