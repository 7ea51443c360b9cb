"""What is shown of movements: the guided action, notices, what waits, time line and papers, to readers on either side."""

import frappe
from frappe.utils import add_days, now_datetime, nowdate

from social_care.registry.moves import guide
from social_care.tests import factories
from social_care.tests.move_cases import INTERESTS, REFUSALS, MoveTestCase


class TestGuide(MoveTestCase):
	def test_what_applies(self) -> None:
		self.act_as(self.here.entry)
		told = guide.guide(self.child.name)
		self.assertEqual((told["movements"], told["emergency"]), (["Transfer", "Temporary Leave", "Exit"], 0))
		self.act_as(self.here.chief)
		self.assertEqual(guide.guide(self.child.name)["emergency"], 1)
		name = self.propose()
		self.assertEqual(guide.guide(self.child.name)["open"].name, name)
		self.act_as(self.there.entry)
		self.assertRefused(frappe.PermissionError, guide.guide, self.child.name)

	def test_institutions_nearby_by_name_and_others_by_code(self) -> None:
		self.act_as(self.here.entry)
		found = {row["value"] for row in guide.receiving_institutions(self.child.name, "")}
		self.assertNotIn(self.there.institution, found)
		self.assertNotIn(self.here.institution, found)
		(row,) = guide.receiving_institutions(self.child.name, self.there.institution)
		name = frappe.db.get_value("Institution", self.there.institution, "institution_name")
		self.assertNotIn(name, str(row))
		own = frappe.db.get_value("Institution", self.second, "institution_name")
		self.assertIn(
			self.second, {row["value"] for row in guide.receiving_institutions(self.child.name, own)}
		)
		self.assertEqual(guide.receiving_institutions(self.child.name, "لا توجد مؤسسة"), [])


class TestNotices(MoveTestCase):
	def told(self, name: str) -> set[str]:
		rows = frappe.get_all("Notification Log", {"document_name": name}, ["for_user", "subject"])
		self.assertFalse([row for row in rows if self.child.full_name in row.subject])
		return {row.for_user for row in rows}

	def test_each_side_in_its_turn(self) -> None:
		name = self.propose()
		told = self.told(name)
		self.assertIn(self.here.chief, told)
		self.assertNotIn(self.second_director, told)
		self.step(name, "Approve Movement", self.here.chief)
		self.assertIn(self.second_director, self.told(name))
		self.step(name, "Accept the Child", self.second_director)
		self.assertIn(self.here.director, self.told(name))
		self.assertFalse(self.told(name) & {self.there.director, self.there.chief})


class TestOneDesign(MoveTestCase):
	def test_review_and_record_carry_the_same_fields(self) -> None:
		from social_care.registry import best_interests

		for field in best_interests.FIELDS:
			one, other = (
				frappe.get_meta(name).get_field(field)
				for name in (best_interests.REVIEW, best_interests.RECORD)
			)
			for key in ("fieldtype", "label", "permlevel", "description", "depends_on"):
				self.assertEqual(one.get(key), other.get(key), (field, key))

	def test_a_determination_is_not_rewritten(self) -> None:
		self.act_as(self.here.entry)
		doc = frappe.get_doc(
			{"doctype": "Best Interests Determination", "child": self.child.name, **INTERESTS}
		).insert()
		doc.best_interests = "غير ذلك"
		self.assertRefused(REFUSALS, doc.save)


