"""A child is held for one family: by whom, with whom, until when, and what becomes of it."""

import frappe
from frappe import _
from frappe.model.workflow import apply_workflow
from frappe.utils import add_days, getdate, nowdate
from social_care.reading import notes, subjects, watermark
from social_care.registry.file_review import FourEyesError

from social_care_kafala.kafala.doctype.kafala_family_file.kafala_family_file import KafalaFileError
from social_care_kafala.kafala.matching import expiry, prints, reserving, states
from social_care_kafala.kafala.matching.states import ReservationError, TakenError
from social_care_kafala.kafala.path import states as path
from social_care_kafala.tests import cases
from social_care_kafala.tests.matching_cases import MatchingTestCase

REFUSED = (frappe.ValidationError, frappe.PermissionError)


class TestTaking(MatchingTestCase):
	def test_it_holds_the_child_and_says_why(self) -> None:
		child = self.child()
		doc = self.reserve(self.family(), child)
		self.assertEqual((doc.status, doc.org_unit), (states.RESERVED, self.here.district))
		self.assertEqual([(row.child, row.open_child) for row in doc.children], [(child.name, child.name)])
		self.assertEqual(str(doc.expires_on), add_days(nowdate(), 30))
		self.assertIn("يقيم الطفل في نطاق الإدارة الاجتماعية للأسرة", doc.reasons)
		self.assertNotIn("صحية", doc.reasons)
		self.assertGreater(doc.score, 50)

	def test_a_child_is_held_for_one_family(self) -> None:
		child = self.child()
		self.reserve(self.family(), child)
		second = self.family()
		self.act_as(self.specialist)
		error = self.assertRefused(TakenError, reserving.reserve, second.name, child.name)
		self.assertIn(child.name, str(error))
		self.assertNotIn("must be unique", self.messages())

	def test_a_family_holds_one_child(self) -> None:
		file, first, second = self.family(), self.child(), self.child()
		self.reserve(file, first)
		self.act_as(self.specialist)
		self.assertRefused(TakenError, reserving.reserve, file.name, second.name)

	def test_the_database_itself_knows_no_second_one(self) -> None:
		for doctype, column in ((states.DOCTYPE, "open_file"), (states.CHILDREN, "open_child")):
			rows = frappe.db.sql(
				f"show index from `tab{doctype}` where Column_name=%s and Non_unique=0", column
			)
			self.assertTrue(rows, column)

	def test_a_held_childs_file_does_not_become_a_signpost(self) -> None:
		held, other = self.child(), self.child()
		reserving.check_merge(other.name, held.name)
		self.reserve(self.family(), held)
		self.assertRefused(ReservationError, reserving.check_merge, other.name, held.name)
		reserving.check_merge(held.name, other.name)
		reserving.check_merge(held.name, None)

	def test_a_client_frees_nothing_and_holds_no_other_child(self) -> None:
		child, other = self.child(), self.child()
		doc = self.reserve(self.family(), child)
		doc.update({"open_file": "", "expires_on": "2030-01-01", "score": 100})
		doc.children[0].open_child = ""
		doc.append("children", {"child": other.name, "open_child": other.name})
		doc.save()
		doc = frappe.get_doc(states.DOCTYPE, doc.name)
		self.assertEqual([row.open_child for row in doc.children], [child.name])
		self.assertEqual((doc.open_file, str(doc.expires_on)), (doc.family_file, add_days(nowdate(), 30)))

	def test_siblings_come_together_or_a_reason_is_written(self) -> None:
		self.act_as("Administrator")
		family = frappe.get_doc({"doctype": "Family", "family_title": "أسرة أصلية"}).insert()
		first, second = self.child(family=family.name), self.child(family=family.name)
		plain = self.family()
		self.act_as(self.specialist)
		self.assertRefused(ReservationError, reserving.reserve, plain.name, first.name)
		open_to = self.family(accepts_siblings=1)
		doc = self.reserve(open_to, first)
		self.assertEqual({row.child for row in doc.children}, {first.name, second.name})
		self.act_as(self.specialist)
		self.assertRefused(TakenError, reserving.reserve, plain.name, second.name, "رأي الإخصائي")

	def test_with_a_reason_one_of_the_siblings_comes(self) -> None:
		self.act_as("Administrator")
		family = frappe.get_doc({"doctype": "Family", "family_title": "أسرة أصلية"}).insert()
		first, _second = self.child(family=family.name), self.child(family=family.name)
		doc = self.reserve(self.family(), first, separation_reason="فارق السن كبير")
		self.assertEqual([row.child for row in doc.children], [first.name])

	def test_whoever_may_not_come_is_told_in_one_sentence(self) -> None:
		file = self.family()
		young, measured = self.child(), self.child(legal_status="Measure")
		frappe.db.set_value("Child", young.name, "birth_date", add_days(nowdate(), -40))
		christian, ill = self.child(religion="Christian"), self.child(disability="Visual")
		left = self.child()
		frappe.db.set_value("Child", left.name, "life_state", "Left Care")
		none = self.child()
		frappe.db.set_value("Child", none.name, "kafala_candidate", 0)
		self.act_as(self.specialist)
		for child in (young, measured, christian, ill, left, none):
			error = self.assertRefused(ReservationError, reserving.reserve, file.name, child.name)
			self.assertEqual(
				str(error),
				_("The child {0} is not one who may be reserved for this family.").format(child.name),
			)
		self.assertRefused(frappe.LinkValidationError, reserving.reserve, file.name, "CH-9999999")

	def test_it_is_for_files_that_look_for_a_child(self) -> None:
		child = self.child()
		for status in (path.SECURITY, path.DEPOSIT, path.WITHDRAWN):
			file = cases.at(self.family(), status)
			self.act_as(self.specialist)
			self.assertRefused(ReservationError, reserving.reserve, file.name, child.name)

	def test_nobody_else_reserves(self) -> None:
		child, file = self.child(), self.family()
		for user in (
			self.stranger,
			self.there.chief,
			self.here.director,
			self.here.officer,
			self.country.head,
		):
			self.act_as(user)
			self.assertRefused(REFUSED, reserving.reserve, file.name, child.name)
			doc = frappe.new_doc(states.DOCTYPE).update({"family_file": file.name})
			doc.append("children", {"child": child.name})
			self.assertRefused(REFUSED, doc.insert)


