"""Counts, searches, groups, reports, links and shares answer about one's own rows and one's own level only."""

from collections.abc import Iterator

import frappe
import frappe.utils.password
import pytest
from isolation.browser import Browser
from isolation.records import Stage
from isolation.test_reading import question, seen

CHILD = {"doctype": "Child"}
REFUSED = (403, 404)
# A column that is none (a search leaves it out), SQL in place of a column, and one above the reader's level.
WRONG_COLUMNS = ("nothing_of_this_name", "full_name' or '1'='1", "(select 1)", "mother_full_name")


@pytest.fixture
def outsider(stage: Stage) -> Browser:
	"""The director of the other directorate."""
	return stage.browser(stage.there.place.chief)


@pytest.fixture
def indexed(stage: Stage) -> Iterator[None]:
	"""Both children stand in the index of the global search."""
	columns = "(`doctype`, `name`, `content`, `title`)"
	for victim in (stage.here, stage.there):
		values = ("Child", victim.child, f"Name : {victim.mark} indexed", victim.mark)
		frappe.db.sql(f"replace into `__global_search` {columns} values (%s, %s, %s, %s)", values)
	settings = frappe.get_single("Global Search Settings")
	settings.append("allowed_in_global_search", {"document_type": "Child"})
	settings.flags.ignore_permissions = True
	settings.save()
	frappe.db.commit()
	yield
	settings.allowed_in_global_search = [
		r for r in settings.allowed_in_global_search if r.document_type != "Child"
	]
	settings.save()
	frappe.db.delete("__global_search", {"doctype": "Child"})
	frappe.db.commit()


@pytest.mark.parametrize("doctype", ["Integration Request", "Error Log", "Email Queue", "Deleted Document"])
def test_a_type_that_one_may_not_read_is_not_counted(outsider: Browser, doctype: str) -> None:
	answer = outsider.call("frappe.client.get_count", doctype=doctype)
	assert answer.status_code == 403, answer.text[:300]


def test_a_count_does_not_filter_by_what_one_may_not_read(stage: Stage, reader: Browser) -> None:
	for filters in ({"mother_full_name": ["like", "%"]}, [["Child", "abuse_history", "like", "%"]]):
		for method in ("frappe.client.get_count", "frappe.desk.reportview.get_count"):
			answer = reader.call(method, **CHILD, filters=filters)
			assert answer.status_code in (403, 417), answer.text[:300]
			assert "message" not in answer.json()


@pytest.mark.parametrize("method", ["search_link", "search_widget"])
def test_the_browser_cannot_switch_the_scope_off(stage: Stage, outsider: Browser, method: str) -> None:
	for text in (stage.here.mark, ""):
		for doctype in ("Child", "Placement", "Institution"):
			given = {"ignore_user_permissions": 1, "page_length": 500, "reference_doctype": "Placement"}
			answer = outsider.call(f"frappe.desk.search.{method}", doctype=doctype, txt=text, **given)
			assert answer.status_code == 200, answer.text[:300]
			assert not seen(answer.text, stage.here), answer.text[:300]
			assert stage.here.place.institution not in answer.text


@pytest.mark.parametrize("column", WRONG_COLUMNS[1:])
def test_a_search_gives_no_column_but_those_one_reads(reader: Browser, column: str) -> None:
	given = {"txt": "", "filter_fields": [column], "as_dict": 1}
	answer = reader.call("frappe.desk.search.search_widget", **CHILD, **given)
	assert answer.status_code in (403, 417), answer.text[:300]


@pytest.mark.parametrize("column", WRONG_COLUMNS)
def test_groups_are_of_known_columns(reader: Browser, column: str) -> None:
	answer = reader.call(
		"frappe.desk.listview.get_group_by_count", **CHILD, current_filters="[]", field=column
	)
	assert answer.status_code in (403, 417), answer.text[:300]


def test_no_column_of_all_rows_beside_a_report(stage: Stage, outsider: Browser) -> None:
	method = "frappe.desk.query_report.get_data_for_custom_field"
	for field in ("first_name", "mother_full_name"):
		answer = outsider.call(method, **CHILD, field=field)
		assert answer.status_code in REFUSED, answer.text[:300]
	column = {
		"fieldname": "first_name",
		"doctype": "Child",
		"link_field": "institution",
		"insert_after_index": 0,
	}
	report = {"report_name": "Children without National Number", "filters": {}, "custom_columns": [column]}
	answer = outsider.call("frappe.desk.query_report.run", **report)
	assert answer.status_code in REFUSED and not seen(answer.text, stage.here), answer.text[:300]


