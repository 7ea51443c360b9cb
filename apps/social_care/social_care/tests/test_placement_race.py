"""Two people move one child in the same second: one of them wins."""

import threading

import frappe
from frappe.utils import nowdate

from social_care.tests import CountryTestCase, factories


class TestTwoTransfersAtOnce(CountryTestCase):
	keeps_rows = True

	def test_one_wins_and_the_history_stays_whole(self) -> None:
		targets = [factories.institution(self.here.district).name for _ in range(2)]
		child = factories.child(self.here.institution).name
		frappe.db.commit()
		outcomes, start = [], threading.Barrier(2)
		threads = [
			threading.Thread(target=self.move, args=(frappe.local.site, child, target, start, outcomes))
			for target in targets
		]
		for thread in threads:
			thread.start()
		for thread in threads:
			thread.join(60)
		frappe.db.rollback()
		self.assertEqual(sorted(outcomes), ["moved", "refused"])
		rows = frappe.get_all(
			"Placement",
			filters={"child": child},
			fields=["from_date", "to_date", "is_current"],
			order_by="from_date asc",
		)
		self.assertEqual([row.is_current for row in rows], [0, 1])
		self.assertEqual(rows[0].to_date, rows[1].from_date)

	@staticmethod
	def move(site: str, child: str, target: str, start: threading.Barrier, outcomes: list[str]) -> None:
		frappe.init(site=site)
		frappe.connect()
		try:
			start.wait(30)
			factories.transfer(child, target, from_date=nowdate())
			frappe.db.commit()
			outcomes.append("moved")
		except (frappe.ValidationError, frappe.QueryDeadlockError, frappe.QueryTimeoutError):
			frappe.db.rollback()
			outcomes.append("refused")
		finally:
			frappe.destroy()
