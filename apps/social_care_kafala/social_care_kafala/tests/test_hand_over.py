"""The hand-over decision places the child with the family: no gap, no overlap, and the file goes along."""

import frappe
from frappe.utils import add_days, getdate, nowdate
from social_care.registry.placements import PlacementError
from social_care.tests import factories

from social_care_kafala.kafala.doctype.kafala_family_file.kafala_family_file import KafalaFileError
from social_care_kafala.kafala.matching import states
from social_care_kafala.kafala.path import states as path
from social_care_kafala.tests import cases, sessions
from social_care_kafala.tests.matching_cases import MatchingTestCase

HISTORY = ["setting", "institution", "family", "from_date", "to_date", "is_current", "movement"]


class HandOverTestCase(MatchingTestCase):
	@classmethod
	def setUpClass(cls) -> None:
		super().setUpClass()
		cls.secretary_of_hq = factories.staff(cases.SECRETARY, "HQ")

	def ready(self, child, **values):
		"""A file before the central committee, its match accepted."""
		file = self.family(**values)
		self.reservation = self.matched(file, child)
		return cases.at(file, path.HAND_OVER, child=child.name)

	def hand_over(self, file, on: str = ""):
		"""The weekly committee of headquarters signs the contract in a session."""
		self.act_as(self.manager)
		doc = frappe.get_doc(states.FILE, file.name)
		doc.update({"contract_number": "91", "handed_over_on": on or nowdate()}).save()
		case = (states.FILE, file.name)
		sessions.decide(sessions.CENTRAL_HAND_OVER, "HQ", self.secretary_of_hq, self.manager, case)
		self.forget()
		return frappe.get_doc(states.FILE, file.name)

	def history(self, child: str) -> list[dict]:
		return frappe.get_all("Placement", {"child": child}, HISTORY, order_by="from_date asc")


class TestHandOver(HandOverTestCase):
	def test_the_stay_ends_on_the_day_on_which_the_family_begins(self) -> None:
		child = self.child(self.there.institution)
		file = self.hand_over(self.ready(child))
		first, second = self.history(child.name)
		self.assertEqual(first.to_date, second.from_date)
		self.assertEqual(second.from_date, getdate(nowdate()))
		self.assertEqual((first.is_current, second.is_current, second.to_date), (0, 1, None))
		self.assertEqual(
			(second.setting, second.movement, second.family), ("Kafala Family", "Kafala", file.family)
		)
		child.reload()
		self.assertEqual(
			(child.life_state, child.care_type, child.institution, child.org_unit),
			("In Kafala", "Kafala Family", None, self.here.district),
		)

	def test_the_reservation_is_done_and_holds_nobody(self) -> None:
		child = self.child()
		self.hand_over(self.ready(child))
		doc = frappe.get_doc(states.DOCTYPE, self.reservation.name)
		self.assertEqual((doc.status, doc.open_file, doc.closed_by), (states.HANDED_OVER, None, self.manager))
		self.assertEqual([row.open_child for row in doc.children], [None])

	def test_siblings_go_together(self) -> None:
		self.act_as("Administrator")
		origin = frappe.get_doc({"doctype": "Family", "family_title": "أسرة أصلية"}).insert()
		first, second = self.child(family=origin.name), self.child(family=origin.name)
		file = self.hand_over(self.ready(first, accepts_siblings=1))
		for child in (first, second):
			rows = self.history(child.name)
			self.assertEqual([row.is_current for row in rows], [0, 1])
			self.assertEqual(rows[1].family, file.family)

	def test_a_day_within_the_stay_before_is_refused_and_nothing_moves(self) -> None:
		child = self.child()
		file = self.ready(child)
		self.assertRefused(PlacementError, self.hand_over, file, add_days(nowdate(), -400))
		self.assertEqual(len(self.history(child.name)), 1)
		self.assertEqual(frappe.db.get_value(states.FILE, file.name, "status"), path.HAND_OVER)

	def test_a_child_who_lives_in_a_family_meanwhile_is_not_handed_over(self) -> None:
		child = self.child()
		file = self.ready(child)
		frappe.db.set_value("Child", child.name, "life_state", "Reintegrated")
		self.assertRefused(states.ReservationError, self.hand_over, file)

	def test_without_a_match_nobody_is_handed_over(self) -> None:
		file = cases.at(self.family(), path.HAND_OVER)
		self.assertRefused(KafalaFileError, self.hand_over, file)

	def test_the_institution_sees_neither_the_new_placement_nor_the_family(self) -> None:
		child = self.child(self.there.institution)
		file = self.hand_over(self.ready(child))
		for user in (self.there.director, self.there.entry, self.there.officer):
			self.act_as(user)
			rows = frappe.get_list("Placement", {"child": child.name}, HISTORY)
			self.assertNotIn(file.family, [row.get("family") for row in rows])
			self.assertFalse(frappe.get_list("Family", {"name": file.family}))
			self.assertFalse(frappe.get_list("Child", {"name": child.name}))
