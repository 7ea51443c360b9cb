"""Loading, counting and removing a small nation. Everything happens in one transaction that is taken back."""

import os
from contextlib import ExitStack
from datetime import date
from pathlib import Path
from unittest.mock import patch

import frappe
from frappe.utils.password import check_password

from social_care.compat import FrameworkTestCase
from social_care.demo.census import quality
from social_care.demo.census.defects import DEFECTS
from social_care.demo.census.report import (
	CENSUS,
	Line,
	as_text,
	broken_histories,
	census,
	children_placed,
	institutions,
)
from social_care.demo.generator import Nation, NationSettings
from social_care.demo.generator.records import record
from social_care.demo.generator.settings import PLANTED
from social_care.demo.loader import marks, store
from social_care.demo.loader.load import HOOK, SETTLERS, load
from social_care.demo.loader.people import OURS, address_book
from social_care.demo.loader.progress import Progress
from social_care.demo.loader.wipe import wipe
from social_care.governance.confirmation import CONFIRMATION
from social_care.registry.case_work.records import DOCTYPES as CASE_WORK
from social_care.registry.duplicates import pair_key, scan_number_clashes
from social_care.tests.confirmation_cases import forget_cycles

SETTINGS = NationSettings(
	date(2026, 11, 21), children=240, institutions=30, drawings=4, planted=dict.fromkeys(PLANTED, 0.02)
)
TABLES = (
	"Org Unit",
	"Institution",
	"Person",
	"Child",
	"Family",
	"Placement",
	"Education Record",
	"User",
	"File",
)


class Quiet(Progress):
	"""A progress that prints nothing."""

	def _write(self, *_parts) -> None:
		pass

	def finish(self, text: str) -> None:
		pass


class Killed(Exception):
	"""Stands for the death of the process."""


def remember(key: str, value) -> None:
	"""Site configuration in memory, as the file would be read."""
	if value == "None":
		frappe.conf.pop(key, None)
	else:
		frappe.conf[key] = value


def counts() -> dict[str, int]:
	return {doctype: frappe.db.count(doctype) for doctype in TABLES}


def owned(doctype: str) -> list[dict]:
	"""All columns of the demonstration rows of a DocType."""
	return frappe.get_all(doctype, filters={"owner": ["like", OURS]}, fields=["*"], order_by="name asc")


class NationTestCase(FrameworkTestCase):
	@classmethod
	def setUpClass(cls) -> None:
		super().setUpClass()
		stack = ExitStack()
		cls.addClassCleanup(stack.close)
		stack.enter_context(patch.object(frappe.db, "commit"))
		stack.enter_context(patch.object(marks, "update_site_config", remember))
		stack.enter_context(patch.object(frappe, "clear_cache"))
		if marks.loaded():
			raise AssertionError("These tests remove photographs; run them on a site without a nation.")
		cls.before = counts()
		cls.addClassCleanup(wipe)

	def photographs(self) -> list[Path]:
		folder = Path(frappe.get_site_path("private"))
		return [
			folder / url.removeprefix("/private/")
			for url in frappe.get_all("File", {"owner": ["like", OURS]}, pluck="file_url")
		]


