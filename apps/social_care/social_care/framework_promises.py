"""What the rights of this app stand on and only the framework can keep, tried in this process on this site.

Run by `bench --site SITE social-care-security check`. Nothing is written: queries are built and not run, documents are
not loaded, and the user who asks exists only while the question lasts.
"""

import inspect
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from unittest.mock import patch

import frappe
import frappe.permissions
from frappe import _
from frappe.model.base_document import get_controller

from social_care import compat
from social_care.files.document import ScopedFile

NOBODY = "nobody@promises.invalid"
HERE = "social_care.framework_promises"
REFUSALS = (frappe.DataError, frappe.PermissionError)


@dataclass(frozen=True)
class Promise:
	"""A sentence, whether children's files are open where it does not hold, and how it is tried."""

	sentence: str
	critical: bool
	kept: Callable[[], bool]


def check() -> list[tuple[Promise, bool]]:
	"""Every promise, and whether this framework keeps it. An error while trying counts as no."""
	return [(promise, _tried(promise)) for promise in promises()]


def _tried(promise: Promise) -> bool:
	try:
		return bool(promise.kept())
	except Exception:
		return False


def broken(answers: list[tuple[Promise, bool]]) -> bool:
	"""Whether a promise that matters is not kept."""
	return any(promise.critical and not kept for promise, kept in answers)


def as_text(answers: list[tuple[Promise, bool]]) -> str:
	"""A table: kept or not, whether it matters, and the sentence."""
	words = {True: _("kept"), False: _("not kept")}
	weights = {True: _("critical"), False: _("important")}
	width = max(map(len, words.values())), max(map(len, weights.values()))
	return "\n".join(
		f"{'✓' if kept else '✗'} {words[kept]:<{width[0]}}  {weights[promise.critical]:<{width[1]}}  {promise.sentence}"
		for promise, kept in answers
	)


@contextmanager
def asking_as(*roles: str) -> Iterator[None]:
	"""Ask as a user with these roles and no assignment, who does not exist."""
	before = frappe.session.user
	frappe.session.user = NOBODY
	try:
		with patch.object(
			frappe.permissions, "get_roles", lambda *_args, **_options: [*roles, "All", "Guest"]
		):
			yield
	finally:
		frappe.session.user = before
		frappe.local.role_permissions = {}


def _narrow_reader() -> tuple[str, list[str]]:
	"""A role that reads Child but not every level, and the fields it may not read, in their order."""
	meta = frappe.get_meta("Child")
	readers = sorted({rule.role for rule in meta.permissions if rule.read and not rule.permlevel})
	for role in readers:
		levels = {rule.permlevel or 0 for rule in meta.permissions if rule.role == role and rule.read}
		hidden = [df.fieldname for df in meta.fields if df.fieldtype == "Data" and df.permlevel not in levels]
		if len(hidden) > 1:
			return role, hidden
	raise LookupError


def _query(**arguments) -> str:
	"""The SQL of a list of children for a reader without an assignment."""
	role, _hidden = _narrow_reader()
	with asking_as(role):
		return frappe.get_list("Child", run=False, **arguments)


def _refused(**arguments) -> bool:
	try:
		_query(**arguments)
	except REFUSALS:
		return True
	return False


def allow(doc=None, ptype=None, user=None, debug=False) -> bool:
	"""A permission hook that says yes."""
	return True


def deny(doc=None, ptype=None, user=None, debug=False) -> bool:
	"""A permission hook that says no."""
	return False


def _decision(*hooks: str) -> bool | None:
	"""What the permission hooks decide together, registered for every DocType."""
	registered = {"has_permission": {"*": [f"{HERE}.{hook}" for hook in hooks]}}
	true_hooks = frappe.get_hooks
	doc = frappe.get_doc({"doctype": "Child"})

	def hooks_of(hook=None, *args, **kwargs):
		return registered[hook] if hook in registered else true_hooks(hook, *args, **kwargs)

	with patch.object(frappe, "get_hooks", hooks_of):
		return frappe.permissions.has_controller_permissions(doc, "read", user=NOBODY)


