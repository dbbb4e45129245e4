"""The curator's queue, and what editors ask of the curator."""

from flask import Blueprint

from app.ui import navigation
from app.ui.doors import signed_in
from directory.curation import policy

bp = signed_in(
    Blueprint("curation", __name__, url_prefix="/directory", template_folder="templates")
)

navigation.add(
    "Directory queue",
    "curation.queue",
    permission=policy.CURATE,
    about="What waits: changes, claims, reports, doubts, duplicates and checks",
    order=62,
    first_for=["curator"],
)
