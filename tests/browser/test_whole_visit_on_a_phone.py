"""A whole visit on a phone without a network, with a page loaded anew, lines that are cut and two windows: nothing lost, nothing twice."""

from dataclasses import dataclass, field
from pathlib import Path

import frappe
import pytest
from playwright.sync_api import CDPSession, Page, expect

from tests.browser import phone
from tests.browser.desk import PATIENCE, URL
from tests.browser.phone import (
	People,
	back,
	look,
	open_visit,
	score_area,
	stored,
	synchronise,
	unlock,
	waiting,
)

SECRETS = ("المبنى نظيف", "الطفل يخاف", "مدير الدار", "لا طفايات", "دار النور", "مبنى إيجار", "طفاية منتهية")
OPERATION = "Inspection Phone Operation"
# Everything that the device stores, as text: keys and values, bytes as Latin characters and as UTF-8.
STORED = """async () => {
	const texts = [];
	const told = async (value) => {
		if (value instanceof Blob) value = new Uint8Array(await value.arrayBuffer());
		if (value instanceof ArrayBuffer) value = new Uint8Array(value);
		if (value instanceof Uint8Array) texts.push(new TextDecoder("latin1").decode(value), new TextDecoder().decode(value));
		else if (value && typeof value === "object") for (const part of Object.values(value)) await told(part);
		else texts.push(String(value));
	};
	for (const { name } of await indexedDB.databases()) {
		const db = await new Promise((done) => { const asked = indexedDB.open(name); asked.onsuccess = () => done(asked.result); });
		for (const store of db.objectStoreNames) {
			const rows = await new Promise((done) => {
				const asked = db.transaction(store).objectStore(store).getAll(); asked.onsuccess = () => done(asked.result); });
			for (const row of rows) await told(row);
		}
		db.close();
	}
	for (const name of await caches.keys()) for (const asked of await (await caches.open(name)).keys())
		texts.push(asked.url, await (await caches.match(asked)).text());
	texts.push(JSON.stringify(localStorage), JSON.stringify(sessionStorage));
	return texts;
}"""


@pytest.fixture
def picture(tmp_path: Path) -> Path:
	"""A photograph as large as a telephone takes."""
	from PIL import Image

	path = tmp_path / "exit.jpg"
	Image.effect_noise((3000, 4000), 90).convert("RGB").save(path, "JPEG", quality=90)
	return path


def photograph(page: Page, picture: Path, caption: str) -> None:
	page.fill("[name=caption]", caption)
	page.select_option("[name=code]", "A2.1")
	before = page.locator("figure").count()
	page.set_input_files("#picture", picture)
	expect(page.locator("figure")).to_have_count(before + 1, timeout=PATIENCE)


def sign(page: Page, target: str) -> None:
	part = page.locator(f'[data-signature="{target}"]')
	part.scroll_into_view_if_needed()
	box = part.locator("canvas").bounding_box()
	page.mouse.move(box["x"] + 40, box["y"] + 40)
	page.mouse.down()
	for step in range(1, 9):
		page.mouse.move(box["x"] + 40 + 30 * step, box["y"] + 40 + (40 if step % 2 else 0))
	page.mouse.up()
	part.locator("button.first").click()
	expect(part.locator("img")).to_be_visible(timeout=PATIENCE)


def interview(page: Page, text: str) -> None:
	page.click("#step-interviews")
	page.fill("[name=age]", "٩")
	page.fill("[name=note]", text)
	page.check("[name=suspects]")
	look(page, "interview")
	page.click("#keep-note")
	expect(page.locator("section.indicator")).to_have_count(1, timeout=PATIENCE)
	back(page)


def made_without_a_network(page: Page, visit: str, picture: Path) -> None:
	"""A whole visit, in the middle of which the page is closed and opened again."""
	open_visit(page, visit)
	look(page, "before")
	page.click("#begin")
	page.locator("#area-A").wait_for()
	look(page, "visit")
	score_area(page, "A", "1")
	page.click("#area-A")
	page.locator('[id="i-A2.1"] .scores [data-value="0"]').click()
	page.locator('[id="i-A2.1"] textarea').fill("لا طفايات في الدور الأرضي")
	page.locator('[id="i-A1.1"] .scores [data-value="na"]').click()
	look(page, "area")
	page.locator('[id="i-A1.1"] textarea').press_sequentially("مبنى إيجار")
	page.reload()  # at once: what was typed last is there
	look(page, "locked")
	unlock(page)
	look(page, "visits")
	open_visit(page, visit)
	ended_without_a_network(page, picture)


