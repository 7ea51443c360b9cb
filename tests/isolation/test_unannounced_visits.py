"""An unannounced visit does not exist for the institution before it begins, by whatever channel it looks."""

from collections.abc import Callable
from dataclasses import dataclass

import frappe
import pytest
from frappe.utils import nowdate

from isolation.browser import Browser
from isolation.records import Stage, account

VISIT = "Institution Visit"
OF_VISIT = {"doctype": VISIT}
NOTE = "Inspection Sealed Note"
HIDDEN = (403, 404, 417)

Channel = Callable[[Browser, str], object]


@dataclass
class Secret:
	"""A planned visit of which the institution must not learn, and who makes it."""

	name: str
	inspector: Browser


@pytest.fixture(scope="module")
def secret(stage: Stage) -> Secret:
	user = account("Inspector", stage.here.place.directorate)
	values = {
		"institution": stage.here.place.institution,
		"visit_kind": "Unannounced",
		"planned_on": nowdate(),
	}
	values |= {"order_number": "zq-order-77", "inspectors": [{"user": user}]}
	doc = frappe.get_doc(OF_VISIT | values).insert()
	doc.add_comment("Comment", "zq-comment-77")
	frappe.get_doc(
		{
			"doctype": NOTE,
			"institution_visit": doc.name,
			"note_kind": "Reason of the Visit",
			"note": "zq-note-77",
		}
	).insert()
	frappe.db.commit()
	return Secret(doc.name, Browser(user))


FORMS: dict[str, Channel] = {
	"form": lambda b, n: b.call("frappe.desk.form.load.getdoc", **OF_VISIT, name=n),
	"what stands beside the form": lambda b, n: b.call(
		"frappe.desk.form.load.get_docinfo", **OF_VISIT, name=n
	),
	"REST record": lambda b, n: b.get(f"/api/resource/{VISIT}/{n}"),
	"client.get": lambda b, n: b.call("frappe.client.get", **OF_VISIT, name=n),
	"print": lambda b, n: b.get("/printview", **OF_VISIT, name=n),
	"official print": lambda b, n: b.get("/printview", **OF_VISIT, name=n, format="Inspection Report"),
	"PDF": lambda b, n: b.ask("frappe.utils.print_format.download_pdf", **OF_VISIT, name=n),
	"live updates": lambda b, n: b.call("frappe.realtime.can_subscribe_doc", doctype=VISIT, docname=n),
	"steps": lambda b, n: b.call("frappe.model.workflow.get_transitions", doc={**OF_VISIT, "name": n}),
	"write": lambda b, n: b.put(f"/api/resource/{VISIT}/{n}", {"institution_reply": "س"}),
}
LISTS: dict[str, Channel] = {
	"REST list": lambda b, n: b.get(f"/api/resource/{VISIT}", fields=["*"], limit_page_length=0),
	"report view": lambda b, n: b.call(
		"frappe.desk.reportview.get", **OF_VISIT, fields=["`tabInstitution Visit`.`name`"]
	),
	"export": lambda b, n: b.call(
		"frappe.desk.reportview.export_query",
		**OF_VISIT,
		fields=["`tabInstitution Visit`.`name`"],
		file_format_type="CSV",
		title=VISIT,
	),
	"team": lambda b, n: b.call(
		"frappe.client.get_list",
		doctype="Institution Visit Inspector",
		parent=VISIT,
		fields=["parent", "user"],
		filters={"parent": n},
	),
	"link search": lambda b, n: b.call("frappe.desk.search.search_link", doctype=VISIT, txt="IV-"),
	"search of everything": lambda b, n: b.call("frappe.utils.global_search.search", text="zq-order-77"),
	"sealed notes": lambda b, n: b.get(f"/api/resource/{NOTE}", fields=["*"], limit_page_length=0),
	"comments": lambda b, n: b.get("/api/resource/Comment", fields=["*"], limit_page_length=0),
	"next steps": lambda b, n: b.get("/api/resource/Workflow Action", fields=["*"], limit_page_length=0),
	"notices": lambda b, n: b.get("/api/resource/Notification Log", fields=["*"], limit_page_length=0),
	"versions": lambda b, n: b.get("/api/resource/Version", fields=["*"], limit_page_length=0),
	"grades report": lambda b, n: b.call(
		"frappe.desk.query_report.run", report_name="Institution Visits and Their Reports", filters={}
	),
}


