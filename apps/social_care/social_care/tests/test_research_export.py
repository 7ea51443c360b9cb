"""Exports for research: no small group, nobody named, decided by another than asked, and handed out as approved."""

import csv
import io

import frappe
from frappe.utils import add_days, add_years, nowdate

from social_care.api import research as calls
from social_care.governance import research
from social_care.governance.research import EXPORT, ResearchExportError
from social_care.tests import SocialCareTestCase, factories


class TestResearchExport(SocialCareTestCase):
	def setUp(self) -> None:
		super().setUp()
		frappe.db.sql(
			"update `tabChild` set `life_state` = 'Left Care'"
		)  # what other tests left; taken back with the rest
		unit = factories.org_unit(governorate="25").name
		far = factories.org_unit(governorate="27").name
		home, other = factories.institution(unit).name, factories.institution(far).name
		born = add_years(nowdate(), -8)
		self.children = [factories.child(home, birth_date=born) for _turn in range(12)]
		self.children += [factories.child(home, birth_date=born, sex="Female") for _turn in range(11)]
		self.children += [factories.child(other, birth_date=born) for _turn in range(3)]
		self.asker = factories.staff("General Manager", "HQ")
		self.second = factories.staff("Data Protection Officer", "HQ")

	def ask(self, user: str = "", **values) -> str:
		self.act_as(user or self.asker)
		doc = {
			"doctype": EXPORT,
			"purpose": "بحث عن حاجة المحافظات إلى الأسر الكافلة",
			"recipient": "مركز بحوث",
		}
		return frappe.get_doc({**doc, **values}).insert().name

	def approved(self, **values) -> tuple[list[list[str]], frappe._dict]:
		name = self.ask(**values)
		self.act_as(self.second)
		calls.decide(name, 1)
		doc = frappe.get_doc(EXPORT, name)
		return list(csv.reader(io.StringIO(doc.content))), doc

	def test_whoever_asks_fills_the_form_and_does_not_decide(self) -> None:
		meta = frappe.get_meta(EXPORT)
		asking = {row.role for row in meta.permissions if row.create}
		self.assertEqual(asking, {row.role for row in meta.permissions if row.create and row.write})
		other, head = (
			factories.staff("General Manager", "HQ"),
			factories.staff("Central Administration Head", "HQ"),
		)
		name = self.ask()
		for user in (self.asker, other):
			self.act_as(user)
			self.assertRefused(frappe.PermissionError, calls.decide, name, 1)
		self.act_as(head)
		calls.decide(name, 1)
		self.assertEqual(frappe.db.get_value(EXPORT, name, "state"), research.APPROVED)

	def test_groups_are_counted_and_small_ones_withheld(self) -> None:
		(_head, *rows), doc = self.approved()
		self.assertEqual(
			[int(row[-1]) for row in rows], [12]
		)  # eleven go with the three, so that no sum tells of them
		self.assertEqual((doc.children_told, doc.groups_withheld, doc.children_withheld), (12, 2, 14))
		self.assertEqual(rows[0][2], "من 6 إلى أقل من 12")
		self.assertEqual(doc.least_group, 10)

	def test_coarser_groups_tell_of_more(self) -> None:
		(_head, *rows), doc = self.approved(by_governorate=0)
		self.assertEqual(sorted(int(row[-1]) for row in rows), [11, 15])
		self.assertEqual(doc.groups_withheld, 0)

	def test_the_limit_is_a_setting_that_cannot_be_switched_off(self) -> None:
		self.settings(research_least_group=1)
		self.assertEqual(research.limit(), research.LEAST)

	def test_every_field_and_the_admissions_of_a_period(self) -> None:
		frappe.db.set_value("Child", self.children[0].name, "admission_date", add_days(nowdate(), -400))
		period = {"cohort": research.ADMITTED, "from_date": add_days(nowdate(), -100), "to_date": nowdate()}
		frappe.db.sql("update `tabChild` set `admission_date` = '2001-01-01' where `life_state` != 'Active'")
		(head, *rows), _doc = self.approved(by_governorate=0, by_sex=0, **period)
		self.assertEqual((len(head), [int(row[-1]) for row in rows]), (2, [25]))
		frappe.db.set_value("Child", self.children[0].name, "admission_date", add_days(nowdate(), -90))
		(head, *rows), _doc = self.approved(by_care_type=1, by_stay=1, by_governorate=0, by_sex=0)
		self.assertEqual((len(head), [row[-2:] for row in rows]), (4, [["<1", "26"]]))

	def test_nobody_can_be_found_in_it(self) -> None:
		_rows, doc = self.approved()
		for child in self.children:
			for secret in (
				child.name,
				child.national_number,
				child.institution,
				child.grandfather_name,
				child.birth_date,
			):
				self.assertNotIn(str(secret), doc.content)

	def test_who_asks_does_not_decide(self) -> None:
		self.act_as("Administrator")
		head = factories.staff("Central Administration Head", "HQ")
		own, name = self.ask(head), self.ask()
		self.act_as(head)
		self.assertRefused(frappe.PermissionError, calls.decide, own, 1)
		self.act_as(self.asker)
		self.assertRefused(frappe.PermissionError, calls.decide, name, 1)
		self.act_as(self.second)
		self.assertRefused(ResearchExportError, calls.decide, name, 0)
		calls.decide(name, 0, "لا حاجة")
		self.assertRefused(ResearchExportError, calls.decide, name, 1)
		self.assertRefused(ResearchExportError, calls.download, name)
		self.assertFalse(frappe.db.get_value(EXPORT, name, "content"))

	def test_what_was_asked_is_not_changed_afterwards(self) -> None:
		name = self.ask(state="Approved", content="x", decided_by=self.asker)
		self.act_as(self.second)
		doc = frappe.get_doc(EXPORT, name)
		self.assertEqual(
			(doc.state, doc.content, doc.decided_by, doc.asked_by), ("Asked", None, None, self.asker)
		)
		doc.purpose = "غرض آخر غير الذي طلبه صاحبه"
		self.assertRefused(frappe.PermissionError, doc.save)
		self.act_as("Administrator")
		self.assertRefused(frappe.PermissionError, frappe.delete_doc, EXPORT, name, force=True)

	def test_the_approved_file_is_handed_out_and_noted(self) -> None:
		_rows, doc = self.approved()
		self.act_as(self.asker)
		calls.download(doc.name)
		self.assertEqual(frappe.local.response.filecontent.decode("utf-8-sig"), doc.content)
		noted = {"export_from": EXPORT, "reference_document": doc.name, "user": self.asker}
		self.assertTrue(frappe.db.exists("Access Log", noted))

	def test_whose_places_are_not_the_country_asks_for_nothing(self) -> None:
		self.act_as("Administrator")
		unit = factories.org_unit().name
		manager = factories.staff("General Manager", unit)
		director = factories.staff("Directorate Director", unit)
		for user in (manager, director):
			self.assertRefused(frappe.PermissionError, self.ask, user)

	def test_a_purpose_a_field_and_a_period_are_asked_for(self) -> None:
		none = dict.fromkeys(("by_governorate", "by_sex", "by_age_band"), 0)
		for values in ({"purpose": "بحث"}, none, {"cohort": research.ADMITTED}):
			self.assertRefused(ResearchExportError, self.ask, **values)
