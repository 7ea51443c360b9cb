"""Lists that answer: search as names are spoken of, small photographs, saved filters, the board, pickers, queries."""

import io
import time
from statistics import median

import frappe
from frappe.desk import reportview
from frappe.desk.search import search_link
from PIL import Image

from social_care.api import kanban, registry
from social_care.api.guards.endpoints import global_search_results
from social_care.registry import search
from social_care.setup.lists import BOARD
from social_care.tests import CountryTestCase, factories
from social_care.tests.queries import queries


def found(doctype: str, text: str) -> list[str]:
	"""Names of the rows that the search box of a list finds."""
	rows = [[doctype, *row] for row in search.box_filters(doctype, text)]
	return frappe.get_list(doctype, filters=rows, pluck="name")


def proposals(doctype: str, text: str) -> list[dict]:
	"""What a link field proposes (the framework answers by the response, later versions by the value)."""
	frappe.response.pop("results", None)
	return search_link(doctype, text) or frappe.response.get("results", [])


class TestSearch(CountryTestCase):
	"""Every word, in any order and spelling; codes and numbers; never outside the scope."""

	def setUp(self) -> None:
		super().setUp()
		self.mark = factories.letters()
		names = {
			"first_name": "أسامة",
			"father_name": "عبد الرحمن",
			"grandfather_name": self.mark,
			"family_name": "مصطفى",
		}
		self.child = factories.child(self.here.institution, **names)
		self.other = factories.child(self.there.institution, **names)

	def test_words_in_any_order_and_spelling(self) -> None:
		self.act_as(self.here.entry)
		for text in (f"{self.mark} اسامه", f"مصطفي عبدالرحمن {self.mark}", f"أُسامة {self.mark}"):
			self.assertEqual(found("Child", text), [self.child.name], text)

	def test_code_and_number(self) -> None:
		self.act_as(self.here.entry)
		eastern = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
		self.assertEqual(found("Child", self.child.name), [self.child.name])
		self.assertEqual(found("Child", self.child.national_number.translate(eastern)), [self.child.name])
		self.assertEqual(found("Child", self.other.national_number), [])

	def test_a_number_is_not_looked_for_below_its_level(self) -> None:
		self.act_as(factories.staff("Inspector", self.here.directorate))
		self.assertEqual(found("Child", self.child.national_number), [])
		self.assertEqual(found("Child", self.mark), [self.child.name])

	def test_the_search_of_the_desk(self) -> None:
		reader = factories.staff("Aggregate Reader", self.here.directorate)
		self.act_as(self.here.entry)
		rows = global_search_results(f"{self.mark} اسامه")
		self.assertEqual([row["name"] for row in rows if row["doctype"] == "Child"], [self.child.name])
		self.act_as(reader)
		self.assertEqual(global_search_results(self.mark), [])


class TestPhotographs(CountryTestCase):
	"""The small photograph goes where the field goes."""

	def setUp(self) -> None:
		super().setUp()
		self.child = factories.child(self.here.institution)
		stream = io.BytesIO()
		Image.effect_noise((900, 1200), 60).convert("RGB").save(stream, "JPEG", quality=95)
		self.size = len(stream.getvalue())
		file = factories.file(
			stream.getvalue(),
			"photo.jpg",
			attached_to_doctype="Child",
			attached_to_name=self.child.name,
			attached_to_field="photo",
		)
		self.child.photo = file.file_url
		self.child.save()

	def test_small_and_square(self) -> None:
		self.act_as(self.here.entry)
		registry.photograph(self.child.name)
		content = frappe.response.filecontent
		self.assertLess(len(content), self.size / 20)
		with Image.open(io.BytesIO(content)) as image:
			self.assertEqual((image.format, image.size), ("JPEG", (160, 160)))
		self.assertNotIn(self.child.name, frappe.response.filename)

	def test_refused_alike(self) -> None:
		without = factories.child(self.here.institution).name
		inspector = factories.staff("Inspector", self.here.directorate)
		refusals = []
		for user, name in (
			(self.there.entry, self.child.name),
			(inspector, self.child.name),
			(self.here.entry, without),
			(self.here.entry, "CH-9999999"),
		):
			self.act_as(user)
			refusals.append(str(self.assertRefused(frappe.PermissionError, registry.photograph, name)))
		self.assertEqual(len(set(refusals)), 1)


class TestSavedFilters(CountryTestCase):
	"""Filters of a role, beside the users' own."""

	def names(self) -> list[str]:
		rows = frappe.get_list(
			"List Filter",
			filters={"reference_doctype": "Child"},
			or_filters=[["for_user", "=", frappe.session.user], ["for_user", "=", ""]],
			fields=["filter_name", "filters"],
		)
		for row in rows:
			frappe.get_list("Child", filters=frappe.parse_json(row.filters), limit=1)
		return [row.filter_name for row in rows]

	def test_each_role_has_its_own(self) -> None:
		self.act_as(self.here.entry)
		self.assertIn("مسودات", self.names())
		self.assertNotIn("تنتظر الاعتماد", self.names())
		self.act_as(self.here.chief)
		self.assertIn("تنتظر الاعتماد", self.names())
		self.assertNotIn("مسودات", self.names())

	def test_own_filters_stay_and_standard_ones_are_not_the_users_to_change(self) -> None:
		from social_care.setup.lists import ensure_lists

		self.act_as(self.here.entry)
		own = {
			"reference_doctype": "Child",
			"filter_name": "خاص بي",
			"for_user": self.here.entry,
			"filters": "[]",
		}
		frappe.get_doc({"doctype": "List Filter", **own}).insert()
		self.act_as("Administrator")
		before = frappe.db.count("List Filter")
		ensure_lists()
		self.assertEqual(frappe.db.count("List Filter"), before)
		self.act_as(self.here.entry)
		self.assertIn("خاص بي", self.names())
		standard = frappe.db.get_value("List Filter", {"filter_name": "مسودات"})
		self.assertRefused(frappe.PermissionError, frappe.delete_doc, "List Filter", standard)


