"""Papers about a child (plans, extensions, searches, cases) are read and written by whoever has the child, today."""

import frappe
import pytest
from frappe.utils import add_days, add_months, add_years, nowdate
from social_care.tests import factories

from isolation.browser import Browser
from isolation.records import Stage

AREA = {"area": "Work", "responsible": "الأخصائي"}
VALUES = {
	"Aftercare Plan": lambda mark: {
		"young_person_view": f"{mark} view",
		"goals": [{**AREA, "goal": f"{mark} goal", "due_date": add_months(nowdate(), 6)}],
	},
	"Stay Extension": lambda mark: {
		"valid_from": nowdate(),
		"valid_until": add_months(nowdate(), 6),
		"stage": "University",
		"school_name": f"{mark} faculty",
		"reason": f"{mark} reason",
	},
	"Aftercare Support": lambda mark: {
		"kind": "Study Grant",
		"amount": 4711,
		"from_date": nowdate(),
		"reason": f"{mark} reason",
		"housing_unit": f"{mark} unit",
	},
	"Family Tracing": lambda mark: {
		"relation": "Mother",
		"sought_name": f"{mark} mother",
		"opened_on": add_days(nowdate(), -9),
		"next_step": f"{mark} step",
		"next_step_due": add_days(nowdate(), -2),
	},
	"Reintegration Case": lambda mark: {
		"child_view": f"{mark} view",
		"support_items": [{"kind": "Counselling", "details": f"{mark} details"}],
	},
}
WAYS = {
	"REST record": lambda b, d, n: b.get(f"/api/resource/{d}/{n}"),
	"form": lambda b, d, n: b.call("frappe.desk.form.load.getdoc", doctype=d, name=n),
	"REST list": lambda b, d, n: b.get(f"/api/resource/{d}", fields=["*"], limit_page_length=0),
	"report view": lambda b, d, n: b.call(
		"frappe.desk.reportview.get", doctype=d, fields=[f"`tab{d}`.`name`", f"`tab{d}`.`child`"], filters=[]
	),
	"count": lambda b, d, n: b.call(
		"frappe.desk.reportview.get_count", doctype=d, filters=[[d, "name", "=", n]]
	),
	"link search": lambda b, d, n: b.call("frappe.desk.search.search_link", doctype=d, txt=n),
	"print": lambda b, d, n: b.get("/printview", doctype=d, name=n),
	"linked with": lambda b, d, n: b.call("frappe.desk.form.linked_with.get", doctype=d, docname=n),
}
REPORTS = ("Children About to Leave Care", "Aftercare Plans and Housing", "Overdue Next Steps")


@pytest.fixture(scope="module")
def papers(stage: Stage) -> tuple[str, str, dict[str, str]]:
	"""A young person at the first place with one paper of each kind, every text of which bears a mark."""
	frappe.set_user("Administrator")
	mark = "zq" + frappe.generate_hash(length=10)
	born = add_days(add_years(nowdate(), -18), -5)
	child = factories.child(stage.here.place.institution, birth_date=born, nickname=mark).name
	names = {}
	for doctype, values in VALUES.items():
		names[doctype] = frappe.get_doc({"doctype": doctype, "child": child, **values(mark)}).insert().name
	frappe.db.commit()
	return mark, child, names


def told(answer, *secrets: str) -> list[str]:
	"""Secrets in an answer that were not in the question."""
	from isolation.test_reading import question

	return [secret for secret in secrets if secret in answer.text and secret not in question(answer)]


@pytest.mark.parametrize("role", ("entry", "chief"))
@pytest.mark.parametrize("doctype", VALUES)
def test_an_outsider_reads_nothing(stage: Stage, papers, doctype: str, role: str) -> None:
	mark, child, names = papers
	browser = stage.browser(getattr(stage.country.there, role))
	for way, ask in WAYS.items():
		answer = ask(browser, doctype, names[doctype])
		assert not told(answer, mark, child, names[doctype]), (way, answer.text[:500])
		if way == "count" and answer.status_code == 200:
			assert answer.json()["message"] == 0


