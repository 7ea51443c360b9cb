"""A functional administrator makes a new service at the desk, from nothing to the first citizen's request, without code."""

import json
import time

import frappe
from playwright.sync_api import Locator, expect

from tests.browser.builder import (
	FORM,
	HANDS,
	PHONE,
	WRONG,
	choose,
	close,
	close_row,
	fill,
	new_row,
	opened_row,
	picture,
	picture_of,
	press,
	settle,
	tab,
)
from tests.browser.desk import PATIENCE, URL, Desk
from tests.browser.world import World

MINUTES = 15  # in which a new service comes to its first request


def begin(desk: Desk) -> str:
	"""«New Service» from the list; returns the draft's name."""
	desk.open_list("service-pack")
	picture(desk, "01-list")
	press(desk, "الخدمات", "خدمة جديدة")
	box = desk.dialog()
	fill(box, "name", "تصريح زيارة أسرية للمقيمين")
	fill(box, "name_en", "Resident Family Visit")
	choose(desk, box, "group", "رعاية الأطفال")
	picture(desk, "02-new-service")
	desk.click(box.locator(".btn-modal-primary"))
	desk.page.wait_for_function(
		"() => window.cur_frm?.doctype === 'Service Pack' && cur_frm.doc.definition", timeout=PATIENCE
	)
	settle(desk)
	return desk.page.evaluate("cur_frm.doc.name")


def build(desk: Desk) -> None:
	"""A choice with options, a field that is shown by a condition, a document, a longer term."""
	tab(desk, "form_tab")
	picture(desk, "03-form-tab")
	row = new_row(desk, "pack_fields")
	fill(row, "label_ar", "نوع الزيارة")
	fill(row, "label_en", "Kind of Visit")
	fill(row, "field_name", "visit_kind")
	row.locator('[data-fieldname="field_kind"] select').first.select_option("Choice from a List")
	HANDS.clicks += 2  # the kind, and the tick that it is asked for
	row.locator('[data-fieldname="required"] input[type=checkbox]').first.check()
	settle(desk)
	options(desk, row, [("داخل الدار", "Inside"), ("خارج الدار", "Outside")])
	picture(desk, "04-field-with-options")
	close_row(desk)
	row = new_row(desk, "pack_fields")
	fill(row, "label_ar", "عنوان الزيارة")
	fill(row, "label_en", "Address of the Visit")
	desk.click(row.locator('[data-fieldname="show_when"] .social-care-words'))
	picture(desk, "05-words-of-conditions")
	desk.click(desk.dialog().locator("[data-text=\"visit_kind == 'Outside'\"]"))
	settle(desk)
	close_row(desk)
	tab(desk, "documents_tab")
	row = new_row(desk, "pack_documents")
	fill(row, "title_ar", "إقرار بالتعهد")
	fill(row, "title_en", "Undertaking")
	fill(row, "required_when", "visit_kind == 'Outside'")
	close_row(desk)
	picture(desk, "06-documents")
	tab(desk, "flow_tab")
	picture(desk, "07-path")


def options(desk: Desk, row: Locator, rows: list[tuple[str, str]]) -> None:
	desk.click(row.locator('[data-fieldname="choices"] button'))
	box = desk.dialog()
	for arabic, english in rows:
		desk.click(box.locator(".grid-add-row"))
		line = box.locator(".grid-body .grid-row").last
		line.locator('.grid-static-col[data-fieldname="title_ar"]').click()
		fill(line, "title_ar", arabic)
		fill(line, "option_value", english)
	desk.click(box.locator(".btn-modal-primary"))
	box.wait_for(state="hidden", timeout=PATIENCE)
	settle(desk)


def correct_samples(desk: Desk, name: str) -> None:
	"""The samples know nothing of the new field: the head of the form says so and leads to the first of them."""
	faults = desk.page.locator(".social-care-faults")
	expect(faults).to_be_visible(timeout=PATIENCE)
	expect(faults.locator("li")).not_to_have_count(0, timeout=PATIENCE)
	picture(desk, "08-faults")
	desk.click(faults.locator("[data-fault]").first)
	opened = opened_row(desk)
	picture(desk, "09-one-click-to-the-row")
	values = opened.locator('[data-fieldname="field_values"] textarea').first
	values.fill("request_details = زيارة\nvisit_kind = Inside\nstudy_result = مناسب")
	values.press("Tab")
	HANDS.wrote(values.input_value())
	close_row(desk)
	second = desk.page.locator(f'{FORM} [data-fieldname="pack_samples"] .grid-row .btn-open-row').nth(1)
	desk.click(second)
	opened = opened_row(desk)
	choose(desk, opened, "wrong_fields", "نوع الزيارة")
	close_row(desk)
	desk.save()
	expect(faults).to_have_count(0, timeout=PATIENCE)


