"""What gunicorn serves while measuring: Trellis with a stopwatch, and a page that does nothing."""

from flask import Flask

from app.factory import create_app as create_trellis
from tests.bench import stopwatch
from tests.bench.stopwatch import Stopwatch


def create_app() -> Stopwatch:
    """The application as a deployer runs it."""
    stopwatch.install()
    return Stopwatch(create_trellis())


def create_floor() -> Flask:
    """The least that Flask can do."""
    app = Flask("floor", static_folder=None)
    app.add_url_rule("/", "hello", lambda: "hello")
    return app
