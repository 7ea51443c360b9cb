"""What the numbered patches of `engine/patches` promise, tried on a live site.

The same promises hold on a Frappe that needs no patches (15.x, 16), so the tests run there, too, except where a
test says otherwise.
"""

from unittest.mock import patch

import frappe
import frappe.client
from frappe.desk.form.load import get_docinfo
from frappe.permissions import has_controller_permissions
from frappe.tests.utils import FrappeTestCase
from frappe.utils.response import json_handler

from engine import framework

DOCTYPE, ROLE, USER = "Patch Test Note", "Patch Test Reader", "patch.reader@care.example"


def allow_all(doc, ptype=None, user=None) -> bool:
	"""A permission hook that always says yes."""
	return True


def deny_all(doc, ptype=None, user=None) -> bool:
	"""A permission hook that always says no."""
	return False


def abstain(doc, ptype=None, user=None) -> None:
	"""A permission hook that leaves the decision to others."""


def condition_naming_doctype(user, doctype=None) -> str:
	"""A condition that shows which DocType it was asked for."""
	return f"'{doctype}' != 'ToDo'"


def pdf_of_hook(print_format=None, html=None, options=None, output=None, pdf_generator=None) -> bytes | None:
	"""A PDF generator that knows one name only."""
	return b"%PDF made by the hook" if pdf_generator == "ours" else None


FIELDS = [
	{"fieldname": "title", "fieldtype": "Data", "label": "Title"},
	{"fieldname": "first_secret", "fieldtype": "Data", "label": "First", "permlevel": 1},
	{"fieldname": "second_secret", "fieldtype": "Data", "label": "Second", "permlevel": 1},
]
PERMISSIONS = [
	{"role": "System Manager", "read": 1, "write": 1, "create": 1, "delete": 1},
	{"role": "System Manager", "permlevel": 1, "read": 1, "write": 1},
	{"role": ROLE, "read": 1, "write": 1, "create": 1},
]


def setUpModule() -> None:
	"""A DocType with two neighbouring fields on level 1, and a user who may read and write level 0 only."""
	frappe.set_user("Administrator")
	frappe.get_doc({"doctype": "Role", "role_name": ROLE}).insert(ignore_if_duplicate=True)
	doctype = {"doctype": "DocType", "name": DOCTYPE, "module": "Core", "custom": 1, "track_changes": 1}
	frappe.get_doc(doctype | {"fields": FIELDS, "permissions": PERMISSIONS}).insert(ignore_if_duplicate=True)
	user = {"doctype": "User", "email": USER, "first_name": "Reader", "send_welcome_email": 0}
	if not frappe.db.exists("User", USER):
		frappe.get_doc(user).insert()
	frappe.get_doc("User", USER).add_roles(ROLE)


def tearDownModule() -> None:
	"""Leave nothing behind: a new DocType is committed at once, so a rollback does not take it back."""
	frappe.set_user("Administrator")
	for doctype, name in (("DocType", DOCTYPE), ("User", USER), ("Role", ROLE)):
		frappe.delete_doc(doctype, name, force=True, ignore_missing=True)
	frappe.db.commit()


class PatchTestCase(FrappeTestCase):
	"""A note with both secrets filled in, and hooks that can be replaced."""

	def setUp(self) -> None:
		super().setUp()
		frappe.set_user("Administrator")
		self.note = frappe.get_doc(
			{"doctype": DOCTYPE, "title": "a", "first_secret": "x1", "second_secret": "x2"}
		).insert()
		self.addCleanup(frappe.set_user, "Administrator")

	def hooks(self, **replaced):
		"""Replace some hooks while the context lasts."""
		true_hooks = frappe.get_hooks

		def hooks(hook=None, *args, **kwargs):
			return replaced[hook] if hook in replaced else true_hooks(hook, *args, **kwargs)

		return patch.object(frappe, "get_hooks", hooks)


