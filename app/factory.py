"""The composition root: the only module that names every room."""

import structlog
from flask import Flask
from jinja2 import StrictUndefined
from sqlalchemy.exc import OperationalError

from app.core import db, guard, keys, secrets
from app.core.address import sqlalchemy_url
from app.core.db import NOBODY, session, transaction
from app.core.errors import Unavailable
from app.identity import login
from app.identity.views import bp as identity
from app.web import shell
from app.web.views import bp as web
from config import logging
from config.settings import Settings
from directory.curation.views import bp as curation
from directory.freshness.views import bp as freshness
from directory.open_referral.views import about as reuse
from directory.open_referral.views import bp as open_referral
from directory.sharing.views import bp as sharing
from directory.sharing.views import engines
from directory.sources.views import bp as sources
from directory.standing.views import bp as standing
from directory.views import bp as directory
from referrals.caseload.views import bp as caseload
from referrals.emergency.views import bp as emergency
from referrals.finish.views import bp as finish
from referrals.finish.views import sent
from referrals.inbox.views import bp as inbox
from referrals.onward.views import bp as onward
from referrals.oversight.views import bp as oversight
from referrals.oversight.views import log
from referrals.refer.views import bp as refer
from referrals.report.views import bp as report
from referrals.retention.views import bp as retention
from referrals.safeguarding.views import bp as safeguarding
from referrals.triage.views import bp as triage

ROOMS = (
    *(identity, directory, freshness, curation, standing),
    *(open_referral, reuse, sharing, engines, sources),
    *(refer, triage, caseload, onward, inbox, finish, sent, report),
    *(emergency, safeguarding, oversight, log, retention),
)


def create_app(settings: Settings | None = None) -> Flask:
    """The web application, ready to serve.

    Raises:
        SettingsError: names everything that is missing in the environment.
        WallIsDown: the database role or its tables would let too much be seen.
        WrongKey: the keys are not those of this database; names the canary.
    """
    settings = settings or Settings.load()
    logging.configure(settings.log_level)
    app = Flask("app", static_folder=None)
    app.jinja_env.undefined = StrictUndefined
    app.config["SETTINGS"] = settings
    app.secret_key = secrets.derive(settings.secret_key, "flask")
    open_stores(settings)
    login.install(app, settings)
    shell.install(app)
    for room in ROOMS:
        app.register_blueprint(room)
    shell.finish(app)
    return app


def bare_app() -> Flask:
    """The addresses alone, of every room and of the shell: no settings, no database."""
    app = Flask("app", static_folder=None)
    for room in (web, *ROOMS):
        app.register_blueprint(room)
    return app


def open_stores(settings: Settings) -> None:
    """Point at the database and the keys, and refuse those that are not safe to use."""
    url = sqlalchemy_url(settings.database_url or "")
    db.configure(url, secrets.derive(settings.secret_key, "context"), settings.pool_size)
    keys.configure(settings)
    try:
        with transaction(NOBODY):
            guard.check(session)
            keys.check_canary(session)
    except (OperationalError, Unavailable) as away:
        # Away for now: the pages say so, and `/health/ready` looks again.
        what = "key_store" if isinstance(away, Unavailable) else "database"
        structlog.get_logger().warning(f"{what}.away_at_start")
    finally:
        db.engine().dispose()  # connections must not be shared with forked workers
