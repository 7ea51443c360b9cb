"""Buildings of kafala centres: dates, stages, follow-up notes, and whose they are."""

import frappe
from frappe.utils import add_days, nowdate
from social_care.tests import CountryTestCase, factories
from social_care.tests.places import HEADQUARTERS

from social_care_kafala.kafala.doctype.kafala_centre_building.kafala_centre_building import (
	KafalaBuildingError,
)
from social_care_kafala.tests.factories import building, note

DOCTYPE = "Kafala Centre Building"


class TestDates(CountryTestCase):
	def refused(self, **values) -> None:
		self.assertRefused(KafalaBuildingError, building, self.here.directorate, **values)

	def test_nothing_has_happened_in_the_future(self) -> None:
		for field in ("decision_date", "licence_date", "opening_date"):
			with self.subTest(field):
				self.refused(**{field: add_days(nowdate(), 1)})

	def test_licence_and_opening_come_after_the_decision(self) -> None:
		before = add_days(nowdate(), -500)
		for field in ("licence_date", "opening_date", "planned_opening_date"):
			with self.subTest(field):
				self.refused(**{field: before})

	def test_the_opening_comes_after_the_licence(self) -> None:
		self.refused(licence_date=add_days(nowdate(), -10), opening_date=add_days(nowdate(), -20))

	def test_the_governorate_is_the_directorates(self) -> None:
		doc = building(self.here.directorate, governorate="27")
		self.assertEqual(doc.governorate, "01")
		self.assertRefused(KafalaBuildingError, building, HEADQUARTERS)


class TestFollowUp(CountryTestCase):
	def test_the_latest_note_says_how_far_the_works_are(self) -> None:
		doc = building(self.here.directorate, follow_ups=[note(-5, 60), note(-30, 20)])
		self.assertEqual([row.works_progress for row in doc.follow_ups], [20, 60])
		self.assertEqual((doc.works_progress, str(doc.last_follow_up)), (60, add_days(nowdate(), -5)))

	def test_a_note_lies_between_decision_and_today(self) -> None:
		for day in (-500, 1):
			with self.subTest(day):
				self.assertRefused(
					KafalaBuildingError, building, self.here.directorate, follow_ups=[note(day, 10)]
				)

	def test_a_share_is_at_most_the_whole(self) -> None:
		self.assertRefused(KafalaBuildingError, building, self.here.directorate, follow_ups=[note(-1, 101)])

	def test_who_wrote_a_note_is_the_systems_business(self) -> None:
		self.act_as(self.here.chief)
		doc = building(self.here.directorate, follow_ups=[note(-9, 10, recorded_by="Administrator")])
		self.assertEqual(doc.follow_ups[0].recorded_by, self.here.chief)
		self.act_as(self.here.officer)
		doc = frappe.get_doc(DOCTYPE, doc.name)
		doc.append("follow_ups", note(-2, 30))
		doc.follow_ups[0].recorded_by = self.here.officer
		doc.save()
		self.assertEqual([row.recorded_by for row in doc.follow_ups], [self.here.chief, self.here.officer])


class TestStages(CountryTestCase):
	def refused(self, stage: str, **values) -> None:
		self.assertRefused(KafalaBuildingError, building, self.here.directorate, stage=stage, **values)

	def test_finished_works_need_a_note_that_says_so(self) -> None:
		self.refused("Works Completed", follow_ups=[note(-3, 90)])
		building(self.here.directorate, stage="Works Completed", follow_ups=[note(-3, 100)])

	def test_a_licensed_building_has_a_licence(self) -> None:
		self.refused("Licensed", follow_ups=[note(-30, 100)], licence_number="12")
		self.refused("Licensed", licence_number="12", licence_date=add_days(nowdate(), -3))

	def test_an_opened_building_has_all_its_papers_and_may_name_its_centre(self) -> None:
		papers = {
			"follow_ups": [note(-30, 100)],
			"licence_number": "12",
			"licence_date": add_days(nowdate(), -20),
		}
		self.refused("Centre Opened", **papers)
		self.refused("Licensed", **papers, opening_date=nowdate())
		centre = factories.institution(self.here.district, institution_type="CI-03").name
		home = factories.institution(self.here.district).name
		self.refused("Licensed", **papers, institution=centre)
		self.refused("Centre Opened", **papers, opening_date=nowdate(), institution=home)
		building(
			self.here.directorate, stage="Centre Opened", **papers, opening_date=nowdate(), institution=centre
		)

	def test_an_allocation_is_withdrawn_with_a_reason_and_never_deleted(self) -> None:
		self.refused("Allocation Withdrawn")
		doc = building(
			self.here.directorate, stage="Allocation Withdrawn", withdrawal_reason="عاد المبنى إلى مالكه"
		)
		self.assertRefused(frappe.PermissionError, frappe.delete_doc, DOCTYPE, doc.name)


class TestScope(CountryTestCase):
	def setUp(self) -> None:
		super().setUp()
		self.ours = building(self.here.directorate).name
		self.theirs = building(self.there.directorate).name

	def seen(self) -> set[str]:
		return set(frappe.get_list(DOCTYPE, pluck="name", limit_page_length=0)) & {self.ours, self.theirs}

	def test_a_directorate_sees_its_own_and_headquarters_all(self) -> None:
		for user, expected in (
			(self.here.chief, {self.ours}),
			(self.there.officer, {self.theirs}),
			(self.country.head, {self.ours, self.theirs}),
			(self.here.director, set()),
		):
			with self.subTest(user):
				self.act_as(user)
				self.assertEqual(self.seen(), expected)

	def test_a_form_out_of_scope_stays_closed(self) -> None:
		self.act_as(self.here.chief)
		frappe.get_doc(DOCTYPE, self.ours).check_permission("write")
		for ptype in ("read", "write", "print"):
			self.assertFalse(frappe.has_permission(DOCTYPE, ptype, self.theirs))

	def test_no_building_is_given_to_another_directorate(self) -> None:
		self.act_as(self.here.chief)
		self.assertRefused(frappe.PermissionError, building, self.there.directorate)
		doc = frappe.get_doc(DOCTYPE, self.ours)
		doc.org_unit = self.there.directorate
		self.assertRefused(frappe.PermissionError, doc.save)

	def test_notes_follow_their_building(self) -> None:
		self.act_as("Administrator")
		doc = frappe.get_doc(DOCTYPE, self.theirs)
		doc.append("follow_ups", note(-3, 10))
		doc.save()
		self.act_as(self.here.chief)
		found = frappe.get_list(
			"Kafala Centre Follow-Up", parent_doctype=DOCTYPE, pluck="parent", limit_page_length=0
		)
		self.assertNotIn(self.theirs, found)

	def test_the_staff_of_an_opened_centre_reads_its_building(self) -> None:
		centre = factories.institution(self.here.district, institution_type="CI-03").name
		director = factories.staff("Institution Director", institution=centre)
		doc = building(
			self.here.directorate,
			stage="Centre Opened",
			follow_ups=[note(-30, 100)],
			licence_number="7",
			licence_date=add_days(nowdate(), -20),
			opening_date=add_days(nowdate(), -10),
			institution=centre,
		)
		self.act_as(director)
		self.assertTrue(frappe.has_permission(DOCTYPE, "read", doc.name))
		self.assertFalse(frappe.has_permission(DOCTYPE, "write", doc.name))