class TestPermissionHooks(PatchTestCase):
	def decision(self, *functions) -> bool | None:
		"""What the permission hooks decide for our note when these are registered under "*"."""
		paths = [f"{__name__}.{function.__name__}" for function in functions]
		with self.hooks(has_permission={"*": paths}), patch.object(frappe, "get_attr", globals_by_path):
			return has_controller_permissions(self.note, "read", user=USER)

	def test_functions_for_every_doctype_are_asked(self) -> None:
		self.assertIs(self.decision(deny_all), False)
		self.assertIs(self.decision(allow_all), True)

	def test_one_no_is_enough_in_any_order(self) -> None:
		self.assertIs(self.decision(allow_all, deny_all), False)
		self.assertIs(self.decision(deny_all, allow_all), False)
		self.assertIs(self.decision(deny_all, abstain), False)

	def test_nobody_deciding_is_no_decision(self) -> None:
		self.assertIsNone(self.decision(abstain))
		self.assertIs(self.decision(allow_all, abstain), True)

	def test_conditions_for_every_doctype_learn_which_one(self) -> None:
		path = f"{__name__}.{condition_naming_doctype.__name__}"
		frappe.set_user(USER)
		hooks = {"*": [path]}
		with self.hooks(permission_query_conditions=hooks), patch.object(frappe, "get_attr", globals_by_path):
			query = frappe.get_list(DOCTYPE, run=False)
		self.assertIn(f"'{DOCTYPE}' != 'ToDo'", query)


class TestFilters(PatchTestCase):
	def test_a_text_in_a_list_of_filters_is_refused(self) -> None:
		for text in ("1=1", "1=1 or 1=1", "name in (select name from tabUser)", "1=1 -- "):
			with self.subTest(text), self.assertRaises(frappe.DataError):
				frappe.get_list(DOCTYPE, filters=[text])
			with self.subTest(text), self.assertRaises(frappe.DataError):
				frappe.get_list(DOCTYPE, or_filters=[["title", "=", "a"], text])

	def test_endpoints_that_pass_filters_on_refuse_it_too(self) -> None:
		from frappe.desk.listview import get_group_by_count

		with self.assertRaises(frappe.DataError):
			get_group_by_count(DOCTYPE, '["1=1) union select 1,2 -- "]', "owner")


class TestFieldLevels(PatchTestCase):
	def test_no_forbidden_field_is_listed_in_any_order(self) -> None:
		frappe.set_user(USER)
		for fields in (
			["first_secret", "second_secret", "title"],
			["title", "second_secret", "first_secret"],
			["first_secret", "second_secret", "first_secret", "second_secret"],
			["first_secret", "*", "second_secret"],
		):
			rows = frappe.get_list(DOCTYPE, filters={"name": self.note.name}, fields=fields)
			with self.subTest(fields=fields):
				self.assertEqual(len(rows), 1)
				self.assertFalse({"first_secret", "second_secret"} & set(rows[0]))

	def test_rows_as_lists_keep_their_columns_and_hide_the_values(self) -> None:
		frappe.set_user(USER)
		fields = ["first_secret", "title", "second_secret"]
		rows = frappe.get_list(DOCTYPE, filters={"name": self.note.name}, fields=fields, as_list=True)
		self.assertEqual(rows[0], (None, "a", None))

	def test_answers_after_saving_hide_them(self) -> None:
		frappe.set_user(USER)
		for answer in (
			frappe.client.set_value(DOCTYPE, self.note.name, "title", "c"),
			frappe.client.insert({"doctype": DOCTYPE, "title": "d"}),
		):
			self.assertIsNone(answer.get("first_secret"))
		changed = frappe.get_doc(DOCTYPE, self.note.name).update({"title": "b"})
		self.assertIsNone(frappe.client.save(changed.as_dict()).get("second_secret"))
		kept = frappe.db.get_value(DOCTYPE, self.note.name, ["title", "first_secret", "second_secret"])
		self.assertEqual(kept, ("b", "x1", "x2"))

	def test_the_forms_own_way_of_saving_hides_them(self) -> None:
		from frappe.desk.form.save import savedocs

		frappe.set_user(USER)
		frappe.response.docs = []
		doc = frappe.get_doc(DOCTYPE, self.note.name)
		doc.title = "e"
		savedocs(frappe.as_json(doc.as_dict()), "Save")
		self.assertEqual(frappe.response.docs[0]["title"], "e")
		self.assertIsNone(frappe.response.docs[0].get("first_secret"))

	def test_a_document_in_any_answer_hides_them(self) -> None:
		frappe.set_user(USER)
		answer = json_handler(frappe.get_doc(DOCTYPE, self.note.name))
		self.assertEqual(answer["title"], "a")
		self.assertNotIn("first_secret", answer)

	def test_the_history_beside_a_form_hides_them(self) -> None:
		self.note.update({"title": "f", "first_secret": "y1"}).save(ignore_version=False)
		frappe.set_user(USER)
		get_docinfo(doctype=DOCTYPE, name=self.note.name)
		changed = frappe.parse_json(frappe.response["docinfo"]["versions"][0]["data"])["changed"]
		self.assertEqual([row[0] for row in changed], ["title"])


