"""What we say about privacy and accessibility."""

from flask import render_template

from app.web.blueprint import bp


@bp.get("/privacy")
def privacy() -> str:
    """What is kept about whom, in short."""
    return render_template("web/privacy.html")


@bp.get("/accessibility")
def accessibility() -> str:
    """What works, what is known not to, and whom to tell."""
    return render_template("web/accessibility.html")
