"""Records that run code, write files on the server, or rewrite other records: who may make which."""

import re

import frappe
from frappe import _
from frappe.model.document import Document

INCLUDE = re.compile(r"\{%-?\+?\s*include\b")
CODE_FIELDS = {
	"Report": ("javascript",),
	"Client Script": ("script",),
	"Custom HTML Block": ("html", "script"),
}
HARMLESS_REPORTS = ("Report Builder", "Custom Report")


def only_administrator() -> None:
	"""Refuse everybody else, System Managers too: what follows reads or writes past the row scope."""
	if frappe.session.user != "Administrator":
		frappe.throw(_("Only Administrator may do this."), frappe.PermissionError, title=_("Not Allowed"))


def refuse_making(doc: Document, method: str | None = None) -> None:
	"""Packages write and unpack files on the server, server scripts run in it: neither is made from a browser."""
	frappe.throw(
		_("Records of this kind write files or run code on the server and are not made here."),
		frappe.PermissionError,
		title=_("Not Allowed"),
	)


def refuse_includes(doc: Document, method: str | None = None) -> None:
	"""A stored script includes no file: the framework would answer with the content of any that it can read."""
	for field in CODE_FIELDS[doc.doctype]:
		if INCLUDE.search(doc.get(field) or ""):
			frappe.throw(
				_("A script that is stored here cannot include files of the server."),
				frappe.PermissionError,
				title=_("Not Allowed"),
			)


def check_report(doc: Document, method: str | None = None) -> None:
	"""A report of stored SQL or code reads past the row scope; the reports of apps lie in their files."""
	refuse_includes(doc)
	stored = doc.is_standard != "Yes" and doc.report_type not in HARMLESS_REPORTS
	if stored and not frappe.flags.in_install and not frappe.flags.in_migrate:
		only_administrator()


def keep_log(doc: Document, method: str | None = None) -> None:
	"""What was run in the console stays as it was run, whoever wants it away."""
	if method == "on_trash" or not doc.is_new():
		frappe.throw(
			_("The log of the console can be neither changed nor deleted."),
			frappe.PermissionError,
			title=_("Not Allowed"),
		)


def check_states(doc: Document, method: str | None = None) -> None:
	"""The framework would rewrite every record in a state whose docstatus is changed, without asking or a trace."""
	before = doc.get_doc_before_save()
	known = {row.state: str(row.doc_status) for row in before.states} if before else {}
	for row in doc.states:
		if known.get(row.state, str(row.doc_status)) == str(row.doc_status):
			continue
		count = frappe.db.count(doc.document_type, {before.workflow_state_field: row.state})
		if count:
			message = _(
				"{0} records are in the state {1}; whether it is submitted cannot be changed. Add a new state."
			)
			frappe.throw(message.format(count, _(row.state)), title=_("Workflow"))
