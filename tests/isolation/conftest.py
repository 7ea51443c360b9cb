"""Every test here reads the database anew."""

from collections.abc import Iterator

import pytest

from isolation import citizens
from isolation.records import Stage


@pytest.fixture(autouse=True)
def _fresh_view(fresh_view: None) -> None:
	"""As `fresh_view`, without being asked for."""


@pytest.fixture(scope="module")
def services_open(stage: Stage) -> Iterator[None]:
	"""The visit permit is published, and limits of the public pages are met by their own tests only."""
	import frappe

	citizens.publish()
	before = {name: frappe.db.get_single_value(citizens.SETTINGS, name) for name in citizens.PLENTY}
	citizens.set_limits(citizens.PLENTY)
	yield
	citizens.set_limits(before)


@pytest.fixture
def person(stage: Stage) -> citizens.Citizen:
	"""Somebody at the public pages of services."""
	return citizens.Citizen(stage)
