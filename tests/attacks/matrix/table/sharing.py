"""Everything at once, and what search engines are told: for everybody."""

from tests.attacks.matrix.route import PUBLIC

ROUTES = {
    "sharing.services": PUBLIC,
    "sharing.package": PUBLIC,
    "engines.robots": PUBLIC,
    "engines.index": PUBLIC,
    "engines.pages": PUBLIC,
    "engines.part": PUBLIC,
}
