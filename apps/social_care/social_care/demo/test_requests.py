"""Requests of the demonstration nation: as the runtime would have written them, seen by whom they concern, gone with it."""

from collections import Counter

import frappe
from frappe.model.naming import make_autoname
from frappe.utils import getdate

from social_care.demo.loader.load import load
from social_care.demo.loader.people import OURS
from social_care.demo.loader.wipe import wipe
from social_care.demo.test_loader import SETTINGS, NationTestCase, Quiet
from social_care.services import versions
from social_care.services.packs import evaluation
from social_care.services.runtime import clock, form
from social_care.services.runtime.facts import facts
from social_care.services.tests.packs import compile_packs

SERVICES = ("SC-01", "SC-14")
HANGING = ("Service Clock Entry", "Service Request Document", "Service Rule Result")


class TestRequests(NationTestCase):
	@classmethod
	def setUpClass(cls) -> None:
		frappe.set_user("Administrator")
		missing = [code for code in SERVICES if not versions.published_version(code)]
		if missing:
			compile_packs(missing)
		cls.packs = {code: versions.published(code) for code in SERVICES}
		super().setUpClass()
		cls.loaded = load(SETTINGS, Quiet())

	def requests(self, service: str) -> list:
		doctype = self.packs[service]["document_type"]
		names = frappe.get_all(doctype, filters={"owner": ["like", OURS]}, pluck="name", order_by="name asc")
		return [frappe.get_doc(doctype, name) for name in names]

	def test_they_stand_at_the_beginning_on_the_way_and_at_the_end(self) -> None:
		for service, pack in self.packs.items():
			kinds = {state["title"]["en"]: state["kind"] for state in pack["workflow"]["states"]}
			found = Counter(kinds[doc.status] for doc in self.requests(service))
			with self.subTest(service):
				self.assertGreater(sum(found.values()), 20)
				self.assertTrue(found["open"] and found["accepted"], found)
				self.assertTrue(any(doc.rating for doc in self.requests(service)))

	def test_their_fields_hold_what_the_pack_allows(self) -> None:
		for service, pack in self.packs.items():
			for doc in self.requests(service):
				with self.subTest(doc.name):
					doc._validate_selects()
					self.assertEqual(doc.get_invalid_links(), ([], []))
					points = doc.priority_points
					left = form.state_codes_left(doc, pack)
					day = getdate(doc.submitted_on)
					self.assertEqual(
						evaluation.wrong_fields(pack, facts(doc, pack), day, left_states=left), []
					)
					self.assertEqual(points, evaluation.points(pack, facts(doc, pack), day))

	def test_their_clocks_are_those_of_the_runtime(self) -> None:
		for service, pack in self.packs.items():
			for doc in self.requests(service):
				with self.subTest(doc.name):
					there = (getdate(doc.due_on), doc.state_due_on, doc.working_days, doc.paused_days)
					clock._add_up(doc)
					clock.set_due(doc, pack)
					self.assertEqual(
						there, (getdate(doc.due_on), doc.state_due_on, doc.working_days, doc.paused_days)
					)
					self.assertEqual(doc.clock[-1].state, doc.status)
					self.assertEqual(bool(doc.closed_on), doc.clock[-1].kind == "Ended")

	def test_what_was_issued_is_what_the_path_issues(self) -> None:
		for service, pack in self.packs.items():
			titles = {state["code"]: state["title"]["en"] for state in pack["workflow"]["states"]}
			for doc in self.requests(service):
				states = {row.state for row in doc.clock}
				wanted = {row["code"] for row in pack["outputs"] if titles[row["on_state"]] in states}
				issued = frappe.get_all(
					"Service Certificate", filters={"request": doc.name}, pluck="output_code"
				)
				with self.subTest(doc.name):
					self.assertEqual(set(issued), wanted)

	def test_the_next_request_follows(self) -> None:
		last = self.requests("SC-01")[-1].name
		prefix, number = last[:-6], int(last[-6:])
		self.assertEqual(make_autoname(f"{prefix}.######"), f"{prefix}{number + 1:06}")

	def test_an_institution_sees_its_own(self) -> None:
		doctype = self.packs["SC-01"]["document_type"]
		frappe.set_user("entry.ci-0001@demo.invalid")
		self.addCleanup(frappe.set_user, "Administrator")
		seen = frappe.get_list(doctype, fields=["institution"], limit_page_length=0)
		self.assertEqual({row.institution for row in seen}, {"CI-0001"})

	def test_services_of_phase_one_are_live(self) -> None:
		rows = frappe.get_all("Service Mechanisation", {"service": "SC-14"}, pluck="status")
		self.assertEqual(set(rows), {"Live"})
		self.assertGreater(len(rows), 10)

	def test_they_go_with_the_nation(self) -> None:
		frappe.db.savepoint("with_requests")
		try:
			wipe()
			for pack in self.packs.values():
				self.assertFalse(frappe.db.exists(pack["document_type"], {"owner": ["like", OURS]}))
			for doctype in (*HANGING, "Service Receipt", "Service Certificate", "Service Mechanisation"):
				self.assertFalse(frappe.db.exists(doctype, {"owner": ["like", OURS]}), doctype)
		finally:
			frappe.db.rollback(save_point="with_requests")
