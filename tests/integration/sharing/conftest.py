"""The listings of the open data's tests, and somebody who reads them without a cookie."""

from tests.integration.open_referral.conftest import (
    another,
    charity,
    club,
    curator,
    read,
    reference,
)

__all__ = ["another", "charity", "club", "curator", "read", "reference"]