def ended_without_a_network(page: Page, picture: Path) -> None:
	"""The other areas, photographs, an interview, the report and both signatures."""
	for area in "BCDEF":
		score_area(page, area)
	page.click("#step-photographs")
	for caption in ("طفاية منتهية", "مخرج مسدود"):
		photograph(page, picture, caption)
	look(page, "photographs")
	back(page)
	interview(page, "الطفل يخاف من عامل الليل")
	page.click("#step-findings")
	page.fill('[data-target="children_present"]', "٤٢")
	page.fill('[data-target="findings"]', "المبنى نظيف ولا طفايات")
	page.fill('[data-target="recommendations"]', "تركيب طفايات")
	back(page)
	page.click("#step-signatures")
	sign(page, "inspector_signature")
	page.fill('[data-target="representative_name"]', "مدير الدار")
	sign(page, "representative_signature")
	look(page, "signed")
	back(page)
	page.click("#step-missing")
	look(page, "nothing-missing")
	page.click("#end")
	page.locator("#take-back").wait_for(timeout=PATIENCE)
	back(page)


def expect_sealed(page: Page) -> None:
	"""What lies on the device holds none of the texts; in the shell only those of the page itself."""
	texts = page.evaluate(STORED)
	assert len(texts) > 50
	for secret in (*SECRETS, phone.PHRASE, "data:image", "JFIF"):
		assert not [text[:80] for text in texts if secret in text], secret


@dataclass
class Cuts:
	"""The line is cut once after each of these requests has been answered: the server has it, and nobody hears of it."""

	asked: tuple[str, ...] = ("apply", "photograph")
	made: list[str] = field(default_factory=list)

	def watch(self, page: Page) -> None:
		line = page.context.new_cdp_session(page)
		line.on("Fetch.requestPaused", lambda event: self.answer(line, event))
		patterns = [{"urlPattern": f"*.api.phone.{name}", "requestStage": "Response"} for name in self.asked]
		line.send("Fetch.enable", {"patterns": patterns})

	def answer(self, line: CDPSession, event: dict) -> None:
		method, request = event["request"]["url"].rsplit(".", 1)[1], {"requestId": event["requestId"]}
		if method in self.made:
			line.send("Fetch.continueRequest", request)
			return
		self.made.append(method)
		line.send("Fetch.failRequest", request | {"errorReason": "ConnectionReset"})


def send_from_both(page: Page, other: Page, rounds: int = 6) -> None:
	"""Both windows at once, again and again, until nothing waits."""
	for _round in range(rounds):
		other.click("#synchronise")
		if synchronise(page).startswith(phone.DONE) and not waiting(page):
			break
	assert synchronise(other).startswith(phone.DONE)


def test_a_whole_visit_with_cut_lines_and_two_windows(
	desk_of, visit: str, people: People, picture: Path
) -> None:
	desk = desk_of(people.inspector, **phone.PHONE)
	phone.enter(desk)
	page = desk.page
	desk.context.set_offline(True)
	made_without_a_network(page, visit, picture)
	expect_sealed(page)
	made = waiting(page)
	assert made > 90 and stored(visit).status == "Planned"

	other = desk.context.new_page()
	other.goto(f"{URL}/inspect")
	unlock(other)
	cuts = Cuts()
	for window in (page, other):
		cuts.watch(window)
	desk.context.set_offline(False)  # both windows begin to send
	send_from_both(page, other)
	assert sorted(cuts.made) == ["apply", "photograph"]
	assert waiting(page) == 0

	doc = stored(visit)
	answers = {row.indicator_code: row for row in doc.answers}
	assert doc.status == "Completed" and len(answers) == 84
	assert answers["A2.1"].score == "0" and answers["A2.1"].remark == "لا طفايات في الدور الأرضي"
	assert answers["A1.1"].not_applicable and answers["A1.1"].remark == "مبنى إيجار"
	assert all(row.score == "3" for row in doc.answers if row.area_code != "A")
	assert doc.children_present == 42 and doc.findings == "المبنى نظيف ولا طفايات"
	assert doc.inspector_signature.startswith("data:image/png") and doc.signed_by == people.inspector
	assert doc.representative_signature.startswith("data:image/png")
	assert [row.caption for row in doc.evidence] == ["طفاية منتهية", "مخرج مسدود"]
	assert {row.place for row in doc.evidence} == {"30.04442, 31.23571"}
	files = frappe.get_all("File", {"attached_to_name": visit}, ["file_url", "file_size", "is_private"])
	assert len(files) == 2 and all(row.is_private and row.file_size < 430_000 for row in files), files
	notes = frappe.get_all(
		"Inspection Sealed Note", {"institution_visit": visit}, ["note", "age", "suspects_violation", "owner"]
	)
	assert [(row.note, row.age, row.suspects_violation, row.owner) for row in notes] == [
		("الطفل يخاف من عامل الليل", 9, 1, people.inspector)
	]
	assert frappe.db.count(OPERATION, {"institution_visit": visit}) == made
	assert not [text for text in page.evaluate(STORED) if visit in text], (
		"the visit has ended and lies on the device"
	)
	assert not desk.watch.outside
