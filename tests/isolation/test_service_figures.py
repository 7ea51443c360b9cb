"""Figures of services, as the desk asks for them: those of one's own list, for cards, chart and reports."""

from io import BytesIO

import frappe
import pytest
from frappe.utils.password import update_password
from openpyxl import load_workbook
from social_care.services import versions
from social_care.services.tests.cases import VISIT, VISITS

from isolation.browser import PASSWORD, Browser
from isolation.citizens import Citizen, worker
from isolation.records import Stage

pytestmark = pytest.mark.usefixtures("services_open")
API, RUN = "social_care.api.services", "frappe.desk.query_report.run"
REPORTS = {"Requests of a Service": "received", "Requests by Answer": "requests"}


@pytest.fixture
def here(stage: Stage) -> Browser:
	"""A social worker of the institution that requests go to."""
	user = worker(stage)
	update_password(user, PASSWORD)
	frappe.db.commit()
	return stage.browser(user)


def own(browser: Browser, **filters) -> int:
	answer = browser.get(f"/api/resource/{VISITS}", filters=filters, limit_page_length=1000)
	assert answer.status_code == 200, answer.text[:300]
	return len(answer.json()["data"])


def months(browser: Browser) -> int:
	drawn = browser.message(f"{API}.requests_by_month", filters={"service": VISIT})
	return sum(drawn["datasets"][0]["values"]) if drawn["datasets"] else 0


def test_the_chart_counts_ones_own_list(stage: Stage, here: Browser, person: Citizen) -> None:
	person.apply()
	assert months(here) == own(here, submitted_on=["is", "set"]) > 0
	for user in (stage.there.place.entry, stage.there.place.chief):
		there = stage.browser(user)
		assert months(there) == 0, user


def test_every_card_of_a_service_counts(here: Browser, person: Citizen) -> None:
	person.apply()
	figures = {
		row["code"]: here.message(f"{API}.indicator", filters={"service": VISIT, "indicator": row["code"]})
		for row in versions.published(VISIT)["indicators"]
	}
	opened = figures["open_requests"]
	assert opened["value"] == own(here, **opened["route_options"]) > 0
	assert figures["overnight"]["value"] == 0


@pytest.mark.parametrize("name", REPORTS)
def test_a_report_counts_ones_own_list(stage: Stage, here: Browser, person: Citizen, name: str) -> None:
	person.apply()
	asked = {"report_name": name, "filters": {"service": VISIT, "first_answer": "permit_kind"}}
	chief = stage.browser(stage.here.place.chief)
	rows = chief.message(RUN, **asked)["result"]
	assert rows[-1][REPORTS[name]] == own(chief, submitted_on=["is", "set"]) > 0
	assert stage.browser(stage.there.place.chief).message(RUN, **asked)["result"] == []
	assert here.call(RUN, **asked).status_code == 403, "a social worker has no reports"


@pytest.mark.parametrize("name", REPORTS)
def test_a_workbook_of_a_report_is_arabic(stage: Stage, person: Citizen, name: str) -> None:
	person.apply()
	chief = stage.browser(stage.here.place.chief)
	filters = {"service": VISIT, "first_answer": "permit_kind", "places": "Governorate"}
	answer = chief.call(
		"frappe.desk.query_report.export_query",
		report_name=name,
		filters=filters,
		file_format_type="Excel",
		visible_idx=[0],
	)
	assert answer.status_code == 200, answer.text[:300]
	rows = list(load_workbook(BytesIO(answer.content)).active.iter_rows(values_only=True))
	texts = [str(cell) for row in rows for cell in row if cell is not None]
	assert len(rows) > 1 and "القاهرة" in texts
	assert not [text for text in texts if any("a" <= sign.lower() <= "z" for sign in text)], texts


def test_fields_to_count_by_are_for_readers_of_requests(stage: Stage) -> None:
	chief, officer = (stage.browser(user) for user in (stage.here.place.chief, stage.here.place.officer))
	offered = chief.message(f"{API}.answer_fields", service=VISIT)
	assert "permit_kind" in [row["value"] for row in offered]
	assert officer.call(f"{API}.answer_fields", service=VISIT).status_code == 403
