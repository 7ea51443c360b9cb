"""The page on which the description of the interface is read."""

import gzip
import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Opener
from tests.browser.desk import PATIENCE, URL
from tests.browser.world import World

LATIN = re.compile(r"[A-Za-z]{3,}")
PHONE = {"width": 390, "height": 844}
WEIGHT = 60_000  # bytes of page, style, script and (packed, as a web server sends it) document, without the typeface


@pytest.fixture(autouse=True, scope="module")
def _published(site: str) -> None:
	from social_care.services.tests.packs import compile_packs

	compile_packs(["SC-07"])


def weight(answer) -> int:
	if "fonts" in answer.url:
		return 0
	return len(gzip.compress(answer.body()) if "openapi.document" in answer.url else answer.body())


def opened(page: Page) -> int:
	"""Open the page; the bytes that came."""
	sizes: list[int] = []
	page.on("response", lambda answer: sizes.append(weight(answer)))
	page.goto(f"{URL}/api-docs")
	expect(page.locator("section.service").last).to_be_visible(timeout=PATIENCE)
	return sum(sizes)


def english(page: Page) -> list[str]:
	"""Texts of the page that are not Arabic, beside names of programs."""
	texts = page.evaluate(
		"""() => [...document.querySelectorAll("h1, h2, h3, p, summary b, th, td, li, label, a")]
			.map((one) => { const copy = one.cloneNode(true); copy.querySelectorAll("code, bdi, .path, .code, small, table, ul")
			.forEach((part) => part.remove()); return copy.textContent })"""
	)
	known = re.compile(
		r"OpenAPI|JSON|ETag|SHA-256|PDF|KEY:SECRET|token|column|operator|value|modified desc|message|title"
		r"|«offices»|«institutions»|JPE?G|PNG|WEBP"
	)
	return [text for text in texts if LATIN.search(known.sub("", text))]


def test_guests_read_what_is_open_to_everybody(guest_desk: Opener, tmp_path) -> None:
	desk = guest_desk(viewport=PHONE)
	assert opened(desk.page) < WEIGHT
	assert desk.page.locator("nav li").count() == 2
	for name in ("apply", "upload", "follow"):
		operation = desk.page.locator(f"details#citizens\\.{name}")
		operation.locator("summary").first.click()
		expect(operation.locator("tbody").first).to_be_visible(timeout=PATIENCE)
	form = desk.page.locator("details#citizens\\.apply details").filter(has_text="تصريح زيارة").first
	form.locator("summary").click()
	expect(form).to_contain_text("permit_kind")
	expect(form).to_contain_text("خروج ليوم واحد")
	desk.page.locator("details#public\\.verify summary").click()
	expect(desk.page.locator("details#public\\.verify")).to_contain_text("file_digest")
	assert desk.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
	assert not english(desk.page)
	desk.page.screenshot(path=tmp_path / "guest.png", full_page=True)
	desk.watch.expect_quiet()


def test_staff_read_their_services(desk_of: Opener, world: World, tmp_path) -> None:
	desk = desk_of(world.director)
	opened(desk.page)
	service = desk.page.locator("#service-SC-07")
	expect(service).to_contain_text("طلب تصريح زيارة")
	operation = service.locator("details").filter(has_text="قائمة الطلبات")
	operation.locator("summary").first.click()
	expect(operation).to_contain_text("limit_page_length")
	desk.page.fill("#find", "apply_workflow")
	expect(service).to_be_visible()
	expect(desk.page.locator("#service-public")).to_be_hidden()
	assert not [
		text for text in english(desk.page) if ":" not in text
	]  # «record of the type: Org Unit» bears its name
	desk.page.screenshot(path=tmp_path / "staff.png", full_page=True)
	desk.watch.expect_quiet()
