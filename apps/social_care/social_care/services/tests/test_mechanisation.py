import frappe

from social_care.boot import request_pages
from social_care.services import mechanisation
from social_care.services.catalogue import pages_of_requests
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
