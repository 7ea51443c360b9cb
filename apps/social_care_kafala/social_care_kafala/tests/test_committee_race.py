"""Two who close one session at once, two sessions called at once, and a worker that dies while it closes: each decision is carried out once."""

import os
import signal
import subprocess
import sys

import frappe
from frappe.model.workflow import apply_workflow
from social_care.tests import factories
from social_care.tests.at_once import together

from social_care_kafala.kafala.path import states
from social_care_kafala.tests import cases, sessions
from social_care_kafala.tests.cases import DOCTYPE
from social_care_kafala.tests.test_path import PathTestCase

SESSION = sessions.SESSION
HALF_WAY = """
import sys, time, frappe
site, name, user = sys.argv[1:]
frappe.init(site=site, sites_path=".")
frappe.connect()
frappe.set_user(user)
from frappe.model.workflow import apply_workflow
apply_workflow(frappe.get_doc("Committee Session", name), "Close the Session")
print("written, not committed", flush=True)
time.sleep(120)
"""


class TestAtOnce(PathTestCase):
	keeps_rows = True

	def tearDown(self) -> None:
		frappe.set_user("Administrator")
		frappe.db.rollback()
		super().tearDown()

	def written(self) -> tuple[str, str]:
		"""A session with its minutes, and the file that it decides on; committed."""
		doc = cases.at(self.studied(), states.COMMITTEE, reviewed_by=self.here.chief)
		self.act_as("Administrator")
		name = sessions.committee(sessions.LOCAL, self.here.directorate)
		self.act_as(self.secretary)
		session = sessions.ruled(sessions.sitting(name, (DOCTYPE, doc.name)), "Approval")
		self.act_as("Administrator")
		frappe.db.commit()
		return session.name, doc.name

	def closing(self, name: str, user: str):
		def call() -> None:
			frappe.set_user(user)
			apply_workflow(frappe.get_doc(SESSION, name), "Close the Session")

		return call

	def assertOnce(self, session: str, file: str) -> None:
		"""Closed, and the path of the file went on by one step."""
		frappe.db.rollback()
		self.assertEqual(frappe.db.get_value(SESSION, session, "status"), "Session Closed")
		steps = frappe.get_all("Kafala Step", {"parent": file}, pluck="step")
		self.assertEqual(steps.count(states.SECURITY), 1)
		self.assertEqual(frappe.db.get_value(DOCTYPE, file, "status"), states.SECURITY)

	def test_two_who_close_it(self) -> None:
		session, file = self.written()
		outcomes = together(self.closing(session, self.here.chief), self.closing(session, self.other_chief))
		self.assertEqual(outcomes, ["done", "refused"])
		self.assertOnce(session, file)

	def test_a_double_click(self) -> None:
		session, file = self.written()
		self.assertEqual(together(*[self.closing(session, self.here.chief)] * 2), ["done", "refused"])
		self.assertOnce(session, file)

	def test_two_sessions_take_two_numbers(self) -> None:
		self.act_as("Administrator")
		name = sessions.committee(sessions.LOCAL, self.here.directorate)
		frappe.db.commit()
		second = factories.staff(cases.SECRETARY, self.here.directorate)
		frappe.db.commit()

		def call(user: str):
			def make() -> None:
				frappe.set_user(user)
				sessions.called(name)

			return make

		outcomes = together(call(self.secretary), call(second))
		frappe.db.rollback()
		self.assertIn("done", outcomes)
		numbers = frappe.get_all(SESSION, {"committee": name}, pluck="session_number")
		self.assertEqual(len(numbers), len(set(numbers)))

	def test_a_worker_that_dies_has_done_nothing(self) -> None:
		session, file = self.written()
		arguments = [sys.executable, "-c", HALF_WAY, frappe.local.site, session, self.here.chief]
		sites = frappe.utils.get_bench_path() + "/sites"
		worker = subprocess.Popen(arguments, cwd=sites, stdout=subprocess.PIPE, text=True)
		self.assertIn("written", worker.stdout.readline())
		os.kill(worker.pid, signal.SIGKILL)
		worker.wait(30)
		frappe.db.rollback()
		self.assertEqual(frappe.db.get_value(DOCTYPE, file, "status"), states.COMMITTEE)
		self.closing(session, self.here.chief)()
		frappe.db.commit()
		self.assertOnce(session, file)
