"""The identity card of a child for use inside the institution: who it is, and that the card is genuine."""

from frappe import _
from frappe.model.document import Document
from frappe.utils import format_date

from social_care.prints.digits import in_digits
from social_care.prints.issuing import valid_until
from social_care.prints.sheet import sheet, speak_arabic
from social_care.registry import levels


def identity_card(child: Document, print_format: str) -> dict:
	"""What the card shows: {sheet, name, code, rows, photo}. Neither parentage nor papers nor why the child is in care.

	The photograph needs the reader's level of papers (docs/SECURITY.md); without it the room stays empty.
	"""
	speak_arabic()
	rows = [
		[_("Code"), child.name],
		[_("Sex"), _(child.sex or "")],
		[_("Birth Date"), in_digits(format_date(child.birth_date)) if child.birth_date else ""],
		[_("Institution"), child.institution_name or ""],
	]
	if until := valid_until():
		rows.append([_("Valid Until"), in_digits(format_date(until))])
	shown = {"name": child.full_name, "code": child.name, "rows": rows}
	title = _("Identity Card for Internal Use")
	head = sheet(print_format, title, shown, child.org_unit, child.institution_name or "")
	return shown | {"sheet": head, "photo": child.photo if levels.readable(levels.PAPERS) else None}
