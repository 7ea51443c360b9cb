"""Markup that lies in the database already, from before the rules or past them: every screen shows it as a text.

It is planted by SQL. Two things are looked at: that no element was made of it (the screens' own escaping), and that
nothing of it ran (the Content-Security-Policy). The console stays quiet.
"""

from collections.abc import Iterator

import frappe
import pytest

from tests.browser.desk import PATIENCE, URL, Desk
from tests.browser.world import World, registered_child

TAG = '<img src="/zq.png" data-zq="1" onerror="window.zq=1">'
OPEN = '<img src="/zq.png" data-zq="1" onerror="window.zq=1"'
QUOTE = '" data-zq="1" onmouseover="window.zq=1" x="\' data-zq=\'1'
PAYLOADS = {"tag": TAG, "tag without an end": OPEN, "quote": QUOTE}
PLAIN = ("Data", "Small Text", "Text", "Long Text")
KEPT = ("full_name", "search_name", "national_number", "savings_account", "photo")
FOUND = "() => [...document.querySelectorAll('[data-zq]')].map((node) => node.parentElement.outerHTML.slice(0, 300))"


@pytest.fixture(params=PAYLOADS)
def planted(request: pytest.FixtureRequest, world: World) -> Iterator[str]:
	"""A child's file with markup in each plain text."""
	name = registered_child(world)
	text = PAYLOADS[request.param]
	fields = [
		df.fieldname
		for df in frappe.get_meta("Child").fields
		if df.fieldtype in PLAIN and df.fieldname not in KEPT and not df.options and not df.is_virtual
	]
	length = {row["name"]: row["type"] for row in frappe.db.get_table_columns_description("tabChild")}
	plant = {field: text for field in fields if "varchar(140)" in length[field] or "text" in length[field]}
	frappe.db.set_value("Child", name, {**plant, "full_name": text}, update_modified=False)
	frappe.db.commit()
	yield name
	frappe.db.rollback()
	frappe.db.set_value("Child", name, dict.fromkeys([*plant, "full_name"], "x"), update_modified=False)
	frappe.db.delete("Comment", {"reference_name": name})
	frappe.db.commit()


def is_text(desk: Desk, where: str) -> None:
	"""No element was made of what was planted, and nothing of it ran."""
	assert desk.page.evaluate(FOUND) == [], where
	assert desk.page.evaluate("window.zq") is None, where


class TestPlanted:
	"""S-48, S-52, S-82."""

	def test_list_and_report(self, desk_of, world: World, planted: str) -> None:
		desk = desk_of(world.officer)
		desk.open_list(f"child?name={planted}")
		assert desk.page.locator(".list-row-container:visible").count() == 1
		is_text(desk, "list")
		desk.go(f"child/view/report?name={planted}")
		desk.page.locator(".dt-row:visible").first.wait_for(timeout=PATIENCE)
		is_text(desk, "report")
		desk.watch.expect_quiet()

	def test_form_that_is_written(self, desk_of, world: World, planted: str) -> None:
		desk = desk_of(world.entry)
		desk.go(f"child/{planted}")
		assert desk.value("nickname")
		is_text(desk, "form")
		desk.watch.expect_quiet()

	def test_form_that_is_only_read(self, desk_of, world: World, planted: str) -> None:
		desk = desk_of(world.officer)
		desk.go(f"child/{planted}")
		desk.page.evaluate("() => { cur_frm.set_read_only(); cur_frm.refresh_fields(); }")
		for tab in desk.page.locator(".form-tabs .nav-link:visible").all():
			tab.click()
			is_text(desk, "form, read only")
		desk.watch.expect_quiet()

	def test_print(self, desk_of, world: World, planted: str) -> None:
		desk = desk_of(world.officer)
		for path in (
			f"/printview?doctype=Child&name={planted}&format=Standard",
			f"/app/print/Child/{planted}",
		):
			desk.page.goto(URL + path)
			desk.page.wait_for_timeout(3000)
			is_text(desk, path)
			for frame in desk.page.frames:
				assert frame.evaluate(FOUND) == [], path

	def test_comment_and_crumb(self, desk_of, world: World, planted: str) -> None:
		values = {"comment_type": "Comment", "reference_doctype": "Child", "reference_name": planted}
		comment = frappe.get_doc(
			{"doctype": "Comment", **values, "content": "zq", "comment_email": world.entry}
		)
		comment.insert(ignore_permissions=True)
		comment.db_set("content", TAG, commit=True)
		desk = desk_of(world.officer)
		desk.go(f"child/{planted}")
		desk.page.locator(".timeline-item:visible").first.wait_for(timeout=PATIENCE)
		assert desk.page.evaluate("window.zq") is None
		assert desk.page.locator("#navbar-breadcrumbs [data-zq]").count() == 0

	def test_preview_of_a_link(self, desk_of, world: World, planted: str) -> None:
		desk = desk_of(world.officer)
		desk.go(f"child/{planted}")
		html = desk.page.evaluate(
			"""(text) => {
				const preview = Object.create(frappe.ui.LinkPreview.prototype);
				const box = document.createElement("div");
				const told = { name: text, preview_title: text, preview_image: text, label: text };
				box.innerHTML = preview.get_popover_html(told) + frappe.get_avatar("", text, text) + frappe.get_avatar("", text);
				return [...box.querySelectorAll("[data-zq]")].map((node) => node.outerHTML);
			}""",
			QUOTE + TAG,
		)
		assert html == []


