"""Who has read which child's file, when, by which channel and on what ground; within the reader's own scope."""

import frappe
from frappe import _
from frappe.utils import add_days, getdate, nowdate

from social_care.prints.layout import Layout, as_of

FIELDS = [
	"read_at",
	"user",
	"channel",
	"child",
	"record_type",
	"record_name",
	"levels",
	"about",
	"access",
	"address",
	"rows_shown",
]
DAYS = 30
MOST = 5000  # rows of one answer, the newest


def execute(filters: dict | None = None) -> tuple:
	asked = validate_filters(filters or {})
	return get_columns(), get_data(asked)


def validate_filters(filters: dict) -> frappe._dict:
	"""A period in order, by default the last days; of one child's file all that there is."""
	last = getdate(filters.get("to_date") or nowdate())
	first = getdate(
		filters.get("from_date") or ("2000-01-01" if filters.get("child") else add_days(last, -DAYS))
	)
	if first > last:
		frappe.throw(_("The period ends before it begins."), title=_("Period"))
	return frappe._dict(filters, first=first, last=last)


def get_columns() -> list[dict]:
	return [
		{"fieldname": "read_at", "label": _("Read At"), "fieldtype": "Datetime", "width": 165},
		{"fieldname": "reader", "label": _("Reader"), "fieldtype": "Data", "width": 190},
		{"fieldname": "channel", "label": _("Channel"), "fieldtype": "Data", "width": 110},
		{"fieldname": "child", "label": _("Child's File"), "fieldtype": "Data", "width": 120},
		{"fieldname": "record_type", "label": _("Record Type"), "fieldtype": "Data", "width": 130},
		{"fieldname": "rows_shown", "label": _("Rows Shown"), "fieldtype": "Int", "width": 90},
		{"fieldname": "levels", "label": _("Levels of Fields"), "fieldtype": "Data", "width": 110},
		{"fieldname": "purpose", "label": _("Ground"), "fieldtype": "Data", "width": 190},
		{"fieldname": "about", "label": _("File, Print or Report"), "fieldtype": "Data", "width": 170},
		{"fieldname": "address", "label": _("Address"), "fieldtype": "Data", "width": 120},
		{"fieldname": "user", "label": _("User"), "fieldtype": "Data", "width": 200},
	]


def get_data(filters: frappe._dict) -> list[dict]:
	"""The reader's own rows of the log, the newest first; three queries."""
	rows = frappe.get_list(
		"Read Log",
		filters=_conditions(filters),
		fields=FIELDS,
		order_by="read_at desc",
		limit_page_length=MOST,
	)
	names, purposes = (
		_names({row.user for row in rows}),
		_purposes({row.access for row in rows if row.access}),
	)
	for row in rows:
		row.reader = names.get(row.user) or row.user
		row.purpose = (
			purposes.get(row.access) or (row.access and _("Access No Longer Known")) or _("Own Assignment")
		)
		row.channel, row.record_type = _(row.channel), _(row.record_type)
	return rows


def _conditions(filters: frappe._dict) -> dict:
	found: dict = {"read_at": ["between", [filters.first, filters.last]]}
	found |= {key: filters[key] for key in ("child", "user", "channel") if filters.get(key)}
	return found | ({"access": ["is", "set"]} if filters.get("beyond") else {})


def _names(users: set[str]) -> dict[str, str]:
	# names of readers, for whoever may see what they read
	rows = (
		frappe.get_all("User", {"name": ["in", list(users)]}, ["name", "full_name"], as_list=True)
		if users
		else []
	)
	return dict(rows)


def _purposes(accesses: set[str]) -> dict[str, str]:
	"""Kind and purpose of accesses, as far as the reader may see them."""
	wanted = {"name": ["in", list(accesses)]}
	rows = (
		frappe.get_list("File Access Grant", wanted, ["name", "kind", "purpose"], limit_page_length=0)
		if accesses
		else []
	)
	return {row.name: f"{_(row.kind)}: {_(row.purpose)} ({row.name})" for row in rows}


def print_layout(filters: dict) -> Layout:
	return Layout.of(filters, period=as_of(None), landscape=True)
