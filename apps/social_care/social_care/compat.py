"""Everything in this app that depends on Frappe's version, found by asking the framework and not its version number."""

import inspect

import frappe
import frappe.permissions
from frappe.model.db_query import DatabaseQuery

try:  # Frappe 16
	from frappe.tests import IntegrationTestCase as FrameworkTestCase
except ImportError:  # Frappe 15
	from frappe.tests.utils import FrappeTestCase as FrameworkTestCase  # noqa: F401


def wildcard_hooks_supported() -> bool:
	"""Whether `"*"` entries of `has_permission` and `permission_query_conditions` are asked for every DocType."""
	return all(
		'"*"' in inspect.getsource(function)
		for function in (
			frappe.permissions.has_controller_permissions,
			DatabaseQuery.get_permission_query_conditions,
		)
	)


def hook_must_answer_true() -> bool:
	"""Frappe 16 denies unless every has_permission hook answers True; Frappe 15 reads None as «no opinion»."""
	source = inspect.getsource(frappe.permissions.has_controller_permissions)
	return "is not None" not in source and "is None" not in source


def forget_documents(rows: list[tuple[str, str]]) -> None:
	"""Drop documents from the cache, now and at the end of the transaction, in one command each."""
	keys = [frappe.get_document_cache_key(*row) for row in rows]

	def forget() -> None:
		frappe.cache.delete_value(keys)

	forget()
	frappe.db.after_commit.add(forget)
	frappe.db.after_rollback.add(forget)
	for doctype in {doctype for doctype, _name in rows}:
		frappe.db.value_cache.pop(doctype, None)


def allow() -> bool | None:
	"""What a has_permission hook returns where it has nothing against the request."""
	return True if hook_must_answer_true() else None
