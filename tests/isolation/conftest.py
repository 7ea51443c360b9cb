"""The stage is set once for all isolation tests."""

import pytest

from isolation.browser import PASSWORD, Browser
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


@pytest.fixture(scope="session")
def reader(stage: Stage) -> Browser:
	"""A district manager: reads, reports, has level 1 and neither 2 nor 3."""
	import frappe
	from frappe.utils.password import update_password
	from social_care.tests import places

	frappe.set_user("Administrator")
	user = places._staff("manager.here", "Social Administration Manager", org_unit=stage.here.place.district)
	update_password(user, PASSWORD)
	frappe.db.commit()
	return stage.browser(user)
