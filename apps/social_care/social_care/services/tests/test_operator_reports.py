"""Operators of institutions whose status is not regularised, and micro-projects by the day of their funding."""

from typing import Any

import frappe
from frappe.utils import add_days, add_months, add_to_date, getdate, now_datetime, nowdate

from social_care.api.guards.endpoints import run_report
from social_care.printing.testing import squeezed
from social_care.prints import report
from social_care.prints.testing import whole
from social_care.services import versions
from social_care.services.report.graduation_of_micro_projects import (
	graduation_of_micro_projects as graduation,
)
from social_care.services.report.operators_not_regularised import operators_not_regularised as operators
from social_care.services.tests.cases import ServiceTestCase
from social_care.services.tests.packs import compile_packs
from social_care.tests import factories
from social_care.tests.queries import queries

CASE, PROJECT = "SC-42", "SC-44"


class ReportCase(ServiceTestCase):
	@classmethod
	def setUpClass(cls) -> None:
		super().setUpClass()
		missing = [code for code in (CASE, PROJECT) if not versions.published_version(code)]
		if missing:
			compile_packs(missing)

	def stored(self, doctype: str, service: str, unit: str, **values: Any):
		"""A request as it stands; how it is entered is proven by the pack's own samples."""
		kept = {"service": service, "pack_version": versions.published_version(service)}
		doc = frappe.get_doc(
			{"doctype": doctype, "submitted_on": now_datetime(), "org_unit": unit, **kept, **values}
		)
		doc.set_new_name()
		doc.db_insert()
		return doc


class TestOperators(ReportCase):
	def setUp(self) -> None:
		super().setUp()
		self.act_as("Administrator")
		frappe.db.delete(operators.CASES)  # of other tests; taken back at the end
		self.operator = self.association(self.here)

	def association(self, place, status: str = "Not Regularised", homes: int = 1) -> str:
		values = {"association_name": factories.unique("جمعية"), "registration_number": factories.unique("7")}
		values |= {"org_unit": place.directorate, "status": status, "governorate": "01"}
		name = frappe.get_doc({"doctype": "Association", **values}).insert().name
		for _number in range(homes):
			home = factories.institution(place.district, licensed_capacity=20)
			home.db_set({"association": name, "status": "Operating"})
		return name

	def case(self, association: str, place=None, **values: Any):
		unit = (place or self.here).directorate
		first = {"association": association, "status": "Request Received", "due_on": add_days(nowdate(), 5)}
		return self.stored(operators.CASES, CASE, unit, **first | values)

	def rows(self, user: str, **filters: Any) -> dict[str, dict]:
		self.act_as(user)
		return {row["association"]: row for row in operators.execute(filters)[1]}

	def row(self, **filters: Any) -> dict | None:
		return self.rows(self.here.chief, **filters).get(self.operator)

	def test_an_operator_without_a_case_is_listed_with_what_it_operates(self) -> None:
		two = self.association(self.here, homes=2)
		rows = self.rows(self.here.chief)
		self.assertEqual([rows[name]["institutions"] for name in (self.operator, two)], [1, 2])
		self.assertEqual((rows[two]["places"], rows[two]["position_code"]), (40, operators.NO_CASE))

	def test_position_follows_the_last_case(self) -> None:
		self.case(self.operator, status="Refused", submitted_on=add_to_date(now_datetime(), days=-9))
		self.assertEqual(self.row()["position_code"], operators.NOT_GRANTED)
		last = self.case(self.operator)
		row = self.row()
		self.assertEqual(
			(row["position_code"], row["case"], row["days_late"]), (operators.OPEN, last.name, 0)
		)
		last.db_set("due_on", add_days(nowdate(), -4))
		self.assertEqual(self.row()["days_late"], 4)
		last.db_set("status", "Status Regularised")
		self.assertIsNone(self.row())

	def test_regularised_dissolved_and_without_open_institutions_are_not_listed(self) -> None:
		gone = [self.association(self.here, status) for status in ("Regularised", "Dissolved")]
		self.assertFalse({*gone} & {*self.rows(self.here.chief)})
		self.act_as("Administrator")
		frappe.db.set_value("Institution", {"association": self.operator}, "status", "Closed")
		self.assertIsNone(self.row())

	def test_positions_are_chosen(self) -> None:
		self.case(self.operator)
		self.assertTrue(self.row(position=operators.OPEN))
		self.assertIsNone(self.row(position=operators.NO_CASE))

	def test_each_sees_the_operators_of_his_own_institutions_and_his_own_cases(self) -> None:
		self.assertNotIn(self.operator, self.rows(self.there.chief))
		self.case(self.operator, place=self.there)
		self.assertEqual(self.row()["position_code"], operators.NO_CASE)
		self.assertEqual(self.rows(self.country.head)[self.operator]["position_code"], operators.OPEN)

	def test_who_reads_no_cases_is_refused(self) -> None:
		for user in (self.worker, self.here.entry, self.here.officer):
			self.act_as(user)
			self.assertRefused(frappe.PermissionError, run_report, "Operators Not Regularised", filters={})
			self.assertRefused(frappe.PermissionError, operators.execute, {})

	def test_the_number_of_queries_does_not_grow_with_operators(self) -> None:
		def asked() -> int:
			self.rows(self.here.chief)
			with queries() as sent:
				operators.execute({})
			return len(sent)

		self.case(self.operator)
		few = asked()
		self.act_as("Administrator")
		for _number in range(6):
			self.case(self.association(self.here))
		self.assertEqual(asked(), few)

	def test_it_prints(self) -> None:
		self.act_as(self.here.chief)
		said = whole(report.make("Operators Not Regularised", {"position": operators.NO_CASE}))
		self.assertIn(squeezed(frappe.translate.get_all_translations("ar")[operators.NO_CASE]), said)
		for english in ("Case", "Regularised", "Governorate"):
			self.assertNotIn(english, said)


