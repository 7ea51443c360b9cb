"""A penalty without a proven violation is refused at each door a client has: the form, REST, the Workflow, a data import."""

import csv
import io
import time
from collections.abc import Callable
from dataclasses import dataclass, field

import frappe
import pytest
from frappe.utils import nowdate
from social_care_inspections.tests.cases import step
from social_care_inspections.tests.violation_cases import BASIS, decision, inquiry

from isolation.browser import Browser
from isolation.records import Stage, account

RECORD, PENALTY = "Violation Record", "Violation Penalty"
OPINION = {"legal_opinion": "يجوز قانونا"}
REFUSED = (403, 404, 417)
WAIT = 90
NOT_PROVEN = ("Observed", "In Investigation", "Not Proven", "Penalised", "Under Appeal", "Executed", "Closed")


@dataclass
class Court:
	"""Violations in each state, and who works on them."""

	stage: Stage
	inspector: str
	adviser: str
	records: dict[str, str] = field(default_factory=dict)

	def by(self, user: str, doc, status: str, **values):
		frappe.set_user(user)
		return step(doc, status, **values)

	def observed(self):
		frappe.set_user(self.inspector)
		values = {"violation_type": "AD-02", "description": "عشرون ملفا بلا شهادة ميلاد"}
		home = {"doctype": RECORD, "institution": self.stage.here.place.institution}
		return frappe.get_doc(home | values).insert()

	def investigated(self):
		doc = self.by(self.inspector, self.observed(), "In Investigation")
		doc.update(inquiry())
		return doc.save()

	def concluded(self, status: str):
		return self.by(self.stage.here.place.chief, self.investigated(), status)

	def drafted(self, record: str):
		frappe.set_user(self.stage.here.place.chief)
		return frappe.get_doc({"doctype": PENALTY, **values(record)}).insert()

	def decided(self):
		"""A penalised violation and its penalty."""
		record = self.concluded("Proven")
		doc = self.by(self.stage.here.place.chief, self.drafted(record.name), "Before the Legal Adviser")
		doc = self.by(self.adviser, doc, "Opinion Given", **OPINION)
		return record, self.by(self.stage.country.head, doc, "Decided", **decision())

	def fill(self) -> None:
		"""One record in each state but «Proven», and one in that."""
		head, chief, home = (
			self.stage.country.head,
			self.stage.here.place.chief,
			self.stage.here.place.director,
		)
		closed = self.by(head, self.concluded("Not Proven"), "Closed", closing_note="حُفظت")
		penalised, _penalty = self.decided()
		appealed, penalty = self.decided()
		self.by(home, penalty, "Under Appeal", appeal_text="صُححت المخالفة قبل القرار")
		executed, penalty = self.decided()
		self.by(chief, penalty, "Executed", executed_on=nowdate())
		self.records = {
			"Observed": self.observed().name,
			"In Investigation": self.investigated().name,
			"Not Proven": self.concluded("Not Proven").name,
			"Proven": self.concluded("Proven").name,
			"Penalised": penalised.name,
			"Under Appeal": appealed.name,
			"Executed": executed.name,
			"Closed": closed.name,
		}


def values(record: str) -> dict:
	"""A penalty as a form sends it."""
	return {
		"violation_record": record,
		"penalty_kind": "PE-01",
		"target": "Institution",
		"legal_basis": BASIS,
	}


@pytest.fixture(scope="module")
def court(stage: Stage) -> Court:
	inspector = account("Inspector", stage.here.place.directorate)
	made = Court(stage, inspector, account("Legal Adviser", "HQ"))
	made.fill()
	frappe.set_user("Administrator")
	frappe.db.commit()
	states = {name: frappe.db.get_value(RECORD, key, "status") for name, key in made.records.items()}
	assert states == {name: name for name in made.records}
	return made


def penalties(record: str) -> int:
	frappe.db.rollback()
	return frappe.db.count(PENALTY, {"violation_record": record})


Door = Callable[[Browser, dict], object]
SAVE = "frappe.desk.form.save.savedocs"
NEW = {"doctype": PENALTY, "__islocal": 1, "__unsaved": 1}
DOORS: dict[str, Door] = {
	"form": lambda b, row: b.call(SAVE, doc=NEW | {"name": "new-violation-penalty-1"} | row, action="Save"),
	"REST": lambda b, row: b.post(f"/api/resource/{PENALTY}", row),
	"client.insert": lambda b, row: b.call("frappe.client.insert", doc={"doctype": PENALTY} | row),
	"client.insert_many": lambda b, row: b.call(
		"frappe.client.insert_many", docs=[{"doctype": PENALTY} | row]
	),
	"client.save": lambda b, row: b.call("frappe.client.save", doc=NEW | row),
}


