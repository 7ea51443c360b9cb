"""The main job, as its people do it: registered, reviewed, approved, counted and printed, in Arabic.

With SCREENSHOTS=1 in the environment the pictures of `docs/main-job.md` are taken anew.
"""

import os
import subprocess
import unicodedata
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.desk import PATIENCE, URL, Desk
from tests.browser.entry import Facts, fill
from tests.browser.world import World, registered_child

PICTURES = Path(__file__).resolve().parents[2] / "docs" / "screenshots"
LATIN = {ord(digit): str(number) for number, digit in enumerate("٠١٢٣٤٥٦٧٨٩")}
MARKS = "\u200e\u200f\u202a\u202b\u202c\u2066\u2067\u2069"  # of direction, they have no shape
INTERNAL, EXTERNAL = "Child File Internal", "Child File External"


@dataclass
class Job:
	"""The child of the main job on its way through the offices."""

	facts: Facts = field(default_factory=Facts)
	child: str = ""
	approved_before: int = -1


@pytest.fixture(scope="module")
def job() -> Job:
	return Job()


def picture(desk: Desk, name: str) -> None:
	"""Take a picture for the documentation, when pictures are asked for."""
	if os.environ.get("SCREENSHOTS"):
		PICTURES.mkdir(exist_ok=True)
		desk.page.evaluate("() => { $('.desk-alert').remove(); scrollTo(0, 0); }")
		desk.page.mouse.move(700, 845)
		desk.picture(PICTURES / f"{name}.png")


def pdf_of(desk: Desk, child: str, print_format: str) -> bytes:
	"""The print, downloaded by the user's own session."""
	query = {"doctype": "Child", "name": child, "format": print_format, "_lang": "ar", "no_letterhead": 1}
	answer = desk.context.request.get(
		f"{URL}/api/method/frappe.utils.print_format.download_pdf", params=query, timeout=PATIENCE
	)
	assert answer.ok, answer.text()[:500]
	return answer.body()


def first_page(pdf: bytes, picture: Path) -> None:
	"""Draw the first page; wants Debian's poppler-utils."""
	command = ["pdftoppm", "-png", "-r", "110", "-singlefile", "-", str(picture)]
	subprocess.run(command, input=pdf, check=True)


def text_of(pdf: bytes) -> str:
	"""Text of all pages in Latin digits, without spaces, which pdftotext moves between numbers and words."""
	told = subprocess.run(["pdftotext", "-", "-"], input=pdf, capture_output=True, check=True).stdout.decode()
	plain = unicodedata.normalize("NFKC", told).translate(dict.fromkeys(map(ord, MARKS)))
	return "".join(plain.split()).translate(LATIN)


def squeezed(text: str) -> str:
	return "".join(text.split())


