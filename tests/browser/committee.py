"""A committee's session at the desk: called, sat and written by its secretary, closed by other hands."""

import frappe
from frappe.utils import add_to_date, get_datetime, now_datetime
from playwright.sync_api import expect
from social_care_kafala.tests import sessions

from tests.browser.desk import PATIENCE, Desk
from tests.browser.hands import in_cell, put, write

HERE = 3  # of five members, the chair among them: more than half


def composed(kind: str, unit: str, name: str) -> str:
	"""A committee with its members, under a name that its users read."""
	committee = sessions.committee(kind, unit)
	frappe.db.set_value("Committee", committee, "committee_name", name)
	return committee


def called(desk: Desk, committee: str, name: str, case: str) -> str:
	"""The secretary calls the session, writes who came, and puts the case on the agenda; the session's number."""
	desk.go("committee-session/new")
	desk.tab_to("committee")
	desk.choose_link(name)
	desk.page.wait_for_function("name => cur_frm.doc.committee === name", arg=committee, timeout=PATIENCE)
	began = get_datetime(add_to_date(now_datetime(), hours=-1))
	write(desk, "held_on", began.strftime("%d-%m-%Y %H:%M:%S"))
	desk.save()
	for number in range(HERE):
		in_cell(desk, "attendees", number, "attendance", "Present")
	desk.open_tab("cases_tab")
	desk.click(desk.page.get_by_role("button", name="إدراج الحالات المنتظرة في جدول الأعمال"))
	listed = desk.control("cases").locator(".grid-row[data-idx]")
	expect(listed.filter(has_text=case)).to_have_count(1, timeout=PATIENCE)
	only(desk, case)
	desk.save()
	return desk.value("name")


def only(desk: Desk, case: str) -> None:
	"""What other tests have left waiting for the committee does not stand on this agenda."""
	desk.page.evaluate(
		"""name => {
			cur_frm.doc.cases = cur_frm.doc.cases.filter((row) => row.case_name === name);
			cur_frm.doc.cases.forEach((row, at) => (row.idx = at + 1));
			cur_frm.refresh_field("cases");
		}""",
		case,
	)


def decided(desk: Desk, discussion: str) -> None:
	"""The committee sits and approves the one case with all votes; the secretary writes the minutes."""
	desk.action("افتتاح الجلسة")
	desk.expect_state("منعقدة")
	desk.open_tab("cases_tab")
	in_cell(desk, "cases", 0, "decision", "Approval")
	in_cell(desk, "cases", 0, "votes_for", HERE)
	desk.open_tab("minutes_tab")
	put(desk, discussion=discussion)
	desk.save()


def closed(desk: Desk, session: str) -> None:
	"""Other hands close the session: the decision takes effect."""
	desk.go(f"committee-session/{session}")
	desk.action("إغلاق الجلسة")
	desk.expect_state("أُغلقت الجلسة")
