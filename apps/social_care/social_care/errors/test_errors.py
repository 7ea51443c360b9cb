"""Planted marks in the variables and messages of what fails are in no place where errors are kept."""

import io
import json
import logging

import frappe
from frappe.deferred_insert import save_to_db
from frappe.utils.logger import SiteContextFilter

from social_care.errors import quiet, traces
from social_care.patches import remove_error_logs_with_variables
from social_care.tests import SocialCareTestCase

MARK = "MARK-30105120100017-ليلى"
PARTS = ("MARK", "30105120100017", "ليلى")


class PersonalError(Exception):
	"""An error whose message tells of a person."""


def fail(child: str = MARK) -> None:
	"""Fail with the mark in a variable, in the message, and in the message of the error before."""
	password = f"secret-{child}"
	try:
		raise KeyError(password)
	except KeyError as error:
		raise PersonalError(f"{child} «{child}»\nsecond line {child}") from error


class TestErrors(SocialCareTestCase):
	def setUp(self) -> None:
		super().setUp()
		quiet.keep_quiet()

	def assertNothingTold(self, text: str) -> None:
		for part in PARTS:
			self.assertNotIn(part, text)

	def caught(self, call) -> None:
		"""Call where the failure is in hand, with its message."""
		try:
			fail()
		except PersonalError as error:
			call(str(error))

	def test_error_log(self) -> None:
		self.caught(lambda _message: frappe.log_error())
		row = frappe.get_last_doc("Error Log")
		self.assertNothingTold(str(row.as_dict()))
		for told in ("test_errors.py", "in fail", "PersonalError", "KeyError", "raise PersonalError("):
			self.assertIn(told, row.error)

	def test_title_and_text_of_somebody_else(self) -> None:
		self.caught(lambda message: frappe.log_error(title=message))
		self.assertNothingTold(str(frappe.get_last_doc("Error Log").as_dict()))
		self.caught(lambda message: frappe.log_error(title=message[:20]))
		self.assertNothingTold(str(frappe.get_last_doc("Error Log").as_dict()))
		frappe.log_error(
			"Sending failed", f"To mark.child@example.org: '{PARTS[0]}' {PARTS[1]} {PARTS[2]} refused"
		)
		row = frappe.get_last_doc("Error Log")
		self.assertEqual((row.method, row.error), ("Sending failed", "To … «…» … … refused"))

	def test_the_framework_s_own_trace_with_variables(self) -> None:
		from traceback_with_variables import format_exc

		text = []
		self.caught(lambda _message: text.append(format_exc()))
		self.assertIn(MARK, text[0])
		frappe.log_error("Somewhere", text[0])
		row = frappe.get_last_doc("Error Log")
		self.assertNothingTold(str(row.as_dict()))
		self.assertIn("in fail", row.error)
		self.assertEqual(traces.cleared(row.error), row.error)

	def test_a_row_that_waits_in_redis(self) -> None:
		self.caught(lambda _message: frappe.log_error(defer_insert=True))
		waiting = [json.loads(row) for row in frappe.cache.lrange("insert_queue_for_Error Log", 0, -1)]
		self.assertIn("PersonalError", str(waiting))
		self.assertNothingTold(str(waiting))
		save_to_db()
		self.assertNothingTold(str(frappe.get_last_doc("Error Log").as_dict()))

	def test_messages_that_tell_of_the_program_stay(self) -> None:
		for broken, told in (
			(lambda: None.missing, "has no attribute 'missing'"),
			(lambda: frappe.db.sql("select nothing_here from `tabChild`"), "1054"),
		):
			try:
				broken()
			except Exception:
				self.assertIn(told, traces.get_traceback(with_context=True))

	def test_the_log_file(self) -> None:
		stream = io.StringIO()
		handler = logging.StreamHandler(stream)
		handler.addFilter(SiteContextFilter())
		frappe.local.form_dict = frappe._dict(cmd="frappe.client.save", doc=MARK)
		self.addCleanup(setattr, frappe.local, "form_dict", frappe._dict())
		logger = logging.Logger("social_care.test_errors")
		logger.addHandler(handler)
		self.caught(lambda message: logger.error("Could not: %s", message, exc_info=True))
		self.assertNothingTold(stream.getvalue())
		for told in ("frappe.client.save", "in fail", "PersonalError"):
			self.assertIn(told, stream.getvalue())


class TestOldRows(SocialCareTestCase):
	def test_rows_with_variables_go(self) -> None:
		old, new = (
			frappe.get_doc({"doctype": "Error Log", "method": "x", "error": "x"}).insert() for _ in range(2)
		)
		old.db_set("error", f"Traceback with variables (most recent call last):\n  x = {MARK}")
		for _run in range(2):
			remove_error_logs_with_variables.execute()
			self.assertFalse(frappe.db.exists("Error Log", old.name))
			self.assertTrue(frappe.db.exists("Error Log", new.name))
