"""Row 5 and the writing half of rows 1, 3, 4 and 23: nothing outside one's scope or right is changed, on any way."""

import frappe
import pytest
from social_care.tests import factories

from isolation.records import Stage, Victim
from isolation.writing import BESIDE, RECORD

OUTSIDERS = (
	"entry",
	"chief",
)  # the reach of the director is that of the entry user, of the officer that of the chief
TABLES = ("Child", "Person", "Family", "Placement", "Education Record", "Identity Paper", "Health Record")


def everything(victim: Victim) -> dict:
	"""All that is stored of a child and around it."""
	names = [victim.child, victim.person, victim.family, victim.placement]
	rows = {
		doctype: frappe.get_all(doctype, filters={"name": ["in", names]}, fields=["*"])
		for doctype in TABLES[:4]
	}
	rows |= {
		doctype: frappe.get_all(doctype, filters={"parent": victim.child}, fields=["*"], order_by="name")
		for doctype in TABLES[4:]
	}
	rows["placements"] = frappe.db.count("Placement", {"child": victim.child})
	beside = {
		"Comment": "reference_name",
		"ToDo": "reference_name",
		"DocShare": "share_name",
		"Tag Link": "document_name",
	}
	beside |= {"Document Follow": "ref_docname", "Communication": "reference_name", "Family Member": "person"}
	for doctype, field in beside.items():
		rows[doctype] = frappe.db.count(doctype, {field: ["in", names]})
	files = {"name": ["in", victim.names[3:]]}
	rows["File"] = frappe.get_all(
		"File",
		filters=files,
		fields=["file_url", "is_private", "attached_to_doctype", "attached_to_name"],
		order_by="name",
	)
	rows["files"] = frappe.db.count("File", {"attached_to_name": ["in", names]})
	return rows


@pytest.mark.parametrize("role", OUTSIDERS)
@pytest.mark.parametrize("way", RECORD | BESIDE)
def test_an_outsider_changes_nothing(stage: Stage, way: str, role: str) -> None:
	before = everything(stage.here)
	answer = (RECORD | BESIDE)[way](stage.browser(getattr(stage.country.there, role)), stage.here)
	frappe.db.rollback()
	assert everything(stage.here) == before, f"{answer.status_code} {answer.text[:600]}"
	assert stage.here.mark not in answer.text


@pytest.mark.parametrize("role", ["entry", "officer"])
def test_bulk_actions_report_what_they_did_not_change(stage: Stage, role: str) -> None:
	browser = stage.browser(getattr(stage.country.there, role))
	names = [stage.here.child, stage.there.child]
	answer = browser.call(
		"frappe.desk.doctype.bulk_update.bulk_update.submit_cancel_or_update_docs",
		doctype="Child",
		docnames=names,
		action="update",
		data={"room_group": "bulk"},
	)
	frappe.db.rollback()
	assert frappe.db.get_value("Child", stage.here.child, "room_group") != "bulk"
	refused = answer.status_code == 403
	assert refused or stage.here.child in answer.json()["message"]
	assert not refused or frappe.db.get_value("Child", stage.there.child, "room_group") != "bulk"


class TestOptions:
	"""Row 3: an option that is not in the list is refused, on every way of writing."""

	WRONG = (
		{"sex": "Robot"},
		{"religion": "Zq"},
		{"parentage": "Zq"},
		{"national_number_status": "Zq"},
		{"life_state": "Zq"},
		{"file_state": "Zq"},
	)

	@pytest.mark.parametrize("values", WRONG, ids=str)
	def test_refused_or_ignored(self, stage: Stage, values: dict) -> None:
		browser, name = stage.browser(stage.here.place.entry), stage.here.child
		((field, _value),) = values.items()
		before = frappe.db.get_value("Child", name, field)
		answers = [
			browser.put(f"/api/resource/Child/{name}", values),
			browser.call("frappe.client.set_value", doctype="Child", name=name, fieldname=values),
			browser.call("frappe.client.bulk_update", docs=[{"doctype": "Child", "docname": name, **values}]),
			browser.call(
				"frappe.desk.doctype.bulk_update.bulk_update.submit_cancel_or_update_docs",
				doctype="Child",
				docnames=[name],
				action="update",
				data=values,
			),
		]
		frappe.db.rollback()
		assert frappe.db.get_value("Child", name, field) == before
		if field not in ("life_state", "national_number_status"):  # kept by the system whatever is sent
			assert all(answer.status_code in (403, 417) for answer in answers[:2]), [
				answer.text[:200] for answer in answers
			]

	def test_refused_on_entry(self, stage: Stage) -> None:
		browser = stage.browser(stage.here.place.entry)
		values = factories.child_values(
			stage.here.place.institution, sex="Robot", national_number="", national_number_status="In Process"
		)
		assert browser.post("/api/resource/Child", values).status_code == 417


