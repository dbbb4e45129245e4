"""How gunicorn serves Trellis: `gunicorn -c python:config.gunicorn "app.factory:create_app()"`."""

import contextlib
import ctypes
import gc
import os
import shutil
import tempfile
from typing import Any

_made_here = "PROMETHEUS_MULTIPROC_DIR" not in os.environ
_folder = os.environ.setdefault(
    "PROMETHEUS_MULTIPROC_DIR", tempfile.mkdtemp(prefix="trellis-metrics-") if _made_here else ""
)

# Only now: prometheus-client decides at its import how it counts.
from prometheus_client import multiprocess  # noqa: E402

bind = os.environ.get("TRELLIS_BIND", f"127.0.0.1:{os.environ.get('PORT', '8000')}")
workers = int(os.environ.get("TRELLIS_WORKERS", "2"))
worker_class = "gthread"
threads = int(os.environ.get("TRELLIS_THREADS", "4"))
# With the default of 1000 one worker may take every kept-alive connection while others idle.
worker_connections = 8
keepalive = 5
timeout = 30
graceful_timeout = 20
# Not preloaded: pools and threads made before a fork would be shared by the workers.
preload_app = False
control_socket_disable = True
# Memory that libraries do not give back goes with the worker; not all at the same moment.
max_requests = 20_000
max_requests_jitter = 2_000
limit_request_line = 4094
limit_request_fields = 60
limit_request_field_size = 8190
# Our own lines (app.web.request_id) say more and hold no address.
accesslog = None
errorlog = "-"
logconfig_dict = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "config.logging.formatter"}},
    "handlers": {"output": {"class": "config.logging.Output", "formatter": "json"}},
    "root": {"level": "INFO", "handlers": ["output"]},
    "loggers": {
        "gunicorn.error": {"level": "INFO", "handlers": [], "propagate": True},
        "alembic": {"level": "WARNING"},
        "gunicorn.access": {"level": "WARNING", "handlers": [], "propagate": False},
    },
}


# glibc's mallopt(3): two heaps and not one a thread, and blocks from 1 MiB on (an NHS number's
# Argon2 takes four) go back when they are freed. It keeps a worker some 15 MB smaller.
MALLOC = {-8: 2, -3: 1024 * 1024}  # M_ARENA_MAX, M_MMAP_THRESHOLD

# Objects made and kept before a search: a page of fifty people makes about ten thousand.
GARBAGE_AFTER = 20_000


def post_fork(_server: Any, _worker: Any) -> None:
    """Have a worker give memory back; other C libraries decide for themselves."""
    with contextlib.suppress(AttributeError, OSError):
        for parameter, value in MALLOC.items():
            ctypes.CDLL(None).mallopt(parameter, value)


def post_worker_init(_worker: Any) -> None:
    """Leave what the application is made of out of every later search for garbage.

    A search that goes through a whole application takes longer than a page: without this, a
    fifth of a worker's time.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(GARBAGE_AFTER)


def child_exit(_server: Any, worker: Any) -> None:
    """Fold the figures of a worker that ended into those of the past."""
    multiprocess.mark_process_dead(worker.pid)


def on_exit(_server: Any) -> None:
    """Remove the figures' folder if we made it."""
    if _made_here:
        shutil.rmtree(_folder, ignore_errors=True)