class TestDoors:
	@pytest.mark.parametrize("door", DOORS)
	@pytest.mark.parametrize("state", NOT_PROVEN)
	@pytest.mark.parametrize("who", ["chief", "head"])
	def test_refused_from_any_other_state(self, court: Court, door: str, state: str, who: str) -> None:
		stage = court.stage
		browser = stage.browser(stage.here.place.chief if who == "chief" else stage.country.head)
		record = court.records[state]
		before = penalties(record)
		for row in (values(record), values(record) | {"status": "Decided"} | decision()):
			answer = DOORS[door](browser, row)
			assert answer.status_code in REFUSED, answer.text[:300]
		assert penalties(record) == before

	@pytest.mark.parametrize("door", [name for name in DOORS if name != "client.save"])
	def test_open_from_proven(self, court: Court, door: str) -> None:
		"""The same calls make a draft where the violation is proven, so what refuses them is the state."""
		record = court.records["Proven"]
		before = penalties(record)
		browser = court.stage.browser(court.stage.here.place.chief)
		answer = DOORS[door](browser, values(record) | {"status": "Decided"})
		assert answer.status_code == 200, answer.text[:400]
		assert penalties(record) == before + 1
		newest = frappe.get_all(
			PENALTY, {"violation_record": record}, pluck="status", order_by="creation desc", limit=1
		)
		assert newest == ["Draft"]


class TestWorkflow:
	"""Steps of a penalty whose violation is not proven any more, and of violations around «Proven»."""

	@pytest.fixture
	def stale(self, court: Court):
		"""A draft whose violation went back to its investigation behind the system's back."""
		record = court.concluded("Proven")
		penalty = court.drafted(record.name)
		frappe.set_user("Administrator")
		frappe.db.set_value(RECORD, record.name, "status", "In Investigation")
		frappe.db.commit()
		return penalty

	@pytest.mark.parametrize("action", ["Ask the Legal Adviser", "Decide on Penalty"])
	def test_no_step_of_the_penalty(self, court: Court, stale, action: str) -> None:
		browser = court.stage.browser(court.stage.country.head)
		doc = browser.get(f"/api/resource/{PENALTY}/{stale.name}").json()["data"]
		answers = [
			browser.call("frappe.model.workflow.apply_workflow", doc=doc, action=action),
			browser.call(SAVE, doc=doc | {"status": "Decided"} | decision(), action="Save"),
			browser.put(f"/api/resource/{PENALTY}/{stale.name}", {"status": "Before the Legal Adviser"}),
		]
		assert [answer.status_code in REFUSED for answer in answers] == [True] * 3, answers[0].text[:300]
		browser.call(
			"frappe.model.workflow.bulk_workflow_approval",
			docnames=[stale.name],
			doctype=PENALTY,
			action=action,
		)
		frappe.db.rollback()
		assert frappe.db.get_value(PENALTY, stale.name, "status") == "Draft"

	@pytest.mark.parametrize("state", ["Observed", "In Investigation", "Not Proven"])
	@pytest.mark.parametrize("target", ["Penalised", "Under Appeal", "Executed", "Proven"])
	def test_no_violation_is_set_to_penalised(self, court: Court, state: str, target: str) -> None:
		name = court.records[state]
		browser = court.stage.browser(court.inspector)
		doc = browser.get(f"/api/resource/{RECORD}/{name}").json()["data"]
		answers = [
			browser.put(f"/api/resource/{RECORD}/{name}", {"status": target}),
			browser.call(SAVE, doc=doc | {"status": target}, action="Save"),
			browser.call(
				"frappe.client.set_value", doctype=RECORD, name=name, fieldname="status", value=target
			),
			browser.call("frappe.model.workflow.apply_workflow", doc=doc, action="Find Proven"),
		]
		assert all(answer.status_code in REFUSED for answer in answers), [a.text[:200] for a in answers]
		frappe.db.rollback()
		assert frappe.db.get_value(RECORD, name, "status") == state


class TestImport:
	"""A real Data Import: the sheet is uploaded, the import is begun over HTTP, and the worker runs it."""

	def test_the_job_makes_one_of_a_proven_violation_only(self, court: Court) -> None:
		browser = Browser("Administrator", "admin")
		before = {name: penalties(name) for name in court.records.values()}
		done = self.imported(browser, list(court.records.values()))
		frappe.db.rollback()
		made = {state: penalties(name) - before[name] for state, name in court.records.items()}
		assert made == {state: int(state == "Proven") for state in court.records}
		assert done == "Partial Success"

	def test_nobody_at_a_directorate_imports(self, court: Court) -> None:
		browser = court.stage.browser(court.stage.here.place.chief)
		row = {"reference_doctype": PENALTY, "import_type": "Insert New Records"}
		assert browser.post("/api/resource/Data Import", row).status_code in REFUSED

	def imported(self, browser: Browser, records: list[str]) -> str:
		"""State of the import once its job has ended."""
		sent = browser.upload(sheet(records), f"{frappe.generate_hash(length=8)}.csv")
		assert sent.status_code == 200, sent.text[:300]
		row = {"reference_doctype": PENALTY, "import_type": "Insert New Records", "mute_emails": 1}
		row["import_file"] = sent.json()["message"]["file_url"]
		answer = browser.post("/api/resource/Data Import", row)
		assert answer.status_code == 200, answer.text[:400]
		name = answer.json()["data"]["name"]
		with scheduler_on():
			begun = browser.call(
				"frappe.core.doctype.data_import.data_import.form_start_import", data_import=name
			)
		assert begun.status_code == 200 and begun.json()["message"] is True, begun.text[:400]
		return ended(name)


