"""The keys this provider signs with: kept in a file, the newest signs, older ones still verify."""

import json
import os
import threading
import time
from pathlib import Path
from typing import Any

from joserfc import jwk

ROTATE_AFTER_SECONDS = 7 * 24 * 3600
KEPT = 3


class KeyRing:
    """Signing keys, newest last."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = threading.Lock()
        self._keys: list[dict[str, Any]] = json.loads(path.read_text()) if path.exists() else []
        if not self._keys or time.time() - self._keys[-1]["made"] > ROTATE_AFTER_SECONDS:
            self.rotate()

    def rotate(self) -> None:
        """Sign with a new key from now on; the oldest is forgotten."""
        key = jwk.RSAKey.generate_key(2048, {"use": "sig", "alg": "RS256"}, private=True)
        key.ensure_kid()
        made = {"made": int(time.time()), "key": key.as_dict(private=True)}
        with self._lock:
            self._keys = [*self._keys, made][-KEPT:]
            self._write()

    @property
    def signing(self) -> jwk.RSAKey:
        """The key that signs now."""
        return jwk.RSAKey.import_key(self._keys[-1]["key"])

    def public(self) -> dict[str, Any]:
        """The JSON Web Key Set for clients."""
        keys = [jwk.RSAKey.import_key(one["key"]) for one in self._keys]
        return {"keys": [key.as_dict(private=False) for key in keys]}

    def _write(self) -> None:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        fresh = self._path.with_suffix(".new")
        handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "w") as file:
            json.dump(self._keys, file)
        fresh.replace(self._path)
