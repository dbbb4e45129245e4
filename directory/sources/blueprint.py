"""Pages about the sources of the directory, for curators."""

from flask import Blueprint

from app.ui import navigation
from app.ui.doors import signed_in
from directory.sources import policy

bp = signed_in(Blueprint("sources", __name__, url_prefix="/directory", template_folder="templates"))

navigation.add(
    "Sources",
    "sources.listed",
    permission=policy.KEEP_SOURCES,
    about="Feeds that the directory is filled from, and what needs a look",
    order=66,
)
