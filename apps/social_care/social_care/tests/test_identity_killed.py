"""A worker that is killed while it loads answers, again and again: the end is that of a file nobody disturbed."""

import io
import os
import signal
import subprocess
import sys
import time

import frappe

from social_care.registry.verification import (
	ANSWERS,
	BATCH,
	CONFIRMED,
	DIFFERENCE,
	DIFFERS,
	QUESTION,
	WAITING,
	loading,
)
from social_care.tests.identity_cases import FOUND, MATCHES, RESULT, IdentityCase

KILLS = 2
# A worker with small chunks that takes its time with each; the job itself is the real one.
WORKER = """
import sys, time
import frappe
site, path, name = sys.argv[1:]
frappe.init(site=site, sites_path=path)
frappe.connect()
from social_care.registry.verification import loading, storing
loading.AT_ONCE = 1
quick = storing.Store.take
def slow(store, answers):
	time.sleep(0.3)
	found = quick(store, answers)
	time.sleep(0.3)
	return found
storing.Store.take = slow
loading.run(name)
"""


class TestKilled(IdentityCase):
	keeps_rows = True

	def setUp(self) -> None:
		super().setUp()
		self.addCleanup(self.take_away)

	def take_away(self) -> None:
		frappe.db.rollback()
		frappe.db.delete(DIFFERENCE, {"person": ["in", [child.person for child in self.children]]})
		for doctype in (QUESTION, ANSWERS):
			frappe.db.delete(doctype, {"batch": self.name})
		frappe.db.delete(BATCH, {"name": self.name})
		frappe.db.commit()

	def test_the_end_is_the_same(self) -> None:
		self.name = self.batch()
		rows, (first, second, third) = self.sent(self.name), self.children
		answers = [
			self.row_of(rows, first) | {RESULT: MATCHES},
			self.row_of(rows, second) | self.told(second, first_name="يوسف") | {RESULT: FOUND},
			self.row_of(rows, third) | {RESULT: ""},
			self.row_of(rows, first) | {RESULT: MATCHES},
		]
		headings = list(dict.fromkeys(key for row in answers for key in row))
		lines = [",".join(headings), *(",".join(row.get(key, "") for key in headings) for row in answers)]
		doc = loading.receive(self.name, "a.csv", io.BytesIO("\n".join(lines).encode()))
		frappe.db.commit()
		self.assertEqual(self.disturbed(doc.name), KILLS)
		doc.reload()
		counts = (doc.status, doc.rows_read, doc.rows_taken, doc.rows_known, doc.rows_open, doc.rows_rejected)
		self.assertEqual(counts, ("Finished", 4, 2, 1, 1, 0))
		self.assertEqual([self.state(child) for child in self.children], [CONFIRMED, DIFFERS, WAITING])
		self.assertEqual(len(self.differences(second)), 1)

	def disturbed(self, name: str) -> int:
		"""Kill workers after each some progress, then let one finish; how many were killed."""
		killed = 0
		for _time in range(KILLS):
			before, worker = self.read(name), self.worker(name)
			end = time.monotonic() + 60
			while self.read(name) <= before and worker.poll() is None and time.monotonic() < end:
				time.sleep(0.05)
			if worker.poll() is None:
				os.kill(worker.pid, signal.SIGKILL)
				killed += worker.wait() == -signal.SIGKILL
		self.assertEqual(self.worker(name).wait(120), 0)
		frappe.db.rollback()
		return killed

	def worker(self, name: str) -> subprocess.Popen:
		path = os.path.abspath(frappe.local.sites_path)
		return subprocess.Popen([sys.executable, "-c", WORKER, frappe.local.site, path, name], cwd=path)

	def read(self, name: str) -> int:
		frappe.db.rollback()
		return frappe.db.get_value(ANSWERS, name, "rows_read")
