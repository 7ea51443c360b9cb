"""Every test here reads the database anew."""

import pytest
from isolation.browser import PASSWORD, URL, Browser
from isolation.records import Stage


@pytest.fixture(autouse=True)
def _fresh_view(fresh_view: None) -> None:
	"""As `fresh_view`, without being asked for."""


@pytest.fixture(scope="session")
def visitor(stage: Stage) -> Browser:
	"""A district manager who opens pages. His session is nobody else's: a page gives it a token that each later POST bears."""
	import frappe
	from frappe.utils.password import update_password
	from social_care.tests import places

	frappe.set_user("Administrator")
	user = places._staff("visitor.here", "Social Administration Manager", org_unit=stage.here.place.district)
	update_password(user, PASSWORD)
	frappe.db.commit()
	browser = Browser(user)
	page = browser.session.get(URL + "/app", headers={"Accept": "text/html"}, timeout=120)
	token = page.text.partition('frappe.csrf_token = "')[2].partition('"')[0]
	browser.session.headers["X-Frappe-CSRF-Token"] = token
	return browser
