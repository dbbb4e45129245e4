"""The first page: what this is, or what to do next."""

from flask import redirect, render_template
from flask.typing import ResponseReturnValue

from app.identity.login import SignInNeeded, current_actor
from app.ui.doors import signed_in
from app.ui.navigation import first_place, places_for
from app.web.blueprint import bp


@bp.get("/")
def home() -> ResponseReturnValue:
    """Where the actor's day begins; for everybody else what Trellis is and how to get in."""
    try:
        actor = current_actor()
    except SignInNeeded:
        return render_template("web/front.html", places=places_for(None))
    first = first_place(actor)
    if first:
        return redirect(first.href, 303)
    return render_template("web/home.html", places=places_for(actor))


@bp.get("/welcome-back")
@signed_in
def welcome_back() -> str:
    """After signing in in a second tab, to save what was typed in the first."""
    return render_template("web/welcome_back.html")