class TestWay(MatchingTestCase):
	def test_from_the_letter_to_the_hand_over(self) -> None:
		file, child = self.family(), self.child()
		doc = self.with_letter(file, child)
		self.assertEqual((str(doc.letter_on), doc.letter_by), (nowdate(), self.chief))
		self.assertTrue(doc.letter_number.startswith("KVL-T-HERE-1-"))
		self.assertEqual(doc.visits_left, 6)
		doc = self.step(self.visited(doc), "Accept the Match", self.chief)
		self.assertEqual((doc.status, doc.accepted_by, doc.visits_left), (states.MATCHED, self.chief, 0))
		self.assertEqual({row.recorded_by for row in doc.visits}, {self.specialist})

	def test_reading_it_is_reading_of_the_child(self) -> None:
		child = self.child()
		doc = self.reserve(self.family(), child)
		self.assertTrue(subjects.personal(doc.doctype))
		self.assertTrue(subjects.personal("Kafala Reserved Child"))
		self.assertEqual(subjects.children_of(doc.doctype, [doc.name]), {doc.name: child.name})

	def test_the_letter_is_a_reading_of_the_child_and_bears_no_reader(self) -> None:
		child = self.child()
		doc = self.with_letter(self.family(), child)
		self.act_as(self.chief)
		notes.take()
		prints.viewing_letter(doc)
		asked = {"doctype": doc.doctype, "name": doc.name, "format": prints.KIND}
		frappe.local.social_care_asked = ("frappe.utils.print_format.download_pdf", asked)
		self.addCleanup(setattr, frappe.local, "social_care_asked", None)
		self.assertEqual(watermark.text(), "")
		self.assertEqual(notes.take(), [("Child", [child.name], "Print", prints.KIND)])
		self.assertIn(frappe.utils.get_fullname(self.chief), watermark.text())  # whatever format is asked for
		asked["format"] = "Standard"
		self.assertIn(frappe.utils.get_fullname(self.chief), watermark.text())

	def test_whoever_chose_does_not_issue_the_letter_nor_accept(self) -> None:
		child, file = self.child(), self.family()
		doc = self.reserve(file, child, self.chief)
		self.assertRefused(FourEyesError, self.step, doc, "Issue the Letter", self.chief)
		doc = self.step(doc, "Issue the Letter", self.other_chief)
		self.assertRefused(FourEyesError, self.step, self.visited(doc), "Accept the Match", self.chief)

	def test_a_step_belongs_to_the_directorate_of_the_family(self) -> None:
		doc = self.reserve(self.family(), self.child())
		for user in (self.specialist, self.there.chief, self.manager):
			self.assertRefused(REFUSED, self.step, doc, "Issue the Letter", user)

	def test_a_match_wants_every_visit_the_examination_and_the_childs_view(self) -> None:
		doc = self.visited(self.with_letter(self.family(), self.child()))
		for values in (
			{"visits": []},
			{"medical_on": None},
			{"medical_result": ""},
			{"child_view": ""},
			{"medical_result": "The Family Does Not Accept"},
		):
			with self.subTest(values):
				self.assertRefused(ReservationError, self.changed_and_accepted, doc, values)
		self.assertEqual(self.step(doc, "Accept the Match", self.chief).status, states.MATCHED)

	def changed_and_accepted(self, doc, values: dict):
		self.act_as(self.specialist)
		frappe.get_doc(states.DOCTYPE, doc.name).update(values).save()
		return self.step(doc, "Accept the Match", self.chief)

	def test_visits_lie_between_the_letter_and_today(self) -> None:
		doc = self.with_letter(self.family(), self.child())
		self.act_as(self.specialist)
		for day in (add_days(nowdate(), 1), add_days(nowdate(), -1)):
			again = frappe.get_doc(states.DOCTYPE, doc.name)
			again.append("visits", {"visit_date": day, "reaction": "Calm"})
			self.assertRefused(ReservationError, again.save)

	def test_a_release_has_a_cause_and_frees_the_child(self) -> None:
		child = self.child()
		doc = self.with_letter(self.family(), child)
		self.assertRefused(frappe.ValidationError, self.step, doc, "End the Reservation", self.specialist)
		values = {"release_cause": "The Child Refuses", "release_reason": "بكى في كل زيارة"}
		doc = self.step(doc, "End the Reservation", self.specialist, **values)
		self.assertEqual((doc.status, doc.open_file, doc.closed_by), (states.RELEASED, None, self.specialist))
		again = self.reserve(self.family(), child)
		self.assertEqual(again.status, states.RESERVED)
		self.act_as(self.manager)
		doc = frappe.get_doc(states.DOCTYPE, doc.name)
		doc.release_reason = "آخر"
		self.assertRefused(ReservationError, doc.save)

	def test_a_match_of_a_case_that_went_on_is_not_released(self) -> None:
		file = self.family()
		doc = self.matched(file, self.child())
		cases.at(file, path.CHARTER)
		values = {"release_cause": "The Family Refuses", "release_reason": "س"}
		self.assertRefused(
			ReservationError, self.step, doc, "End the Reservation", self.other_chief, **values
		)
		cases.at(file, path.VIEWING)
		self.assertEqual(
			self.step(doc, "End the Reservation", self.other_chief, **values).status, states.RELEASED
		)

	def test_nothing_is_deleted(self) -> None:
		doc = self.reserve(self.family(), self.child())
		self.act_as("Administrator")
		self.assertRefused(frappe.PermissionError, frappe.delete_doc, states.DOCTYPE, doc.name)