class TestLoad(NationTestCase):
	@classmethod
	def setUpClass(cls) -> None:
		super().setUpClass()
		found = {defect.code: len(defect.find(SETTINGS.as_of)) for defect in DEFECTS}
		cls.rules_before = quality.counts(SETTINGS.as_of)
		forget_cycles()
		cls.found_before = found | {"children": children_placed(), "institutions": institutions()}
		load(SETTINGS, Quiet())

	def test_counts(self) -> None:
		self.assertEqual(children_placed() - self.found_before["children"], 240)
		self.assertEqual(institutions() - self.found_before["institutions"], 30)
		self.assertEqual(frappe.db.count("Org Unit", {"level": "Directorate", "owner": ["like", OURS]}), 27)
		self.assertEqual(broken_histories(), 0)

	def test_found_is_expected(self) -> None:
		expected = Nation(SETTINGS).expected()
		self.assertTrue(all(expected.values()))
		for defect in DEFECTS:
			found = len(defect.find(SETTINGS.as_of)) - self.found_before[defect.code]
			self.assertEqual(found, expected[defect.code], defect.code)

	def test_rules_find_what_is_planted_and_nothing_besides(self) -> None:
		expected = quality.expected(Nation(SETTINGS))
		found = {
			code: number - self.rules_before[code] for code, number in quality.counts(SETTINGS.as_of).items()
		}
		self.assertEqual(found, expected)
		self.assertGreaterEqual(sum(number == 0 for number in expected.values()), 8)
		self.assertTrue(all(expected[code] for code in (*quality.PLANTED, "child_national_number")))

	def test_census_notices_a_defect_that_nobody_planted(self) -> None:
		lines = {line.title: line.found for line in census()}
		child, photo = frappe.db.get_value(
			"Child", {"owner": ["like", OURS], "photo": ["is", "set"]}, ["name", "photo"]
		)
		self.addCleanup(frappe.db.set_value, "Child", child, "photo", photo)
		frappe.db.set_value("Child", child, "photo", None)
		changed = {line.title for line in census() if line.found != lines[line.title]}
		self.assertEqual(changed, {"Photograph missing", "Rule child_photo"})
		self.assertIn("NO", as_text(census()))

	def test_most_institutions_have_confirmed_and_queues_tell_who_has_not(self) -> None:
		ours = frappe.get_all("Institution", {"owner": ["like", OURS]}, pluck="name")
		rows = frappe.get_all(
			CONFIRMATION, {"institution": ["in", ours]}, ["status", "children", "confirmed", "institution"]
		)
		self.assertEqual(len(rows), len(ours))
		signed = [row for row in rows if row.status == "Signed"]
		self.assertTrue(signed and all(row.confirmed == row.children for row in signed))
		late = {row.institution for row in rows if row.status == "Open" and row.children}
		waiting = frappe.get_all(
			"Data Officer Task", {"kind": "Overdue Confirmation", "status": "Open"}, pluck="institution"
		)
		self.assertTrue(late and late <= set(waiting))

	def test_again_changes_nothing(self) -> None:
		before = counts()
		self.assertEqual(load(SETTINGS, Quiet()), {})
		self.assertEqual(counts(), before)

	def test_another_nation_is_refused(self) -> None:
		with self.assertRaises(marks.OtherNation):
			load(SETTINGS.changed(seed=1), Quiet())

	def test_the_next_record_follows(self) -> None:
		last = max(row.name for row in owned("Child") if row.name.startswith("CH-"))
		self.assertEqual(frappe.model.naming.make_autoname("CH-.#######"), f"CH-{int(last[3:]) + 1:07}")

	def test_persons_agree_with_their_controller(self) -> None:
		"""What the controllers derive from a person is what the generator wrote."""
		for row in owned("Child")[::40]:
			person = frappe.get_doc("Person", row.person)
			before = {
				field: person.get(field) for field in ("full_name", "search_name", "national_number_check")
			}
			person.run_method("validate")
			self.assertEqual(
				{field: person.get(field) or "" for field in before}, {k: v or "" for k, v in before.items()}
			)

	def test_due_days_follow_from_the_reviews(self) -> None:
		due = {row.child: row.next_review_on for row in owned("Care Review")}
		self.assertGreater(len(due), 150)
		for row in (child for child in owned("Child") if child.life_state == "Active"):
			self.assertEqual(row.next_review_due, due.get(row.name, row.next_review_due))
			self.assertTrue(row.next_review_due)

	def test_options_of_selects_and_links_are_real(self) -> None:
		for doctype in (
			"Org Unit",
			"Institution",
			"Association",
			"Building",
			"Family",
			"Child",
			"Placement",
			"Person",
			"Staff Assignment",
			*CASE_WORK,
		):
			for row in owned(doctype)[::25]:
				doc = frappe.get_doc(doctype, row.name)
				doc._validate_selects()
				self.assertEqual(doc.get_invalid_links(), ([], []), doctype)

	def test_duplicates_wait_for_the_data_officer(self) -> None:
		rows = owned("Duplicate Candidate")
		self.assertEqual(
			len(rows), sum(Nation(SETTINGS).expected()[f"duplicate_{kind}"] for kind in ("number", "name"))
		)
		for row in rows:
			self.assertEqual(row.pair_key, pair_key(row.person, row.other_person))
		self.assertEqual(scan_number_clashes(), 0)

	def test_photographs_are_private_files_of_their_child(self) -> None:
		rows = owned("File")
		self.assertTrue(all(row.is_private and row.attached_to_field == "photo" for row in rows))
		self.assertEqual(len({row.file_url for row in rows}), len(rows))
		sizes = {path.stat().st_size for path in self.photographs()}
		self.assertEqual(sizes, {row.file_size for row in rows})
		self.assertFalse(Path(frappe.get_site_path("private", "demo-drawings")).exists())

	def test_every_role_has_a_user_who_can_log_in(self) -> None:
		book = address_book()
		self.assertEqual(len(book), 29)
		for user, role, place in book:
			self.assertEqual(check_password(user, marks.password()), user)
			self.assertTrue(role and place)
		self.assertIn("Institution Entry User", frappe.get_roles("entry.ci-0001@demo.invalid"))

	def test_an_entry_user_sees_his_institution_only(self) -> None:
		frappe.set_user("entry.ci-0001@demo.invalid")
		self.addCleanup(frappe.set_user, "Administrator")
		seen = frappe.get_list("Child", fields=["institution"], limit_page_length=0)
		self.assertEqual({row.institution for row in seen}, {"CI-0001"})


