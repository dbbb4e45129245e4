"""The directory's charities and the invented coast, for finding in."""

from tests.integration.directory.conftest import another, charity, curator, reference

__all__ = ["another", "charity", "curator", "reference"]