def hooks_for_all_are_asked() -> bool:
	return compat.wildcard_hooks_supported() and _decision("deny") is False


def one_no_is_enough() -> bool:
	return _decision("allow", "deny") is False and _decision("deny", "allow") is False


def lists_have_the_row_scope() -> bool:
	return "1=0" in _query(fields=["name"])


def a_text_is_no_filter() -> bool:
	return _refused(filters=["1=1"]) and _refused(or_filters=["1=1 -- "])


def lists_take_columns_only() -> bool:
	sql = ("(select max(`name`) from `tabUser`)", "`name`, version()", "if(`name` like 'a%', 1, 2)")
	return all(_refused(fields=["name", text]) and _refused(order_by=text) for text in sql)


def neighbours_are_removed() -> bool:
	_role, hidden = _narrow_reader()
	query = _query(fields=["name", *hidden])
	return not any(f"`{field}`" in query for field in hidden)


def levels_hold_in_conditions() -> bool:
	_role, hidden = _narrow_reader()
	field = hidden[0]
	ways = ({"filters": {field: "x"}}, {"order_by": f"{field} asc"}, {"fields": [f"max({field})"]})
	return all(_refused(**way) or field not in _query(**way) for way in ways)


def answers_are_stripped() -> bool:
	from frappe.desk.form import save

	return "apply_fieldlevel_read_permissions" in inspect.getsource(save.send_updated_docs)


def templates_are_boxed_in() -> bool:
	try:
		return "class" not in frappe.render_template("{{ ''.__class__.__mro__ }}", {})
	except Exception:
		return True


def scripts_are_off() -> bool:
	from frappe.utils.safe_exec import ServerScriptNotEnabled, safe_exec

	try:
		safe_exec("asked = 1")
	except ServerScriptNotEnabled:
		return True
	return False


def requests_are_guarded() -> bool:
	return "social_care.api.guards.guard_request" in frappe.get_hooks("auth_hooks")


def files_follow_their_rows() -> bool:
	return issubclass(get_controller("File"), ScopedFile)


def givers_keep_their_user_permissions() -> bool:
	return '"User Permission"' not in inspect.getsource(frappe.permissions.has_user_permission)


def choosing_is_not_reading() -> bool:
	with asking_as():
		return "User" not in frappe.permissions.get_doctypes_with_read()


def promises() -> list[Promise]:
	"""All of them, in the language of this process."""
	return [
		Promise(_("Permission hooks for every DocType are asked."), True, hooks_for_all_are_asked),
		Promise(_("One permission hook that denies is enough."), True, one_no_is_enough),
		Promise(_("Lists show the rows of the user's assignments only."), True, lists_have_the_row_scope),
		Promise(_("The request guard is asked before every request."), True, requests_are_guarded),
		Promise(_("Files are opened by the right to their row."), True, files_follow_their_rows),
		Promise(_("A text is refused as a filter."), True, a_text_is_no_filter),
		Promise(_("Lists take columns only, and no other expressions."), True, lists_take_columns_only),
		Promise(
			_("Neighbouring restricted fields are both left out of lists."), True, neighbours_are_removed
		),
		Promise(
			_("Restricted fields are refused in filters, orders and functions."),
			False,
			levels_hold_in_conditions,
		),
		Promise(_("Answers after saving leave restricted fields out."), True, answers_are_stripped),
		Promise(_("Templates reach nothing outside their sandbox."), True, templates_are_boxed_in),
		Promise(_("Server scripts are switched off."), False, scripts_are_off),
		Promise(
			_("User permissions hold for those who give them, too."),
			False,
			givers_keep_their_user_permissions,
		),
		Promise(
			_("The right to choose a record is not the right to read its type."),
			False,
			choosing_is_not_reading,
		),
	]
