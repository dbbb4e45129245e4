"""What the provider remembers while it runs: codes, tokens, and who is signed in to what."""

import threading
import time
from dataclasses import dataclass, field

from app.demonstration.provider.clients import DemonstrationClient
from app.demonstration.provider.people import DemonstrationPerson

CODE_SECONDS = 60
TOKEN_SECONDS = 600


@dataclass(frozen=True)
class Code:
    """An authorisation code, as Authlib wants to question it."""

    code: str
    client_id: str
    redirect_uri: str
    scope: str
    person: DemonstrationPerson
    code_challenge: str
    code_challenge_method: str
    nonce: str | None
    auth_time: int
    sid: str
    acr: str | None
    made: float = field(default_factory=time.monotonic)

    def get_redirect_uri(self) -> str:
        """Where the code was sent."""
        return self.redirect_uri

    def get_scope(self) -> str:
        """What was granted."""
        return self.scope

    def get_nonce(self) -> str | None:
        """What the client wants to see again."""
        return self.nonce

    def get_auth_time(self) -> int:
        """When the person chose themself."""
        return self.auth_time

    def get_acr(self) -> str | None:
        """How sure we pretend to be."""
        return self.acr

    def get_amr(self) -> None:
        """Nothing: a click proves nothing."""


@dataclass(frozen=True)
class AccessToken:
    """A bearer token for the userinfo endpoint."""

    person: DemonstrationPerson
    client: DemonstrationClient
    scope: str
    made: float = field(default_factory=time.monotonic)

    def get_scope(self) -> str:
        """What was granted."""
        return self.scope

    def get_client(self) -> DemonstrationClient:
        """Whose token it is."""
        return self.client

    def get_user(self) -> DemonstrationPerson:
        """Whom it tells about."""
        return self.person

    def is_expired(self) -> bool:
        """Ten minutes after it was given."""
        return time.monotonic() - self.made > TOKEN_SECONDS

    def is_revoked(self) -> bool:
        """Never: it is short-lived."""
        return False


class Memory:
    """Everything here is forgotten when the process ends."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._codes: dict[str, Code] = {}
        self.tokens: dict[str, AccessToken] = {}
        self._signed_in_to: dict[str, set[str]] = {}

    def keep(self, code: Code) -> None:
        """Remember a code, and which client this sign-in went to."""
        with self._lock:
            self._codes[code.code] = code
            self._signed_in_to.setdefault(code.sid, set()).add(code.client_id)

    def take(self, code: str, client_id: str) -> Code | None:
        """The code, once: a second asking finds nothing, whoever asks."""
        with self._lock:
            found = self._codes.pop(code, None)
        if found is None or found.client_id != client_id:
            return None
        return found if time.monotonic() - found.made <= CODE_SECONDS else None

    def end(self, sid: str) -> set[str]:
        """Forget a sign-in; returns the clients it went to."""
        with self._lock:
            return self._signed_in_to.pop(sid, set())
