"""Two at once, twice in a row, and a worker that dies: the history of the child stays one line."""

import os
import signal
import subprocess
import sys

import frappe
from frappe.model.workflow import apply_workflow
from frappe.utils import add_days, nowdate

from social_care.registry.moves import upkeep
from social_care.tests import factories
from social_care.tests.at_once import together
from social_care.tests.move_cases import MoveTestCase

HALF_WAY = """
import sys, time, frappe
site, name = sys.argv[1:]
frappe.init(site=site, sites_path=".")
frappe.connect()
from social_care.registry.moves import upkeep
upkeep._take_effect(frappe.get_doc("Placement Change", name, for_update=True))
print("written, not committed", flush=True)
time.sleep(120)
"""


class TestAtOnce(MoveTestCase):
	keeps_rows = True

	def tearDown(self) -> None:
		frappe.set_user("Administrator")
		frappe.db.rollback()
		super().tearDown()

	def ready(self, **values) -> str:
		name = self.accepted(**values)
		self.act_as("Administrator")
		frappe.db.commit()
		return name

	def assertWhole(self, name: str) -> None:
		frappe.db.rollback()
		rows = self.history()
		self.assertEqual([row.is_current for row in rows], [0, 1])
		self.assertEqual(rows[0].to_date, rows[1].from_date)
		self.assertEqual((self.status(name), self.place()), ("Carried Out", self.second))

	def hand_over(self, name: str):
		def call() -> None:
			frappe.set_user(self.second_entry)
			apply_workflow(frappe.get_doc("Placement Change", name), "Record Hand-over")

		return call

	def job(self, name: str):
		return lambda: upkeep._take_effect(frappe.get_doc("Placement Change", name, for_update=True))

	def direct(self, name: str):
		def call() -> None:
			frappe.set_user(self.country.head)
			values = {"setting": "Institution", "institution": self.there.institution, "movement": "Transfer"}
			child = frappe.db.get_value("Placement Change", name, "child")
			frappe.get_doc(
				{"doctype": "Placement", "child": child, "from_date": nowdate(), **values}
			).insert()

		return call

	def test_a_double_click(self) -> None:
		name = self.ready()
		outcomes = together(self.hand_over(name), self.hand_over(name))
		self.assertEqual(outcomes, ["done", "refused"])
		self.assertWhole(name)

	def test_a_person_and_the_job(self) -> None:
		name = self.ready()
		self.assertIn("done", together(self.hand_over(name), self.job(name)))
		self.assertWhole(name)

	def test_the_job_twice(self) -> None:
		name = self.ready()
		self.assertIn("done", together(self.job(name), self.job(name)))
		self.assertWhole(name)

	def test_a_hand_over_and_another_placement(self) -> None:
		name = self.ready()
		outcomes = together(self.hand_over(name), self.direct(name))
		frappe.db.rollback()
		self.assertEqual(outcomes, ["done", "refused"])
		rows = self.history()
		self.assertEqual([row.is_current for row in rows], [0, 1])
		won = self.place() == self.second
		self.assertEqual(self.status(name), "Carried Out" if won else "Cancelled")

	def meanwhile(self, call) -> None:
		"""Another transaction does something, and keeps it, after this one has looked at the tables."""
		frappe.db.rollback()
		frappe.db.count("Placement Change", {"child": self.child.name})
		self.assertEqual(together(call), ["done"])

	def test_what_was_carried_out_meanwhile_is_not_cancelled(self) -> None:
		name = self.ready(effective_date=add_days(nowdate(), -1))
		self.meanwhile(self.hand_over(name))
		self.direct(name)()
		frappe.db.commit()
		self.assertEqual(self.status(name), "Carried Out")
		rows = self.history()
		self.assertEqual([row.institution for row in rows[1:]], [self.second, self.there.institution])
		self.assertEqual([row.to_date for row in rows[:-1]], [row.from_date for row in rows[1:]])

	def test_two_proposals(self) -> None:
		self.act_as("Administrator")
		frappe.db.commit()
		users = (self.here.entry, self.here.director)

		def call(user: str):
			def proposal() -> None:
				frappe.set_user(user)
				self.propose_as(user)

			return proposal

		outcomes = together(*(call(user) for user in users))
		frappe.db.rollback()
		self.assertEqual(outcomes, ["done", "refused"])
		self.assertEqual(frappe.db.count("Placement Change", {"child": self.child.name}), 1)

	def propose_as(self, user: str) -> None:
		from social_care.registry.moves import guide

		guide.propose(
			{
				"child": self.child.name,
				"movement": "Temporary Leave",
				"effective_date": nowdate(),
				"due_back_on": add_days(nowdate(), 2),
				"reason": "MR-41",
			}
		)

	def test_one_that_fails_in_the_job_stops_no_other(self) -> None:
		broken, sound = self.ready(), self.another_ready()

		def step(change) -> bool:
			upkeep._take_effect(change)
			return change.name != broken or 1 / 0 > 0

		self.assertEqual(upkeep._each([broken, sound], step), 1)
		frappe.db.rollback()
		self.assertEqual((self.status(broken), self.status(sound)), ("Scheduled", "Carried Out"))
		self.assertTrue(frappe.db.exists("Error Log", {"reference_name": broken}))
		self.assertEqual(upkeep._each([broken], upkeep._take_effect), 1)
		self.assertEqual(self.status(broken), "Carried Out")

	def another_ready(self) -> str:
		self.act_as("Administrator")
		self.child = factories.child(self.here.institution)
		return self.ready()

	def test_a_killed_worker_leaves_nothing_half_done(self) -> None:
		name = self.ready()
		arguments = [sys.executable, "-c", HALF_WAY, frappe.local.site, name]
		worker = subprocess.Popen(arguments, stdout=subprocess.PIPE, text=True, cwd=os.getcwd())
		self.assertIn("written", worker.stdout.readline())
		worker.send_signal(signal.SIGKILL)
		worker.wait(30)
		worker.stdout.close()
		frappe.db.rollback()
		self.assertEqual((self.status(name), self.place()), ("Scheduled", self.here.institution))
		self.assertEqual([row.is_current for row in self.history()], [1])
		self.assertGreaterEqual(upkeep.run()["carried_out"], 1)
		self.assertWhole(name)
		self.assertNotIn(name, upkeep._due())
