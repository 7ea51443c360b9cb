"""Movements of the demonstration nation: what the generator writes, and whether the next step can be taken on it."""

import unittest
from collections import Counter, defaultdict
from datetime import date
from functools import cache

import frappe
from frappe.model.workflow import apply_workflow

from social_care.api import moves as figures
from social_care.demo.generator import Nation, NationSettings, user_names
from social_care.demo.loader.load import load
from social_care.demo.test_loader import SETTINGS, NationTestCase, Quiet, owned
from social_care.demo.ways_out import build
from social_care.registry.moves import states
from social_care.setup.tables import table

CHANGE = "Placement Change"
STANDARD = NationSettings(date(2026, 11, 21), children=2000, institutions=120)
EVERYWHERE = (states.APPROVAL, states.ACCEPTANCE, states.SCHEDULED, states.CARRIED_OUT)


@cache
def rows() -> dict[str, dict[str, dict]]:
	"""Rows of a nation by DocType and name, with those of the ways out of care."""
	nation = Nation(STANDARD)
	found = defaultdict(dict)
	for source in (nation.units(), nation.institutions(), nation.children(), build(nation)):
		for doctype, row in source:
			found[doctype][row["name"]] = row
	return found


def changes(**values) -> list[dict]:
	wanted = values.items()
	return [row for row in rows()[CHANGE].values() if all(row[field] == value for field, value in wanted)]


class TestRows(unittest.TestCase):
	def test_every_kind_in_realistic_numbers(self) -> None:
		found = Counter((row["movement"], row["status"]) for row in changes())
		for status in (*EVERYWHERE, states.DRAFT, states.DECLINED, states.CANCELLED, states.EXPIRED):
			self.assertTrue(found[states.TRANSFER, status], status)
		for status in (states.APPROVAL, states.SCHEDULED, states.ON_LEAVE, states.CARRIED_OUT):
			self.assertTrue(found[states.LEAVE, status], status)
		self.assertTrue(found[states.ADMISSION, states.ACCEPTANCE])
		self.assertTrue(found[states.EXIT, states.CARRIED_OUT])
		waiting = sum(count for (_, status), count in found.items() if status in states.WAITING)
		self.assertTrue(0.01 < waiting / STANDARD.children < 0.06, waiting)
		self.assertTrue(0.005 < found[states.LEAVE, states.ON_LEAVE] / STANDARD.children < 0.02)

	def test_rows_of_a_doctype_have_the_same_columns(self) -> None:
		for doctype in (CHANGE, "Best Interests Determination", "Child"):
			self.assertEqual(len({frozenset(row) for row in rows()[doctype].values()}), 1, doctype)

	def test_a_child_has_one_movement_under_way(self) -> None:
		waiting = Counter(row["child"] for row in changes() if row["status"] in states.WAITING)
		self.assertEqual(set(waiting.values()), {1})

	def test_places_reasons_and_determinations_belong_together(self) -> None:
		reasons = {row["reason_code"]: row for row in table("placement_change_reasons")}
		for row in changes():
			child = rows()["Child"][row["child"]]
			self.assertEqual(reasons[row["reason"]]["movement"], row["movement"])
			self.assertNotEqual(row["from_institution"], row["to_institution"] or "-")
			self.assertEqual(
				bool(row["addressed_institution"]), bool(row["accepted_by"] or row["answer_due_on"])
			) if row["status"] in states.WAITING and row["movement"] in states.RECEIVED else None
			if row["needs_best_interests"]:
				found = rows()["Best Interests Determination"][row["determination"]]
				self.assertEqual(found["child"], child["name"])
			if row["to_institution"] and row["status"] in states.WAITING:
				target = rows()["Institution"][row["to_institution"]]
				self.assertIn(target["sex"], ("Any", row["sex"]))

	def test_who_proposes_does_not_decide(self) -> None:
		for row in changes(is_emergency=0):
			hands = [row[f"{step}_by"] for step in ("proposed", "approved", "accepted") if row[f"{step}_by"]]
			self.assertEqual(len(set(hands)), len(hands), row["name"])
			times = [row[f"{step}_on"] for step in ("proposed", "approved", "accepted") if row[f"{step}_on"]]
			self.assertEqual(times, sorted(times), row["name"])
			self.assertLess(row["creation"].date(), STANDARD.as_of)

	def test_a_transfer_that_was_carried_out_is_in_the_history(self) -> None:
		for row in changes(status=states.CARRIED_OUT, movement=states.TRANSFER):
			new, old = (rows()["Placement"][row[field]] for field in ("placement", "from_placement"))
			self.assertEqual(
				(new["placement_change"], new["from_date"]), (row["name"], row["handed_over_on"])
			)
			self.assertEqual(
				(new["institution"], old["institution"]), (row["to_institution"], row["from_institution"])
			)
			self.assertEqual((old["to_date"], old["child"]), (new["from_date"], row["child"]))

	def test_who_is_on_leave_is_shown_as_away(self) -> None:
		away = {row["child"]: row["due_back_on"] for row in changes(status=states.ON_LEAVE)}
		shown = {
			row["name"]: row["leave_due_back"] for row in rows()["Child"].values() if row["leave_due_back"]
		}
		self.assertEqual(away, shown)
		self.assertTrue([day for day in away.values() if day < STANDARD.as_of])

	def test_the_first_institution_shows_both_sides(self) -> None:
		code = Nation(STANDARD).sites[0].code
		sent = {row["status"] for row in changes(from_institution=code)}
		self.assertLessEqual({states.APPROVAL, states.ACCEPTANCE, states.ON_LEAVE}, sent)
		self.assertTrue(changes(to_institution=code, status=states.ACCEPTANCE))


