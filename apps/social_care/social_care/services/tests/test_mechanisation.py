import frappe
from frappe import _
from frappe.utils import add_days, nowdate

from social_care.boot import request_pages
from social_care.services import mechanisation
from social_care.services.catalogue import pages_of_requests
from social_care.services.report.mechanisation_phases import mechanisation_phases as phases
from social_care.services.report.mechanisation_status.mechanisation_status import execute
from social_care.services.tests.cases import VISIT, VISITS, ServiceTestCase
from social_care.tests.queries import queries


class TestMechanisation(ServiceTestCase):
	def test_services_are_counted_and_a_dropped_one_is_not(self) -> None:
		before = mechanisation.mechanised()
		self.assertEqual((before["services"], before["first_phase"]), (44, 14))
		frappe.db.set_value("Service", "SC-44", "status", "Dropped")
		self.assertEqual(mechanisation.mechanised()["services"], 43)

	def test_what_is_written_and_what_is_used(self) -> None:
		for governorate, status in (("02", "Live"), ("03", "Designed"), ("04", "Used")):
			row = {
				"doctype": "Service Mechanisation",
				"service": VISIT,
				"governorate": governorate,
				"status": status,
			}
			frappe.get_doc(row).insert()
		live = mechanisation.stages()[VISIT]["Live"]
		used = mechanisation.stages()[VISIT]["Used"]
		self.assertEqual(live, 2)  # «used» without a request is live at the most
		self.act_as(self.worker_there)
		self.visit(institution=self.there.institution, org_unit=self.there.district).insert()
		self.act_as("Administrator")
		after = mechanisation.stages()[VISIT]
		self.assertEqual((after["Used"], after["Live"]), (used + 1, 1))

	def test_the_report_has_a_row_a_service_for_its_readers(self) -> None:
		self.act_as(self.country.head)
		columns, rows, _message, _chart, summary = execute({})
		self.assertEqual(len(rows), 44)
		self.assertTrue(
			{column["fieldname"] for column in columns} >= {"designed", "configured", "live", "used"}
		)
		self.assertEqual(len(summary), 2)
		self.assertEqual({row.phase for row in execute({"phase": 1})[1]}, {1})

	def test_queries_do_not_grow_with_requests(self) -> None:
		before = self.asked()
		self.act_as(self.worker)
		for _request in range(3):
			self.visit().insert()
		self.act_as("Administrator")
		self.assertEqual(self.asked(), before)

	def asked(self) -> int:
		"""Queries of the report, its caches warm."""
		execute({})
		with queries() as sent:
			execute({})
		return len(sent)


class TestPhases(ServiceTestCase):
	def setUp(self) -> None:
		super().setUp()
		self.early, self.late, self.unknown = "SC-01", "SC-02", "SC-03"
		days = {self.early: "2023-11-30", self.late: "2024-01-10", self.unknown: None}
		for service, day in days.items():
			values = {"phase": 1, "status": "Launched", "status_date": day}
			frappe.db.set_value("Service", service, values)

	def test_days_before_and_after_the_date_that_was_announced(self) -> None:
		self.act_as(self.country.head)
		rows = {row["name"]: row for row in phases.execute({"mechanisation_phase": "PHASE-1"})[1]}
		told = {name: (row["days"], row["standing"]) for name, row in rows.items()}
		self.assertEqual(told[self.late], (10, phases.LATE))
		self.assertEqual(told[self.early], (-31, phases.IN_TIME))
		self.assertEqual(told[self.unknown], (None, ""))
		self.assertEqual(len(rows), frappe.db.count("Service", {"phase": 1, "status": ["!=", "Dropped"]}))

	def test_what_is_not_mechanised_is_late_from_the_day_after(self) -> None:
		frappe.db.set_value("Service", self.late, "status", "In Preparation")
		for target, standing in ((add_days(nowdate(), -1), phases.OVERDUE), (nowdate(), phases.WAITING)):
			frappe.db.set_value("Mechanisation Phase", "PHASE-1", "target_date", target)
			(row,) = (row for row in phases.execute({})[1] if row["name"] == self.late)
			self.assertEqual((row["standing"], row["mechanised_on"]), (standing, None))

	def test_the_summary_counts_what_the_rows_say(self) -> None:
		_columns, rows, _message, _chart, summary = phases.execute({})
		counted = {card["label"]: card["value"] for card in summary}
		known = sum(bool(row["standing"]) for row in rows)
		self.assertEqual(counted.pop(_("Services")), len(rows))
		self.assertEqual(sum(counted.values()), known)

	def test_a_phase_without_services_and_a_wrong_order(self) -> None:
		later = {
			"phase_code": "PHASE-9",
			"phase_name": "تجربة",
			"phase_number": 9,
			"target_date": "2030-01-01",
		}
		frappe.get_doc({"doctype": "Mechanisation Phase", **later}).insert()
		self.assertEqual(phases.execute({"mechanisation_phase": "PHASE-9"})[1], [])
		phase = frappe.get_doc("Mechanisation Phase", "PHASE-9")
		phase.begins_on = "2031-01-01"
		self.assertRefused(frappe.ValidationError, phase.save)

	def test_who_writes(self) -> None:
		phase = frappe.get_doc("Mechanisation Phase", "PHASE-1")
		for user in (self.country.head, self.here.chief):
			self.act_as(user)
			self.assertTrue(phase.has_permission("read"))
			self.assertFalse(phase.has_permission("write"))


class TestPages(ServiceTestCase):
	def test_a_request_stands_on_its_groups_page_for_those_who_may_open_both(self) -> None:
		page = pages_of_requests()[VISITS]
		self.assertTrue(frappe.db.exists("Workspace", page))

		def told(can_read: list[str], pages: list[str]) -> dict[str, str]:
			allowed = [{"name": name} for name in pages]
			return request_pages({"user": {"can_read": can_read}, "allowed_workspaces": allowed})

		self.assertEqual(told([VISITS, "Child"], [page]), {VISITS: page})
		self.assertEqual(told([VISITS], []), {})
		self.assertEqual(told(["Child"], [page]), {})