class TestExpiry(MatchingTestCase):
	def expire(self) -> int:
		"""A run without the commits of its chunks, which would keep this test's rows."""
		self.act_as("Administrator")
		return sum(expiry.expire(name) for name in expiry.due())

	def aged(self, doc, days: int = 1):
		frappe.db.set_value(states.DOCTYPE, doc.name, "expires_on", add_days(nowdate(), -days))
		return doc

	def test_its_time_is_over_and_the_child_waits_again(self) -> None:
		child = self.child()
		doc = self.aged(self.reserve(self.family(), child))
		today = self.reserve(self.family(), self.child())
		frappe.db.set_value(states.DOCTYPE, today.name, "expires_on", nowdate())
		self.assertEqual(self.expire(), 1)
		doc.reload()
		self.assertEqual(
			(doc.status, doc.open_file, doc.children[0].open_child), (states.EXPIRED, None, None)
		)
		self.assertEqual(frappe.db.get_value(states.DOCTYPE, today.name, "status"), states.RESERVED)
		self.assertEqual(self.reserve(self.family(), child).status, states.RESERVED)

	def test_who_keeps_the_file_is_told_without_names(self) -> None:
		child = self.child()
		doc = self.aged(self.reserve(self.family(), child))
		self.expire()
		rows = frappe.get_all(
			"Notification Log", {"document_name": doc.name}, ["for_user", "subject"], order_by="name"
		)
		self.assertIn(self.specialist, {row.for_user for row in rows})
		self.assertFalse([row for row in rows if child.first_name in row.subject])

	def test_an_accepted_match_waits_for_its_hand_over(self) -> None:
		self.aged(self.matched(self.family(), self.child()))
		self.assertEqual(self.expire(), 0)

	def test_the_letter_gives_the_days_of_the_visits(self) -> None:
		doc = self.with_letter(self.family(), self.child())
		self.assertEqual(str(doc.expires_on), add_days(nowdate(), 90))


