"""A grandmother asks for a permit on a small telephone, brings a paper, follows, answers, appeals and rates, in Arabic."""

from pathlib import Path

import frappe
import pytest
from frappe.utils import add_days, nowdate
from isolation.citizens import PHONE as NUMBER
from isolation.citizens import PLENTY, move, picture, publish, set_limits
from playwright.sync_api import Page, expect
from social_care.services.tests.cases import VISITS
from social_care.tests import factories

from tests.browser.conftest import Opener
from tests.browser.desk import PATIENCE, URL
from tests.browser.sight import complaints
from tests.browser.world import World

SMALL = {
	"viewport": {"width": 360, "height": 740},
	"has_touch": True,
	"is_mobile": True,
	"device_scale_factor": 2,
}
FEWEST = 44  # pixels of a target for a thumb


@pytest.fixture(autouse=True, scope="module")
def _published(site: str):
	publish()
	set_limits(PLENTY)


def worker(world: World) -> str:
	email = "worker.browser@test.invalid"
	if not frappe.db.exists("User", email):
		factories.user("worker.browser", email)
		factories.assign(email, "Institution Social Worker", institution=world.institution)
		frappe.db.commit()
	return email


def request_of(receipt: str):
	frappe.db.rollback()
	return frappe.get_doc(VISITS, {"receipt": receipt})


def looked_at(page: Page, folder: Path, name: str, allowed: tuple[str, ...] = ()) -> None:
	"""A picture of the whole page; nothing English, nothing cut off, every target large enough."""
	page.screenshot(path=folder / f"{name}.png", full_page=True)
	assert not complaints(page, allowed)
	assert page.evaluate("document.documentElement.scrollWidth <= innerWidth + 1"), f"{name} scrolls sideways"
	small = page.evaluate(
		"""least => [...document.querySelectorAll('button, select, input:not(.unseen), textarea, .choose, .button, summary')]
		.filter(node => node.checkVisibility()).map(node => [node.outerHTML.slice(0, 80), node.getBoundingClientRect().height])
		.filter(([, height]) => height < least)""",
		FEWEST,
	)
	assert not small, small
	unnamed = page.evaluate(
		"""[...document.querySelectorAll('input, select, textarea')].filter(node => node.checkVisibility())
		.filter(node => !node.labels.length && !node.getAttribute('aria-label')).map(node => node.outerHTML)"""
	)
	assert not unnamed, unnamed


def test_from_the_list_to_the_rating(guest_desk: Opener, world: World, tmp_path: Path) -> None:
	page = guest_desk(**SMALL).page
	receipt = applied(page, world, tmp_path)
	doc = request_of(receipt)
	assert (doc.institution, doc.stay_address, doc.subject_said) == (
		world.institution,
		"١٢ شارع النصر",
		"كريم أحمد",
	)
	assert next(row for row in doc.documents if row.document_code == "host_id").state == "Handed In"
	staff = worker(world)
	move(doc, staff, "Under Study")
	move(doc, staff, "Waiting for the Applicant", reason="صورة البطاقة غير واضحة، يرجى إعادة إرسالها")
	answered(page, receipt, tmp_path)
	decide(request_of(receipt), staff, world)
	appealed(page, receipt, tmp_path)


def applied(page: Page, world: World, folder: Path) -> str:
	page.goto(f"{URL}/services")
	looked_at(page, folder, "1-list")
	page.get_by_role("link", name="تصريح زيارة").first.tap()
	expect(page.locator("#request")).to_be_visible(timeout=PATIENCE)
	looked_at(page, folder, "2-form", ("00-000000000",))
	page.tap("#send")
	expect(page.locator("#w-applicant_name")).to_be_visible()
	looked_at(page, folder, "3-missing")
	fill(page, world)
	looked_at(page, folder, "4-filled", ("applicant.jpg",))
	page.reload()
	expect(page.locator("#kept")).to_be_visible()
	expect(page.locator("#f-stay_address")).to_have_value("١٢ شارع النصر")
	expect(page.locator("#f-place")).to_have_value(f"institution:{world.institution}", timeout=PATIENCE)
	page.locator("#file-host_id").set_input_files(
		[{"name": f"{side}.jpg", "mimeType": "image/jpeg", "buffer": picture()} for side in ("front", "back")]
	)
	expect(page.locator(".paper[data-paper=host_id] bdi")).to_have_text("front.jpg، back.jpg")
	page.locator("#send").dblclick()
	expect(page.locator("#done")).to_be_visible(timeout=PATIENCE)
	expect(page.locator("#sending .good")).to_be_visible(timeout=PATIENCE)
	receipt = page.locator("#done .number b").first.inner_text()
	looked_at(page, folder, "5-receipt", (receipt,))
	assert page.evaluate("sessionStorage.length + localStorage.length") == 0, "nothing stays on the device"
	frappe.db.rollback()
	assert frappe.db.count(VISITS, {"subject_said": "كريم أحمد", "institution": world.institution}) == 1
	return receipt