class TestOneself:
	"""Row 4: nobody changes his own roles, assignments or place."""

	def rights(self, user: str) -> tuple:
		frappe.db.rollback()
		assignments = frappe.get_all(
			"Staff Assignment", filters={"user": user}, fields=["*"], order_by="name"
		)
		return sorted(frappe.get_all("Has Role", filters={"parent": user}, pluck="role")), assignments

	WAYS = {
		"roles by REST": lambda b, a: b.put(
			f"/api/resource/User/{b.user}", {"roles": [{"role": "System Manager"}]}
		),
		"a role row": lambda b, a: b.post(
			"/api/resource/Has Role",
			{"parent": b.user, "parenttype": "User", "parentfield": "roles", "role": "System Manager"},
		),
		"a role row by the client": lambda b, a: b.call(
			"frappe.client.insert",
			doc={
				"doctype": "Has Role",
				"parent": b.user,
				"parenttype": "User",
				"parentfield": "roles",
				"role": "Directorate Director",
			},
		),
		"role profile": lambda b, a: b.call(
			"frappe.client.set_value",
			doctype="User",
			name=b.user,
			fieldname="role_profile_name",
			value="مدير المديرية",
		),
		"profile form": lambda b, a: b.call(
			"frappe.core.doctype.user.user.update_profile_info",
			profile_info={"roles": [{"role": "System Manager"}], "user_type": "System User"},
		),
		"kind of user": lambda b, a: b.put(
			f"/api/resource/User/{b.user}", {"user_type": "System User", "api_key": "x"}
		),
		"own assignment": lambda b, a: b.put(
			f"/api/resource/Staff Assignment/{a}",
			{"org_unit": "HQ", "valid_to": None, "role": "Central Administration Head"},
		),
		"another assignment": lambda b, a: b.post(
			"/api/resource/Staff Assignment",
			{
				"user": b.user,
				"role": "Directorate Director",
				"scope": "Unit and Below",
				"org_unit": "HQ",
				"valid_from": "2026-01-01",
			},
		),
		"deleting it": lambda b, a: b.delete(f"/api/resource/Staff Assignment/{a}"),
		"data officer": lambda b, a: b.post(
			"/api/resource/Data Officer",
			{"user": b.user, "directorate": "T-THERE", "valid_from": "2020-01-01"},
		),
		"user permission": lambda b, a: b.post(
			"/api/resource/User Permission",
			{"user": b.user, "allow": "Institution", "for_value": "T-THERE-HOME"},
		),
		"default institution": lambda b, a: b.call(
			"frappe.client.set_default", key="institution", value="T-THERE-HOME"
		),
		"permission rule": lambda b, a: b.call(
			"frappe.core.page.permission_manager.permission_manager.add",
			parent="Child",
			role="Social Care User",
			permlevel=0,
		),
		"settings": lambda b, a: b.put(
			"/api/resource/Social Care Settings/Social Care Settings",
			{"delegable_roles": [{"role": "Directorate Director"}]},
		),
		"the institution's unit": lambda b, a: b.put(
			"/api/resource/Institution/T-HERE-HOME", {"org_unit": "T-THERE-1"}
		),
	}

	@pytest.mark.parametrize("role", ["entry", "chief"])
	@pytest.mark.parametrize("way", WAYS)
	def test_nothing_is_gained(self, stage: Stage, way: str, role: str) -> None:
		user = getattr(stage.country.here, role)
		before, own = self.rights(user), frappe.db.get_value("Staff Assignment", {"user": user})
		delegable = frappe.get_all("Delegable Role", pluck="role", order_by="role")
		answer = self.WAYS[way](stage.browser(user), own)
		assert self.rights(user) == before, answer.text[:400]
		assert frappe.get_all("Delegable Role", pluck="role", order_by="role") == delegable
		assert frappe.db.get_value("Institution", "T-HERE-HOME", "org_unit") == "T-HERE-1"
		assert stage.browser(user).get(f"/api/resource/Child/{stage.there.child}").status_code == 403


class TestFourEyes:
	"""Row 23: whoever entered the file approves it on no way."""

	APPROVED = {"file_state": "Approved"}
	WAYS = {
		"workflow action": lambda b, n: b.call(
			"frappe.model.workflow.apply_workflow", doc={"doctype": "Child", "name": n}, action="Approve File"
		),
		"REST put": lambda b, n: b.put(f"/api/resource/Child/{n}", TestFourEyes.APPROVED),
		"set_value": lambda b, n: b.call(
			"frappe.client.set_value", doctype="Child", name=n, fieldname=TestFourEyes.APPROVED
		),
		"bulk workflow action": lambda b, n: b.call(
			"frappe.model.workflow.bulk_workflow_approval",
			doctype="Child",
			docnames=[n],
			action="Approve File",
		),
		"bulk edit": lambda b, n: b.call(
			"frappe.desk.doctype.bulk_update.bulk_update.submit_cancel_or_update_docs",
			doctype="Child",
			docnames=[n],
			action="update",
			data=TestFourEyes.APPROVED,
		),
		"client.bulk_update": lambda b, n: b.call(
			"frappe.client.bulk_update", docs=[{"doctype": "Child", "docname": n, **TestFourEyes.APPROVED}]
		),
		"saving the form": lambda b, n: b.call(
			"frappe.desk.form.save.savedocs",
			action="Save",
			doc={**b.get(f"/api/resource/Child/{n}").json()["data"], **TestFourEyes.APPROVED},
		),
	}

	def waiting(self, stage: Stage, owner: str) -> str:
		"""A reviewed file that `owner` has entered."""
		frappe.set_user("Administrator")
		child = factories.child(stage.here.place.institution).name
		values = {
			"file_state": "Reviewed by Directorate",
			"owner": owner,
			"reviewed_by": stage.here.place.officer,
			"content_editors": owner,
		}
		frappe.db.set_value("Child", child, values)
		frappe.db.commit()
		return child

	@pytest.mark.parametrize("way", WAYS)
	def test_refused_to_who_entered_and_open_to_another(self, stage: Stage, way: str) -> None:
		browser = stage.browser(stage.here.place.chief)
		own, others = self.waiting(stage, stage.here.place.chief), self.waiting(stage, stage.here.place.entry)
		answers = [self.WAYS[way](browser, own), self.WAYS[way](browser, others)]
		frappe.db.rollback()
		states = [frappe.db.get_value("Child", name, "file_state") for name in (own, others)]
		assert states == ["Reviewed by Directorate", "Approved"], [answer.text[:400] for answer in answers]
