"""Report «Assessment Tools by Kind of Institution»."""

import frappe
from frappe.desk.query_report import run
from social_care.tests import SocialCareTestCase
from social_care.tests.factories import institution, org_unit, staff
from social_care.tests.places import HEADQUARTERS

REPORT = "Assessment Tools by Kind of Institution"


def rows(**filters) -> dict[str, dict]:
	return {row["institution_type"]: row for row in run(REPORT, filters)["result"]}


class TestToolsReport(SocialCareTestCase):
	def test_kinds_with_and_without_a_tool(self) -> None:
		found = rows()
		self.assertEqual((found["CI-01"]["tool"], found["CI-01"]["standard_count"]), ("CHILD-42-1", 42))
		self.assertIsNone(found["NU-01"]["tool"])
		self.assertNotIn("CI-08", found, "new-born centres of the Ministry of Health are not inspected")

	def test_filters(self) -> None:
		self.assertEqual(
			set(rows(category="Older Persons", only_without_tool=1)), {"EL-03", "EL-04", "EL-05"}
		)
		self.assertIsNone(rows(on_date="2010-01-01")["CI-01"]["tool"])

	def test_the_adviser_counts_working_institutions(self) -> None:
		unit, adviser = org_unit().name, staff("Inspection Adviser", HEADQUARTERS)
		self.act_as(adviser)
		before = rows()["CI-01"]["institutions"]
		self.act_as("Administrator")
		institution(unit)
		institution(unit).db_set("status", "Closed")
		self.act_as(adviser)
		self.assertEqual(rows()["CI-01"]["institutions"], before + 1)

	def test_a_functional_administrator_without_institutions_sees_no_counts(self) -> None:
		institution(org_unit().name)
		self.act_as(staff("Functional Administrator", HEADQUARTERS))
		self.assertEqual({row["institutions"] for row in rows().values()}, {0})

	def test_an_institutions_staff_may_not_run_it(self) -> None:
		home = institution(org_unit().name)
		self.act_as(staff("Institution Director", institution=home.name))
		with self.assertRaises(frappe.PermissionError):
			rows()