class TestBoard(CountryTestCase):
	"""A card goes the way of the workflow, or stays."""

	def move(self, child: str, state: str) -> None:
		before = frappe.db.get_value("Child", child, "file_state")
		kanban.update_order_for_single_card(BOARD, child, before, state, "0", "0")

	def test_steps_of_the_workflow(self) -> None:
		self.act_as(self.here.entry)
		child = factories.child(self.here.institution).name
		self.assertRefused(frappe.PermissionError, self.move, child, "Approved")
		self.assertRefused(frappe.PermissionError, self.move, child, "Reviewed by Directorate")
		self.move(child, "Submitted by Institution")
		self.assertRefused(frappe.PermissionError, self.move, child, "Reviewed by Directorate")
		self.act_as(self.there.chief)
		self.assertRefused(frappe.PermissionError, self.move, child, "Reviewed by Directorate")
		self.act_as(self.here.officer)
		self.move(child, "Reviewed by Directorate")
		self.assertRefused(frappe.PermissionError, self.move, child, "Approved")
		self.act_as(self.here.chief)
		self.move(child, "Approved")
		self.assertEqual(frappe.db.get_value("Child", child, "approved_by"), self.here.chief)

	def test_a_return_asks_for_its_reason(self) -> None:
		self.act_as(self.here.entry)
		child = factories.child(self.here.institution).name
		self.move(child, "Submitted by Institution")
		self.act_as(self.here.officer)
		self.assertRefused(frappe.ValidationError, self.move, child, "Returned")

	def test_a_board_keeps_no_order(self) -> None:
		self.act_as(self.here.entry)
		child = factories.child(self.here.institution).name
		board, moved = kanban.update_order(BOARD, frappe.as_json({"Approved": [child]}))
		self.assertEqual(moved, [])
		self.assertEqual({column.order for column in board.columns}, {"[]"})
		self.assertEqual(frappe.db.get_value("Child", child, "file_state"), "Draft")


class TestQueries(CountryTestCase):
	"""Lists, pickers and searches ask the database as often for many rows as for few."""

	def asked(self, call) -> int:
		call()
		with queries() as sent:
			call()
		return len(sent)

	def list_of_children(self) -> None:
		frappe.local.form_dict = frappe._dict(
			doctype="Child",
			fields=["name", "full_name", "file_state", "institution", "photo"],
			filters=[["Child", "father_name", "=", self.mark]],
			start=0,
			page_length=100,
		)
		self.shown = len(reportview.get()["values"])

	def test_as_many_for_more_rows(self) -> None:
		self.mark = factories.letters()
		calls = (
			self.list_of_children,
			lambda: search.people(self.mark),
			lambda: proposals("Child", self.mark),
			lambda: proposals("Institution", "دار"),
			lambda: proposals("Org Unit", "وحدة"),
		)
		self.grow(2)
		self.act_as(self.here.chief)
		before = [self.asked(call) for call in calls]
		self.act_as("Administrator")
		self.grow(9)
		self.act_as(self.here.chief)
		self.assertEqual([self.asked(call) for call in calls], before)
		self.assertEqual(self.shown, 11)

	def grow(self, number: int) -> None:
		for _row in range(number):
			factories.child(self.here.institution, father_name=self.mark)
			factories.institution(factories.org_unit("Social Administration", self.here.directorate).name)


class TestPickers(CountryTestCase):
	"""Units and institutions by any words of their names, with their path, among 40,000."""

	UNITS = 40_000
	MOST = 0.3  # seconds

	def test_units_with_their_path(self) -> None:
		name = f"إدارة {factories.letters()} الاجتماعية"
		unit = factories.org_unit("Social Administration", self.here.directorate, unit_name=name)
		self.act_as(self.here.entry)
		for text in (name, f"الاجتماعيه {name.split()[1]}"):
			(row,) = proposals("Org Unit", text)
			directorate = frappe.db.get_value("Org Unit", self.here.directorate, "unit_name")
			self.assertEqual((row["value"], row["label"]), (unit.name, name))
			self.assertIn(directorate, row["description"])

	def test_institutions_within_the_scope(self) -> None:
		mark = factories.letters()
		for place in (self.here, self.there):
			factories.institution(place.district, institution_name=f"مؤسسة {mark}")
		self.act_as(self.here.chief)
		(row,) = proposals("Institution", f"{mark} مؤسسه")
		self.assertIn("القاهرة", row["description"])

	def test_fast_among_forty_thousand(self) -> None:
		fields = ["name", "unit_code", "unit_name", "search_name", "level", "parent_org_unit", "lft", "rgt"]
		rows = [
			[
				f"Z-{number}",
				f"Z-{number}",
				f"وحدة {number}",
				f"وحده {number}",
				"Social Unit",
				self.here.district,
				0,
				0,
			]
			for number in range(self.UNITS)
		]
		frappe.db.bulk_insert("Org Unit", fields, rows, chunk_size=10_000)
		self.act_as(self.here.entry)
		for text in ("", "وحدة", "وحدة 3999", "39999", "لا توجد"):
			with queries() as sent:
				took = median(self.timed(text) for _time in range(3))
			self.assertLess(took, self.MOST, text)
			self.assertLess(len(sent), 3 * 12)

	def timed(self, text: str) -> float:
		begin = time.perf_counter()
		proposals("Org Unit", text)
		return time.perf_counter() - begin