@pytest.mark.parametrize("doctype", ["Child", "Institution", "User"])
def test_web_forms_offer_no_rows(
	stage: Stage, guest: Browser, citizen: Browser, outsider: Browser, doctype: str
) -> None:
	given = {"web_form_name": "edit-profile", "doctype": doctype, "allow_read_on_all_link_options": 1}
	for browser in (guest, citizen, outsider):
		answer = browser.call("frappe.website.doctype.web_form.web_form.get_link_options", **given)
		assert answer.status_code in REFUSED, answer.text[:300]


def test_linked_records_of_a_strangers_row_are_refused(
	stage: Stage, outsider: Browser, citizen: Browser
) -> None:
	for browser in (outsider, citizen):
		for method, key in (
			("get", "docname"),
			("get_submitted_linked_docs", "name"),
			("get_linked_docs", "name"),
		):
			given = {key: stage.here.child, "linkinfo": {"Placement": {"fieldname": ["child"]}}}
			answer = browser.call(f"frappe.desk.form.linked_with.{method}", **CHILD, **given)
			assert answer.status_code in REFUSED, answer.text[:300]


def test_linked_records_are_ones_own(stage: Stage, outsider: Browser) -> None:
	"""A row that everybody reads is linked to rows of both; each sees his own."""
	given = {"doctype": "Admission Reason", "docname": "AR-03"}
	answer = outsider.call("frappe.desk.form.linked_with.get", **given)
	assert answer.status_code == 200 and stage.there.child in answer.text, answer.text[:300]
	assert not seen(answer.text, stage.here)


@pytest.mark.usefixtures("indexed")
def test_the_global_search_finds_ones_own_rows(stage: Stage, outsider: Browser, citizen: Browser) -> None:
	method = "frappe.utils.global_search.search"
	answer = outsider.call(method, text=stage.here.mark, limit=100)
	assert not seen(answer.text, stage.here, question(answer)), answer.text[:300]
	assert stage.there.child in outsider.call(method, text=stage.there.mark, limit=100).text
	for name in (method, "frappe.utils.global_search.web_search", "frappe.www.search.get_search_results"):
		assert citizen.call(name, text=stage.here.mark).status_code in REFUSED


@pytest.mark.parametrize("kind", ["coordinates", "location_field"])
def test_there_is_no_map_of_rows(outsider: Browser, kind: str) -> None:
	for doctype in ("Institution", "Child` where 1=1 -- "):
		answer = outsider.call("frappe.geo.utils.get_coords", doctype=doctype, filters="[]", type=kind)
		assert answer.status_code in REFUSED, answer.text[:300]


def test_a_report_is_run_for_the_caller(stage: Stage, outsider: Browser) -> None:
	"""Somebody else's name as the user changes nothing of the answer."""
	report = {"report_name": "Children and Institutions by Governorate", "filters": {}}
	mine = outsider.call("frappe.desk.query_report.run", **report)
	as_head = outsider.call("frappe.desk.query_report.run", **report, user=stage.country.head)
	assert mine.status_code == as_head.status_code == 200
	assert mine.json()["message"]["result"] == as_head.json()["message"]["result"]


def test_a_link_to_a_strangers_row_is_not_saved(stage: Stage) -> None:
	entry = stage.browser(stage.there.place.entry)
	before = frappe.db.get_value("Child", stage.there.child, "family")
	answer = entry.put(f"/api/resource/Child/{stage.there.child}", {"family": stage.here.family})
	assert answer.status_code == 403 and not seen(answer.text, stage.here, question(answer)), answer.text[
		:300
	]
	placement = {
		"child": stage.here.child,
		"institution": stage.there.place.institution,
		"movement": "Transfer",
	}
	answer = entry.post("/api/resource/Placement", placement | {"setting": "Institution"})
	assert answer.status_code == 403 and not seen(answer.text, stage.here, question(answer)), answer.text[
		:300
	]
	frappe.db.rollback()
	assert frappe.db.get_value("Child", stage.there.child, "family") == before


