"""Benefits by level of the integrated services card: to which holders are entitled, and what they received."""

from typing import Any

import frappe
from frappe.utils import add_months, now_datetime, nowdate

from social_care.api.guards.endpoints import run_report
from social_care.prints import report
from social_care.prints.testing import whole
from social_care.services import versions
from social_care.services.report.entitlements_by_card_level import entitlements_by_card_level as entitlements
from social_care.services.tests.cases import ServiceTestCase
from social_care.services.tests.packs import compile_packs
from social_care.tests import factories

CARD = "SC-28"
REPORT = "Entitlements by Card Level"
PENSIONS, QUOTA = "Two Pensions Together", "Five Per Cent Employment Quota"


class TestEntitlements(ServiceTestCase):
	@classmethod
	def setUpClass(cls) -> None:
		super().setUpClass()
		if not versions.published_version(CARD):
			compile_packs([CARD])

	def setUp(self) -> None:
		super().setUp()
		self.act_as("Administrator")
		frappe.db.delete(entitlements.CARDS)  # of other tests; taken back at the end

	def card(
		self, level: str, lines: list[dict], log: tuple[str, ...] = (), place=None, **values: Any
	) -> None:
		"""A card as it stands; how one is issued is proven by the pack's own samples."""
		first = {"doctype": entitlements.CARDS, "service": CARD, "submitted_on": now_datetime()}
		first |= {"pack_version": versions.published_version(CARD), "status": "Card Delivered"}
		doc = frappe.get_doc(
			{**first, "org_unit": (place or self.here).district, "assessed_severity": level, **values}
		)
		doc.set_new_name()
		doc.db_insert()
		for line in lines:
			self.row(doc, "entitlements", {"entitled": 1} | line)
		for benefit in log:
			self.row(
				doc,
				"benefits_log",
				{"log_benefit": benefit, "log_date": nowdate(), "log_body": "النقل العام"},
			)

	def row(self, doc, table: str, values: dict) -> None:
		kind = doc.meta.get_field(table).options
		of = {"parent": doc.name, "parenttype": doc.doctype, "parentfield": table}
		frappe.get_doc({"doctype": kind, **of, **values}).db_insert()

	def rows(self, user: str, **filters: Any) -> list[dict]:
		self.act_as(user)
		return entitlements.execute(filters)[1]

	def found(self, user: str, **filters: Any) -> dict[tuple, tuple]:
		shown = [row for row in self.rows(user, **filters) if not row.get("is_total")]
		keys = ("entitled", "referred", "received", "not_received", "reasons")
		return {(row["level"], row["benefit"]): tuple(row[key] for key in keys) for row in shown}

	def key(self, level: str, benefit: str) -> tuple[str, str]:
		return frappe._(level), frappe._(benefit)

	def test_received_is_what_its_line_or_the_log_says(self) -> None:
		self.card("Severe", [{"entitlement": PENSIONS, "received_date": nowdate()}])
		self.card("Severe", [{"entitlement": PENSIONS, "referral_date": nowdate()}], log=(PENSIONS, PENSIONS))
		self.card("Severe", [{"entitlement": PENSIONS, "not_received_reason": "رفض الجهة"}], log=(QUOTA,))
		self.assertEqual(self.found(self.here.chief), {self.key("Severe", PENSIONS): (3, 1, 2, 1, 1)})

	def test_levels_stand_in_the_order_of_the_form_and_are_chosen(self) -> None:
		for level in ("Severe", "Mild", "Medium"):
			self.card(level, [{"entitlement": QUOTA}])
		levels = [row["level"] for row in self.rows(self.here.chief)[:-1]]
		self.assertEqual(levels, [frappe._(level) for level in ("Mild", "Medium", "Severe")])
		self.assertEqual(list(self.found(self.here.chief, level="Mild")), [self.key("Mild", QUOTA)])
		self.assertEqual(self.rows(self.here.chief, level="x' or 1=1"), [])

	def test_lines_without_entitlement_and_cards_that_are_not_out_are_not_counted(self) -> None:
		self.card("Mild", [{"entitlement": PENSIONS, "entitled": 0}])
		self.card("Mild", [{"entitlement": PENSIONS}], status="Before Decision")
		self.assertEqual(self.rows(self.here.chief), [])

	def test_each_counts_the_cards_of_his_own_places(self) -> None:
		self.card("Mild", [{"entitlement": PENSIONS}])
		self.card("Mild", [{"entitlement": PENSIONS}], place=self.there)
		self.assertEqual(self.rows(self.there.chief)[-1]["entitled"], 1)
		self.act_as("Administrator")
		manager = factories.staff("General Manager", org_unit="HQ")
		self.assertEqual(self.rows(manager)[-1]["entitled"], 2)
		self.assertEqual(self.rows(manager, governorate="02")[-1]["entitled"], 1)

	def test_who_does_not_read_the_level_of_a_card_is_refused(self) -> None:
		self.act_as("Administrator")
		leader = factories.staff("Sector Leadership", org_unit="HQ")
		for user in (leader, self.worker, self.here.entry):
			self.act_as(user)
			self.assertRefused(frappe.PermissionError, entitlements.execute, {})
			self.assertRefused(frappe.PermissionError, run_report, REPORT, filters={})

	def test_it_prints_in_arabic(self) -> None:
		self.card("Severe", [{"entitlement": PENSIONS, "received_date": nowdate()}])
		self.act_as(self.here.chief)
		said = whole(report.make(REPORT, {"from_date": add_months(nowdate(), -12)}))
		self.assertIn("١٠٠", said)
		for english in ("Total", "Severe", "Pensions", "Entitled"):
			self.assertNotIn(english, said)
