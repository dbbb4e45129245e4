"""Back-channel logout: which provider's token it is, and whether it may be believed."""

import hashlib
import json
from base64 import urlsafe_b64decode
from dataclasses import dataclass

from app.identity.oidc import providers
from app.identity.oidc.refusals import SignInRefused

LONGEST_TOKEN = 20_000


@dataclass(frozen=True)
class Ended:
    """What is over at a provider: one of its sessions, or everything of a subject.

    `digest` is of all that the token says, its `jti` too; whoever copies it cannot change that.
    """

    issuer: str
    subject: str | None
    provider_session: str | None
    digest: bytes


def believed(token: str) -> Ended:
    """What a logout token says, once it has been checked against its issuer's keys.

    Raises:
        SignInRefused: it is not a logout token for us from a provider we know.
    """
    issuer, refusal = _issuer_named(token), SignInRefused("logout.issuer")
    for provider in providers.of_issuer(issuer):
        try:
            with provider.talking():
                claims = provider.logout_claims(token)
        except SignInRefused as error:
            refusal = error
            continue
        digest = hashlib.sha256(json.dumps(claims, sort_keys=True).encode()).digest()
        return Ended(claims["iss"], claims.get("sub"), claims.get("sid"), digest)
    raise refusal


def _issuer_named(token: str) -> object:
    try:
        payload = token[:LONGEST_TOKEN].split(".")[1]
        told = json.loads(urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))
        return told["iss"]
    except (IndexError, ValueError, KeyError, TypeError, RecursionError) as error:
        raise SignInRefused("token.malformed") from error