class TestMainJob:
	"""Each step begins where the step before it ended."""

	def test_1_institution_registers_a_child_and_submits(
		self, guest_desk, world: World, job: Job, photograph: Path
	) -> None:
		desk = guest_desk()
		desk.log_in(world.entry)
		expect(desk.page.locator(".page-head:visible .title-text").first).to_have_text(
			"مؤسستي", timeout=PATIENCE
		)
		desk.card("الأبناء في مؤسسات الرعاية")
		desk.settle()
		picture(desk, "01-workspace")
		desk.click(desk.page.locator(".shortcut-widget-box", has_text="تسجيل ابن/ابنة"))
		fill(desk, job.facts, photograph)
		self.number_filled_the_rest(desk, job.facts)
		desk.open_tab("who_tab")
		picture(desk, "02-filled-form")
		desk.save()
		job.child = desk.value("name")
		assert desk.value("full_name") == job.facts.full_name
		assert desk.value("national_number_check") == "Valid"
		desk.action("تقديم إلى المديرية")
		desk.expect_state("مقدم من المؤسسة")
		picture(desk, "03-submitted-file")
		desk.watch.expect_quiet()

	def number_filled_the_rest(self, desk: Desk, facts: Facts) -> None:
		assert desk.value("national_number") == facts.national_number
		assert desk.value("birth_date") == str(facts.born)
		assert desk.value("sex") == "Male"
		assert desk.value("birth_governorate") == "01"
		assert desk.value("photo_date")

	def test_2_headquarters_counts_before(self, desk_of, world: World, job: Job) -> None:
		desk = desk_of(world.head)
		desk.go("national-picture")
		job.approved_before = desk.card("الملفات المعتمدة")

	def test_3_data_officer_reviews(self, desk_of, world: World, job: Job) -> None:
		desk = desk_of(world.officer)
		desk.go("my-directorate")
		assert desk.card("ملفات تنتظر المراجعة") >= 1
		desk.open_list("child?file_state=Submitted by Institution")
		row = desk.page.locator(".list-row-container:visible", has_text=job.child)
		desk.click(row.locator(".list-subject a.ellipsis"))
		desk.expect_state("مقدم من المؤسسة")
		desk.action("تمت المراجعة")
		desk.expect_state("مراجع بالمديرية")
		picture(desk, "04-directorate-review")
		desk.watch.expect_quiet()

	def test_4_director_approves(self, desk_of, world: World, job: Job) -> None:
		desk = desk_of(world.director)
		desk.go(f"child/{job.child}")
		desk.expect_state("مراجع بالمديرية")
		desk.action("اعتماد الملف")
		desk.expect_state("معتمد")
		desk.watch.expect_quiet()

	def test_5_headquarters_counts_one_more(self, desk_of, world: World, job: Job) -> None:
		desk = desk_of(world.head)
		desk.go("national-picture")
		assert desk.card("الملفات المعتمدة") == job.approved_before + 1
		desk.settle()
		picture(desk, "05-national-numbers")
		desk.watch.expect_quiet()

	def test_6_the_file_prints_in_arabic(self, desk_of, world: World, job: Job) -> None:
		desk = desk_of(world.director)
		pdf = pdf_of(desk, job.child, INTERNAL)
		text = text_of(pdf)
		for wanted in (
			job.facts.full_name,
			job.facts.national_number,
			"صفحة 1 من",
			"مدرسة النيل",
			"يتم أحد الوالدين",
		):
			assert squeezed(wanted) in text, f"{wanted} is not in: {text}"
		if os.environ.get("SCREENSHOTS"):
			first_page(pdf, PICTURES / "06-printed-file")

	def test_7_the_card_for_others_keeps_secrets(self, desk_of, world: World, job: Job) -> None:
		text = text_of(pdf_of(desk_of(world.director), job.child, EXTERNAL))
		assert squeezed(job.facts.full_name) in text
		for secret in (
			job.facts.national_number,
			job.facts.national_number[:10],
			"النسب",
			"يتم أحد الوالدين",
			"سبب",
		):
			assert squeezed(secret) not in text, f"{secret} is in: {text}"


class TestReturnedFile:
	def test_the_institution_reads_why_its_file_came_back(self, desk_of, world: World) -> None:
		reason = "صورة شهادة الميلاد غير واضحة، يرجى إعادة رفعها."
		child = registered_child(world)
		entry = desk_of(world.entry)
		entry.go(f"child/{child}")
		entry.action("تقديم إلى المديرية")
		entry.expect_state("مقدم من المؤسسة")
		self.return_it(desk_of(world.officer), child, reason)
		entry.go("my-institution")
		assert entry.card("ملفات معادة") >= 1
		entry.go(f"child/{child}")
		entry.expect_state("معاد للمؤسسة")
		expect(entry.control("return_reason")).to_contain_text(reason)

	def return_it(self, officer: Desk, child: str, reason: str) -> None:
		officer.go(f"child/{child}")
		officer.action("إعادة إلى المؤسسة")
		box = officer.dialog()
		box.locator("textarea").fill(reason)
		officer.click(box.locator(".btn-modal-primary, .modal-footer .btn-primary"))
		officer.expect_state("معاد للمؤسسة")
		officer.watch.expect_quiet()
