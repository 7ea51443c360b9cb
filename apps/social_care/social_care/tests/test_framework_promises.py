"""The self-check tells a framework that keeps its promises from one that does not."""

from unittest.mock import patch

import frappe
from click.testing import CliRunner
from frappe.model.db_query import DatabaseQuery

from social_care import commands, framework_promises
from social_care.compat import FrameworkTestCase
from social_care.framework_promises import Promise


class TestFrameworkPromises(FrameworkTestCase):
	def kept(self) -> dict[str, bool]:
		return {promise.kept.__name__: kept for promise, kept in framework_promises.check()}

	def test_this_framework_keeps_what_matters(self) -> None:
		answers = framework_promises.check()
		self.assertFalse([promise.sentence for promise, kept in answers if promise.critical and not kept])
		self.assertFalse(framework_promises.broken(answers))

	def test_nothing_is_left_of_the_user_who_asks(self) -> None:
		framework_promises.check()
		self.assertEqual(frappe.session.user, "Administrator")
		self.assertFalse(frappe.db.exists("User", framework_promises.NOBODY))

	def test_a_weakened_framework_is_found_out(self) -> None:
		"""Each weakness that later versions mended, put back, is named."""
		first_yes = patch("frappe.permissions.has_controller_permissions", lambda doc, ptype, user=None: True)
		all_rows = patch.object(DatabaseQuery, "get_permission_query_conditions", lambda self: "")
		open_filters = patch.object(
			DatabaseQuery, "build_filter_conditions", lambda self, *args, **options: None
		)
		all_fields = patch.object(DatabaseQuery, "apply_fieldlevel_read_permissions", lambda self: None)
		for weakness, named in (
			(first_yes, {"one_no_is_enough", "hooks_for_all_are_asked"}),
			(all_rows, {"lists_have_the_row_scope"}),
			(open_filters, {"a_text_is_no_filter"}),
			(all_fields, {"neighbours_are_removed"}),
		):
			with weakness:
				found = {name for name, kept in self.kept().items() if not kept}
			self.assertLessEqual(named, found)
			self.assertEqual(
				bool(named), framework_promises.broken([(p, k) for p, k in self._answers(found)])
			)

	def _answers(self, broken: set[str]):
		for promise in framework_promises.promises():
			yield promise, promise.kept.__name__ not in broken

	def test_the_table_is_in_the_language_asked_for(self) -> None:
		promise = Promise("Sentence", True, lambda: True)
		frappe.local.lang = "ar"
		self.addCleanup(setattr, frappe.local, "lang", "en")
		text = framework_promises.as_text([(promise, True), (promise, False)])
		self.assertIn("✓ متحقق", text)
		self.assertIn("✗ غير متحقق", text)

	def test_the_command_fails_where_a_promise_is_broken(self) -> None:
		self.addCleanup(setattr, frappe.local, "lang", frappe.local.lang)
		kept = Promise("Sentence", True, bool)
		obj = {"sites": [frappe.local.site], "profile": False}
		for answers, code in (([(kept, True)], 0), ([(kept, True), (kept, False)], 1)):
			checked = patch.object(framework_promises, "check", return_value=answers)
			with checked, patch.object(commands, "connected"):
				command = ["check", "--language", "en"]
				result = CliRunner().invoke(commands.social_care_security, command, obj=obj)
			self.assertEqual(result.exit_code, code, result.output)
			self.assertIn("critical", result.output)
