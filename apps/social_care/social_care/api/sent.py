"""The file that came with a call."""

import frappe
from frappe import _
from werkzeug.datastructures import FileStorage


def sent_file() -> FileStorage:
	"""What was sent as `file`; refused where nothing was."""
	file = frappe.request.files.get("file")
	if not file:
		frappe.throw(_("The file is empty."), title=_("Upload"))
	return file