def fill(page: Page, world: World) -> None:
	page.select_option("#f-governorate", frappe.db.get_value("Institution", world.institution, "governorate"))
	expect(page.locator("#f-place")).to_be_enabled(timeout=PATIENCE)
	page.select_option("#f-place", f"institution:{world.institution}")
	page.fill("#f-applicant_name", "سعاد محمود علي حسن")
	page.fill("#f-applicant_phone", "٠١٠٠٧٦٥٤٣٢١")
	page.fill("#f-subject_said", "كريم أحمد")
	expect(page.locator("[data-name=visit_to]")).to_be_hidden()
	page.select_option("#f-permit_kind", "Overnight Stay")
	expect(page.locator("[data-name=visit_to]")).to_be_visible()
	page.fill("#f-visit_from", add_days(nowdate(), 2))
	page.fill("#f-visit_to", add_days(nowdate(), 1))
	page.fill("#f-stay_address", "١٢ شارع النصر")
	page.select_option("#f-relation_to_child", "Grandparent")
	page.locator("[data-name=host_household] .add").tap()
	page.locator("[data-column=member_name] input").fill("سعاد محمود")
	page.tap("#send")
	expect(page.locator("#w-visit_to")).to_contain_text("ليلة واحدة")
	page.fill("#f-visit_to", add_days(nowdate(), 6))


def answered(page: Page, receipt: str, folder: Path) -> None:
	page.goto(f"{URL}/services/follow")
	page.fill("#receipt", receipt.lower())
	page.fill("#phone", "01011111111")
	page.tap("#question button")
	expect(page.locator("#question .wrong")).to_be_visible(timeout=PATIENCE)
	looked_at(page, folder, "6-wrong-telephone", ("00-000000000",))
	page.fill("#phone", NUMBER)
	page.tap("#question button")
	expect(page.locator(".asked")).to_contain_text("غير واضحة", timeout=PATIENCE)
	expect(page.locator(".paper small").first).to_contain_text("عدد الملفات: 2")
	looked_at(page, folder, "7-waiting")
	page.get_by_label("ردك").fill("أرسلت صورة أوضح")
	page.get_by_role("button", name="تقديم الاستكمال").tap()
	expect(page.locator(".request dd").first).to_have_text("قيد الدراسة", timeout=PATIENCE)


def decide(doc, staff: str, world: World) -> None:
	for row in doc.documents:
		row.state = "Verified"
	doc.update({"child_view": "لا يريد", "social_worker_opinion": "Disagree"})
	doc.save()
	frappe.db.commit()
	move(doc, staff, "Before Decision")
	move(doc, world.director, "Refused", reason="رأي الابن")


def appealed(page: Page, receipt: str, folder: Path) -> None:
	page.goto(f"{URL}/services/follow")
	page.fill("#receipt", receipt)
	page.fill("#phone", NUMBER)
	page.tap("#question button")
	expect(page.locator(".request.refused")).to_be_visible(timeout=PATIENCE)
	page.locator(".stars label").nth(1).tap()
	looked_at(page, folder, "8-refused", ("★",))
	page.get_by_label("ملاحظة").fill("تأخر الرد")
	page.get_by_role("button", name="إرسال التقييم").tap()
	expect(page.get_by_text("وصل تقييمك")).to_be_visible(timeout=PATIENCE)
	page.locator("summary", has_text="تظلم").first.tap()
	page.get_by_label("ما سبب التظلم؟").fill("أرجو إعادة النظر")
	page.locator("details form button").tap()
	expect(page.locator(".request dd").first).to_have_text("تظلم قيد النظر", timeout=PATIENCE)
	looked_at(page, folder, "9-appealed")
	doc = request_of(receipt)
	assert (doc.rating, doc.rating_comment, doc.reason) == (2, "تأخر الرد", "أرجو إعادة النظر")