class TestGraduation(ReportCase):
	def setUp(self) -> None:
		super().setUp()
		self.act_as("Administrator")
		frappe.db.delete(graduation.PROJECTS)  # of other tests; taken back at the end

	def project(self, months_ago: int, place=None, status: str = "Project Running", **values: Any) -> None:
		"""A project that was funded so many months ago and received a year before that."""
		unit = (place or self.here).district
		funded = add_months(now_datetime(), -months_ago)
		received = add_months(now_datetime(), -months_ago - 12)
		doc = self.stored(graduation.PROJECTS, PROJECT, unit, status=status, submitted_on=received, **values)
		stay = {"doctype": "Service Clock Entry", "state": "Funding Approved", "entered_on": funded, "idx": 3}
		stay |= {"parent": doc.name, "parenttype": doc.doctype, "parentfield": "clock", "kind": "Ended"}
		frappe.get_doc(stay).db_insert()

	def rows(self, user: str, **filters: Any) -> list[dict]:
		self.act_as(user)
		period = {"from_date": add_months(nowdate(), -48), "to_date": nowdate()}
		return graduation.execute(period | filters)[1]

	def test_cohorts_are_by_the_day_of_funding(self) -> None:
		self.project(14, left_poverty=1, household_monthly_income=1000, income_after_year=3000)
		self.project(14, household_monthly_income=2000, income_after_year=2000)
		self.project(2, status="Funding Approved", household_monthly_income=500)
		first, second, total = self.rows(self.here.chief)
		self.assertEqual(first["cohort"], str(getdate(add_months(nowdate(), -14)))[:7])
		self.assertEqual((first["projects"], first["left"], first["share"]), (2, 1, 50.0))
		self.assertEqual((first["mean_before"], first["mean_after"]), (1500, 2500))
		self.assertEqual((second["a_year_old"], second["share"], second["mean_after"]), (0, None, None))
		self.assertEqual((total["projects"], total["share"]), (3, 50.0))

	def test_what_became_of_a_cohort(self) -> None:
		for status in ("Project Running", "Left Poverty", "Left Poverty", "Project Ended"):
			self.project(20, status=status, left_poverty=int(status == "Left Poverty"))
		row = self.rows(self.here.chief, cohorts="Year")[0]
		self.assertEqual(row["cohort"], str(getdate(add_months(nowdate(), -20)))[:4])
		self.assertEqual([row[key] for key in ("projects", "running", "graduated", "ended")], [4, 1, 2, 1])

	def test_a_project_that_was_never_funded_is_of_no_cohort(self) -> None:
		self.stored(graduation.PROJECTS, PROJECT, self.here.district, status="Refused")
		self.assertEqual(self.rows(self.here.chief), [])

	def test_the_period_is_that_of_funding(self) -> None:
		self.project(14)
		self.assertEqual(self.rows(self.here.chief, from_date=add_months(nowdate(), -13)), [])

	def test_each_counts_his_own_places(self) -> None:
		self.project(14)
		self.project(14, place=self.there)
		self.assertEqual(self.rows(self.here.chief)[-1]["projects"], 1)
		self.act_as("Administrator")
		leader = factories.staff("Sector Leadership", org_unit="HQ")
		self.assertEqual(self.rows(leader)[-1]["projects"], 2)
		self.assertEqual(self.rows(leader, governorate="01")[-1]["projects"], 1)

	def test_incomes_are_of_those_who_read_their_level(self) -> None:
		self.project(14, household_monthly_income=1000, income_after_year=3000)
		self.act_as("Administrator")
		leader = factories.staff("Sector Leadership", org_unit="HQ")
		self.assertNotIn("mean_before", self.rows(leader)[0])
		self.assertNotIn("mean_before", [column["fieldname"] for column in graduation.get_columns({})])
		self.assertEqual(self.rows(self.here.chief)[0]["mean_before"], 1000)

	def test_who_sees_no_projects_is_refused(self) -> None:
		for user in (self.worker, self.here.entry):
			self.act_as(user)
			self.assertRefused(frappe.PermissionError, graduation.execute, {})
			self.assertRefused(frappe.PermissionError, run_report, "Graduation of Micro-Projects", filters={})

	def test_it_prints(self) -> None:
		self.project(14, left_poverty=1)
		self.act_as(self.here.chief)
		said = whole(report.make("Graduation of Micro-Projects", {"from_date": add_months(nowdate(), -48)}))
		self.assertIn("١٠٠", said)
		for english in ("Total", "Poverty", "Projects", "Month"):
			self.assertNotIn(english, said)
