"""Reports, charts and dashboards of inspection over HTTP: to whom they answer, and with the rows of his places only."""

import json
import re
from io import BytesIO

import frappe
import pytest
from frappe.utils import add_days, nowdate
from openpyxl import load_workbook
from PIL import Image, ImageDraw
from pypdf import PdfReader
from social_care.printing.testing import texts
from social_care.tests import factories
from social_care_inspections.tests.cases import completed, visit_values

from isolation.browser import Browser
from isolation.records import Stage, account

RUN, EXPORT = "frappe.desk.query_report.run", "frappe.desk.query_report.export_query"
BACKGROUND = "frappe.core.doctype.prepared_report.prepared_report.make_prepared_report"
PRINT, OF_APP = "social_care.api.prints.print_report", "social_care.api.dashboards.of_app"
VISIT, RECORD = "Institution Visit", "Violation Record"
MARK = "دار زقزوق"
# Report, and whether its lines name the institution (the others count by place).
REPORTS = {
	"Institution Visits and Their Reports": True,
	"Grades of Institutions and Their Trend": True,
	"Risk of Institutions": True,
	"Open Violations and Their Age": True,
	"Coverage of Visits": False,
	"Inspection by Governorate": False,
}
CHARTS = set(REPORTS) - {"Institution Visits and Their Reports", "Risk of Institutions"}


@pytest.fixture(scope="module", autouse=True)
def seen(stage: Stage) -> str:
	"""An institution here with an approved visit, a planned one and an open violation; its name bears a mark."""
	frappe.set_user("Administrator")
	home = factories.institution(stage.here.place.district, institution_name=MARK).name
	user = factories.staff("Inspector", stage.here.place.directorate)
	visit = completed(home, user)
	frappe.set_user("Administrator")
	values = {"status": "Approved", "report_number": "IR-ZQ-1", "approved_on": nowdate()}
	frappe.db.set_value(VISIT, visit.name, values)
	frappe.db.set_value("Institution", home, {"grade": visit.grade, "last_visit_date": nowdate()})
	more = {"institution": home, "violation_type": "AD-01", "description": "س"}
	frappe.get_doc({"doctype": RECORD, **more}).insert()
	planned = visit_values(home, user, planned_on=add_days(nowdate(), -3))
	frappe.get_doc(planned).insert()
	frappe.db.commit()
	return home


def mine(stage: Stage) -> Browser:
	return stage.browser(stage.here.place.chief)


def theirs(stage: Stage) -> Browser:
	return stage.browser(stage.there.place.chief)


def plain(answer: object) -> str:
	"""An answer as text, with its Arabic as it is read."""
	return json.dumps(answer, ensure_ascii=False, default=str)


def run(browser: Browser, report: str) -> dict:
	return browser.message(RUN, report_name=report, filters={})


def of_district(rows: list, stage: Stage) -> list:
	"""Lines about the district or the governorate here, of the reports that count by place."""
	unit = stage.here.place.district
	governorate = frappe.db.get_value("Org Unit", unit, "governorate")
	return [
		row
		for row in rows
		if isinstance(row, dict) and (row.get("unit") == unit or row.get("code") == governorate)
	]


@pytest.mark.parametrize("report", REPORTS)
def test_a_report_tells_of_the_readers_places(stage: Stage, report: str) -> None:
	here, there = (run(browser(stage), report)["result"] for browser in (mine, theirs))
	if REPORTS[report]:
		assert MARK in plain(here)
		assert MARK not in plain(there)
	else:
		assert of_district(here, stage)
		assert not of_district(there, stage)


@pytest.mark.parametrize("report", sorted(CHARTS))
def test_a_chart_draws_the_rows_of_the_report(stage: Stage, report: str) -> None:
	told = run(mine(stage), report)
	assert sum(sum(dataset["values"]) for dataset in told["chart"]["data"]["datasets"]) > 0
	labels = told["chart"]["data"]["labels"]
	assert not [label for label in labels if str(label).isascii() and str(label).isalpha()], labels


@pytest.mark.parametrize("report", REPORTS)
def test_a_workbook_is_arabic_and_of_the_readers_places(stage: Stage, report: str) -> None:
	for browser, sees in ((mine(stage), True), (theirs(stage), False)):
		answer = browser.call(
			EXPORT, report_name=report, filters={}, file_format_type="Excel", visible_idx=list(range(5000))
		)
		assert answer.status_code == 200, answer.text[:300]
		rows = list(load_workbook(BytesIO(answer.content)).active.values)
		assert not [head for head in rows[0] if str(head).isascii()], rows[0]
		if REPORTS[report]:
			assert (MARK in str(rows)) == sees


