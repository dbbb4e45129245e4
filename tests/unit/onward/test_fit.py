"""What is said of a service before it is chosen."""

from dataclasses import replace
from datetime import date
from uuid import uuid4

import pytest

from directory.catalogue import Capacity, CapacityState, ServiceCard, ServiceStatus, Standing
from referrals.onward.queries.fit import _fit

CARD = ServiceCard(
    id=uuid4(),
    name="Choir",
    organisation="Good Neighbours",
    agency_id=uuid4(),
    description="",
    place="",
    distance_km=None,
    eligibility="",
    ages_words="55 and over",
    minimum_age=55,
    maximum_age=None,
    fees="",
    needs=(),
    access_modes=(),
    alert="",
    status=ServiceStatus.ACTIVE,
    self_referral=True,
    takes_referrals=True,
    capacity=Capacity(CapacityState.PLACES, places=2),
    confirmed_at=None,
)
OLD, YOUNG = date(1940, 1, 1), date(2001, 1, 1)


def test_a_service_that_fits_can_be_sent_to():
    found = _fit(CARD, True, OLD, Standing())
    assert found.can_send
    assert found.doubts == ()


def test_age_is_a_doubt_and_not_a_bar():
    found = _fit(CARD, True, YOUNG, Standing())
    assert found.can_send
    assert found.doubts[0].startswith("For ages 55 and over")


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"agency_id": None}, "does not use this system"),
        ({"takes_referrals": False}, "does not take referrals"),
        ({"capacity": Capacity(CapacityState.FULL)}, "full"),
        ({"capacity": Capacity(CapacityState.PAUSED)}, "paused"),
        ({"status": ServiceStatus.INACTIVE}, "not running"),
    ],
)
def test_what_stands_in_the_way_is_said(change, words):
    found = _fit(replace(CARD, **change), True, OLD, Standing())
    assert not found.can_send
    assert words in found.barrier


def test_without_an_agreement_nothing_can_be_sent():
    assert "no sharing agreement with Good Neighbours" in _fit(CARD, False, OLD, Standing()).barrier
