"""A worker that is killed in the middle of applying: what it had kept stays, what it had not is done again, nothing twice."""

import os
import signal
import subprocess
import sys
import time

import frappe

from social_care.registry.roll import applying, decisions, screen
from social_care.registry.roll.testing import RollTestCase
from social_care.tests import factories

AT_ONCE, ROWS = 3, 8
NEW = {"اسم_الأب": "سامي", "اسم_العائلة": "حسن", "النوع": "أنثى", "تاريخ_الميلاد": "4/5/2016"}
# A worker with small chunks that takes its time with each row; the job itself is the real one.
WORKER = """
import sys, time
import frappe
site, path, user, upload, at_once = sys.argv[1:]
frappe.init(site=site, sites_path=path)
frappe.connect()
frappe.set_user(user)
from social_care.registry.roll import applying
applying.AT_ONCE = int(at_once)
quick = applying.Chunk._apply
def slow(chunk, row):
	time.sleep(0.3)
	quick(chunk, row)
applying.Chunk._apply = slow
applying.apply(upload)
"""


class TestKilled(RollTestCase):
	def test_it_goes_on_where_it_was_killed(self) -> None:
		upload, children, letters = self.confirmed()
		self.kill_after_a_chunk(upload)
		self.assertEqual(self.status(upload), "Applying")
		done = self.outcomes(upload)
		self.assertTrue(0 < len(done) < 2 * ROWS, done)
		self.assertEqual(len(done) % AT_ONCE, 0)  # whole chunks, not a row more
		self.assertEqual(self.renamed(children) + self.registered(letters), len(done))
		self.act_as(self.home.first)
		applying.apply(upload)
		state = screen.state(upload)
		self.assertEqual(
			(state["status"], state["rows_applied"], state["rows_refused"]), ("Applied", 2 * ROWS, 0)
		)
		self.assertEqual((self.renamed(children), self.registered(letters)), (ROWS, ROWS))
		for child in children:
			self.assertLessEqual(frappe.db.count("Version", {"docname": child}), 1)

	def confirmed(self) -> tuple[str, list[str], list[str]]:
		"""An upload that waits to be applied; the files that it renames, and a name of each child that it registers."""
		children = [self.child().name for _ in range(ROWS)]
		letters = [factories.letters() for _ in range(ROWS)]
		book = self.book()
		for child in children:
			book.put(book.row_of(child), اسم_الشهرة="نجم")
		blank = book.first_blank
		for place, name in enumerate(letters):
			book.put(blank + place, **NEW, الاسم_الأول="ليلى", اسم_الجد=name, تاريخ_الدخول="1/2/2020")
		upload = self.check(book.data())
		decisions.confirmed(decisions.own_upload(upload))
		frappe.db.commit()
		return upload, children, letters

	def kill_after_a_chunk(self, upload: str) -> None:
		"""Kill the worker when it has kept a chunk and is within another."""
		arguments = [
			frappe.local.site,
			os.path.abspath(frappe.local.sites_path),
			self.home.first,
			upload,
			str(AT_ONCE),
		]
		worker = subprocess.Popen([sys.executable, "-c", WORKER, *arguments], cwd=frappe.local.sites_path)
		end = time.monotonic() + 90
		while not self.outcomes(upload) and worker.poll() is None and time.monotonic() < end:
			time.sleep(0.1)
		time.sleep(0.4)  # into the next chunk
		os.kill(worker.pid, signal.SIGKILL)
		self.assertEqual(worker.wait(), -signal.SIGKILL)

	def outcomes(self, upload: str) -> list[str]:
		frappe.db.rollback()
		return frappe.get_all(
			"Roll Upload Row", filters={"roll_upload": upload, "outcome": ["!=", ""]}, pluck="name"
		)

	def status(self, upload: str) -> str:
		frappe.db.rollback()
		return frappe.db.get_value("Roll Upload", upload, "status")

	def renamed(self, children: list[str]) -> int:
		return frappe.db.count("Child", {"name": ["in", children], "nickname": "نجم"})

	def registered(self, letters: list[str]) -> int:
		"""Children with these names, each with one open placement and one person."""
		made = frappe.get_all(
			"Child", filters={"grandfather_name": ["in", letters]}, fields=["name", "person"]
		)
		names = [row.name for row in made]
		self.assertEqual(frappe.db.count("Placement", {"child": ["in", names], "is_current": 1}), len(made))
		self.assertEqual(frappe.db.count("Person", {"grandfather_name": ["in", letters]}), len(made))
		return len(made)
