"""Where the children of a closing are proposed to go is read by the institution that closes on no channel before the decision."""

import json

import frappe
import pytest
from frappe.utils import nowdate
from frappe.utils.password import update_password
from social_care.tests import factories
from social_care_inspections.inspections.closings import plan

from isolation.browser import PASSWORD, Browser
from isolation.records import Stage
from isolation.test_closing_doors import path

CLOSING, PLAN = "Closing Case", "Closing Placement"
REASON = "zq-why-this-home"
FIELDS = (
	*("next_place", "to_institution", "to_institution_name", "distance_km", "keeps_school"),
	*("effective_date", "chosen_by_person", "exception_reason", "separation_reason", "unplaced_reason"),
)
HEARD = {"child_view": "يريد البقاء قريبا", "best_interests": "وُزنت البدائل"}


class Planned:
	"""A closing with a chosen place for its only child, and whoever directs the institution that closes."""

	def __init__(self, stage: Stage) -> None:
		frappe.set_user("Administrator")
		unit = stage.here.place.district
		home = factories.institution(unit, licensed_capacity=9, age_from=0, age_to=18, sex="Any").name
		self.target = f"دار zq{frappe.generate_hash(length=8)}"
		to = factories.institution(unit, institution_name=self.target, licensed_capacity=9, sex="Any").name
		self.child = factories.child(home).name
		self.director = factories.staff("Institution Director", institution=home)
		update_password(self.director, PASSWORD)
		memo = {"institution": home, "memo": "س", "reason": "Unlicensed", "expected_result": "Final Closing"}
		doc = frappe.get_doc({"doctype": CLOSING} | memo).insert()
		for status, values in path():
			doc.update({"status": status} | values)
			doc.save()
		self.case, self.home, self.code = doc.name, home, to
		self.row = frappe.db.get_value(PLAN, {"child": self.child})
		self.choose(stage.here.place.chief)
		frappe.db.commit()

	def choose(self, chief: str) -> None:
		"""By the directorate's director, with versions, as the form saves it."""
		frappe.set_user(chief)
		row = frappe.get_doc(PLAN, self.row)
		row.update(
			{"next_place": "Other Institution", "to_institution": self.code, "exception_reason": REASON}
		)
		row.save(ignore_version=False)
		row.update(HEARD)
		row.save(ignore_version=False)
		frappe.set_user("Administrator")

	def told(self, text: str) -> list[str]:
		"""What of the plan stands in an answer, also where it is escaped."""
		plain = text + text.encode().decode("unicode_escape", errors="ignore")
		return [word for word in (self.target, self.code, REASON) if word in plain]


@pytest.fixture(scope="module")
def planned(stage: Stage) -> Planned:
	return Planned(stage)


def columns(fields: tuple[str, ...]) -> list[str]:
	return [f"`tab{PLAN}`.`{field}`" for field in ("name", *fields)]


READINGS = {
	"form": lambda b, p: b.call("frappe.desk.form.load.getdoc", doctype=PLAN, name=p.row),
	"REST": lambda b, p: b.get(f"/api/resource/{PLAN}/{p.row}"),
	"REST list of all": lambda b, p: b.get(f"/api/resource/{PLAN}", fields=["*"]),
	"client.get": lambda b, p: b.call("frappe.client.get", doctype=PLAN, name=p.row),
	"client.get_list": lambda b, p: b.call("frappe.client.get_list", doctype=PLAN, fields=["name", *FIELDS]),
	"list view": lambda b, p: b.call("frappe.desk.reportview.get", doctype=PLAN, fields=columns(FIELDS)),
	"export": lambda b, p: b.call(
		"frappe.desk.reportview.export_query",
		doctype=PLAN,
		fields=columns(FIELDS),
		filters=[],
		file_format_type="CSV",
	),
	"printed page": lambda b, p: b.get("/printview", doctype=PLAN, name=p.row),
	"versions": lambda b, p: b.call("frappe.desk.form.load.get_docinfo", doctype=PLAN, name=p.row),
	"link search": lambda b, p: b.call(
		"frappe.desk.search.search_link", doctype=PLAN, txt="", reference_doctype="Closing Follow-up"
	),
	"link title": lambda b, p: b.call("frappe.desk.search.get_link_title", doctype=PLAN, docname=p.row),
	"link preview": lambda b, p: b.call(
		"frappe.desk.link_preview.get_preview_data", doctype=PLAN, docname=p.row
	),
	"through a visit afterwards": lambda b, p: b.call(
		"frappe.client.get_list",
		doctype="Closing Follow-up",
		fields=["name", "closing_placement.to_institution_name", "closing_placement.to_institution"],
	),
	"the case": lambda b, p: b.get(f"/api/resource/{CLOSING}/{p.case}"),
	"the table of the committee": lambda b, p: b.get(
		"/printview", doctype=CLOSING, name=p.case, format="Table of Re-placements"
	),
	"report": lambda b, p: b.call("frappe.desk.query_report.run", report_name="Closings and Their Follow-up"),
}


