"""Makes the requests of the matrix."""

from collections.abc import Iterator, Mapping
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from tests.attacks.matrix.addresses import addresses
from tests.attacks.matrix.cast import Cast, said, sending
from tests.attacks.matrix.route import Answer
from tests.attacks.matrix.table import TABLE
from tests.attacks.matrix.who import Who


class Tries:
    """Makes the requests of one route and says what somebody was told."""

    def __init__(self, application: Flask, cast: Cast) -> None:
        self.application, self.cast = application, cast

    def rule(self, endpoint: str) -> Rule:
        return next(self.application.url_map.iter_rules(endpoint))

    def methods(self, endpoint: str) -> list[str]:
        return sorted(
            (self.rule(endpoint).methods or set()) & {"GET", "POST", "PUT", "PATCH", "DELETE"}
        )

    def each(self, endpoint: str, ids: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
        """Every method and address of a route."""
        for method in self.methods(endpoint):
            for address in addresses(self.application, self.rule(endpoint), ids):
                yield method, address

    def as_who(self, who: Who, endpoint: str, method: str, address: str) -> Answer | str:
        client, token = self.cast.client(who), self.cast.token(who)
        return said(self.ask(client, token, endpoint, method, address))

    def ask(
        self, client: FlaskClient, token: str, endpoint: str, method: str, address: str
    ) -> TestResponse:
        route = TABLE[endpoint]
        data = sending(route.prefix, token, route.fields) if method == "POST" else None
        return client.open(address, method=method, data=data, buffered=True)
