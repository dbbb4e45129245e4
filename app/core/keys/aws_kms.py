"""Root keys in AWS KMS: the key service wraps and unwraps, and the keys never leave it.

Needs boto3 (the extra `kms`). What a blob is for goes along as the encryption context, so that
it opens for nothing else, and so that the service's own log says for what it was asked.
"""

from collections.abc import Callable
from typing import Any

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from app.core.errors import Conflict
from app.core.keys.reach import CONNECT_SECONDS, READ_SECONDS, Reach
from app.core.keys.root import UnknownKey
from app.core.keys.wrapping import DoesNotOpen
from config.key_store import KmsStore

# The service was there, and says that the blob is not what was wrapped.
REFUSED = {"InvalidCiphertextException", "IncorrectKeyException"}
ONE_TRY = Config(
    connect_timeout=CONNECT_SECONDS,
    read_timeout=READ_SECONDS,
    retries={"total_max_attempts": 1},
)


class KmsRoot:
    """A blob is only ever opened with a key that the settings name: a row cannot choose."""

    setting = "TRELLIS_KMS_KEYS"

    def __init__(self, store: KmsStore) -> None:
        self.keys, self.reach = store.keys, Reach()
        self.client = boto3.client(
            "kms", region_name=store.region, endpoint_url=store.url or None, config=ONE_TRY
        )

    def newest(self) -> str:
        """The last key of the setting."""
        return self.keys[-1]

    def wrap(self, plain: bytes, about: bytes) -> tuple[str, bytes]:
        """Wrap with the last key of the setting."""
        name = self.newest()
        said = self._ask(
            self.client.encrypt, KeyId=name, Plaintext=plain, EncryptionContext=_context(about)
        )
        return name, bytes(said["CiphertextBlob"])

    def unwrap(self, name: str, wrapped: bytes, about: bytes) -> bytes:
        """Unwrap with the key of that name."""
        self._require(name)
        said = self._ask(
            self.client.decrypt,
            KeyId=name,
            CiphertextBlob=wrapped,
            EncryptionContext=_context(about),
        )
        return bytes(said["Plaintext"])

    def rewrap(self, name: str, wrapped: bytes, about: bytes) -> tuple[str, bytes]:
        """Wrap with the last key, inside the service."""
        self._require(name)
        said = self._ask(
            self.client.re_encrypt,
            CiphertextBlob=wrapped,
            SourceKeyId=name,
            SourceEncryptionContext=_context(about),
            DestinationKeyId=self.newest(),
            DestinationEncryptionContext=_context(about),
        )
        return self.newest(), bytes(said["CiphertextBlob"])

    def renew(self) -> None:
        """A new key is the operator's to make."""
        raise Conflict(
            f"Make a new key in AWS KMS and put its id after the old one in {self.setting}, "
            "restart every process, then run this again"
        )

    def forget_older(self) -> int:
        """So is the end of an old one."""
        raise Conflict(
            f"Take the older keys out of {self.setting} and schedule their deletion in AWS KMS"
        )

    def _require(self, name: str) -> None:
        if name not in self.keys:
            raise UnknownKey(name)

    def _ask(self, operation: Callable[..., Any], **about: Any) -> Any:
        with self.reach.asking(BotoCoreError, ClientError):
            try:
                return operation(**about)
            except ClientError as refusal:
                if refusal.response.get("Error", {}).get("Code") in REFUSED:
                    raise DoesNotOpen from None
                raise


def _context(about: bytes) -> dict[str, str]:
    return {"trellis": about.hex()}