@pytest.mark.parametrize("doctype", VALUES)
def test_the_place_reads_it(stage: Stage, papers, doctype: str) -> None:
	"""The doors of the test above open for whoever has the child."""
	mark, child, names = papers
	browser = stage.browser(stage.here.place.chief)
	for way in ("REST record", "form"):
		answer = WAYS[way](browser, doctype, names[doctype])
		assert answer.status_code == 200 and mark in answer.text, (way, answer.text[:300])
	assert child in WAYS["report view"](browser, doctype, names[doctype]).text


@pytest.mark.parametrize("report", REPORTS)
def test_reports_show_the_readers_scope(stage: Stage, papers, report: str) -> None:
	_mark, child, _names = papers
	asked = {"report_name": report, "filters": {}}
	for user, sees in ((stage.here.place.chief, True), (stage.country.there.chief, False)):
		answer = stage.browser(user).call("frappe.desk.query_report.run", **asked)
		assert answer.status_code == 200, answer.text[:300]
		assert (child in answer.text) is sees


@pytest.mark.parametrize("doctype", VALUES)
def test_an_outsider_writes_nothing(stage: Stage, papers, doctype: str) -> None:
	_mark, child, names = papers
	browser: Browser = stage.browser(stage.country.there.entry)
	new = {"child": child, **VALUES[doctype]("xx")}
	assert browser.post(f"/api/resource/{doctype}", new).status_code in (403, 404)
	assert browser.put(f"/api/resource/{doctype}/{names[doctype]}", {"child": child}).status_code in (
		403,
		404,
	)
	step = {"doctype": doctype, "name": names[doctype]}
	answer = browser.call("frappe.model.workflow.apply_workflow", doc=step, action="Approve Plan")
	assert answer.status_code in (403, 404, 417), answer.text[:200]


def test_levels_hold_on_the_channels(stage: Stage, papers, reader: Browser) -> None:
	"""A district manager reads the plan, but neither the young person's view nor what is above level 1."""
	mark, _child, names = papers
	answer = reader.get(f"/api/resource/Aftercare Plan/{names['Aftercare Plan']}")
	assert answer.status_code == 200 and f"{mark} goal" in answer.text
	assert f"{mark} view" not in answer.text
	listed = reader.get("/api/resource/Aftercare Plan", fields=["name", "young_person_view"])
	assert f"{mark} view" not in listed.text


def test_a_sibling_elsewhere_is_not_given_away(stage: Stage) -> None:
	"""The file tells that there is one and whom to ask; neither form, print nor dialog says who or where."""
	frappe.set_user("Administrator")
	family = factories.family().name
	mark = "zq" + frappe.generate_hash(length=10)
	here = factories.child(stage.here.place.institution, family=family).name
	there = factories.child(stage.there.place.institution, family=family, nickname=mark, first_name=mark).name
	frappe.db.commit()
	browser = stage.browser(stage.here.place.entry)
	place = frappe.db.get_value("Institution", stage.there.place.institution, "institution_name")
	asked = {
		"form": browser.call("frappe.desk.form.load.getdoc", doctype="Child", name=here),
		"print": browser.get("/printview", doctype="Child", name=here, format="Child File Internal"),
		"dialog": browser.call("social_care.api.kin.siblings_of", child=here),
	}
	for way, answer in asked.items():
		assert answer.status_code == 200, (way, answer.text[:300])
		assert not told(answer, mark, there, place), way
	assert [row["elsewhere"] for row in asked["dialog"].json()["message"]] == [1]
	other = stage.browser(stage.country.there.entry).call("social_care.api.kin.siblings_of", child=here)
	assert other.status_code in (403, 404)


def test_a_state_is_not_sent_along(stage: Stage, papers) -> None:
	"""A new paper begins at the beginning, whatever its sender says of it."""
	_mark, child, _names = papers
	browser = stage.browser(stage.here.place.entry)
	values = VALUES["Stay Extension"]("xx") | {"status": "Approved", "decided_by": "Administrator"}
	answer = browser.post("/api/resource/Stay Extension", {"child": child, **values})
	assert answer.status_code == 200, answer.text[:300]
	assert answer.json()["data"]["status"] == "Draft" and not answer.json()["data"].get("decided_by")
	approve = browser.put(
		f"/api/resource/Stay Extension/{answer.json()['data']['name']}", {"status": "Approved"}
	)
	assert approve.status_code in (403, 417), approve.text[:200]
