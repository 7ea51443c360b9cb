"""Publishing from the desk: one effect, whoever asks how often, and an end, wherever it was stopped."""

import json
import time
from unittest.mock import patch

import frappe
import pytest

from social_care.api import services_builder as api
from social_care.services.builder import publication
from social_care.services.builder.test_builder import BuilderCase
from social_care.services.compiler.withdrawing import renew_page


class Killed(BaseException):
	"""Stands for the end of a worker: no handler of errors sees it."""


class TestPublication(BuilderCase):
	keeps_rows = True

	def setUp(self) -> None:
		super().setUp()
		self.name = api.new_service(
			self.free_code(), "خدمة للنشر", f"Trial {frappe.generate_hash(length=5)}", "CIC"
		)
		self.record_type = frappe.db.get_value("Service Pack", self.name, "document_type")
		frappe.db.commit()
		self.addCleanup(self.take_back)

	def free_code(self) -> str:
		return f"TP-{1000 + frappe.db.count('Service')}"

	def take_back(self) -> None:
		"""What was published goes again, the last made first."""
		self.act_as("Administrator")
		frappe.db.rollback()
		service = frappe.db.get_value("Service Pack", self.name, "service")
		made = json.loads(frappe.db.get_value("Service Pack", self.name, "artefacts") or "[]")
		frappe.db.set_value(
			"Service", service, {"request_type": None, "published_version": 0, "status": "Planned"}
		)
		frappe.db.delete("Service Pack", {"service": service})
		for doctype, name in reversed(made):
			if doctype not in ("Workflow State", "Workflow Action Master", "Workspace"):
				frappe.delete_doc(doctype, name, ignore_missing=True, force=True, ignore_permissions=True)
		frappe.delete_doc("Service", service, force=True)
		renew_page("CIC")
		frappe.db.commit()

	def begin(self) -> dict:
		"""Asked for, with the queue looked at instead of served."""
		with patch.object(frappe, "enqueue") as enqueue:
			answer = api.publish(self.name)
		self.jobs = [call.kwargs for call in enqueue.call_args_list]
		frappe.db.commit()
		return answer

	def status(self) -> str:
		return frappe.db.get_value("Service Pack", self.name, "status")

	def test_it_is_published_once(self) -> None:
		self.assertEqual(self.begin()["status"], "Publishing")
		(job,) = self.jobs
		self.assertEqual(
			(job["queue"], job["deduplicate"], job["enqueue_after_commit"]), ("long", True, True)
		)
		with patch.dict(frappe.flags, {"in_test": False}):  # the framework asks for fewer rights in tests
			publication.run(self.name)
		self.assertEqual(self.status(), "Published")
		self.assertEqual(frappe.session.user, self.administrator)
		self.assertEqual(frappe.db.get_value("Service Pack", self.name, "published_by"), self.administrator)
		self.assertTrue(frappe.db.table_exists(self.record_type))
		published_on = frappe.db.get_value("Service Pack", self.name, "published_on")
		publication.run(self.name)
		self.assertEqual(self.begin()["status"], "Published")
		self.assertEqual(self.jobs, [])
		self.assertEqual(frappe.db.get_value("Service Pack", self.name, "published_on"), published_on)
		self.assertEqual(api.plan(self.name)["steps"], [])

	def test_a_killed_worker_is_followed_by_another(self) -> None:
		self.begin()
		for steps in (1, 3, 5):
			with patch.object(publication, "_note_progress", dying_after(steps)), pytest.raises(Killed):
				publication.run(self.name)
			frappe.db.rollback()
			self.assertEqual(self.status(), "Publishing")
			self.assertEqual(self.begin()["status"], "Publishing")
			self.assertEqual(len(self.jobs), 1)
		publication.run(self.name)
		self.assertEqual(self.status(), "Published")
		self.assertEqual(api.plan(self.name)["steps"], [])

	def test_two_workers_do_not_do_it_at_once(self) -> None:
		self.begin()
		other = frappe.database.get_db(user=frappe.conf.db_name, password=frappe.conf.db_password)
		other.connect()
		lock = publication._lock(self.name)
		self.assertEqual(other.sql("select get_lock(%s, 0)", (lock,))[0][0], 1)
		publication.run(self.name)
		self.assertEqual(self.status(), "Publishing")
		self.assertTrue(publication.is_worked_on(self.name))
		other.close()
		self.wait_for_the_lock()  # the server ends a closed connection in its own time
		publication.run(self.name)
		self.assertEqual(self.status(), "Published")

	def wait_for_the_lock(self) -> None:
		until = time.monotonic() + 20
		while publication.is_worked_on(self.name) and time.monotonic() < until:
			time.sleep(0.05)
		self.assertFalse(publication.is_worked_on(self.name))

	def test_what_stands_in_the_way_gives_the_draft_back(self) -> None:
		self.begin()
		pack = json.loads(frappe.db.get_value("Service Pack", self.name, "definition"))
		pack["samples"][0]["expect"]["ends_in"] = "refused"
		frappe.db.set_value("Service Pack", self.name, "definition", json.dumps(pack))
		frappe.db.commit()
		publication.run(self.name)
		state = api.publishing_state(self.name)
		self.assertEqual(state["status"], "Draft")
		self.assertIn("ends_in", state["note"])

	def test_the_clock_takes_up_what_stands_still(self) -> None:
		self.begin()
		with patch.object(publication, "enqueue") as enqueue:
			publication.resume_stopped()
			self.assertNotIn(self.name, [call.args[0] for call in enqueue.call_args_list])
			old = frappe.utils.add_to_date(frappe.utils.now_datetime(), hours=-1)
			frappe.db.set_value("Service Pack", self.name, "modified", old, update_modified=False)
			publication.resume_stopped()
			self.assertIn(self.name, [call.args[0] for call in enqueue.call_args_list])


def dying_after(steps: int):
	"""A progress note that ends the work after so many steps of the plan."""

	def note(_name: str, done: int, _of: int) -> None:
		if done == steps:
			raise Killed

	return note
