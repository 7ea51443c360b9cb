"""Fixtures for tests that look at the system as its users and its attackers do: over HTTP."""

from collections.abc import Iterator

import pytest

from isolation.browser import PASSWORD, Browser
from isolation.records import Stage, make_stage


@pytest.fixture(scope="session")
def stage(site: str) -> Stage:
	"""Two directorates, two children, everybody's browser. The stage is set once for a run."""
	return make_stage()


@pytest.fixture
def fresh_view(stage: Stage) -> Iterator[None]:
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


@pytest.fixture(scope="session")
def guest(site: str) -> Browser:
	"""Somebody without an account."""
	return Browser()


@pytest.fixture(scope="session")
def citizen(stage: Stage) -> Browser:
	"""Somebody with an account of the website and no desk."""
	import frappe
	from frappe.utils.password import update_password

	frappe.set_user("Administrator")
	email = "citizen@test.invalid"
	if not frappe.db.exists("User", email):
		user = {"doctype": "User", "email": email, "first_name": "Citizen", "user_type": "Website User"}
		frappe.get_doc(user | {"send_welcome_email": 0}).insert()
	update_password(email, PASSWORD)
	frappe.db.commit()
	return stage.browser(email)


@pytest.fixture(scope="session")
def former(stage: Stage) -> Browser:
	"""Somebody with the cookie of a session, whose only assignment, at the same place as `stage.here`, has ended."""
	import frappe
	from frappe.utils import add_days, nowdate
	from frappe.utils.password import update_password
	from social_care.tests import places

	frappe.set_user("Administrator")
	user = places._staff("former.here", places.CHIEF, org_unit=stage.here.place.directorate)
	update_password(user, PASSWORD)
	last_until(user, None)  # an earlier run on this site has ended it
	browser = stage.browser(user)
	last_until(user, add_days(nowdate(), -1))
	return browser


def last_until(user: str, day: str | None) -> None:
	"""Let the user's assignments end on a day, or not at all."""
	import frappe
	from frappe.utils import add_days, nowdate

	for name in frappe.get_all("Staff Assignment", filters={"user": user}, pluck="name"):
		dates = {"valid_from": add_days(nowdate(), -30), "valid_to": day}
		frappe.get_doc("Staff Assignment", name).update(dates).save()
	frappe.db.commit()