class TestCaches(PatchTestCase):
	def test_the_save_of_a_user_leaves_the_caches_of_the_site(self) -> None:
		if not framework.is_ours(framework.paths.FRAMEWORK):
			self.skipTest("a cost of every upstream version, mended in the restored framework only")
		frappe.cache.hset("doctype_meta", DOCTYPE, frappe.get_meta(DOCTYPE))
		frappe.get_doc("User", USER).save()
		self.assertTrue(frappe.cache.hexists("doctype_meta", DOCTYPE))

	def test_a_user_who_waits_for_a_password_of_mail_is_still_noted(self) -> None:
		frappe.db.set_default("email_user_password", "somebody@care.example")
		frappe.get_doc("User", USER).save()
		self.assertEqual(frappe.db.get_default("email_user_password") or "", "")


class TestPdfGenerator(PatchTestCase):
	"""Only where the hook is our patch's: upstream has it in `frappe.get_print` alone."""

	def pdf(self, **options) -> bytes:
		"""A PDF of a short text, with our hook registered."""
		from frappe.utils.pdf import get_pdf

		path = f"{__name__}.{pdf_of_hook.__name__}"
		with self.hooks(pdf_generator=[path]), patch.object(frappe, "get_attr", globals_by_path):
			return get_pdf("<p>text</p>", **options)

	def test_the_asked_generator_makes_it(self) -> None:
		self.assertEqual(self.pdf(pdf_generator="ours"), b"%PDF made by the hook")

	def test_the_site_may_name_it(self) -> None:
		with patch.dict(frappe.local.conf, {"pdf_generator": "ours"}):
			self.assertEqual(self.pdf(), b"%PDF made by the hook")

	def test_an_unknown_generator_falls_back_to_pdfkit(self) -> None:
		pdfkit = patch("frappe.utils.pdf.pdfkit.from_string", side_effect=OSError("pdfkit was asked"))
		version = patch("frappe.utils.pdf.get_wkhtmltopdf_version", return_value="0.12.6")
		with pdfkit, version:
			self.assertRaisesRegex(OSError, "pdfkit was asked", self.pdf, pdf_generator="unknown")


_true_get_attr = frappe.get_attr


def globals_by_path(path: str):
	"""`frappe.get_attr` that finds this file's own functions, whose module has no importable name."""
	module, _dot, name = path.rpartition(".")
	return globals()[name] if module == __name__ else _true_get_attr(path)


class TestSelfCheck(PatchTestCase):
	def test_this_bench_keeps_every_promise(self) -> None:
		from social_care import framework_promises

		self.assertEqual([one.kept.__name__ for one, kept in framework_promises.check() if not kept], [])
