"""A visit on a phone: taken along, made without a network, sent when there is one, and erased."""

import frappe
from playwright.sync_api import Page, expect

from tests.browser.desk import PATIENCE, URL, Desk
from tests.browser.phone import (
	PHONE,
	PHRASE,
	PICTURES,
	People,
	at_the_list,
	back,
	enter,
	look,
	open_visit,
	score_area,
	sent_unasked,
	stored,
	synchronise,
	unlock,
	waiting,
)
from tests.browser.sight import complaints

ROWS = """() => new Promise((done) => { const asked = indexedDB.open("social-care-inspect");
	asked.onsuccess = async () => { const db = asked.result; let rows = 0;
		for (const store of db.objectStoreNames) rows += await new Promise((counted) => {
			const count = db.transaction(store).objectStore(store).count(); count.onsuccess = () => counted(count.result); });
		db.close(); done(rows); }; })"""

LEFT = """async () => [(await indexedDB.databases()).map(({ name }) => name), await caches.keys(),
	(await navigator.serviceWorker.getRegistrations()).map(({ scope }) => scope)]"""


def begun(desk_of, visit: str, people: People, offline: bool = False) -> tuple[Desk, Page]:
	"""The inspector's telephone with the visit open on it, just begun; `offline`: without a network from the list on."""
	desk = desk_of(people.inspector, **PHONE)
	enter(desk)
	if offline:
		desk.context.set_offline(True)
	open_visit(desk.page, visit)
	desk.page.click("#begin")
	return desk, desk.page


def test_begun_and_filled_without_a_network(desk_of, visit: str, people: People) -> None:
	desk, page = begun(desk_of, visit, people, offline=True)
	score_area(page, "A")
	page.reload()
	unlock(page)
	open_visit(page, visit)
	score_area(page, "B", "2")
	assert stored(visit).status == "Planned"
	desk.context.set_offline(False)
	page.wait_for_function("() => document.querySelector('#line').dataset.state === 'done'", timeout=PATIENCE)
	back(page)
	synchronise(page)
	assert waiting(page) == 0
	doc = stored(visit)
	scores = {row.indicator_code: row.score for row in doc.answers if row.score}
	codes = {row.indicator_code for row in doc.answers if row.area_code in ("A", "B")}
	assert doc.status == "Begun" and set(scores) == codes and set(scores.values()) == {"3", "2"}
	assert not complaints(page)
	desk.watch.expect_quiet()


def test_what_was_typed_last_outlives_a_reload(desk_of, visit: str, people: People) -> None:
	"""On a telephone of six times less power, loaded anew right after the last stroke."""
	desk, page = begun(desk_of, visit, people, offline=True)
	score_area(page, "A")
	page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": 6})
	for text in ("المبنى نظيف", "لا طفايات", "مخرج مسدود", "سور مهدوم", "مطبخ ضيق"):
		page.click("#step-findings")
		box = page.locator('[data-target="findings"]')
		box.fill("")
		box.press_sequentially(text)
		page.reload()
		unlock(page)
		open_visit(page, visit)
		page.click("#step-findings")
		expect(box).to_have_value(text, timeout=PATIENCE)
		back(page)
	desk.watch.expect_quiet()


FULL = """() => { window.put = IDBObjectStore.prototype.put;
	IDBObjectStore.prototype.put = () => { throw new DOMException("full", "QuotaExceededError"); }; }"""
ROOM = "() => { IDBObjectStore.prototype.put = window.put; }"


def test_nothing_is_lost_on_a_full_device(desk_of, visit: str, people: People) -> None:
	"""What the device does not take is said, stays on the screens, is kept from being closed away, and is written when there is room."""
	desk, page = begun(desk_of, visit, people, offline=True)
	page.click("#step-findings")
	box = page.locator('[data-target="findings"]')
	box.press_sequentially("المبنى")
	page.evaluate(FULL)
	box.press_sequentially(" نظيف")
	told = page.locator("#told.wrong")
	expect(told).to_contain_text("مساحة الجهاز ممتلئة", timeout=PATIENCE)
	page.screenshot(path=PICTURES / "phone-full.png")
	back(page)
	page.click("#area-A")
	page.locator('[id="i-A1.1"] .scores [data-value="2"]').click()
	expect(page.locator('[id="i-A1.1"].done')).to_be_visible(timeout=PATIENCE)
	back(page)
	page.click("#step-findings")
	expect(box).to_have_value("المبنى نظيف", timeout=PATIENCE)
	asked = []
	page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
	page.close(run_before_unload=True)
	page.wait_for_timeout(500)
	assert asked == ["beforeunload"] and not page.is_closed()
	back(page)
	page.click("#step-interviews")
	page.fill("[name=note]", "قال إنه بخير")
	page.click("#keep-note")
	expect(told).to_contain_text("مساحة الجهاز ممتلئة", timeout=PATIENCE)
	expect(page.locator("[name=note]")).to_have_value("قال إنه بخير")
	page.evaluate(ROOM)
	expect(page.locator("#told")).to_contain_text("حُفظ ما كتبته على الجهاز", timeout=PATIENCE)
	page.click("#keep-note")
	at_the_list(page)
	desk.context.set_offline(False)
	expect(page.locator("#line")).to_have_attribute("data-state", "done", timeout=PATIENCE)
	synchronise(page)
	doc = stored(visit)
	assert waiting(page) == 0 and doc.findings == "المبنى نظيف"
	assert {row.indicator_code: row.score for row in doc.answers if row.score} == {"A1.1": "2"}
	assert frappe.db.count("Inspection Sealed Note", {"institution_visit": visit}) == 1
	desk.watch.expect_quiet()


