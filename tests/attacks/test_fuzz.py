"""Any query string on every page, any answers in every form: never a 500, never a trace."""

import re

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.attacks.malformed import FORM, judged, quoted
from tests.attacks.matrix.addresses import addresses
from tests.attacks.matrix.cast import sending
from tests.attacks.matrix.route import Door
from tests.attacks.matrix.table import TABLE
from tests.attacks.matrix.who import HOLDER, in_order

FEW = settings(
    max_examples=8,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)
NAMES = st.sampled_from(
    ["after", "show", "whose", "box", "holder", "months", "next", "area", "age"]
)
TEXT = st.one_of(
    st.text(max_size=40),
    st.text(alphabet=st.characters(categories=["Cs", "Cc", "Cf", "Co"]), max_size=8),
    st.integers().map(str),
    st.floats().map(str),
    st.uuids().map(str),
    st.dates().map(str),
    st.sampled_from(["", "0", "on", "y", "none", "full", "other", "self", "the person"]),
)
QUERIES = st.lists(st.tuples(NAMES | TEXT, TEXT), max_size=5)


def asking():
    """Every page, with somebody who may see it."""
    for endpoint, route in TABLE.items():
        if endpoint != "identity.sign_out":
            who = HOLDER if HOLDER in route.may else in_order(route.may)[0]
            yield pytest.param(endpoint, who, id=endpoint)


@pytest.mark.parametrize(("endpoint", "who"), list(asking()))
def test_any_query_string(endpoint, who, tries, records, cast):
    if "GET" not in tries.methods(endpoint):
        return
    ids = records.live(TABLE[endpoint].record)
    (address, *_) = addresses(tries.application, tries.rule(endpoint), ids)
    client = cast.client(who)

    @FEW
    @given(QUERIES)
    def ask(pairs):
        query = "&".join(f"{quoted(name)}={quoted(value)}" for name, value in pairs)
        judged(client.get(f"{address}?{query}", buffered=True), address, query)

    ask()


@pytest.mark.parametrize(("endpoint", "who"), list(asking()))
def test_any_answers_in_a_form(endpoint, who, tries, records, cast):
    """The fields are those that the page itself shows, the answers are anything."""
    route = TABLE[endpoint]
    if "POST" not in tries.methods(endpoint) or route.uses_up or route.door is not Door.ACTOR:
        return
    (address, *_) = addresses(tries.application, tries.rule(endpoint), records.live(route.record))
    client, token = cast.client(who), cast.token(who)
    names = sorted(set(fields(client.get(address).text)) - {"csrf_token", "idempotency_key"})

    @FEW
    @given(st.lists(st.tuples(st.sampled_from(names or ["words"]), TEXT), max_size=12))
    def send(pairs):
        every = [*sending(route.prefix, token, route.fields).items(), *pairs]
        body = "&".join(f"{quoted(name)}={quoted(value)}" for name, value in every)
        judged(client.post(address, data=body, content_type=FORM), address, body)

    send()


def fields(text):
    """The names of the fields on a page."""
    return re.findall(r'<(?:input|select|textarea)[^>]* name="([^"]+)"', text)
