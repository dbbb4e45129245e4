"""The directory's pages: finding is for everybody, keeping is for those who answer for it."""

from flask import Blueprint

from app.ui import navigation
from app.ui.doors import signed_in
from directory import policy

bp = signed_in(
    Blueprint("directory", __name__, url_prefix="/directory", template_folder="templates")
)

navigation.add(
    "Our services",
    "directory.mine",
    permission=policy.LIST_KEPT,
    about="Keep what people read about your services right",
    order=55,
)
navigation.add(
    "Directory",
    "directory.find",
    about="Find services, groups and help nearby",
    order=60,
    public=True,
)
navigation.add(
    "Organisations",
    "directory.organisations",
    permission=policy.ADD_ORGANISATION,
    about="Add organisations and keep every listing right",
    order=65,
)
