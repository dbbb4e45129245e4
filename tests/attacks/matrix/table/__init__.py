"""The whole matrix: every endpoint of the application, a module a room."""

from tests.attacks.matrix.table import (
    caseload,
    directory,
    emergency,
    finish,
    identity,
    inbox,
    onward,
    open_referral,
    oversight,
    refer,
    report,
    retention,
    safeguarding,
    sharing,
    sources,
    triage,
    web,
)

MODULES = (
    *(web, identity, directory, open_referral, sharing, sources),
    *(refer, triage, caseload, onward, inbox, finish, report),
    *(emergency, safeguarding, oversight, retention),
)
TABLE = {name: route for module in MODULES for name, route in module.ROUTES.items()}