class TestWaiting(MoveTestCase):
	"""The report and the cards of what waits, as readers on either side and outside."""

	def rows(self, user: str, **filters) -> dict[str, dict]:
		from social_care.registry.report.placement_changes_waiting.placement_changes_waiting import execute

		self.act_as(user)
		return {row.name: row for row in execute(filters)[1]}

	def late(self) -> str:
		name = self.approved()
		frappe.db.set_value("Placement Change", name, "answer_due_on", add_days(now_datetime(), -2))
		return name

	def test_on_both_sides_and_nowhere_else(self) -> None:
		name = self.late()
		for user in (self.here.entry, self.here.chief, self.second_director, self.country.head):
			row = self.rows(user)[name]
			self.assertEqual((row.late, row.days_overdue), (True, 2))
			self.assertIn(name, self.rows(user, overdue=1))
		for user in (self.there.entry, self.there.chief):
			self.assertNotIn(name, self.rows(user))

	def test_what_is_in_time_is_not_overdue(self) -> None:
		name = self.approved()
		self.assertNotIn(name, self.rows(self.here.chief, overdue=1))
		self.assertIsNone(self.rows(self.here.chief)[name].days_overdue)

	def test_every_kind_of_delay(self) -> None:
		from social_care.registry.moves import overdue

		name, yesterday = self.accepted(), add_days(nowdate(), -1)
		for values in (
			{"status": "Scheduled", "effective_date": yesterday},
			{"status": "Awaiting Confirmation", "answer_due_on": add_days(now_datetime(), -1)},
			{"status": "On Leave", "due_back_on": yesterday},
		):
			frappe.db.set_value("Placement Change", name, values)
			self.assertEqual(overdue.overdue_names([name]), {name}, values)
		frappe.db.set_value("Placement Change", name, {"status": "Carried Out"})
		self.assertEqual(overdue.overdue_names([name]), set())

	def test_cards_count_at_the_readers_places(self) -> None:
		from social_care.api import moves as calls

		def figures(user: str) -> tuple[int, int]:
			self.act_as(user)
			return calls.transfers_to_answer()["value"], calls.changes_overdue()["value"]

		users = (self.second_director, self.here.chief, self.here.entry, self.there.chief)
		before = {user: figures(user) for user in users}
		self.late()
		more = {
			user: tuple(b - a for a, b in zip(before[user], figures(user), strict=True)) for user in users
		}
		self.assertEqual(
			more,
			{
				self.second_director: (1, 1),
				self.here.chief: (1, 1),
				self.here.entry: (0, 1),
				self.there.chief: (0, 0),
			},
		)

	def test_children_on_leave_are_counted(self) -> None:
		from social_care.registry.moves import overdue

		self.act_as(self.here.entry)
		before = overdue.on_leave()
		self.act_as("Administrator")
		frappe.db.set_value("Child", self.child.name, "leave_due_back", nowdate())
		self.act_as(self.here.entry)
		self.assertEqual(overdue.on_leave(), before + 1)

	def test_the_report_asks_as_often_for_one_row_as_for_many(self) -> None:
		from social_care.tests.queries import queries

		def asked() -> int:
			self.rows(self.here.chief)
			with queries() as sent:
				self.rows(self.here.chief)
			return len(sent)

		self.late()
		few = asked()
		for _number in range(3):
			self.act_as("Administrator")
			self.child = factories.child(self.here.institution)
			self.late()
		self.assertEqual(asked(), few)


class TestTimeLine(MoveTestCase):
	def test_movements_and_determinations_are_in_it(self) -> None:
		from social_care.registry.case_work.timeline import timeline

		name = self.handed_over()
		self.act_as(self.second_entry)
		told = timeline(self.child.name)
		entry = next(row for row in told if row["name"] == name)
		self.assertEqual(entry["kind"], "Placement Change")
		self.assertIn("Best Interests Determination", {row["kind"] for row in told})


class TestPaper(MoveTestCase):
	"""Decision and hand-over record as PDF, as either side prints them."""

	def paper(self, user: str, name: str, kind: str) -> bytes:
		self.act_as(user)
		return frappe.get_print("Placement Change", name, kind, as_pdf=True, pdf_generator="chromium")

	def test_both_papers(self) -> None:
		from social_care.printing.testing import texts
		from social_care.prints import verification
		from social_care.prints.testing import code_of, embedded, whole
		from social_care.registry.moves import prints

		name = self.accepted()
		self.act_as(self.here.entry)
		early = frappe.get_doc("Placement Change", name)
		self.assertRefused(frappe.ValidationError, prints.handover_record, early)
		self.step(
			name, "Record Hand-over", self.second_entry, received_by="هدى", handed_over_items="شهادة الميلاد"
		)
		for kind, user in (
			("Placement Decision", self.here.chief),
			("Hand-over Record", self.second_director),
		):
			pdf = self.paper(user, name, kind)
			said = whole(pdf)
			self.assertIn("".join(self.child.full_name.split()), said)
			for secret in (*INTERESTS.values(), "النسب", self.child.national_number):
				self.assertNotIn("".join(secret.split()), said)
			self.assertTrue(embedded(pdf))
			self.assertEqual(len(texts(pdf)), 1)
			self.assertEqual(verification.verify(code_of(pdf))["state"], "valid")
		self.assertIn("محضرتسليموتسلم", said)
		self.assertIn("شهادةالميلاد", said)
