"""A worker that is killed in the dry run and while it applies: nothing lost, nothing twice."""

import os
import signal
import subprocess
import sys
import time

import frappe

from social_care.registry.legacy import IMPORT, ROW, SOURCE, deciding, receiving
from social_care.tests import factories
from social_care.tests.legacy_cases import LegacyCase

ROWS = 12
# A worker with small chunks that takes its time with each row; the job itself is the real one.
WORKER = """
import sys, time
import frappe
site, path, name = sys.argv[1:]
frappe.init(site=site, sites_path=path)
frappe.connect()
from social_care.registry.legacy import applying, checking, work
checking.AT_ONCE = applying.AT_ONCE = 3
def slowly(module, step):
	quick = getattr(module, step)
	def slow(*values):
		time.sleep(0.3)
		return quick(*values)
	setattr(module, step, slow)
slowly(checking, "judge")
slowly(applying, "_apply")
work.run(name)
"""


class TestKilled(LegacyCase):
	keeps_rows = True

	def setUp(self) -> None:
		super().setUp()
		self.act_as("Administrator")
		self.home = factories.institution(self.here.district).name
		self.addCleanup(self.take_away)
		frappe.db.commit()
		self.act_as(self.country.head)

	def take_away(self) -> None:
		frappe.db.rollback()
		self.act_as("Administrator")
		frappe.db.set_value(
			"Child", {"legacy_source": self.source}, {"legacy_source": None, "legacy_key": None}
		)
		for doctype in (ROW, IMPORT):
			frappe.db.delete(doctype, {"source": self.source})
		frappe.db.delete(SOURCE, {"name": self.source})
		frappe.db.commit()

	def test_the_end_is_that_of_an_undisturbed_worker(self) -> None:
		name = self.receive([self.row(str(number), home=self.home) for number in range(ROWS)])
		receiving.begin_check(name)
		frappe.db.commit()
		self.disturbed(name, lambda: frappe.db.count(ROW, {"legacy_import": name}))
		rows = frappe.get_all(ROW, {"legacy_import": name}, pluck="legacy_id")
		self.assertEqual(sorted(rows), sorted(map(str, range(ROWS))))
		self.assertEqual(frappe.db.get_value(IMPORT, name, ["status", "rows_new"]), ("Checked", ROWS))
		deciding.apply(name)
		frappe.db.commit()
		self.disturbed(name, self.made)
		self.assertEqual(self.made(), ROWS)
		self.assertEqual(frappe.db.get_value(IMPORT, name, ["status", "rows_applied"]), ("Applied", ROWS))
		children = frappe.get_all("Child", {"legacy_source": self.source}, ["name", "person"])
		names = [child.name for child in children]
		self.assertEqual(frappe.db.count("Placement", {"child": ["in", names], "is_current": 1}), ROWS)
		self.assertEqual(len({child.person for child in children}), ROWS)

	def made(self) -> int:
		return frappe.db.count("Child", {"institution": self.home})

	def disturbed(self, name: str, progress) -> None:
		"""Kill a worker within a chunk after some progress, then let another one finish."""
		worker = self.worker(name)
		end = time.monotonic() + 90
		while not self.seen(progress) and worker.poll() is None and time.monotonic() < end:
			time.sleep(0.05)
		time.sleep(0.4)  # into the next chunk
		os.kill(worker.pid, signal.SIGKILL)
		self.assertEqual(worker.wait(), -signal.SIGKILL)
		done = self.seen(progress)
		self.assertTrue(0 < done < ROWS, done)
		self.assertEqual(done % 3, 0)  # whole chunks, not a row more
		self.assertEqual(self.worker(name).wait(120), 0)
		self.seen(progress)

	def seen(self, progress) -> int:
		frappe.db.rollback()
		return progress()

	def worker(self, name: str) -> subprocess.Popen:
		path = os.path.abspath(frappe.local.sites_path)
		return subprocess.Popen([sys.executable, "-c", WORKER, frappe.local.site, path, name], cwd=path)