def counted(browser: Browser, name: str) -> list:
	"""What every way of counting says of the one row."""
	filters = [[VISIT, "name", "=", name]]
	answers = [
		browser.call("frappe.client.get_count", **OF_VISIT, filters=filters),
		browser.call("frappe.desk.reportview.get_count", **OF_VISIT, filters=filters),
		browser.call("frappe.desk.form.utils.get_next", **OF_VISIT, value="IV-", prev="0", filters=None),
	]
	return [answer.json().get("message") if answer.status_code == 200 else None for answer in answers]


@pytest.mark.parametrize("person", ["director", "entry"])
class TestBeforeItBegins:
	@pytest.mark.parametrize("way", FORMS)
	def test_by_its_name(self, stage: Stage, secret: Secret, person: str, way: str) -> None:
		browser = stage.browser(getattr(stage.here.place, person))
		answer = FORMS[way](browser, secret.name)
		assert answer.status_code in HIDDEN or answer.json().get("message") in (None, False, []), answer.text[
			:300
		]
		assert "zq-" not in answer.text

	@pytest.mark.parametrize("way", LISTS)
	def test_by_lists(self, stage: Stage, secret: Secret, person: str, way: str) -> None:
		browser = stage.browser(getattr(stage.here.place, person))
		answer = LISTS[way](browser, secret.name)
		assert secret.name not in answer.text and "zq-" not in answer.text, answer.text[:500]

	def test_by_numbers(self, stage: Stage, secret: Secret, person: str) -> None:
		found = counted(stage.browser(getattr(stage.here.place, person)), secret.name)
		assert not [number for number in found if number not in (0, None)], found


def test_a_name_of_nobody_gets_the_same_answer(stage: Stage, secret: Secret) -> None:
	"""But for the steps of a whole document that is sent: there a number of the national series tells that it was given."""
	director = stage.browser(stage.here.place.director)
	for way, ask in FORMS.items():
		if way == "steps":
			continue
		ours, nobodys = ask(director, secret.name), ask(director, "IV-2000-99999")
		assert ours.status_code == nobodys.status_code, way


def test_those_above_see_it_and_those_elsewhere_do_not(stage: Stage, secret: Secret) -> None:
	for user in (stage.here.place.chief, stage.here.place.officer, stage.country.head):
		assert stage.browser(user).get(f"/api/resource/{VISIT}/{secret.name}").status_code == 200
	for user in (stage.there.place.chief, stage.there.place.officer, stage.there.place.director):
		assert stage.browser(user).get(f"/api/resource/{VISIT}/{secret.name}").status_code in HIDDEN


def test_it_cannot_be_made_visible_by_a_request(stage: Stage, secret: Secret) -> None:
	chief, director = stage.browser(stage.here.place.chief), stage.browser(stage.here.place.director)
	answer = chief.put(
		f"/api/resource/{VISIT}/{secret.name}", {"shown_institution": stage.here.place.institution}
	)
	assert answer.status_code == 200 and not answer.json()["data"].get("shown_institution")
	assert director.get(f"/api/resource/{VISIT}/{secret.name}").status_code in HIDDEN


def test_from_its_beginning_on_the_institution_sees_it(stage: Stage, secret: Secret) -> None:
	"""Last: the visit begins. The notes stay sealed, and another institution's people see nothing of it."""
	director = stage.browser(stage.here.place.director)
	doc = {**OF_VISIT, "name": secret.name}
	assert (
		director.call("frappe.model.workflow.apply_workflow", doc=doc, action="Begin Visit").status_code
		in HIDDEN
	)
	begun = secret.inspector.call("frappe.model.workflow.apply_workflow", doc=doc, action="Begin Visit")
	assert begun.status_code == 200, begun.text[:500]
	assert director.get(f"/api/resource/{VISIT}/{secret.name}").status_code == 200
	assert counted(director, secret.name)[:2] == [1, 1]
	assert "zq-note-77" not in director.get(f"/api/resource/{NOTE}", fields=["*"]).text
	other = stage.browser(stage.there.place.director)
	assert other.get(f"/api/resource/{VISIT}/{secret.name}").status_code in HIDDEN
	answer = director.put(f"/api/resource/{VISIT}/{secret.name}", {"findings": "لا شيء"})
	assert answer.status_code in HIDDEN
