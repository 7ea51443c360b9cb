"""Pages of records: who is shown one, and which one is asked about (S-46, S-47, S-95)."""

from collections.abc import Iterator
from inspect import unwrap

import frappe
import pytest
from frappe.website.doctype.web_form import web_form
from frappe.website.page_renderers.document_page import DocumentPage
from frappe.www.list import get_list_data
from isolation.browser import URL, Browser

from security.administrators import administrator

OTHER = "other.citizen@test.invalid"


@pytest.fixture
def letter() -> Iterator[frappe._dict]:
	"""A published record of a DocType that has pages and is not for guests."""
	mark = "zq" + frappe.generate_hash(length=10)
	values = {"subject": mark, "sender_email": "sender@test.invalid", "content_type": "HTML", "published": 1}
	frappe.set_user("Administrator")
	doc = frappe.get_doc({"doctype": "Newsletter", "message_html": f"<p>{mark} text</p>", **values})
	doc.insert(ignore_mandatory=True)
	doc.db_set("route", f"letters/{mark}")
	frappe.db.commit()
	yield frappe._dict(mark=mark, route=doc.route)
	frappe.db.rollback()
	frappe.delete_doc("Newsletter", doc.name, force=True)
	frappe.db.commit()


def test_a_page_that_is_not_for_guests_is_not_shown_to_them(letter: frappe._dict, guest: Browser) -> None:
	answer = guest.get(f"/{letter.route}")
	assert answer.status_code in (403, 404)
	assert letter.mark not in answer.text.replace(letter.route, "")


def test_nor_to_a_user_without_the_right_to_read(letter: frappe._dict, reader: Browser) -> None:
	answer = reader.get(f"/{letter.route}")
	assert answer.status_code in (403, 404)
	assert letter.mark not in answer.text.replace(letter.route, "")


def test_who_may_read_it_sees_it(letter: frappe._dict) -> None:
	answer = administrator().get(f"/{letter.route}")
	assert answer.status_code == 200
	assert f"{letter.mark} text" in answer.text


@pytest.fixture
def other_citizen() -> Iterator[str]:
	"""Another account of the website, with a name that nobody else may see."""
	frappe.set_user("Administrator")
	mark = "zq" + frappe.generate_hash(length=10)
	if not frappe.db.exists("User", OTHER):
		user = {"doctype": "User", "email": OTHER, "first_name": "Other", "user_type": "Website User"}
		frappe.get_doc(user | {"send_welcome_email": 0}).insert()
	frappe.db.set_value("User", OTHER, "bio", mark)
	frappe.db.commit()
	yield mark
	frappe.db.rollback()
	frappe.delete_doc("User", OTHER, force=True)
	frappe.db.commit()


def test_the_framework_asks_for_the_right_to_read_itself(letter: frappe._dict, reader: Browser) -> None:
	"""Also where a page is not closed as a whole."""
	page = DocumentPage(letter.route)
	assert page.can_render()
	for user in ("Guest", reader.user):
		frappe.set_user(user)
		try:
			with pytest.raises(frappe.PermissionError):
				page.render()
		finally:
			frappe.set_user("Administrator")


FILTERS = ({"email": OTHER}, ["like", "other%"], {"bio": ["like", "zq%"]})


@pytest.mark.parametrize("name", FILTERS)
def test_a_web_form_takes_a_name_and_no_filter(citizen: Browser, other_citizen: str, name) -> None:
	answer = citizen.session.get(f"{URL}/update-profile", json={"name": name, "is_read": 1}, timeout=60)
	assert answer.status_code in (400, 403, 404), answer.status_code
	assert other_citizen not in answer.text
	data = frappe.as_json({"name": name, "first_name": "taken over"})
	answer = citizen.call(
		"frappe.website.doctype.web_form.web_form.accept", web_form="edit-profile", data=data
	)
	assert answer.status_code in (400, 403, 404), answer.text[:300]
	frappe.db.rollback()
	assert frappe.db.get_value("User", OTHER, "first_name") == "Other"


@pytest.mark.parametrize("name", FILTERS)
def test_nor_does_the_framework_itself(citizen: Browser, other_citizen: str, name) -> None:
	"""Also where web forms are open."""
	form = frappe.get_doc("Web Form", "edit-profile")
	frappe.set_user(citizen.user)
	frappe.local.form_dict = frappe._dict(name=name)
	try:
		with pytest.raises(frappe.ValidationError, match=r"name of a record|اسم السجل"):
			form.get_context(frappe._dict())
		with pytest.raises(frappe.ValidationError, match=r"name of a record|اسم السجل"):
			unwrap(web_form.accept)("edit-profile", frappe.as_json({"name": name}))
	finally:
		frappe.set_user("Administrator")
		frappe.local.form_dict = frappe._dict()


def test_a_guest_has_no_portal_lists(guest: Browser) -> None:
	for method in ("frappe.www.list.get", "frappe.www.list.get_list_data"):
		for doctype in ("ToDo", "Child", "Address"):
			assert guest.ask(method, doctype=doctype).status_code in (401, 403, 404), (method, doctype)
	frappe.set_user("Guest")
	try:
		with pytest.raises(frappe.PermissionError):
			get_list_data("ToDo")
	finally:
		frappe.set_user("Administrator")
