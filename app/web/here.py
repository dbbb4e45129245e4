"""Where a request came, to lead back there."""

from flask import request


def here() -> str:
    """The address being asked for, without its host."""
    return request.full_path.rstrip("?") if request.query_string else request.path
