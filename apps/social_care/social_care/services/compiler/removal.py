"""Taking a service's made records away again: for a draft that was tried, and for a service that was never used."""

import json

import frappe
from frappe import _

from social_care.services import versions
from social_care.services.compiler.applying import forget_texts

LAST = ("DocType", "Workflow State", "Workflow Action Master", "Translation")
SHARED = {
	"Workflow State": ("Workflow Document State", "state"),
	"Workflow Action Master": ("Workflow Transition", "action"),
}


class InUseError(frappe.ValidationError):
	"""A service with requests keeps everything: they are read, printed and answered for years."""


def remove(service: str) -> None:
	"""Remove all that the service's versions made, tables too. Raises InUseError where there are requests."""
	doctype = frappe.db.get_value("Service", service, "request_type")
	check_unused(doctype)
	made = _made(service)
	for kind, name in [key for key in made if key[0] not in LAST]:
		frappe.delete_doc(kind, name, ignore_missing=True, force=True, ignore_permissions=True)
	_remove_types(sorted(name for kind, name in made if kind == "DocType"), doctype)
	_remove_names(service, made)
	frappe.db.delete("Service Pack", {"service": service})
	frappe.db.set_value("Service", service, {"request_type": None, "published_version": 0})
	versions.forget(service)
	forget_texts()


def check_unused(doctype: str | None) -> None:
	if doctype and frappe.db.table_exists(doctype) and frappe.db.count(doctype):
		frappe.throw(
			_("There are requests of this service; it can only be suspended."), InUseError, title=_("Service")
		)


def _made(service: str) -> list[tuple[str, str]]:
	rows = frappe.get_all(
		"Service Pack", filters={"service": service}, pluck="artefacts", order_by="version desc"
	)
	return list(dict.fromkeys((kind, name) for text in rows for kind, name in json.loads(text or "[]")))


def _remove_types(names: list[str], requests: str | None) -> None:
	"""The record type of requests last: its tables hang on it."""
	for name in sorted(names, key=lambda name: name == requests):
		frappe.delete_doc("DocType", name, ignore_missing=True, force=True, ignore_permissions=True)
		frappe.db.sql_ddl(f"drop table if exists `tab{name}`")  # a name that the compiler made


def _remove_names(service: str, made: list[tuple[str, str]]) -> None:
	"""States, actions and texts that no other service uses."""
	for kind, (table, column) in SHARED.items():
		for name in [name for made_kind, name in made if made_kind == kind]:
			if not frappe.db.exists(table, {column: name}):
				frappe.delete_doc(kind, name, ignore_missing=True, force=True, ignore_permissions=True)
	taken = versions.foreign_texts({service})
	for name in [name for kind, name in made if kind == "Translation"]:
		if frappe.db.get_value("Translation", name, "source_text") not in taken:
			frappe.db.delete("Translation", {"name": name})
