"""A frozen dataclass to JSON and back.

Unknown fields are ignored, so that an older release reads what a newer one wrote; a field
added later needs a default, so that a newer release reads what an older one wrote.
"""

import json
import uuid
from datetime import time
from typing import Any, TypeVar

from cattrs.preconf.json import make_converter

T = TypeVar("T")

# Errors must not describe the values they are about: no detailed validation.
CONVERTER = make_converter(detailed_validation=False, forbid_extra_keys=False)
CONVERTER.register_unstructure_hook(uuid.UUID, str)
CONVERTER.register_structure_hook(uuid.UUID, lambda text, _: uuid.UUID(text))
CONVERTER.register_unstructure_hook(time, lambda value: value.isoformat())
CONVERTER.register_structure_hook(time, lambda text, _: time.fromisoformat(text))
_write = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def to_json(value: Any) -> bytes:
    """The dataclass as UTF-8 JSON."""
    return _write(CONVERTER.unstructure(value)).encode("utf-8", "surrogatepass")


def from_json(text: bytes, kind: type[T]) -> T:
    """The dataclass again.

    Raises:
        ValueError | TypeError | KeyError: it is not one of `kind`.
    """
    return CONVERTER.structure(json.loads(text), kind)