def preview(desk: Desk) -> None:
	"""The conditional field comes when the choice asks for it, on the citizen's side too."""
	press(desk, "تجربة", "معاينة الاستمارة")
	box = desk.dialog()
	desk.click(box.locator('[data-side="citizen"]'))
	address = box.locator('.frappe-control[data-fieldname="address_of_the_visit"]')
	expect(address).to_be_hidden()
	box.locator('.frappe-control[data-fieldname="visit_kind"] select').select_option("Outside")
	expect(address).to_be_visible(timeout=PATIENCE)
	picture(desk, "10-preview")
	close(desk)


def asked_for(desk: Desk, code: str, world: World) -> str:
	"""A citizen asks for the new service on a telephone; the receipt's number."""
	page = desk.page
	page.goto(f"{URL}/services/{code.lower()}")
	page.select_option("#f-governorate", frappe.db.get_value("Institution", world.institution, "governorate"))
	expect(page.locator("#f-place")).to_be_enabled(timeout=PATIENCE)
	page.select_option("#f-place", index=1)
	for name, text in (
		("applicant_name", "سعاد محمود علي حسن"),
		("applicant_phone", "٠١٠٠٧٦٥٤٣٢١"),
		("request_details", "زيارة حفيدي يوم الجمعة"),
		("address_of_the_visit", "١٢ شارع النصر"),
	):
		if name == "address_of_the_visit":
			expect(page.locator(f"[data-name={name}]")).to_be_hidden()
			page.select_option("#f-visit_kind", "Outside")
		page.fill(f"#f-{name}", text)
		HANDS.wrote(text)
	picture_of(page, "17-citizen-form")
	page.tap("#send")
	expect(page.locator("#done")).to_be_visible(timeout=PATIENCE)
	HANDS.clicks += 4  # three lists and the button
	picture_of(page, "18-citizen-receipt")
	return page.locator("#done .number b").first.inner_text()


def test_a_new_service_from_nothing(desk_of, guest_desk, world: World) -> None:
	begun = time.monotonic()
	desk = desk_of(world.administrator)
	desk.page.on("pageerror", lambda error: print(error.stack))
	name = begin(desk)
	build(desk)
	desk.save()
	correct_samples(desk, name)
	preview(desk)
	press(desk, "تجربة", "تشغيل الأمثلة")
	expect(desk.dialog().locator(".indicator-pill.green")).to_have_count(2, timeout=PATIENCE)
	picture(desk, "11-samples")
	close(desk)
	press(desk, "تجربة", "عرض الخطة")
	expect(desk.dialog().locator(".indicator-pill.green").first).to_be_visible(timeout=PATIENCE)
	picture(desk, "12-plan")
	close(desk)
	press(desk, "نشر")
	picture(desk, "13-publish")
	desk.click(desk.dialog().locator(".btn-primary"))
	desk.page.wait_for_function("() => cur_frm.doc.status === 'Published'", timeout=2 * PATIENCE)
	settle(desk)
	picture(desk, "14-published")
	frappe.db.rollback()
	doc = frappe.get_doc("Service Pack", name)
	assert doc.status == "Published"
	meta = frappe.get_meta(json.loads(doc.definition)["document_type"])
	assert meta.get_field("visit_kind").options == "\nInside\nOutside"
	assert meta.get_field("address_of_the_visit").depends_on
	HANDS.clicks += desk.effort.clicks
	receipt = asked_for(guest_desk(**PHONE), doc.service, world)
	frappe.db.rollback()
	[request] = frappe.get_all(meta.name, {"receipt": receipt}, ["status", "visit_kind", "channel"])
	assert request == {"status": "Received", "visit_kind": "Outside", "channel": "Citizen"}
	print(f"{HANDS}: {HANDS.seconds():.0f} s by hand, {time.monotonic() - begun:.0f} s of this machine")
	assert HANDS.seconds() < MINUTES * 60 / 2, "half of the time is left for reading and thinking"
	compare(desk, name)
	assert not WRONG, "\n".join(WRONG)
	desk.watch.expect_quiet()


def compare(desk: Desk, name: str) -> None:
	"""A new version, changed, against the published one."""
	press(desk, "الإصدار", "إصدار جديد")
	desk.page.wait_for_function(
		"name => cur_frm.doc.name !== name && cur_frm.doc.status === 'Draft'", arg=name, timeout=PATIENCE
	)
	settle(desk)
	tab(desk, "terms_tab")
	desk.control("clock_days").locator("input").fill("٢٠")
	desk.save()
	press(desk, "الإصدار", "مقارنة")
	box = desk.dialog()
	choose(desk, box, "other", name)
	desk.click(box.locator(".btn-modal-primary"))
	expect(desk.page.locator(".modal.show:visible").last).to_contain_text("«15»", timeout=PATIENCE)
	picture(desk, "15-differences")
	close(desk)
	desk.open_list("service-pack")
	picture(desk, "16-list-after")
