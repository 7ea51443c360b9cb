"""The stage is set once for all isolation tests."""

import pytest

from isolation.records import Stage, make_stage


@pytest.fixture(scope="session")
def stage(site: str) -> Stage:
	"""Two directorates, two children, everybody's browser."""
	return make_stage()


@pytest.fixture(autouse=True)
def _fresh_view(stage: Stage):
	"""Read the database anew in each test: the web process writes it meanwhile."""
	import frappe

	frappe.db.rollback()
	yield
	frappe.db.rollback()
