"""S-21, S-22, S-66 to S-69, S-96, S-107, S-109, S-111: rights that meant more than they said."""

import os
from collections.abc import Iterator

import frappe
import pytest
from frappe.permissions import get_doctypes_with_read, has_user_permission
from frappe.utils.caching import redis_cache
from frappe.utils.password import update_password
from isolation.browser import PASSWORD, Browser
from isolation.records import Stage
from social_care.tests import places

PAPER, ROLE = "Rights Test Paper", "Rights Test Clerk"
RIGHTS = ("read", "write", "create", "submit", "cancel", "amend")
OWN = {"role": ROLE, "if_owner": 1, "report": 0, "export": 1, **dict.fromkeys(RIGHTS, 1)}


def clerk(email: str) -> Browser:
	"""A desk user with our role only."""
	if not frappe.db.exists("User", email):
		user = {"doctype": "User", "email": email, "first_name": email.partition("@")[0]}
		frappe.get_doc(user | {"send_welcome_email": 0, "roles": [{"role": ROLE}]}).insert()
	update_password(email, PASSWORD)
	frappe.db.commit()
	return Browser(email)


@pytest.fixture(scope="module")
def clerks(site: str) -> Iterator[tuple[Browser, Browser]]:
	"""Two clerks who may read, export, submit and amend papers of their own, and nobody else's."""
	frappe.set_user("Administrator")
	frappe.get_doc({"doctype": "Role", "role_name": ROLE}).insert(ignore_if_duplicate=True)
	paper = {"doctype": "DocType", "name": PAPER, "module": "Core", "custom": 1, "is_submittable": 1}
	fields = [{"fieldname": "title", "fieldtype": "Data", "label": "Title"}]
	paper |= {"fields": fields, "permissions": [OWN, {"role": "System Manager", "read": 1}]}
	frappe.get_doc(paper).insert(ignore_if_duplicate=True)
	yield clerk("rights.first@care.example"), clerk("rights.second@care.example")
	frappe.set_user("Administrator")
	frappe.db.rollback()
	frappe.db.delete("Custom DocPerm", {"parent": PAPER})
	users = [("User", "rights.first@care.example"), ("User", "rights.second@care.example")]
	for doctype, name in (("DocType", PAPER), *users, ("Role", ROLE)):
		frappe.delete_doc(doctype, name, force=True, ignore_missing=True)
	frappe.db.commit()


def make_paper(browser: Browser, **values) -> str:
	answer = browser.post(f"/api/resource/{PAPER}", {"title": "a", **values})
	assert answer.status_code == 200, answer.text[:300]
	return answer.json()["data"]["name"]


