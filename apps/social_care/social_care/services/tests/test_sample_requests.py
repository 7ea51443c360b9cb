"""Samples of packs, inserted and walked as real requests, their certificates issued and printed.

All packs are tried; with SOCIAL_CARE_PACKS="SC-01 SC-39" those. They are published first; making tables cannot be taken
back, so the test site keeps them, and this file runs last.
"""

import os
import re
from collections.abc import Callable
from contextlib import nullcontext
from time import process_time

import frappe
import pytest
from frappe.tests.utils import patch_hooks
from frappe.utils import getdate, nowdate
from freezegun import freeze_time

from social_care.services.compiler import from_files
from social_care.services.compiler.papers import paper_name
from social_care.services.packs.definition import complete
from social_care.services.packs.files import packs_of_app
from social_care.services.packs.samples import outcome, sample_day
from social_care.services.runtime import records
from social_care.services.runtime.facts import facts
from social_care.services.tests.packs import compile_packs
from social_care.services.tests.sample_walks import SampleWalk, user_of
from social_care.tests import CountryTestCase

pytestmark = pytest.mark.timeout(1200)  # the first test makes the record types of all services
AGAIN = 5  # seconds of this processor, at the most
RUNS_LAST = True  # all services stay on the site
OUTCOMES = {
	"pass": {"Passes"},
	"fail": {"Fails"},
	"waivable": {"May Be Waived", "Waived"},
	"not_applicable": {"Not Applicable"},
}
LEFT_OVER = re.compile(r"\{\w+\}|\{\{|\{%")


def tried() -> list[str]:
	return os.environ.get("SOCIAL_CARE_PACKS", "").split() or sorted(packs_of_app("social_care"))


class TestSampleRequests(CountryTestCase):
	@classmethod
	def setUpClass(cls) -> None:
		super().setUpClass()
		frappe.set_user("Administrator")
		compile_packs(tried())
		cls.packs = {code: complete(packs_of_app("social_care")[code]) for code in tried()}
		user_of.cache_clear()
		for pack in cls.packs.values():
			for row in pack["access"]:
				user_of(row["role"])
				if pack["second_unit"]:
					user_of(row["role"], second=True)

	def setUp(self) -> None:
		super().setUp()
		# by the pack's own path, whatever apps make of requests
		self.enterContext(patch_hooks({records.HOOK: {}}))

	def test_compiled_again_nothing_changes(self) -> None:
		self.act_as("Administrator")
		began = process_time()
		again = from_files.compile_packs(tried())
		self.assertEqual((again.published, again.changes), (len(tried()), 0))
		self.assertLess(process_time() - began, AGAIN)

	def walk_all_of(self, code: str) -> None:
		"""Each sample of a pack on its whole way, on the day of which it speaks, and taken back."""
		pack = self.packs[code]
		for number, sample in enumerate(pack["samples"]):
			if not sample["expect"].get("path"):
				continue
			day = sample_day(sample, getdate(nowdate()))
			with (
				self.subTest(f"{code}[{number}]"),
				freeze_time(f"{day} 09:00:00+02:00") if sample.get("on") else nullcontext(),
			):
				self.taken_back(pack, sample, day)

	def taken_back(self, pack: dict, sample: dict, day) -> None:
		frappe.db.savepoint("one_sample")
		try:
			self.check(pack, sample, day)
		finally:
			self.act_as("Administrator")
			frappe.db.rollback(save_point="one_sample")
			frappe.clear_document_cache("Institution", self.here.institution)

	def check(self, pack: dict, sample: dict, day) -> None:
		wanted = outcome(pack, sample, day)
		doc = SampleWalk(self, pack, sample, day).run()
		titles = {state["code"]: state["title"]["en"] for state in pack["workflow"]["states"]}
		self.assertEqual(doc.status, titles[wanted["ends_in"]])
		self.assertEqual(len(doc.clock), len(sample["expect"]["path"]) + 1)
		self.assertIn(facts(doc, pack)["request.channel"], pack["channels"])
		self.check_rules(doc, sample)
		self.check_outputs(doc, pack, wanted["outputs"])

	def check_rules(self, doc, sample: dict) -> None:
		there = {row.rule_code: row.outcome for row in doc.rule_results}
		for code, answer in sample["expect"].get("rules", {}).items():
			if answer in OUTCOMES:
				self.assertIn(there[code], OUTCOMES[answer], code)

	def check_outputs(self, doc, pack: dict, wanted: list[str]) -> None:
		self.act_as("Administrator")
		issued = frappe.get_all(
			"Service Certificate",
			filters={"request_type": doc.doctype, "request": doc.name, "state": "Valid"},
			fields=["output_code", "name"],
		)
		self.assertEqual(sorted(row.output_code for row in issued), wanted)
		numbers = {row.output_code: row.name for row in issued}
		for output in pack["outputs"]:
			if output["code"] in numbers:
				html = frappe.get_print(doc.doctype, doc.name, print_format=paper_name(pack, output))
				self.assertIn(output["title"]["ar"], html)
				self.assertIn(numbers[output["code"]], html)
				self.assertNotRegex(html, LEFT_OVER)


def _walk_of(code: str) -> Callable[[TestSampleRequests], None]:
	def walk(self: TestSampleRequests) -> None:
		self.walk_all_of(code)

	return walk


for _code in tried():
	setattr(TestSampleRequests, f"test_{_code.replace('-', '_').lower()}", _walk_of(_code))