class scheduler_on:
	"""The framework starts imports only while the site's scheduler is on."""

	def __enter__(self) -> None:
		self.before = frappe.db.get_single_value("System Settings", "enable_scheduler")
		self.set(1)

	def __exit__(self, *_error) -> None:
		self.set(self.before)

	def set(self, value) -> None:
		frappe.db.set_single_value("System Settings", "enable_scheduler", value)
		frappe.db.commit()
		frappe.clear_document_cache("System Settings", "System Settings")


def sheet(records: list[str]) -> bytes:
	lines = io.StringIO()
	writer = csv.writer(lines)
	writer.writerow(
		["Violation Record", "Penalty", "Against", "Law or Decree (Legal Basis)", "Article (Legal Basis)"]
	)
	for record in records:
		writer.writerow([record, "PE-01", "Institution", "قانون 149 لسنة 2019", "22"])
	return lines.getvalue().encode()


def ended(name: str) -> str:
	for _second in range(WAIT):
		frappe.db.rollback()
		status = frappe.db.get_value("Data Import", name, "status")
		if status != "Pending":
			return status
		time.sleep(1)
	raise AssertionError("the import did not end")


DENIED = {
	"director": lambda s: s.here.place.director,
	"entry": lambda s: s.here.place.entry,
	"another directorate": lambda s: s.there.place.chief,
}


class TestViolationsOfOthers:
	"""Roles of the institution and of another directorate meet a violation at no door."""

	@pytest.mark.parametrize("who", DENIED)
	@pytest.mark.parametrize("state", ["Observed", "Proven", "Penalised"])
	def test_not_read_and_not_written(self, court: Court, who: str, state: str) -> None:
		browser, name = court.stage.browser(DENIED[who](court.stage)), court.records[state]
		doc = {"doctype": RECORD, "name": name}
		answers = {
			"REST": browser.get(f"/api/resource/{RECORD}/{name}"),
			"form": browser.call("frappe.desk.form.load.getdoc", **doc),
			"print": browser.get("/printview", **doc),
			"PDF": browser.ask("frappe.utils.print_format.download_pdf", **doc),
			"write": browser.put(f"/api/resource/{RECORD}/{name}", {"severity": "Minor"}),
			"save": browser.call(SAVE, doc=doc | {"severity": "Minor"}, action="Save"),
			"step": browser.call(
				"frappe.model.workflow.apply_workflow", doc=doc, action="Open Investigation"
			),
			"delete": browser.delete(f"/api/resource/{RECORD}/{name}"),
		}
		wrong = {way: a.status_code for way, a in answers.items() if a.status_code not in REFUSED}
		assert wrong == {}
		assert not any("عشرون ملفا" in answer.text for answer in answers.values())

	@pytest.mark.parametrize("who", DENIED)
	def test_not_made_and_not_listed(self, court: Court, who: str) -> None:
		browser = court.stage.browser(DENIED[who](court.stage))
		row = {"institution": court.stage.here.place.institution, "violation_type": "AD-02"}
		row |= {"description": "س", "found_on": nowdate(), "against": "Institution"}
		new = {"doctype": RECORD, "__islocal": 1, "name": "new-violation-record-1"}
		answers = [
			browser.post(f"/api/resource/{RECORD}", row),
			browser.call(SAVE, doc=new | row, action="Save"),
			browser.call("frappe.client.insert", doc={"doctype": RECORD} | row),
		]
		assert all(answer.status_code in REFUSED for answer in answers)
		listed = browser.get(f"/api/resource/{RECORD}", fields=["*"], limit_page_length=0)
		names = set(court.records.values())
		assert listed.status_code in REFUSED or not names & {r["name"] for r in listed.json()["data"]}
		for report in ("Open Violations and Their Age",):
			ran = browser.call("frappe.desk.query_report.run", report_name=report, filters={})
			assert ran.status_code in REFUSED or not any(name in ran.text for name in names)

	@pytest.mark.parametrize("who", ["director", "another directorate"])
	def test_nor_is_a_penalty_made(self, court: Court, who: str) -> None:
		browser = court.stage.browser(DENIED[who](court.stage))
		record = court.records["Proven"]
		before = penalties(record)
		for door in DOORS.values():
			assert door(browser, values(record)).status_code in REFUSED
		assert penalties(record) == before
