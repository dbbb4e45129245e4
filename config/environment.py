"""Reading the environment: every complaint is collected, so that one start names them all."""

import base64
from collections.abc import Mapping
from pathlib import Path

from config import key_store

KEY_BYTES = 32


class SettingsError(Exception):
    """What is missing or wrong in the environment, all of it at once."""


def parse_keys(text: str) -> tuple[bytes, ...]:
    """The keys in a text, one a line, oldest first.

    Raises:
        ValueError: there is none, or something is not a key. The text is not repeated.
    """
    keys = tuple(base64.b64decode(word, validate=True) for word in text.split())
    if not keys or any(len(key) != KEY_BYTES for key in keys):
        raise ValueError
    return keys


class Reader:
    """Collects every complaint, so that one start names them all."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        self.environment = environment
        self.complaints: list[str] = []

    def text(self, name: str, default: str = "") -> str:
        """A setting as it was written, without spaces around it."""
        return self.environment.get(f"TRELLIS_{name}", "").strip() or default

    def number(self, name: str, default: int, least: int = 1) -> int:
        """A whole number, `least` or more."""
        text = self.text(name, str(default))
        if text.isascii() and text.isdigit() and int(text) >= least:
            return int(text)
        wanted = "above 0" if least == 1 else f"of {least} or more"
        self.complaints.append(f"TRELLIS_{name} must be a whole number {wanted}")
        return default

    def key(self, name: str) -> bytes:
        """One key, from the variable or from the file it names."""
        keys = self.keys(name)
        if len(keys) > 1:
            self.complaints.append(f"TRELLIS_{name} holds more than one key")
        return keys[0] if keys else b""

    def root_keys(self) -> tuple[bytes, ...]:
        """Our own root keys; with a key store only on the way there."""
        given = self.text("ROOT_KEY") or self.text("ROOT_KEY_FILE")
        stored = self.text("ROOT_KEY_STORE", key_store.LOCAL) != key_store.LOCAL
        return self.keys("ROOT_KEY") if given or not stored else ()

    def keys(self, name: str, *, needed: bool = True) -> tuple[bytes, ...]:
        """One key or, while it is being rotated, several: the newest last."""
        if not needed and not self.text(name) and not self.text(f"{name}_FILE"):
            return ()
        try:
            return parse_keys(self.text(name) or self._file(name))
        except ValueError:
            self.complaints.append(
                f"TRELLIS_{name} or TRELLIS_{name}_FILE must give 32 bytes in base64"
            )
            return ()

    def path_of(self, name: str) -> Path | None:
        """The file that a key is read from, if it is one."""
        path = self.text(f"{name}_FILE")
        return Path(path) if path and not self.text(name) else None

    def _file(self, name: str) -> str:
        path = self.text(f"{name}_FILE")
        try:
            return Path(path).read_text(encoding="ascii").strip() if path else ""
        except (OSError, ValueError):
            return ""
