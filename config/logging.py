"""Log lines as JSON, each with the reference of its request; never what somebody typed."""

import logging
import sys
from typing import Any

import structlog
from structlog.typing import EventDict, Processor

OURS = ("app.", "config.", "directory.", "referrals.")


def _bare_exceptions(_logger: Any, _method: str, event: EventDict) -> EventDict:
    """The kind of an exception and where it came from, without its words or any values.

    A database error repeats its parameters and a parser the text it could not read: both
    may be personal data, so neither reaches a log.
    """
    error = event.pop("exc_info", None)
    error = sys.exc_info()[1] if error is True else error
    error = error[1] if isinstance(error, tuple) else error
    if isinstance(error, BaseException):
        chain: list[str] = []
        while error is not None and len(chain) < 4:
            kind = f"{type(error).__module__}.{type(error).__qualname__}"
            # Ours may be shown to anybody, so they may be logged.
            chain.append(f"{kind}: {error}" if kind.startswith(OURS) else kind)
            chain.extend(_places(error)[-6:])
            inner = getattr(error, "orig", None) or getattr(error, "original_exception", None)
            error = error.__cause__ or inner
        event["exception"] = chain
    return event


def _places(error: BaseException) -> list[str]:
    frame, found = error.__traceback__, []
    while frame is not None:
        code = frame.tb_frame.f_code
        found.append(f"{code.co_filename}:{frame.tb_lineno} {code.co_name}")
        frame = frame.tb_next
    return found


SHARED: list[Processor] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    _bare_exceptions,
]


class Output(logging.Handler):
    """Standard error as it is at the moment of writing."""

    def emit(self, record: logging.LogRecord) -> None:
        """Write one line."""
        try:
            sys.stderr.write(self.format(record) + "\n")
        except (OSError, ValueError):
            return  # a full disk or a closed stream must not fail the request


def formatter() -> logging.Formatter:
    """One JSON object a line, whoever wrote it."""
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=SHARED,
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            structlog.processors.JSONRenderer(),
        ],
    )


def configure(level: str = "INFO") -> None:
    """Send every log line, ours and the libraries', to standard error as one JSON object."""
    structlog.configure(
        processors=[*SHARED, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    handler = Output()
    handler.setFormatter(formatter())
    root = logging.getLogger()
    root.handlers = [one for one in root.handlers if not isinstance(one, Output)] + [handler]
    root.setLevel(level)
    # SQLAlchemy at INFO would write statements with their parameters.
    for name in ("alembic", "sqlalchemy", "urllib3", "authlib", "flask_wtf", "werkzeug"):
        logging.getLogger(name).setLevel(logging.WARNING)