class TestNextSteps(NationTestCase):
	"""A small nation is loaded; its users go on with what they find."""

	@classmethod
	def setUpClass(cls) -> None:
		super().setUpClass()
		load(SETTINGS, Quiet())

	def setUp(self) -> None:
		super().setUp()
		self.addCleanup(frappe.set_user, "Administrator")

	def one(self, **values) -> frappe._dict:
		found = [row for row in owned(CHANGE) if all(row[field] == value for field, value in values.items())]
		self.assertTrue(found, values)
		return found[0]

	def step(self, row: frappe._dict, action: str, user: str, **values) -> str:
		frappe.set_user(user)
		doc = frappe.get_doc(CHANGE, row.name)
		if values:
			doc.update(values)
			doc.save()
		return apply_workflow(doc, action).status

	def test_values_are_ones_that_the_doctype_takes(self) -> None:
		for row in owned(CHANGE):
			doc = frappe.get_doc(CHANGE, row.name)
			doc._validate_selects()
			self.assertEqual(doc.get_invalid_links(), ([], []), row.name)

	def test_the_directorate_approves(self) -> None:
		row = self.one(status=states.APPROVAL, movement=states.TRANSFER)
		governorate = frappe.db.get_value("Institution", row.from_institution, "governorate")
		decision = {
			"decision_number": "1/2026",
			"decision_date": "2026-11-20",
			"decision_authority": "مدير المديرية",
		}
		chief = user_names.directorate_director(governorate)
		self.assertEqual(self.step(row, "Approve Movement", chief, **decision), states.ACCEPTANCE)

	def test_the_receiving_institution_answers_and_takes_over(self) -> None:
		row = self.one(status=states.ACCEPTANCE, movement=states.TRANSFER)
		frappe.db.set_value("Institution", row.to_institution, "licensed_capacity", 500)
		director = user_names.institution_director(row.to_institution)
		self.assertEqual(self.step(row, "Accept the Child", director), states.SCHEDULED)
		frappe.set_user("Administrator")
		frappe.db.set_value(CHANGE, row.name, "effective_date", frappe.utils.nowdate())
		entry = user_names.entry_user(row.to_institution)
		self.assertEqual(self.step(row, "Record Hand-over", entry), states.CARRIED_OUT)
		self.assertEqual(frappe.db.get_value("Child", row.child, "institution"), row.to_institution)

	def test_a_child_comes_back(self) -> None:
		row = self.one(status=states.ON_LEAVE)
		entry = user_names.entry_user(row.from_institution)
		back = max(row.effective_date, SETTINGS.as_of)
		self.assertEqual(self.step(row, "Record Return", entry, returned_on=back), states.CARRIED_OUT)
		self.assertIsNone(frappe.db.get_value("Child", row.child, "leave_due_back"))

	def test_queues_show_something_to_each_level(self) -> None:
		row = self.one(status=states.ACCEPTANCE)
		governorate = frappe.db.get_value("Institution", row.to_institution, "governorate")
		for user in (
			user_names.institution_director(row.to_institution),
			user_names.directorate_director(governorate),
			user_names.named_user("Central Administration Head"),
		):
			frappe.set_user(user)
			self.assertGreater(figures.transfers_to_answer()["value"], 0, user)
