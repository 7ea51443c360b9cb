"""A worker that is killed while it loads a list, again and again: the end is that of a list nobody disturbed."""

import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from unittest.mock import patch

import frappe

from social_care.cash_support import decisions, lists, loading, receiving
from social_care.tests import CountryTestCase, beneficiary_lists
from social_care.tests.beneficiary_cases import campaign

ROWS, AT_ONCE, KILLS = 2000, 200, 3
# A worker with small chunks that takes its time with each; the job itself is the real one.
WORKER = """
import sys, time
import frappe
site, path, name, at_once, module = sys.argv[1:]
frappe.init(site=site, sites_path=path)
frappe.connect()
from social_care.cash_support import decisions, loading, takers
loading.AT_ONCE = decisions.AT_ONCE = int(at_once)
quick = takers.Taker.take
def slow(taker, rows):
	time.sleep(0.2)
	return quick(taker, rows)
takers.Taker.take = slow
quick_step = dict(decisions.STEPS)
def slow_step(step):
	def run(own):
		time.sleep(0.2)
		quick_step[step](own)
	return run
decisions.STEPS = {step: slow_step(step) for step in quick_step}
(loading if module == "loading" else decisions).run(name)
"""
STORED = ("name", "listed_first", "sheet_row", "national_number", "full_name", "search_name", "birth_date")
STORED += ("org_unit", "governorate", "monthly_income", "result", "findings", "person", "fingerprint")
STORED += ("status", "proposal", "decided_on")


class TestKilled(CountryTestCase):
	keeps_rows = True

	def setUp(self) -> None:
		super().setUp()
		self.enterContext(patch.object(frappe, "enqueue"))
		self.folder = Path(self.enterContext(tempfile.TemporaryDirectory()))
		beneficiary_lists.write(self.folder / "list.csv", ROWS)
		self.campaigns = [campaign(), campaign()]
		self.addCleanup(self.take_away)
		frappe.db.commit()

	def take_away(self) -> None:
		frappe.db.rollback()
		for name in self.campaigns:
			batches = frappe.get_all(loading.BATCH, {"campaign": name}, pluck="name")
			frappe.db.delete(loading.REJECTED, {"batch": ["in", batches or [""]]})
			rows = frappe.get_all("Beneficiary Review", {"campaign": name}, pluck="name")
			frappe.db.delete("Support Enrolment", {"review": ["in", rows or [""]]})
			for doctype in ("Beneficiary Review", "Beneficiary Decision", loading.BATCH):
				frappe.db.delete(doctype, {"campaign": name})
			frappe.db.delete("Beneficiary Review Campaign", {"name": name})
		frappe.db.commit()

	def test_the_end_is_the_same(self) -> None:
		first, second = (self.received(name) for name in self.campaigns)
		loading.run(first)
		killed = self.disturbed("loading", second, self.rows_read)
		self.assertGreaterEqual(killed, KILLS)
		self.assertEqual(self.stored(self.campaigns[0], first), self.stored(self.campaigns[1], second))
		self.assertEqual(self.counts(first), self.counts(second))

	def test_a_decision_goes_on_where_it_was(self) -> None:
		first = self.received(self.campaigns[0])
		loading.run(first)
		name = decisions.propose(self.campaigns[0], "HQ", "Exclude", "غير مستوفين", result="No Finding").name
		frappe.db.commit()
		self.disturbed("decisions", name, self.rows_gathered)
		own = frappe.db.get_value(decisions.DECISION, name, ["status", "rows_count"], as_dict=True)
		counts = dict(self.states(self.campaigns[0]))
		self.assertEqual((own.status, own.rows_count), ("Proposed", counts["Verified"]))
		frappe.db.set_value(decisions.DECISION, name, "proposed_by", "Guest")
		decisions.decide(name, True)
		frappe.db.commit()
		self.disturbed("decisions", name, self.rows_done)
		after = dict(self.states(self.campaigns[0]))
		self.assertEqual(after["Excluded"], counts["Verified"])
		self.assertEqual(after["Listed"], counts["Listed"])
		self.assertEqual(frappe.db.get_value(decisions.DECISION, name, "rows_done"), counts["Verified"])

	def received(self, name: str) -> str:
		with (self.folder / "list.csv").open("rb") as source:
			batch = receiving.receive(lists.BENEFICIARIES, name, "list.csv", source).name
		frappe.db.commit()
		return batch

	def disturbed(self, module: str, name: str, progress) -> int:
		"""Kill workers within a chunk after each some progress, then let one finish; how many were killed."""
		killed = 0
		for _time in range(KILLS):
			before, worker = progress(name), self.worker(module, name)
			end = time.monotonic() + 60
			while progress(name) <= before and worker.poll() is None and time.monotonic() < end:
				time.sleep(0.05)
			if worker.poll() is None:
				os.kill(worker.pid, signal.SIGKILL)
				killed += worker.wait() == -signal.SIGKILL
		self.assertEqual(self.worker(module, name).wait(120), 0)
		frappe.db.rollback()
		return killed

	def worker(self, module: str, name: str) -> subprocess.Popen:
		path = os.path.abspath(frappe.local.sites_path)
		arguments = [frappe.local.site, path, name, str(AT_ONCE), module]
		return subprocess.Popen([sys.executable, "-c", WORKER, *arguments], cwd=path)

	def rows_read(self, batch: str) -> int:
		frappe.db.rollback()
		return frappe.db.get_value(loading.BATCH, batch, "rows_read")

	def rows_gathered(self, decision: str) -> int:
		frappe.db.rollback()
		return frappe.db.get_value(decisions.DECISION, decision, "rows_count")

	def rows_done(self, decision: str) -> int:
		frappe.db.rollback()
		return frappe.db.get_value(decisions.DECISION, decision, "rows_done")

	def states(self, name: str) -> list[tuple]:
		frappe.db.rollback()
		return frappe.db.sql(
			"select `status`, count(*) from `tabBeneficiary Review` where `campaign` = %s group by `status`",
			name,
		)

	def stored(self, name: str, batch: str) -> list[list[str]]:
		"""Rows of the campaign and rejected rows, without the name of the batch."""
		frappe.db.rollback()
		rows = frappe.get_all("Beneficiary Review", {"campaign": name}, STORED, order_by="name", as_list=True)
		rejected = frappe.get_all(
			loading.REJECTED,
			{"batch": batch},
			["name", "sheet_row", "cells", "faults", "state"],
			order_by="name",
			as_list=True,
		)
		return [[str(value).replace(batch, "") for value in row] for row in (*rows, *rejected)]

	def counts(self, batch: str) -> list:
		return list(
			frappe.db.get_value(loading.BATCH, batch, [*loading.COUNTS, "position", "status", "progress"])
		)