def test_who_gives_user_permissions_has_his_own(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
	"""S-21 in the framework: the right to write User Permission frees nobody from them."""
	permissions = {"Child": [{"doc": stage.here.child, "applicable_for": None, "is_default": 0}]}
	where = "frappe.core.doctype.user_permission.user_permission.get_user_permissions"
	monkeypatch.setattr(where, lambda user: permissions)
	frappe.set_user("Administrator")
	other = frappe.get_doc("Child", stage.there.child)
	assert frappe.permissions.get_role_permissions("User Permission", user="Administrator").get("write")
	assert not has_user_permission(other, "Administrator")
	assert has_user_permission(frappe.get_doc("Child", stage.here.child), "Administrator")


def test_an_administrator_of_users_sees_his_place_only(stage: Stage) -> None:
	"""S-21 over HTTP: a directorate's chief who is System Manager, too, and so writes User Permissions."""
	frappe.set_user("Administrator")
	user = places._staff("manager.of.users", places.CHIEF, org_unit=stage.here.place.directorate)
	frappe.get_doc("User", user).add_roles("System Manager")
	update_password(user, PASSWORD)
	frappe.db.commit()
	browser = stage.browser(user)
	permission = {"user": user, "allow": "Governorate", "for_value": "01"}
	made = browser.post("/api/resource/User Permission", permission)
	assert made.status_code in (200, 409), made.text[:300]
	assert browser.get(f"/api/resource/Child/{stage.here.child}").status_code == 200
	assert browser.get(f"/api/resource/Child/{stage.there.child}").status_code == 403
	if made.status_code == 200:
		assert browser.delete(f"/api/resource/User Permission/{made.json()['data']['name']}").ok


def test_rows_of_ones_own_are_not_exported_with_others(clerks: tuple[Browser, Browser]) -> None:
	"""S-66: the right to export that holds for one's own rows gives nobody else's."""
	first, second = clerks
	mark = frappe.generate_hash(length=12)
	make_paper(first, title=mark)
	for browser in (first, second):
		answer = browser.call(
			"frappe.desk.reportview.export_query",
			doctype=PAPER,
			fields=["title"],
			filters=[],
			file_format_type="CSV",
		)
		assert answer.status_code in (200, 403)
		assert browser is first or mark not in answer.text
		answer = browser.call(
			"frappe.core.doctype.data_export.exporter.export_data",
			doctype=PAPER,
			select_columns={PAPER: ["title"]},
			with_data=True,
			file_type="CSV",
		)
		assert browser is first or mark not in answer.text


def administrator() -> Browser:
	return Browser("Administrator", os.environ["TEST_ADMIN_PASSWORD"])


def rules() -> list[tuple[int, int]]:
	"""Our role's rules on level 0: (if_owner, report)."""
	frappe.db.rollback()
	filters = {"parent": PAPER, "role": ROLE}
	rows = frappe.get_all("Custom DocPerm", filters=filters, fields=["if_owner", "report"])
	return sorted((row.if_owner, row.report) for row in rows)


def test_one_permission_rule_goes_at_a_time(clerks: tuple[Browser, Browser]) -> None:
	"""S-67: a role's rule for all rows and the one for own rows are two rules."""
	browser, page = administrator(), "frappe.core.page.permission_manager.permission_manager"
	rule = {"doctype": PAPER, "role": ROLE, "permlevel": 0}
	assert browser.call(f"{page}.add", parent=PAPER, role=ROLE, permlevel=0).status_code == 200
	assert rules() == [(0, 0), (1, 0)]
	browser.message(f"{page}.update", **rule, ptype="report", value=1, if_owner=0)
	assert rules() == [(0, 1), (1, 0)]
	refused = browser.call(f"{page}.update", **rule, ptype="report", value=1, if_owner=1)
	assert refused.status_code == 417
	turned = browser.call(f"{page}.update", **rule, ptype="if_owner", value=1, if_owner=0)
	assert turned.status_code == 417
	browser.message(f"{page}.remove", **rule, if_owner=0)
	assert rules() == [(1, 0)]
	browser.message(f"{page}.reset", doctype=PAPER)
	assert rules() == []


def test_choosing_is_not_reading(stage: Stage, reader: Browser) -> None:
	"""S-68: everybody may choose a User in a link field, and few may read Users."""
	frappe.set_user(reader.user)
	try:
		assert frappe.only_has_select_perm("User")
		readable = get_doctypes_with_read()
	finally:
		frappe.set_user("Administrator")
	assert "Child" in readable
	assert "User" not in readable


def test_scoped_rows_are_not_shared_at_all(stage: Stage) -> None:
	"""S-69: what shared users see of level 0 differs between versions; our rows are never shared."""
	browser = stage.browser(stage.here.place.entry)
	shared = {
		"share_doctype": "Child",
		"share_name": stage.here.child,
		"user": stage.there.place.entry,
		"read": 1,
	}
	assert browser.post("/api/resource/DocShare", shared).status_code in (403, 417)
	answer = browser.call(
		"frappe.share.add", doctype="Child", name=stage.here.child, user=stage.there.place.entry, read=1
	)
	assert answer.status_code in (403, 417)
	frappe.db.rollback()
	assert not frappe.db.exists("DocShare", {"share_doctype": "Child"})


def test_only_a_cancelled_record_of_ones_own_is_amended(clerks: tuple[Browser, Browser]) -> None:
	"""S-96"""
	first, second = clerks
	name = make_paper(first)
	amendment = {"title": "b", "amended_from": name}
	for browser in (first, second):
		assert browser.post(f"/api/resource/{PAPER}", amendment).status_code in (403, 417)
	first.put(f"/api/resource/{PAPER}/{name}", {"docstatus": 1})
	assert first.post(f"/api/resource/{PAPER}", amendment).status_code == 417
	first.put(f"/api/resource/{PAPER}/{name}", {"docstatus": 2})
	assert second.post(f"/api/resource/{PAPER}", amendment).status_code in (403, 417)
	assert make_paper(first, amended_from=name) == f"{name}-1"
	frappe.db.rollback()
	with pytest.raises(frappe.LinkExistsError):
		frappe.delete_doc(PAPER, name)
	frappe.db.rollback()


def test_a_value_kept_for_one_user_is_his(stage: Stage) -> None:
	"""S-107"""
	asked, run = [], frappe.generate_hash(length=8)

	@redis_cache(user=True)
	def whose(run: str) -> str:
		asked.append(frappe.session.user)
		return frappe.session.user

	users = [stage.here.place.entry, stage.there.place.entry]
	try:
		for user in (*users, *users):
			frappe.set_user(user)
			assert whose(run) == user
	finally:
		frappe.set_user("Administrator")
		whose.clear_cache()
	assert asked == users


def test_roles_of_a_namesake_open_nothing(stage: Stage) -> None:
	"""S-109: a report of a workspace's name has roles of its own."""
	from frappe.desk.desktop import Workspace

	frappe.set_user("Administrator")
	name = "Rights Test Room"
	room = {
		"doctype": "Workspace",
		"label": name,
		"title": name,
		"public": 1,
		"roles": [{"role": "System Manager"}],
	}
	frappe.get_doc(room).insert()
	namesake = {"doctype": "Has Role", "parent": name, "parenttype": "Report", "parentfield": "roles"}
	frappe.get_doc(namesake | {"role": places.CHIEF}).insert()
	frappe.set_user(stage.here.place.chief)
	try:
		assert not Workspace({"name": name, "title": name, "public": 1}, minimal=True).is_permitted()
	finally:
		frappe.set_user("Administrator")
		frappe.db.rollback()
		frappe.clear_cache()


@pytest.mark.parametrize("part", ["fields", "permissions"])
def test_no_level_is_below_zero(part: str) -> None:
	"""S-111"""
	name = f"Rights Test {frappe.generate_hash(length=8)}"
	doctype = {"doctype": "DocType", "name": name, "module": "Core", "custom": 1}
	rows = {
		"fields": [{"fieldname": "title", "fieldtype": "Data", "label": "Title"}],
		"permissions": [{"role": "System Manager", "read": 1}],
	}
	rows[part][0]["permlevel"] = -1
	try:
		with pytest.raises(frappe.ValidationError):
			frappe.get_doc(doctype | rows).insert()
	finally:
		frappe.db.rollback()
		frappe.delete_doc("DocType", name, force=True, ignore_missing=True)
		frappe.db.commit()


def test_a_number_as_a_name_is_compared_as_a_text(monkeypatch: pytest.MonkeyPatch) -> None:
	"""S-111"""
	permissions = {"ToDo": [{"doc": "7", "applicable_for": None, "is_default": 0}]}
	where = "frappe.core.doctype.user_permission.user_permission.get_user_permissions"
	monkeypatch.setattr(where, lambda user: permissions)
	assert has_user_permission(frappe.get_doc({"doctype": "ToDo", "name": 7}), "somebody@care.example")
	assert not has_user_permission(frappe.get_doc({"doctype": "ToDo", "name": 8}), "somebody@care.example")
