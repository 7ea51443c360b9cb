"""Every emergency access and every grant between units: who asked why, who decided, what was read by it."""

import frappe
from frappe import _
from frappe.query_builder.functions import Count, Max
from frappe.utils import add_months, getdate, now_datetime, nowdate

from social_care.prints.layout import Layout, as_of

GRANT = "File Access Grant"
FIELDS = [
	"name",
	"kind",
	"child",
	"purpose",
	"reason",
	"state",
	"asked_by",
	"asked_at",
	"asking_unit",
	"asking_institution",
	"opens_at",
	"closes_at",
	"decided_by",
]
MONTHS = 12


def execute(filters: dict | None = None) -> tuple:
	return get_columns(), get_data(validate_filters(filters or {}))


def validate_filters(filters: dict) -> frappe._dict:
	"""A period in order, by default the last year."""
	last = getdate(filters.get("to_date") or nowdate())
	first = getdate(filters.get("from_date") or add_months(last, -MONTHS))
	if first > last:
		frappe.throw(_("The period ends before it begins."), title=_("Period"))
	return frappe._dict(filters, first=first, last=last)


def get_columns() -> list[dict]:
	return [
		{"fieldname": "name", "label": _("File Access"), "fieldtype": "Link", "options": GRANT, "width": 125},
		{"fieldname": "kind", "label": _("Kind"), "fieldtype": "Data", "width": 100},
		{"fieldname": "child", "label": _("Child's File"), "fieldtype": "Data", "width": 110},
		{"fieldname": "state", "label": _("State"), "fieldtype": "Data", "width": 90},
		{"fieldname": "purpose", "label": _("Purpose"), "fieldtype": "Data", "width": 140},
		{"fieldname": "reason", "label": _("Reason"), "fieldtype": "Data", "width": 240},
		{"fieldname": "asker", "label": _("Asked By"), "fieldtype": "Data", "width": 160},
		{"fieldname": "place", "label": _("Asking Unit"), "fieldtype": "Data", "width": 160},
		{"fieldname": "asked_at", "label": _("Asked At"), "fieldtype": "Datetime", "width": 150},
		{"fieldname": "closes_at", "label": _("Closes At"), "fieldtype": "Datetime", "width": 150},
		{"fieldname": "decider", "label": _("Decided By"), "fieldtype": "Data", "width": 160},
		{"fieldname": "readings", "label": _("Readings"), "fieldtype": "Int", "width": 90},
		{"fieldname": "last_read", "label": _("Last Reading"), "fieldtype": "Datetime", "width": 150},
	]


def get_data(filters: frappe._dict) -> list[dict]:
	"""The reader's own rows, the newest first; a fixed number of queries."""
	wanted: dict = {"asked_at": ["between", [filters.first, filters.last]]}
	wanted |= {key: filters[key] for key in ("kind", "state") if filters.get(key)}
	rows = frappe.get_list(
		GRANT, filters=wanted, fields=FIELDS, order_by="asked_at desc", limit_page_length=0
	)
	people = _titles("User", "full_name", {row.asked_by for row in rows} | {row.decided_by for row in rows})
	units = _titles("Org Unit", "unit_name", {row.asking_unit for row in rows})
	homes = _titles("Institution", "institution_name", {row.asking_institution for row in rows})
	read = _readings([row.name for row in rows])
	for row in rows:
		row.asker, row.decider = people.get(row.asked_by), people.get(row.decided_by)
		row.place = homes.get(row.asking_institution) or units.get(row.asking_unit)
		row.readings, row.last_read = read.get(row.name, (0, None))
		ended = row.state == "Open" and row.closes_at <= now_datetime()
		row.state, row.kind, row.purpose = _("Ended" if ended else row.state), _(row.kind), _(row.purpose)
	return rows


def _titles(doctype: str, field: str, names: set) -> dict[str, str]:
	# names of those who asked and decided, for whoever may see the request
	wanted = {"name": ["in", [name for name in names if name]]}
	return dict(frappe.get_all(doctype, wanted, ["name", field], as_list=True, order_by=None))


def _readings(accesses: list[str]) -> dict[str, tuple]:
	"""{access: (number of rows of the log, time of the last)}, for whoever may see the access."""
	log = frappe.qb.DocType("Read Log")
	if not accesses:
		return {}
	query = frappe.qb.from_(log).select(log.access, Count(log.name), Max(log.read_at))
	rows = query.where(log.access.isin(accesses)).groupby(log.access).run()
	return {access: (number, last) for access, number, last in rows}


def print_layout(filters: dict) -> Layout:
	return Layout.of(filters, period=as_of(None), landscape=True)
