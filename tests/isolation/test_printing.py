"""Row 28: a print that leaves care shows neither parentage nor the finding record nor a diagnosis, whoever prints it."""

import io

import pytest
from pypdf import PdfReader

from isolation.browser import Browser
from isolation.records import Stage

EXTERNAL, INTERNAL = "Child File External", "Child File Internal"
NEVER_OUTSIDE = (
	*("mother_full_name", "finding_place", "finder_name", "finding_record_number", "finding_police_station"),
	*("abuse_history", "chronic_conditions", "medicines", "child_view", "savings_account"),
)
LABELS = ("النسب", "كيفية العثور", "محضر", "كريم النسب", "معثور", "اسم الأم", "تشخيص", "الأمراض")


def printed(browser: Browser, name: str, print_format: str) -> str:
	"""Text of the page and of the PDF together."""
	page = browser.get("/printview", doctype="Child", name=name, format=print_format, _lang="ar")
	assert page.status_code == 200, page.text[:400]
	letter = browser.call(
		"frappe.www.printview.get_html_and_style", doc="Child", name=name, print_format=print_format
	)
	return page.text + letter.text


def pdf_text(browser: Browser, name: str, print_format: str) -> str:
	answer = browser.ask(
		"frappe.utils.print_format.download_pdf", doctype="Child", name=name, format=print_format
	)
	assert answer.content[:5] == b"%PDF-", answer.text[:600]
	return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.content)).pages)


@pytest.mark.parametrize("role", ["director", "chief", "officer"])
def test_the_external_print_shows_none_of_it(stage: Stage, role: str) -> None:
	browser = stage.browser(getattr(stage.here.place, role))
	text = printed(browser, stage.here.child, EXTERNAL)
	assert f"{stage.here.mark} first_name" in text
	for field in NEVER_OUTSIDE:
		assert f"{stage.here.mark} {field}" not in text, field
	assert f"{stage.here.mark} finding" not in text
	for label in LABELS:
		assert label not in text, label


def test_nor_does_its_pdf(stage: Stage) -> None:
	text = pdf_text(stage.browser(stage.here.place.chief), stage.here.child, EXTERNAL)
	for field in NEVER_OUTSIDE:
		assert f"{stage.here.mark} {field}" not in text, field


def test_the_plain_print_leaves_it_out_too(stage: Stage) -> None:
	"""«Standard», which every user may choose, and a name that no format has, which the framework prints as «Standard»."""
	for print_format in ("Standard", "No Such Format"):
		text = printed(stage.browser(stage.here.place.chief), stage.here.child, print_format)
		assert f"{stage.here.mark} first_name" in text
		for field in NEVER_OUTSIDE[:9]:
			assert f"{stage.here.mark} {field}" not in text, (print_format, field)


def test_the_internal_print_obeys_the_levels(stage: Stage) -> None:
	chief = printed(stage.browser(stage.here.place.chief), stage.here.child, INTERNAL)
	assert f"{stage.here.mark} mother_full_name" in chief


@pytest.mark.parametrize("print_format", [EXTERNAL, INTERNAL, "Standard"])
def test_an_outsider_prints_nothing(stage: Stage, print_format: str) -> None:
	browser = stage.browser(stage.there.place.chief)
	for answer in (
		browser.get("/printview", doctype="Child", name=stage.here.child, format=print_format),
		browser.ask(
			"frappe.utils.print_format.download_pdf",
			doctype="Child",
			name=stage.here.child,
			format=print_format,
		),
		browser.ask(
			"frappe.utils.print_format.download_multi_pdf",
			doctype="Child",
			name=f'["{stage.here.child}"]',
			format=print_format,
		),
		browser.ask("frappe.utils.print_format.report_to_pdf", html="<p>x</p>", orientation="Landscape"),
	):
		assert stage.here.mark not in answer.text


def test_a_guest_with_a_key_prints_nothing(stage: Stage) -> None:
	for key in ("", "x"):
		answer = Browser().get("/printview", doctype="Child", name=stage.here.child, format=EXTERNAL, key=key)
		assert stage.here.mark not in answer.text