@pytest.mark.parametrize("report", REPORTS)
def test_the_official_print_is_of_the_readers_places(stage: Stage, report: str) -> None:
	answer = mine(stage).call(PRINT, report_name=report, filters={})
	assert answer.content[:5] == b"%PDF-", answer.text[:300]
	words = "".join(texts(answer.content))
	assert "Grade" not in words and "Visits" not in words
	other = theirs(stage).call(PRINT, report_name=report, filters={})
	assert other.content[:5] == b"%PDF-", other.text[:300]
	assert MARK not in "".join(texts(other.content))


@pytest.mark.parametrize("report", REPORTS)
def test_no_copy_is_prepared_for_later(stage: Stage, report: str) -> None:
	"""A prepared report would be read long after a reader has left his place."""
	before = frappe.db.count("Prepared Report")
	answer = theirs(stage).call(BACKGROUND, report_name=report, filters={})
	frappe.db.rollback()
	assert answer.status_code == 403 or frappe.db.count("Prepared Report") == before, answer.text[:300]


@pytest.mark.parametrize("report", REPORTS)
def test_nobody_else_runs_it(stage: Stage, guest: Browser, report: str) -> None:
	entry = stage.browser(stage.here.place.entry)
	for channel, asked in (
		(RUN, {}),
		(EXPORT, {"file_format_type": "Excel", "include_indentation": 0}),
		(PRINT, {}),
	):
		for browser in (entry, guest):
			answer = browser.call(channel, report_name=report, filters={}, **asked)
			assert answer.status_code in (401, 403), (channel, answer.status_code)


@pytest.mark.parametrize("name", ["inspection", "sector_adviser"])
def test_a_dashboard_counts_the_readers_rows(stage: Stage, guest: Browser, name: str) -> None:
	here, there = (plain(browser(stage).message(OF_APP, name=name)) for browser in (mine, theirs))
	assert f'"{MARK}"' in here
	assert MARK not in there
	entry = stage.browser(stage.here.place.entry).message(OF_APP, name=name)
	assert RECORD not in plain(entry)
	assert guest.call(OF_APP, name=name).status_code in (401, 403)
	assert mine(stage).call(OF_APP, name="nothing").status_code == 404


def test_the_inspectors_account_is_refused_what_it_does_not_read(stage: Stage) -> None:
	lawyer = Browser(account("Legal Adviser", stage.here.place.directorate))
	assert MARK in plain(run(lawyer, "Open Violations and Their Age")["result"])
	assert lawyer.call(RUN, report_name="Risk of Institutions", filters={}).status_code == 403


def photograph(width: int, height: int) -> bytes:
	"""A picture with something to see, as a camera makes it."""
	picture = Image.effect_noise((width, height), 60)
	ImageDraw.Draw(picture).rectangle((10, 10, width // 2, height // 2), fill=0)
	out = BytesIO()
	picture.convert("RGB").save(out, "JPEG")
	return out.getvalue()


@pytest.mark.parametrize("sizes", [[(800, 600)], [(600, 400)] * 12, [(4000, 3000), (600, 1800)]], ids=len)
def test_the_report_is_printed_with_its_photographs(stage: Stage, seen: str, sizes: list) -> None:
	frappe.set_user("Administrator")
	name = frappe.db.get_value(VISIT, {"institution": seen, "status": "Approved"})
	frappe.db.delete("Inspection Evidence", {"parent": name})
	visit = frappe.get_doc(VISIT, name)
	for number, (width, height) in enumerate(sizes):
		file = {"file_name": f"zq-{number}.jpg", "is_private": 1, "content": photograph(width, height)}
		of_visit = {"attached_to_doctype": VISIT, "attached_to_name": name}
		stored = frappe.get_doc({"doctype": "File", **file, **of_visit}).insert()
		row = visit.append(
			"evidence", {"file": stored.file_url, "caption": "مدخل الدار", "indicator_code": "A1.1"}
		)
		row.db_insert()
	frappe.db.commit()
	asked = {"doctype": VISIT, "name": name, "format": "Inspection Report"}
	answer = mine(stage).ask("frappe.utils.print_format.download_pdf", **asked)
	assert answer.content[:5] == b"%PDF-", answer.text[:300]
	pages = PdfReader(BytesIO(answer.content)).pages
	shown = [image for page in pages for image in page.images if min(image.image.size) > 100]
	assert len(shown) >= len(sizes)
	words = "".join(texts(answer.content))
	assert words.count("مدخل الدار") == len(sizes)
	assert not re.search(r"[A-Za-z]{4,} [A-Za-z]{3,}", words), "an English sentence is left"
	refused = theirs(stage).ask("frappe.utils.print_format.download_pdf", **asked)
	assert refused.content[:5] != b"%PDF-"
