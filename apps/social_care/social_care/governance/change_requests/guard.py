"""Every save of a file and of its person passes here, whatever door it came by: form, REST, import, bulk edit, roll, service."""

from typing import NoReturn

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import comma_and

from social_care.governance.change_requests import ProtectedFieldError, rules
from social_care.registry.changes import differs


def refuse_direct(child: Document) -> None:
	"""A step of Child's validate: refuse a change of what is changed by a request only.

	Decisions of two people (`flags.by_decision`) carry their own rights; merges are such decisions and write by themselves.
	"""
	before = child.get_doc_before_save()
	if not before or child.flags.by_decision or not rules.all_rules():
		return
	changed = [field for field in rules.protected(before) if differs(child, before, field)]
	if changed and frappe.session.user != "Administrator":
		_refuse([_(child.meta.get_label(field)) for field in changed])


def refuse_around(person: Document) -> None:
	"""A step of Person's validate: the same for a person who has a file, where no file writes him."""
	before = person.get_doc_before_save()
	if not before or person.flags.from_file or person.flags.by_decision or not rules.all_rules():
		return
	name = frappe.db.get_value("Child", {"person": person.name, "life_state": ["!=", "Merged"]})
	if not name or frappe.session.user == "Administrator":
		return
	own = {field for field in rules.protected(frappe.get_doc("Child", name)) if person.meta.has_field(field)}
	changed = sorted(field for field in own if differs(person, before, field))
	if changed:
		_refuse([_(person.meta.get_label(field)) for field in changed])


def _refuse(labels: list[str]) -> NoReturn:
	frappe.throw(
		_("This is changed by a request only: {0}. Choose «Ask for a Change» in the child's file.").format(
			comma_and(labels, add_quotes=False)
		),
		ProtectedFieldError,
		title=_("Changed by Request"),
	)
