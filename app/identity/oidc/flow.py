"""The two steps of a sign-in: send the browser away, and judge what it brings back."""

import secrets
import time
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any

from flask import session
from werkzeug.datastructures import MultiDict

from app.identity.oidc.cis2 import chosen_ods_code
from app.identity.oidc.client import ProviderClient
from app.identity.oidc.refusals import TRY_AGAIN, SignInRefused
from config.acts import NOTHING_MORE, Need

STARTED = "sign_ins"
AT_ONCE = 5
GOOD_FOR_SECONDS = 15 * 60
LONGEST_NAME = 200


@dataclass(frozen=True)
class Identity:
    """Who has signed in: known by issuer and subject, the rest is for people to read."""

    issuer: str
    subject: str
    name: str
    email: str
    provider_session: str | None
    next: str
    id_token: str
    proved_at: datetime | None
    acr: str
    ods_code: str | None


@dataclass(frozen=True)
class Wanted:
    """What a sign-in is for: where to go afterwards, how good it must be, and of whom."""

    onward: str
    need: Need = NOTHING_MORE
    subject: str = ""


def begin(provider: ProviderClient, redirect_uri: str, wanted: Wanted, **more: str) -> str:
    """The provider's address to send the browser to."""
    need = provider.need(wanted.need)
    if need.acr:
        more["acr_values"] = " ".join(need.acr)
    if need.max_age is not None:
        more["max_age"] = str(need.max_age)
    state, verifier, nonce = (secrets.token_urlsafe(32) for _ in range(3))
    kept = {
        "provider": provider.name,
        "verifier": verifier,
        "nonce": nonce,
        "redirect_uri": redirect_uri,
        "next": wanted.onward,
        "need": asdict(need),
        "subject": wanted.subject,
        "at": time.time(),
    }
    with provider.talking():
        asked = provider.create_authorization_url(
            redirect_uri, state=state, nonce=nonce, code_verifier=verifier, **more
        )
    started = sorted(session.get(STARTED, {}).items(), key=lambda one: one[1]["at"])
    session[STARTED] = dict(started[1 - AT_ONCE :]) | {state: kept}
    return str(asked["url"])


def finish(provider: ProviderClient, told: MultiDict[str, str]) -> Identity:
    """Who the provider says this is.

    Raises:
        SignInRefused: whatever is missing, old, for somebody else, or not proved.
    """
    if any(len(values) != 1 for values in told.listvalues()):
        raise SignInRefused("answer.repeated")
    kept = _take(provider, told.get("state", ""))
    with provider.talking():
        _check_issuer(provider, told.get("iss"))
        _check_answer(told)
        id_token, access = provider.fetch_tokens(
            told["code"], kept["verifier"], kept["redirect_uri"]
        )
        claims = provider.id_token_claims(id_token, access, kept["nonce"], _need(kept))
        _check_person(claims["sub"], kept.get("subject"))
        person = claims | provider.person_told(access, claims["sub"])
    return Identity(
        issuer=claims["iss"],
        subject=claims["sub"],
        name=_words(person, "name") or _words(person, "preferred_username") or "No name given",
        email=_words(person, "email"),
        provider_session=claims.get("sid"),
        next=kept["next"],
        id_token=id_token,
        proved_at=_instant(claims.get("auth_time")),
        acr=_words(claims, "acr"),
        ods_code=chosen_ods_code(claims, person) if provider.settings.nhs_roles else None,
    )


def _take(provider: ProviderClient, state: str) -> dict[str, Any]:
    started = dict(session.get(STARTED, {}))
    kept: dict[str, Any] | None = started.pop(state, None)
    if kept is None:
        words = f"This sign-in was not started here, or was used already. {TRY_AGAIN}"
        raise SignInRefused("answer.state", words)
    session[STARTED] = started
    if kept["provider"] != provider.name:
        raise SignInRefused("answer.other_provider")
    if time.time() - kept["at"] > GOOD_FOR_SECONDS:
        raise SignInRefused("answer.late", f"The sign-in took too long. {TRY_AGAIN}")
    return kept


def _need(kept: dict[str, Any]) -> Need | None:
    told = kept.get("need")  # a sign-in begun by an older release says none
    return Need(told["max_age"], tuple(told["acr"])) if told else None


def _check_person(subject: str, wanted: str | None) -> None:
    if wanted and subject != wanted:
        words = "You signed in as somebody else. Sign out first if you want to change who you are."
        raise SignInRefused("answer.other_person", words)


def _instant(seconds: float | None) -> datetime | None:
    # Whoever claims to have been there in the future was there now.
    return datetime.fromtimestamp(min(seconds, time.time()), UTC) if seconds else None


def _check_issuer(provider: ProviderClient, named: str | None) -> None:
    # RFC 9207: an answer that names another issuer, or none where one is promised, is a mix-up.
    promised = provider.load_server_metadata()["answers_with_issuer"]
    if (named is not None or promised) and named != provider.settings.issuer:
        raise SignInRefused("answer.issuer")


def _check_answer(told: MultiDict[str, str]) -> None:
    if error := told.get("error"):
        words = "The sign-in was stopped before it was complete. Sign in again to come in."
        raise SignInRefused("answer.error", words, detail=error[:50])
    if not told.get("code"):
        raise SignInRefused("answer.no_code")


def _words(person: dict[str, Any], claim: str) -> str:
    value = person.get(claim)
    text = value if isinstance(value, str) else ""
    return "".join(one for one in text if one.isprintable()).strip()[:LONGEST_NAME]