def test_typing_goes_on_while_it_is_sent(desk_of, visit: str, people: People) -> None:
	"""What arrived of one's own is no other hand; another's is not written over by the next stroke."""
	desk, page = begun(desk_of, visit, people)
	page.click("#step-findings")
	box = page.locator('[data-target="findings"]')
	box.press_sequentially("المبنى")
	sent_unasked(desk)
	box.press_sequentially(" نظيف")
	sent_unasked(desk)
	assert waiting(page) == 0 and stored(visit).findings == "المبنى نظيف"

	doc = stored(visit)
	doc.findings = "كتبت زميلته"
	doc.save()
	frappe.db.commit()
	box.press_sequentially(" ومضاء")
	sent_unasked(desk)
	box.press_sequentially(" أيضا")
	at_the_list(page)
	synchronise(page)
	assert stored(visit).findings == "كتبت زميلته"
	open_visit(page, visit)
	conflict = page.locator(".conflict")
	expect(conflict).to_contain_text("المبنى نظيف ومضاء أيضا", timeout=PATIENCE)
	conflict.locator(".mine").click()
	expect(conflict).to_have_count(0, timeout=PATIENCE)
	back(page)
	synchronise(page)
	assert waiting(page) == 0 and stored(visit).findings == "المبنى نظيف ومضاء أيضا"
	desk.watch.expect_quiet()


def test_two_hands_on_one_field(desk_of, visit: str, people: People) -> None:
	desk, page = begun(desk_of, visit, people)
	back(page)
	synchronise(page)
	desk.context.set_offline(True)
	open_visit(page, visit)
	page.click("#area-A")
	for code in ("A1.1", "A1.2"):
		page.locator(f'[id="i-{code}"] .scores [data-value="3"]').click()
	frappe.set_user(people.colleague)
	doc = stored(visit)
	for row in doc.answers[:2]:
		row.score = "1"
	doc.save()
	frappe.db.commit()
	frappe.set_user("Administrator")
	back(page)
	back(page)
	desk.context.set_offline(False)
	synchronise(page)
	open_visit(page, visit)
	expect(page.locator(".conflict")).to_have_count(2, timeout=PATIENCE)
	look(page, "conflict")
	assert [row.score for row in stored(visit).answers[:2]] == ["1", "1"]
	page.locator('[data-target="A1.1:score"] .mine').click()
	expect(page.locator(".conflict")).to_have_count(1, timeout=PATIENCE)
	page.locator('[data-target="A1.2:score"] .theirs').click()
	expect(page.locator(".conflict")).to_have_count(0, timeout=PATIENCE)
	back(page)
	synchronise(page)
	assert waiting(page) == 0
	assert [row.score for row in stored(visit).answers[:2]] == ["3", "1"]
	desk.watch.expect_quiet()


def test_what_is_no_longer_his_and_logging_out(
	desk_of, sessions: dict[str, dict], visit: str, people: People
) -> None:
	desk, page = begun(desk_of, visit, people, offline=True)
	page.click("#step-findings")
	page.fill('[data-target="findings"]', "المبنى نظيف")
	back(page)
	back(page)
	card = page.locator(f'[data-visit="{visit}"]')
	expect(card).to_have_count(1, timeout=PATIENCE)
	doc = stored(visit)
	doc.inspectors = [row for row in doc.inspectors if row.user == people.colleague]
	doc.save()
	frappe.db.commit()
	desk.context.set_offline(False)
	synchronise(page)
	expect(card).to_have_count(0, timeout=PATIENCE)
	assert waiting(page) == 0
	assert stored(visit).status == "Planned" and not stored(visit).findings

	page.on("dialog", lambda dialog: dialog.accept())
	page.click("#leave")
	page.locator("#left").wait_for(timeout=PATIENCE)
	sessions.pop(people.inspector, None)  # it is over for every window
	assert page.evaluate(LEFT) == [[], [], []]
	assert desk.context.request.get(f"{URL}/api/method/social_care_inspections.api.phone.visits").status in (
		401,
		403,
	)


def test_a_wrong_phrase(desk_of, visit: str, people: People) -> None:
	desk = desk_of(people.inspector, **PHONE)
	page = desk.page
	page.goto(f"{URL}/inspect")
	for phrase, again in (("قصيرة", "قصيرة"), ("123456789012", "123456789012"), (PHRASE, "عبارة أخرى تماما")):
		page.fill("[name=phrase]", phrase)
		page.fill("[name=again]", again)
		page.click("button.first")
		expect(page.locator("#told.wrong")).to_be_visible(timeout=PATIENCE)
	enter(desk)
	page.reload()
	for left in range(9, 0, -1):
		page.fill("[name=phrase]", "ليست هي العبارة")
		page.click("button.first")
		expect(page.locator("#told")).to_contain_text(str(left), timeout=PATIENCE)
	page.fill("[name=phrase]", "ليست هي العبارة")
	page.click("button.first")
	page.locator("[name=again]").wait_for(timeout=PATIENCE)
	assert page.evaluate(ROWS) == 0
	desk.watch.expect_quiet()
