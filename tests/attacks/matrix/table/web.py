"""Pages of the shell."""

from tests.attacks.matrix.route import PUBLIC, Route

ROUTES = {
    "web.home": PUBLIC,
    "web.accessibility": PUBLIC,
    "web.privacy": PUBLIC,
    "web.live": PUBLIC,
    "web.ready": PUBLIC,
    "web.figures": PUBLIC,
    "web.welcome_back": Route(),
}
