"""A list of beneficiaries as those who work with it see it: loaded, rejected rows fetched, proposed, signed, what is left."""

import io
from collections.abc import Iterator
from pathlib import Path
from unittest.mock import patch

import frappe
import pytest
from openpyxl import load_workbook
from playwright.sync_api import expect
from social_care.cash_support import decisions, loading
from social_care.tests import beneficiary_lists, factories
from social_care.tests.beneficiary_cases import campaign, limit

from engine import paths
from tests.browser.desk import PATIENCE, Desk
from tests.browser.sight import complaints
from tests.browser.world import World, _person

PICTURES = paths.ROOT / "var" / "pictures"
ROWS = 1200
SIZES = {"wide": (1366, 850), "phone": (390, 844)}


@pytest.fixture(scope="module")
def manager(world: World) -> str:
	frappe.set_user("Administrator")
	there = frappe.get_all("Org Unit", {"level": "Directorate"}, pluck="governorate")
	for code in set(beneficiary_lists.CODES) - set(there):
		factories.org_unit(governorate=code)
	limit()
	name = _person("General Manager", {"org_unit": "HQ"}, "طارق سليمان")
	frappe.db.commit()
	return name


@pytest.fixture(scope="module")
def opened(manager: str) -> Iterator[str]:
	frappe.set_user("Administrator")
	values = {"title": "نقل 400 ألف مستفيد إلى تكافل وكرامة", "grievance_service": "SC-43"}
	name = campaign(**values, directive_number="17", directive_text="سرعة الانتهاء من النقل بعد التحقق")
	frappe.db.commit()
	yield name
	frappe.db.rollback()
	frappe.db.delete("Support Enrolment", {"programme": "TK", "review": ["is", "set"]})
	for doctype in ("Beneficiary Review", "Beneficiary Decision", loading.BATCH):
		frappe.db.delete(doctype, {"campaign": name})
	frappe.db.commit()


def look(desk: Desk, name: str) -> None:
	"""Arabic, from right to left and no wider than its window, on a wide screen and on a phone."""
	PICTURES.mkdir(exist_ok=True)
	for size, (wide, high) in SIZES.items():
		desk.page.set_viewport_size({"width": wide, "height": high})
		desk.settle()
		desk.page.evaluate("() => { $('.desk-alert').remove(); }")
		desk.picture(PICTURES / f"beneficiaries-{name}-{size}.png", wide, high)
		assert not complaints(desk.page), (name, size, complaints(desk.page))
	desk.page.set_viewport_size({"width": 1366, "height": 850})
	desk.settle()


def button(desk: Desk, text: str):
	return desk.page.locator(
		".page-actions button:visible, .inner-toolbar button:visible", has_text=text
	).first


def load(desk: Desk, name: str, folder: Path) -> str:
	path = folder / "list.csv"
	beneficiary_lists.write(path, ROWS)
	desk.go(f"beneficiary-review-campaign/{name}")
	desk.click(button(desk, "تحميل كشف"))
	box = desk.dialog()
	look(desk, "dialog")
	box.locator("input[type=file]").set_input_files(path)
	desk.click(box.locator(".modal-footer .btn-primary:visible, .btn-modal-primary:visible"))
	box.wait_for(state="hidden", timeout=PATIENCE)
	desk.page.wait_for_function("() => cur_frm && cur_frm.doctype == 'Beneficiary Import Batch'")
	return desk.page.evaluate("cur_frm.doc.name")


def finish(doctype: str, name: str, job, states: tuple[str, ...]) -> None:
	"""The worker may have been quicker."""
	frappe.db.rollback()
	if frappe.db.get_value(doctype, name, "status") not in states:
		job(name)
	frappe.db.rollback()
	assert frappe.db.get_value(doctype, name, "status") in states