@pytest.mark.parametrize("way", READINGS)
def test_nothing_of_the_proposal(stage: Stage, planned: Planned, way: str) -> None:
	answer = READINGS[way](stage.browser(planned.director), planned)
	assert not planned.told(answer.text), (way, answer.text[:600])


def test_who_plans_reads_it_there(stage: Stage, planned: Planned) -> None:
	"""What is absent above is there for the directorate, so that the look above looks for the right thing."""
	chief = stage.browser(stage.here.place.chief)
	for way in ("form", "REST", "client.get_list", "list view", "export", "versions"):
		assert planned.told(READINGS[way](chief, planned).text), way


def test_the_institution_reads_its_own_part(stage: Stage, planned: Planned) -> None:
	answer = READINGS["REST"](stage.browser(planned.director), planned)
	row = answer.json()["data"]
	assert (row["child"], row["child_view"], row["status"]) == (planned.child, HEARD["child_view"], "Draft")


GUESSES = {
	"list": lambda b, c: b.call("frappe.client.get_list", doctype=PLAN, filters=c),
	"count": lambda b, c: b.call("frappe.client.get_count", doctype=PLAN, filters=c),
	"REST": lambda b, c: b.get(f"/api/resource/{PLAN}", filters=c),
	"report view": lambda b, c: b.call(
		"frappe.desk.reportview.get", doctype=PLAN, fields=["name"], filters=c
	),
	"link search": lambda b, c: b.call("frappe.desk.search.search_link", doctype=PLAN, txt="", filters=c),
}


@pytest.mark.parametrize("field", ["to_institution", "next_place", "exception_reason"])
@pytest.mark.parametrize("way", GUESSES)
def test_a_filter_tells_nothing(stage: Stage, planned: Planned, way: str, field: str) -> None:
	director = stage.browser(planned.director)
	values = {"to_institution": planned.code, "next_place": "Other Institution", "exception_reason": REASON}
	right = GUESSES[way](director, [[PLAN, field, "=", values[field]]])
	wrong = GUESSES[way](director, [[PLAN, field, "=", "zq-nowhere"]])
	assert right.status_code == wrong.status_code, (way, right.text[:300], wrong.text[:300])
	if right.status_code == 200:
		assert right.json() == wrong.json(), way


DOORS = {
	"REST": lambda b, p, v: b.put(f"/api/resource/{PLAN}/{p.row}", v),
	"client.set_value": lambda b, p, v: b.call(
		"frappe.client.set_value", doctype=PLAN, name=p.row, fieldname=v
	),
	"form": lambda b, p, v: b.call(
		"frappe.desk.form.save.savedocs", doc=json.dumps(stored(b, p) | v), action="Save"
	),
}


def stored(browser: Browser, planned: Planned) -> dict:
	"""The row as its reader's form holds it."""
	return READINGS["form"](browser, planned).json()["docs"][0]


@pytest.mark.parametrize("door", DOORS)
def test_the_institution_chooses_nothing_and_takes_nothing_away(
	stage: Stage, planned: Planned, door: str
) -> None:
	director = stage.browser(planned.director)
	DOORS[door](director, planned, {"next_place": "Family", "to_institution": None, "no_view_reason": door})
	frappe.db.rollback()
	row = frappe.db.get_value(PLAN, planned.row, ["next_place", "to_institution", "exception_reason"])
	assert row == ("Other Institution", planned.code, REASON)


def test_after_the_decision_the_place_is_told(stage: Stage, planned: Planned) -> None:
	"""Last in this file: place and day of the decision, and still not the reasons."""
	frappe.set_user("Administrator")
	minutes = {"committee": "لجنة", "plan_decision_number": "3/2026", "plan_decision_date": nowdate()}
	doc = frappe.get_doc(CLOSING, planned.case)
	doc.update(minutes)
	doc.save()
	doc.plan_legal_opinion = "القرار سليم"
	doc.save()
	frappe.set_user(stage.country.head)
	try:
		assert plan.approve(planned.case) == 1
	finally:
		frappe.set_user("Administrator")
	frappe.db.commit()
	director = stage.browser(planned.director)
	row = READINGS["REST"](director, planned).json()["data"]
	shown = (row["status"], row["decided_place"], row["decided_institution_name"], row["decided_day"])
	assert shown == ("Approved", "Other Institution", planned.target, nowdate())
	assert REASON not in READINGS["form"](director, planned).text
	assert "to_institution" not in row or not row["to_institution"]
