"""The Arabic print of a confirmation: the institution, each child with its decision, and the signature."""

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import format_date, format_datetime, get_fullname

from social_care.governance.confirmation import CONFIRMED, ROW, SIGNED, TO_CORRECT
from social_care.prints import cells
from social_care.prints.digits import in_digits
from social_care.prints.sheet import sheet, speak_arabic
from social_care.reading.notes import note

PRINT = "Confirmation of Data"
COLUMNS = (
	("child", "Code", "Data"),
	("name", "Name", "Data"),
	("birth_date", "Birth Date", "Date"),
	("state", "Status", "Data"),
	("by", "Confirmed By", "Data"),
	("on", "Confirmed On", "Date"),
)


def confirmation_print(doc: Document) -> dict:
	"""{sheet, facts, columns, rows, signature, number}. Names are those of children whom the reader's own list shows."""
	speak_arabic()
	columns = cells.columns_of(
		[{"fieldname": name, "label": _(label), "fieldtype": kind} for name, label, kind in COLUMNS]
	)
	shown = {
		"facts": _facts(doc),
		"columns": columns,
		"rows": cells.rows_of(_rows(doc.name), columns),
		"signature": _signature(doc),
	}
	place = frappe.db.get_value("Institution", doc.institution, "institution_name")
	period = _("Due on {0}").format(format_date(doc.due_on))
	head = sheet(PRINT, _("Confirmation of Children's Data"), shown, doc.org_unit, place, period)
	return shown | {"sheet": head, "number": in_digits}


def _facts(doc: Document) -> list[list[str]]:
	told = (
		(_("Status"), _(doc.status)),
		(_("Children in Care"), doc.children),
		(_("Confirmed"), doc.confirmed),
		(_("To Correct"), doc.to_correct),
	)
	return [[label, in_digits(str(value))] for label, value in told]


def _rows(confirmation: str) -> list[dict]:
	rows = frappe.get_list(
		ROW,
		filters={"confirmation": confirmation, "state": ["in", [CONFIRMED, TO_CORRECT]]},
		fields=["child", "state", "decided_by", "decided_on"],
		order_by=f"`tab{ROW}`.child asc",
		limit_page_length=0,
	)
	children = {
		row.name: row
		for row in frappe.get_list(
			"Child",
			filters={"name": ["in", [row.child for row in rows] or [""]]},
			fields=["name", "full_name", "birth_date"],
			limit_page_length=0,
		)
	}
	note("Child", children, "Print", PRINT)
	people = {user: get_fullname(user) for user in {row.decided_by for row in rows}}
	return [_row(row, children.get(row.child) or frappe._dict(), people) for row in rows]


def _row(row: dict, child: dict, people: dict) -> dict:
	return {
		"child": row.child,
		"name": child.full_name or "",
		"birth_date": child.birth_date,
		"state": _(row.state),
		"by": people[row.decided_by],
		"on": row.decided_on.date(),
	}


def _signature(doc: Document) -> str:
	if doc.status != SIGNED:
		return _("Not signed yet")
	sentence = _("Signed by {0} on {1}")
	return in_digits(sentence.format(get_fullname(doc.signed_by), format_datetime(doc.signed_on)))
