"""The roll of an institution for a user."""

import frappe
from frappe import _
from frappe.core.doctype.access_log.access_log import make_access_log

from social_care.organisation.grants import roles_at
from social_care.reading.notes import note
from social_care.registry import file_review
from social_care.registry.roll import stored
from social_care.registry.roll.columns import columns
from social_care.registry.roll.writing import Line, RollWriter, blank_rows, version_of

READ_AT_ONCE = 500


def check_reader(institution: str) -> None:
	"""Refuse who may not read the files of the institution."""
	if not frappe.has_permission("Institution", "read", doc=institution) or not frappe.has_permission(
		"Child", "read"
	):
		frappe.throw(
			_("You have no access to this record."), frappe.PermissionError, title=_("Outside Your Scope")
		)


def check_taker(institution: str) -> None:
	"""Refuse who reads files but neither works on them nor may export them: a roll is many files at once."""
	check_reader(institution)
	if not frappe.has_permission("Child", "write") and not frappe.has_permission("Child", "export"):
		frappe.throw(
			_("You may not take the data of files out of the system."),
			frappe.PermissionError,
			title=_("Not Permitted"),
		)


def workbook(institution: str) -> bytes:
	"""The roll as the session user may read it; open are the cells that he may change. The download is logged."""
	check_taker(institution)
	make_access_log(doctype="Institution", document=institution, file_type="XLSX", method="roll")
	own = columns()
	lines = list(_lines(institution, own))
	note("Child", [line.code for line in lines], "Workbook", institution)
	may_register = frappe.has_permission("Child", "create")
	return RollWriter(own, institution).write(lines, blank_rows() if may_register else 0)


def _lines(institution: str, own: list):
	names = stored.roll_of(institution)
	may_write = frappe.has_permission("Child", "write")
	for start in range(0, len(names), READ_AT_ONCE):
		part = names[start : start + READ_AT_ONCE]
		children, writable = stored.read(part), stored.reachable(part) if may_write else set()
		for name in part:
			texts = stored.values(children[name], own)
			yield Line(
				code=name,
				state=children[name].file_state,
				cells=texts,
				version=version_of(texts, own),
				editable=name in writable and editable(children[name]),
			)


def editable(child) -> bool:
	"""Whether the path of the file lets the session user change it in its present state."""
	roles = roles_at(frappe.session.user, child.org_unit, child.institution)
	return frappe.session.user == "Administrator" or bool(file_review.editing_roles(child.file_state) & roles)
