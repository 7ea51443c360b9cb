"""Every test here reads the database anew."""

import pytest


@pytest.fixture(autouse=True)
def _fresh_view(fresh_view: None) -> None:
	"""As `fresh_view`, without being asked for."""