FORMATTED = (
	"Data",
	"Small Text",
	"Text",
	"Long Text",
	"Password",
	"Code",
	"Select",
	"Link",
	"Read Only",
	"Phone",
)


class TestShown:
	"""One field of each kind, as the desk's own controls show it."""

	@pytest.mark.parametrize("text", PAYLOADS.values(), ids=list(PAYLOADS))
	def test_read_only_fields_of_every_kind(self, desk_of, world: World, text: str) -> None:
		desk = desk_of(world.officer)
		desk.go("child")
		found = desk.page.evaluate(
			"""([kinds, text]) => kinds.filter((fieldtype) => {
				const df = { fieldtype, fieldname: "zq", label: "zq", read_only: 1, options: fieldtype === "Link" ? "User" : "" };
				const parent = $("<div>").appendTo("body");
				const control = frappe.ui.form.make_control({ df, parent, render_input: true });
				control.set_value(text);
				control.value = text;
				control.set_disp_area && control.disp_area && control.set_disp_area(text);
				const shown = $("<div>").html(frappe.format(text, df)).appendTo(parent);
				return parent.find("[data-zq]").length;
			})""",
			[list(FORMATTED), text],
		)
		assert found == []
		is_text(desk, "controls")

	@pytest.mark.parametrize("text", PAYLOADS.values(), ids=list(PAYLOADS))
	def test_choosers_and_search(self, desk_of, world: World, text: str) -> None:
		"""S-52, S-81: choosers, pills, labels of options and buttons, what is typed into the search bar."""
		desk = desk_of(world.officer)
		desk.go("child")
		desk.page.evaluate(
			"""(text) => {
				const make = (df) => frappe.ui.form.make_control({ df: { fieldname: "zq", label: "zq", ...df }, parent: $("<div>").appendTo("body"), render_input: true });
				const options = [{ label: text, value: text, description: text }];
				make({ fieldtype: "Autocomplete", options }).set_input(text);
				make({ fieldtype: "Select", options }).refresh();
				make({ fieldtype: "MultiSelectPills", options }).set_value([text]);
				make({ fieldtype: "Button", label: text });
				$("<div>").html(frappe.search.utils.bolden_match_part(text, "i")).appendTo("body");
			}""",
			text,
		)
		bar = desk.page.locator("#navbar-search")
		bar.fill("=" + text)
		desk.page.wait_for_timeout(700)
		bar.fill(text)
		desk.page.wait_for_timeout(700)
		is_text(desk, "choosers")

	def test_the_address_of_a_page(self, desk_of, world: World) -> None:
		desk = desk_of(world.officer)
		desk.go("%3Cimg%20src%3D%2Fzq.png%20data-zq%3D1%20onerror%3D%22window.zq%3D1%22%3E")
		is_text(desk, "address")

	@pytest.mark.parametrize("text", PAYLOADS.values(), ids=list(PAYLOADS))
	def test_the_preview_of_a_sheet(self, desk_of, world: World, text: str) -> None:
		"""S-51."""
		desk = desk_of(world.officer)
		desk.go("child")
		desk.page.evaluate(
			"""async (text) => {
				await frappe.require("data_import_tools.bundle.js");
				const df = { fieldname: "nickname", fieldtype: "Data", label: "x", parent: "Child" };
				const columns = [{ header_title: "Sr. No" }, { header_title: text, df }, { header_title: text, skip_import: true }];
				new frappe.data_import.ImportPreview({
					wrapper: $("<div>").appendTo("body"), doctype: "Child", frm: cur_frm || { doc: {}, get_field: () => ({}) },
					preview_data: { columns, data: [[1, text, text]], warnings: [] }, import_log: [], events: {},
				});
			}""",
			text,
		)
		desk.page.locator(".table-preview .dt-cell").first.wait_for(timeout=PATIENCE)
		is_text(desk, "sheet")


class TestPolicy:
	def test_what_stands_in_the_page_runs_only_with_its_number(self, desk_of, world: World) -> None:
		"""The policy itself: even where a screen made elements of a text, nothing of them runs."""
		desk = desk_of(world.officer)
		desk.go("child")
		desk.page.evaluate(
			"""(text) => {
				$("body").append(text + "<script>window.zq = 2</script><script src='/files/zq.js'></script>");
				const box = document.createElement("div");
				box.innerHTML = text + "<a id='zq-link' href='javascript:window.zq=3'>x</a>";
				document.body.append(box);
				document.getElementById("zq-link").click();
			}""",
			TAG,
		)
		desk.page.wait_for_timeout(500)
		assert desk.page.evaluate("window.zq") is None
		assert any("Content Security Policy" in error for error in desk.watch.errors)
		desk.watch.forget()
