"""Pages that belong to no room, open to everybody."""

from flask import Blueprint

from app.ui.doors import public

bp = public(Blueprint("web", __name__, template_folder="templates"))
