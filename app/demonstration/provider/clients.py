"""The applications that may send people here."""

import secrets
from dataclasses import dataclass

from authlib.oauth2.rfc6749 import ClientMixin

from app.demonstration.provider.safety import require_loopback

SCOPES = ("openid", "profile", "email")


@dataclass(frozen=True)
class DemonstrationClient(ClientMixin):
    """One application on this machine. Every address must be on a loopback interface."""

    client_id: str
    client_secret: str
    redirect_uris: tuple[str, ...]
    post_logout_redirect_uris: tuple[str, ...] = ()
    backchannel_logout_uri: str = ""

    def __post_init__(self) -> None:
        addresses = self.redirect_uris + self.post_logout_redirect_uris
        for address in addresses + (
            (self.backchannel_logout_uri,) * bool(self.backchannel_logout_uri)
        ):
            require_loopback(address)

    @property
    def client_metadata(self) -> dict[str, object]:
        """What Authlib's optional endpoints ask of a client."""
        return {"post_logout_redirect_uris": list(self.post_logout_redirect_uris)}

    def get_client_id(self) -> str:
        """The name the client calls itself."""
        return self.client_id

    def get_default_redirect_uri(self) -> None:
        """None: the address to return to must be said."""

    def get_allowed_scope(self, scope: str) -> str:
        """The part of `scope` that this provider knows."""
        return " ".join(word for word in (scope or "").split() if word in SCOPES)

    def check_redirect_uri(self, redirect_uri: str) -> bool:
        """Exact, never by prefix."""
        return redirect_uri in self.redirect_uris

    def check_client_secret(self, client_secret: str) -> bool:
        """Compared in constant time."""
        return secrets.compare_digest(self.client_secret.encode(), client_secret.encode())

    def check_endpoint_auth_method(self, method: str, endpoint: str) -> bool:
        """A client proves itself by its secret, in the header or in the body."""
        return endpoint == "token" and method in ("client_secret_basic", "client_secret_post")

    def check_response_type(self, response_type: str) -> bool:
        """The authorisation code flow alone."""
        return response_type == "code"

    def check_grant_type(self, grant_type: str) -> bool:
        """The authorisation code flow alone."""
        return grant_type == "authorization_code"


def trellis(
    application: str, client_id: str, client_secret: str, name: str = "default"
) -> DemonstrationClient:
    """The client record of Trellis running at `application`, which calls this provider `name`."""
    return DemonstrationClient(
        client_id=client_id,
        client_secret=client_secret,
        redirect_uris=(f"{application}/sign-in/{name}/callback",),
        post_logout_redirect_uris=(f"{application}/signed-out",),
        backchannel_logout_uri=f"{application}/sign-out/back-channel",
    )
