"""The gate: every route is declared public or needs an actor, and nothing else is served.

A POST that meets an ended session is answered with a page that holds what was typed, for its
owner to send again after signing in in another tab. Nothing of it is kept on the server: the
answers stay where they already were, in that browser's page, and sending them again goes
through the form's own checks with a fresh token. Only requests from our own pages get there
(see origin), so another site cannot put words into that page.
"""

from flask import Flask, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug import Response

from app.identity.assurance import ProofNeeded
from app.identity.login import AgencyNeeded, SignInNeeded, current_actor
from app.ui.doors import PUBLIC, door_of
from app.web.here import here
from app.web.origin import SAFE

NOT_KEPT = frozenset({"csrf_token"})


class UndeclaredRoute(Exception):
    """A route that is neither public nor for actors: the application does not start."""


def check(app: Flask) -> None:
    """Raise UndeclaredRoute, naming every route that has no door."""
    endpoints = {rule.endpoint for rule in app.url_map.iter_rules()}
    without = sorted(one for one in endpoints if door_of(app, one) is None)
    if without:
        raise UndeclaredRoute(f"Declare public or signed_in: {', '.join(without)}")


def install(app: Flask) -> None:
    """Ask who is there before every view that needs an actor."""
    app.before_request(_knock)
    app.register_error_handler(SignInNeeded, _sign_in)
    app.register_error_handler(AgencyNeeded, _choose_agency)
    app.register_error_handler(ProofNeeded, _prove)


def _knock() -> None:
    if request.endpoint and door_of(_app(), request.endpoint) != PUBLIC:
        current_actor()


def _app() -> Flask:
    return current_app._get_current_object()  # type: ignore[attr-defined]


def _sign_in(_error: SignInNeeded) -> ResponseReturnValue:
    if request.method in SAFE:
        return redirect(url_for("identity.sign_in", next=here()), 303)
    return render_template("web/signed_out.html", kept=_kept(), address=here()), 401


def _prove(error: ProofNeeded) -> ResponseReturnValue:
    kept = None if request.method in SAFE else _kept()
    after = here() if kept is None else url_for("web.welcome_back")
    way = url_for("identity.prove", act=error.act.replace(" ", "-"), next=after)
    page = render_template("web/prove.html", act=error.act, way=way, kept=kept, address=here())
    return page, 401


def _kept() -> list[tuple[str, str]]:
    return [pair for pair in request.form.items(multi=True) if pair[0] not in NOT_KEPT]


def _choose_agency(_error: AgencyNeeded) -> Response:
    return redirect(url_for("identity.choose_agency", next=here()), 303)
