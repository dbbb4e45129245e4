"""The endpoints of Open Referral UK 3.0; importing this registers them on the blueprint."""

from directory.open_referral.blueprint import about, bp
from directory.open_referral.views import details, place, reuse, service, taxonomy

__all__ = ["about", "bp", "details", "place", "reuse", "service", "taxonomy"]
