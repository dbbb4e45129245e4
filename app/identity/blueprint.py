"""Signing in, one's own account, the people of an agency, and what it has agreed to share."""

from flask import Blueprint

from app.identity.actor import Role
from app.ui import navigation
from app.ui.doors import signed_in

bp = signed_in(Blueprint("identity", __name__, template_folder="templates"))

navigation.add(
    "People",
    "identity.people",
    roles=(Role.ADMINISTRATOR,),
    about="Let people in, change what they may do, see and end their sessions",
    order=80,
)
navigation.add(
    "Agreements",
    "identity.agreements",
    roles=(Role.ADMINISTRATOR,),
    about="What your agency may send to others, and they to you",
    order=90,
)