class TestPath(MatchingTestCase):
	def act(self, file, action: str, user: str, **values):
		self.act_as(user)
		doc = frappe.get_doc(states.FILE, file.name).update(values)
		doc.save()
		return apply_workflow(doc, action)

	def test_the_file_gets_letter_and_child_from_the_reservation(self) -> None:
		file, child = self.family(), self.child()
		self.assertRefused(KafalaFileError, self.act, file, "Issue the Viewing Letter", self.chief)
		doc = self.reserve(file, child)
		self.assertRefused(KafalaFileError, self.act, file, "Issue the Viewing Letter", self.chief)
		doc = self.step(doc, "Issue the Letter", self.chief)
		file = self.act(file, "Issue the Viewing Letter", self.chief)
		self.assertEqual((file.status, getdate(file.viewing_letter_on)), (path.VISITS, getdate(nowdate())))
		self.assertRefused(KafalaFileError, self.act, file, "Confirm the Child", self.chief, child=child.name)
		self.step(self.visited(doc), "Accept the Match", self.chief)
		file = self.act(file, "Confirm the Child", self.chief)
		self.assertEqual((file.status, file.child), (path.DEPOSIT, child.name))

	def test_a_family_that_withdraws_holds_no_child(self) -> None:
		file, child = self.family(), self.child()
		doc = self.reserve(file, child)
		self.act(file, "Withdraw the Application", self.chief, end_reason="سفر")
		doc.reload()
		self.assertEqual((doc.status, doc.release_cause), (states.RELEASED, "The Application Is Over"))
		self.assertEqual(self.reserve(self.family(), child).status, states.RESERVED)
