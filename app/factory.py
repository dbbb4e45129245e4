"""The composition root: the only module that names every room."""

from flask import Flask
from jinja2 import StrictUndefined

from app.core import db, keys, secrets
from app.identity import login
from app.identity.views import bp as identity
from app.web import shell
from config import logging
from config.settings import Settings
from directory.views import bp as directory
from referrals.refer.views import bp as refer

ROOMS: tuple[str, ...] = ()


def create_app(settings: Settings | None = None) -> Flask:
    """The web application, ready to serve.

    Raises:
        SettingsError: names everything that is missing in the environment.
    """
    settings = settings or Settings.load()
    logging.configure(settings.log_level)
    app = Flask("app", static_folder=None)
    app.jinja_env.undefined = StrictUndefined
    app.config["SETTINGS"] = settings
    app.secret_key = secrets.derive(settings.secret_key, "flask")
    db.configure(
        (settings.database_url or "").replace("postgresql://", "postgresql+psycopg://", 1),
        secrets.derive(settings.secret_key, "context"),
        settings.pool_size,
    )
    keys.configure(settings)
    login.install(app, settings)
    shell.install(app)
    app.register_blueprint(identity)
    app.register_blueprint(directory)
    app.register_blueprint(refer)
    shell.finish(app)
    return app