def test_a_link_to_a_strangers_row_is_not_confirmed(stage: Stage, outsider: Browser) -> None:
	for name in (stage.here.child, "CH-9999999"):
		answer = outsider.call(
			"frappe.client.validate_link", **CHILD, docname=name, fields=["full_name", "person"]
		)
		assert answer.status_code == 200 and not answer.json().get("message"), answer.text[:300]


@pytest.mark.parametrize("right", ["read", "write", "submit", "share"])
def test_nobody_shares_a_row(stage: Stage, right: str) -> None:
	place = stage.there.place
	for user, receiver in (
		(place.chief, place.chief),
		(place.entry, stage.here.place.entry),
		(place.chief, ""),
	):
		given = {**CHILD, "name": stage.there.child, "user": receiver, "everyone": int(not receiver)}
		browser = stage.browser(user)
		added = browser.call("frappe.share.add", **given, **{right: 1})
		assert added.status_code == 403, added.text[:300]
		changed = browser.call("frappe.share.set_permission", **given, permission_to=right)
		assert changed.status_code in (403, 404, 417), changed.text[:300]
	frappe.db.rollback()
	assert not frappe.db.exists("DocShare", {"share_doctype": "Child", "share_name": stage.there.child})


def test_what_hangs_on_a_record_is_the_records(stage: Stage, outsider: Browser) -> None:
	"""A message and a tag of the framework are opened and changed by whoever may see the record, and made by nobody else."""
	message = {
		"doctype": "Notification Log",
		"for_user": stage.here.place.entry,
		"subject": f"{stage.here.mark} said",
	}
	tag = {"doctype": "Tag Link", "title": f"{stage.here.mark} tag"}
	for values in (message, tag):
		about = {"document_type": "Child", "document_name": stage.here.child}
		row = frappe.get_doc(values | about).insert(ignore_permissions=True, ignore_links=True)
		frappe.db.commit()
		path = f"/api/resource/{row.doctype}"
		answers = [
			outsider.get(f"{path}/{row.name}"),
			outsider.get("/printview", doctype=row.doctype, name=row.name),
			outsider.put(f"{path}/{row.name}", {"subject": "changed", "title": "changed"}),
			outsider.post(path, values | about),
		]
		row.delete(ignore_permissions=True, force=True)
		frappe.db.commit()
		assert [answer.status_code for answer in answers] == [403] * 4, row.doctype
		assert not any(stage.here.mark in answer.text for answer in answers)


def test_a_strangers_file_is_not_liked(stage: Stage, outsider: Browser) -> None:
	for add in ("Yes", "No"):
		answer = outsider.call(
			"frappe.desk.like.toggle_like", doctype="File", name=stage.here.names[3], add=add
		)
		assert answer.status_code == 403, answer.text[:300]


def test_files_above_ones_level_are_not_listed(stage: Stage, reader: Browser) -> None:
	"""The district's manager reads level 1, so he lists the photograph; an inspector reads none and lists none."""
	from isolation.browser import PASSWORD
	from social_care.tests import places

	frappe.set_user("Administrator")
	user = places._staff("inspector.here", "Inspector", org_unit=stage.here.place.district)
	frappe.utils.password.update_password(user, PASSWORD)
	frappe.db.commit()
	asked = {
		"fields": ["name"],
		"filters": [["attached_to_name", "=", stage.here.child]],
		"limit_page_length": 0,
	}
	photo, paper = stage.here.names[3:5]
	assert photo in reader.get("/api/resource/File", **asked).text
	seen_by_inspector = stage.browser(user).get("/api/resource/File", **asked).text
	assert photo not in seen_by_inspector and paper in seen_by_inspector


def test_a_file_on_a_file_closes_no_list(stage: Stage, outsider: Browser) -> None:
	"""Whoever hangs a file on another one disturbs nobody's list of files."""
	from social_care.tests import factories

	frappe.set_user("Administrator")
	first = factories.file(b"one", "one.txt")
	second = factories.file(b"two", "two.txt", attached_to_doctype="File", attached_to_name=first.name)
	frappe.db.commit()
	answer = outsider.get("/api/resource/File", fields=["name"], limit_page_length=0)
	for file in (second, first):
		frappe.delete_doc("File", file.name, force=True)
	frappe.db.commit()
	assert answer.status_code == 200 and second.name not in answer.text, answer.text[:300]