class TestKilledLoad(NationTestCase):
	def test_goes_on_to_the_same_end(self) -> None:
		load(SETTINGS, Quiet())
		whole = {doctype: owned(doctype) for doctype in TABLES}
		wipe()
		writes = store.write
		calls = []

		def dying(*parts) -> None:
			calls.append(1)
			if len(calls) == 12:
				raise Killed
			writes(*parts)

		with patch.object(store, "ROWS", 100), patch.object(store, "write", dying), self.assertRaises(Killed):
			load(SETTINGS, Quiet())
		self.assertFalse(marks.loaded().complete)
		load(SETTINGS.changed(as_of=date(2026, 12, 24)), Quiet())
		self.assertTrue(marks.loaded().complete)
		for doctype in TABLES:
			self.assertEqual(owned(doctype), whole[doctype], doctype)


class TestWipe(NationTestCase):
	def test_takes_everything_out_again(self) -> None:
		load(SETTINGS, Quiet())
		files = self.photographs()
		self.assertTrue(all(file.exists() for file in files))
		wipe()
		self.assertEqual(counts(), self.before)
		self.assertFalse(any(os.path.exists(file) for file in files))
		self.assertIsNone(marks.loaded())
		self.assertNotIn(marks.FLAG, frappe.conf)
		self.assertEqual(frappe.db.get_value("Org Unit", "HQ", ["lft", "rgt"])[0], 1)


def one_family(nation: Nation):
	"""A builder as an extension has it."""
	yield (
		"Family",
		record("an-extension", frappe.utils.now_datetime(), family_title=f"{nation.settings.children}"),
	)


def note_family(nation: Nation) -> None:
	"""A settler as an extension has it."""
	frappe.db.set_value("Family", "an-extension", "family_title", "settled")


def family_line(nation: Nation | None) -> list[Line]:
	"""Lines of a census as an extension has them."""
	found = frappe.db.count("Family", {"family_title": "settled"})
	return [Line("Families of an app", 1 if nation else None, found)]


class TestExtensions(NationTestCase):
	def load(self, *builders: str) -> dict[str, int]:
		original = frappe.get_hooks

		def hooks(name: str | None = None, *others, **named):
			return list(builders) if name == HOOK else original(name, *others, **named)

		with patch.object(frappe, "get_hooks", hooks):
			return load(SETTINGS, Quiet())

	def test_an_app_that_came_later_adds_its_part_once(self) -> None:
		self.assertGreater(self.load()["Child"], 0)
		builder = f"{__name__}.one_family"
		self.assertEqual(self.load(builder), {"Family": 1})
		self.assertEqual(frappe.db.get_value("Family", "an-extension", "family_title"), "240")
		self.assertEqual(self.load(builder), {})


class TestPartOfAnApp(NationTestCase):
	def test_an_app_settles_its_part_and_adds_lines_to_the_census(self) -> None:
		builder, original = f"{__name__}.one_family", frappe.get_hooks
		ours = {
			HOOK: [builder],
			SETTLERS: {builder: [f"{__name__}.note_family"]},
			CENSUS: [f"{__name__}.family_line"],
		}

		def hooks(name: str | None = None, *others, **named):
			return ours[name] if name in ours else original(name, *others, **named)

		with patch.object(frappe, "get_hooks", hooks):
			self.assertIsNone(census()[-1].expected)
			load(SETTINGS, Quiet())
			self.assertEqual(census()[-1], Line("Families of an app", 1, 1))
