"""Files of everything beside the open data's lists, and what search engines are told."""

from flask import Blueprint

from app.ui.doors import public
from directory.open_referral.blueprint import PREFIX

bp = public(Blueprint("sharing", __name__, url_prefix=f"{PREFIX}/bulk"))
engines = public(Blueprint("engines", __name__, template_folder="templates"))