def test_from_the_list_to_the_signature(
	desk_of, world: World, manager: str, opened: str, tmp_path: Path
) -> None:
	desk = desk_of(manager)
	batch = load(desk, opened, tmp_path)
	finish(loading.BATCH, batch, loading.run, ("Finished",))
	desk.go(f"beneficiary-import-batch/{batch}")
	look(desk, "batch")
	with desk.page.expect_download(timeout=PATIENCE) as fetched:
		desk.click(button(desk, "تنزيل الصفوف المرفوضة"))
	sheet = load_workbook(io.BytesIO(Path(fetched.value.path()).read_bytes())).worksheets[0]
	assert sheet.sheet_view.rightToLeft
	assert sheet.max_row - 1 == beneficiary_lists.expected(ROWS)["rejected"].total()

	desk.open_list(f"beneficiary-review?campaign={opened}")
	look(desk, "rows")
	row = frappe.db.get_value("Beneficiary Review", {"campaign": opened, "finding": "Listed Twice"})
	row = row or frappe.db.get_value("Beneficiary Review", {"campaign": opened, "result": "Does Not Qualify"})
	desk.go(f"beneficiary-review/{row}")
	look(desk, "row")

	frappe.set_user(manager)
	with patch.object(frappe, "enqueue"):
		name = decisions.propose(opened, "HQ", "Move", "مستوفون للشروط بعد الفحص", result="No Finding").name
	decisions.run(name)
	frappe.set_user("Administrator")
	head = desk_of(world.head)
	head.go(f"beneficiary-decision/{name}")
	look(head, "decision")
	head.click(button(head, "موافقة"))
	head.click(head.dialog().locator(".btn-primary:visible").first)
	head.page.wait_for_function("() => cur_frm.doc.status != 'Proposed'", timeout=PATIENCE)
	finish(decisions.DECISION, name, decisions.run, ("Applied",))
	head.go(f"beneficiary-review-campaign/{opened}")
	expect(head.page.locator(".social-care-burn-down svg").first).to_be_visible(timeout=PATIENCE)
	look(head, "campaign")
	head.go("query-report/Progress of a Beneficiary Campaign")
	head.page.locator(".dt-row-0, .dt-row").first.wait_for(timeout=PATIENCE)
	look(head, "report")
	head.go("cash-support")
	look(head, "workspace")


def test_what_fails_is_not_offered_to_be_moved(desk_of, manager: str, opened: str) -> None:
	desk = desk_of(manager)
	desk.go(f"beneficiary-review-campaign/{opened}")
	desk.click(button(desk, frappe._("Propose an Outcome", lang="ar")))
	box = desk.dialog()
	fails = box.locator("option[value='Does Not Qualify'], option[value='Deceased']")
	expect(fails).to_have_count(0)
	box.locator("select[data-fieldname=outcome]").select_option("Exclude")
	expect(fails).to_have_count(2)
	box.locator("select[data-fieldname=finding]").select_option("Deceased")
	box.locator("select[data-fieldname=outcome]").select_option("Move")
	expect(fails).to_have_count(0)
	expect(box.locator("select[data-fieldname=finding]")).to_have_value("")


def test_a_round_that_was_approved(desk_of, world: World, manager: str, tmp_path: Path) -> None:
	frappe.set_user("Administrator")
	code = factories.unique("P")
	values = {"programme_code": code, "programme_name": "دعم 75 ألف أسرة مع برنامج الغذاء العالمي"}
	values |= {"doctype": "Support Programme", "kind": "Support in Rounds", "serves": "Households"}
	values |= {"donor": "برنامج الغذاء العالمي", "target_households": 75_000, "rounds_planned": 3}
	frappe.get_doc(values | {"amount_per_round": 450}).insert()
	frappe.db.commit()
	desk = desk_of(manager)
	desk.go(f"support-programme/{code}")
	look(desk, "programme")
	desk.click(button(desk, "بدء دفعة"))
	desk.click(desk.dialog().locator(".btn-primary:visible").first)
	desk.page.wait_for_function("() => cur_frm && cur_frm.doctype == 'Support Round' && !cur_frm.is_new()")
	look(desk, "round")
