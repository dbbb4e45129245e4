"""The open data: read by everybody, changed by nobody."""

from tests.attacks.matrix.route import PUBLIC

ROUTES = {
    "open_referral.details": PUBLIC,
    "open_referral.openapi": PUBLIC,
    "open_referral.nothing": PUBLIC,
    "open_referral.services": PUBLIC,
    "open_referral.service": PUBLIC,
    "open_referral.service_at_locations": PUBLIC,
    "open_referral.service_at_location": PUBLIC,
    "open_referral.taxonomies": PUBLIC,
    "open_referral.taxonomy": PUBLIC,
    "open_referral.taxonomy_terms": PUBLIC,
    "open_referral.taxonomy_term": PUBLIC,
    "reuse.reuse": PUBLIC,
}
