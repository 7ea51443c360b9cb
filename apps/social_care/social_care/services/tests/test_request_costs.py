"""What a request costs the database: the same for the first and for the thousandth, and little more than its rows."""

import frappe

from social_care.services.tests.cases import VISITS, ServiceTestCase
from social_care.tests.queries import queries

BESIDE_ROWS = (
	23  # statements of a new request that store no row of its own, with what every new call reads anew
)
STORED = ("insert into `tabservice", "insert into `tabfamily visit")


class TestCosts(ServiceTestCase):
	def sent_by(self, work) -> list[str]:
		"""Statements of a piece of work as a new call has it: nothing is remembered of the call before."""
		frappe.local.request_cache.clear()
		frappe.db.value_cache.clear()
		frappe.local.new_doc_templates.clear()
		with queries() as sent:
			work()
		return [" ".join(str(query).split()).lower() for query in sent]

	def insert(self) -> list[str]:
		self.act_as(self.worker)
		return self.sent_by(lambda: self.visit().insert())

	def test_a_new_request_costs_the_same_however_many_there_are(self) -> None:
		self.insert()  # the process reads what it keeps
		first = self.insert()
		for _turn in range(20):
			self.insert()
		last = self.insert()
		self.assertEqual(len(first), len(last), (first, last))
		self.assertEqual([query[:60] for query in first], [query[:60] for query in last])

	def test_it_costs_little_more_than_its_rows(self) -> None:
		self.insert()
		sent = self.insert()
		rows = [query for query in sent if query.startswith(STORED)]
		self.assertGreater(len(rows), 6, "the request, its receipt, papers, conditions and path")
		self.assertLessEqual(len(sent) - len(rows), BESIDE_ROWS, sent)

	def test_a_step_costs_the_same_however_many_there_are(self) -> None:
		def step() -> list[str]:
			self.act_as(self.worker)
			doc = self.visit().insert()
			doc.status = "Under Study"
			return self.sent_by(doc.save)

		step()
		first = step()
		for _turn in range(10):
			self.insert()
		self.assertEqual(len(first), len(step()))

	def test_a_receipt_counts_its_requests(self) -> None:
		self.act_as(self.worker)
		first = self.visit().insert()
		self.assertEqual(frappe.db.get_value("Service Receipt", first.receipt, "requests"), 1)
		self.visit(receipt=first.receipt).insert()
		self.assertEqual(frappe.db.get_value("Service Receipt", first.receipt, "requests"), 2)

	def test_a_receipt_holds_what_every_record_holds(self) -> None:
		self.act_as(self.worker)
		doc = self.visit().insert()
		receipt = frappe.get_doc("Service Receipt", doc.receipt)
		self.assertEqual(
			(receipt.owner, receipt.received_by, receipt.docstatus), (self.worker, self.worker, 0)
		)
		self.assertEqual((receipt.org_unit, receipt.institution), (doc.org_unit, doc.institution))
		self.assertTrue(receipt.search_name and receipt.phone_key and receipt.creation)
		self.act_as(self.worker_there)
		self.assertFalse(receipt.has_permission("read"))

	def test_what_a_request_may_not_hold_its_receipt_does_not_hold(self) -> None:
		"""The receipt is stored before the request: a request that is refused leaves none, and none with other values."""
		self.act_as(self.worker)
		before = frappe.db.count("Service Receipt")
		for values in (
			{"applicant_phone": "1" * 31},
			{"applicant_name": "سعاد <script>alert(1)</script>"},
			{"applicant_email": "no address"},
			{"institution": self.there.institution, "org_unit": self.there.district},
		):
			with self.subTest(values=values):
				frappe.db.savepoint("refused")
				with self.assertRaises(frappe.ValidationError if "institution" not in values else Exception):
					self.visit(**values).insert()
				frappe.db.rollback(save_point="refused")
		self.assertEqual(frappe.db.count("Service Receipt"), before)

	def test_whoever_is_asked_next_is_written_with_all_roles(self) -> None:
		self.act_as(self.worker)
		doc = self.visit().insert()
		action = frappe.get_doc("Workflow Action", {"reference_doctype": VISITS, "reference_name": doc.name})
		roles = [row.role for row in action.permitted_roles]
		self.assertIn("Institution Social Worker", roles)
		self.assertEqual(roles, sorted(roles))
		self.assertEqual({row.parentfield for row in action.permitted_roles}, {"permitted_roles"})
