"""Pages for those without an account: mailed links, and telling us that something is wrong."""

from flask import Blueprint

from app.ui.doors import public

bp = public(Blueprint("freshness", __name__, url_prefix="/directory", template_folder="templates"))
