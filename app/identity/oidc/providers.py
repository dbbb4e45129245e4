"""The providers of this installation, each with its client."""

import logging

from authlib.integrations.flask_client import OAuth
from flask import Flask, current_app

from app.core.errors import NotFound
from app.identity.oidc.client import ProviderClient
from config.oidc import OidcProvider

EXTENSION = "trellis.providers"


class _Providers(OAuth):
    oauth2_client_cls = ProviderClient


def install(app: Flask, settings: tuple[OidcProvider, ...]) -> None:
    """Make a client for each configured provider."""
    logging.getLogger("authlib").setLevel(logging.INFO)  # at DEBUG it writes code verifiers
    registry = _Providers(app)
    app.extensions[EXTENSION] = {
        one.name: registry.register(
            one.name,
            client_id=one.client_id,
            client_secret=one.client_secret,
            client_kwargs={"scope": one.scope, "code_challenge_method": "S256"},
            settings=one,
        )
        for one in settings
    }


def every() -> list[ProviderClient]:
    """All of them, in the order of their names."""
    return list(current_app.extensions[EXTENSION].values())


def named(name: str) -> ProviderClient:
    """The provider of this name. Raises NotFound when there is none."""
    found: ProviderClient | None = current_app.extensions[EXTENSION].get(name)
    if found is None:
        raise NotFound("There is no such way to sign in")
    return found


def of_issuer(issuer: object) -> list[ProviderClient]:
    """Those that speak for this issuer; usually one."""
    return [one for one in every() if one.settings.issuer == issuer]
