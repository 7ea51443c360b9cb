"""What tests of confirmations share: a home with staff of its own, three children and an open cycle."""

from unittest.mock import patch

import frappe
from frappe.utils import nowdate

from social_care.governance.confirmation import (
	CONFIRMATION,
	CYCLE,
	ROW,
	decided,
	deciding,
	opening,
	rights,
	screen,
)
from social_care.tests import CountryTestCase, factories


def forget_cycles() -> None:
	"""No cycle was ever opened, also not by another test that had to commit."""
	for doctype in (ROW, CONFIRMATION, CYCLE):
		frappe.db.delete(doctype)


class ConfirmationCase(CountryTestCase):
	"""A home in the directorate with staff of its own, and an open cycle."""

	def setUp(self) -> None:
		super().setUp()
		self.enterContext(patch.object(frappe.db, "commit"))
		forget_cycles()
		self.home = factories.institution(self.here.district).name
		self.entry, self.worker, self.director = (
			factories.staff(role, institution=self.home)
			for role in ("Institution Entry User", "Institution Social Worker", "Institution Director")
		)
		self.children = [factories.child(self.home).name for _child in range(3)]

	def open(self, day: str | None = None) -> str:
		self.act_as("Administrator")
		cycle = opening.begin(day or nowdate(), 3)
		opening.open_cycle(cycle)
		return frappe.db.get_value(CONFIRMATION, {"cycle": cycle, "institution": self.home})

	def seen(self, name: str) -> dict[str, dict]:
		return {row["child"]: row for row in screen.page(name)["rows"]}

	def decide(self, name: str, state: str = "Confirmed", children: list[str] | None = None) -> dict:
		rows = self.seen(name)
		wanted = children or list(rows)
		return deciding.decide(
			name, [{"child": child, "state": state, "seen": rows[child]["seen"]} for child in wanted]
		)

	def sign(self, name: str) -> dict:
		"""The signature of whoever looks at the decisions as they are."""
		confirmation = frappe.db.get_value(CONFIRMATION, name, rights.FIELDS, as_dict=True)
		return deciding.sign(name, decided.digest(decided.rows(confirmation)))

	def stored(self, name: str) -> dict[str, frappe._dict]:
		fields = ["child", "state", "decided_by", "decided_on", "fingerprint"]
		return {row.child: row for row in frappe.get_all(ROW, {"confirmation": name}, fields)}
