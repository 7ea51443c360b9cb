"""Who opened or took out unusually many children's files within one hour, or paged through lists of them.

Within the reader's own scope. A row of a list belongs to no single file, so who pages through lists is seen by those who
see every file.
"""

import frappe
from frappe import _
from frappe.utils import add_days, cint, getdate, nowdate

from social_care.prints.layout import Layout, as_of
from social_care.scope import condition

OPENING = ("Form", "REST", "Print", "File", "Other", "Part of File", "Save")
LISTING = ("List", "Search")
TAKING = ("Export", "Report", "Workbook")
DAYS = 30


def execute(filters: dict | None = None) -> tuple:
	return get_columns(), get_data(validate_filters(filters or {}))


def validate_filters(filters: dict) -> frappe._dict:
	"""A period in order, by default the last days; the number of files of the settings, unless another one is asked for."""
	last = getdate(filters.get("to_date") or nowdate())
	first = getdate(filters.get("from_date") or add_days(last, -DAYS))
	if first > last:
		frappe.throw(_("The period ends before it begins."), title=_("Period"))
	settings = frappe.get_cached_doc("Reading Control Settings")
	many = cint(filters.get("many") or settings.many_files_an_hour)
	many_rows = cint(filters.get("many_rows") or settings.many_rows_an_hour)
	return frappe._dict(first=first, after=add_days(last, 1), many=max(many, 1), many_rows=max(many_rows, 1))


def get_columns() -> list[dict]:
	return [
		{"fieldname": "hour", "label": _("Hour"), "fieldtype": "Datetime", "width": 165},
		{"fieldname": "reader", "label": _("Reader"), "fieldtype": "Data", "width": 220},
		{"fieldname": "opened", "label": _("Files Opened"), "fieldtype": "Int", "width": 130},
		{"fieldname": "taken", "label": _("Files Taken Out"), "fieldtype": "Int", "width": 130},
		{"fieldname": "listed", "label": _("Rows of Lists"), "fieldtype": "Int", "width": 130},
		{"fieldname": "addresses", "label": _("Addresses"), "fieldtype": "Int", "width": 100},
		{"fieldname": "user", "label": _("User"), "fieldtype": "Data", "width": 220},
	]


def get_data(filters: frappe._dict) -> list[dict]:
	"""Hours with many different files, the newest first; one query and that of the names."""
	where = condition("Read Log", frappe.session.user) if frappe.session.user != "Administrator" else ""
	own = f" and {where}" if where else ""
	rows = frappe.db.sql(
		f"""select `user`, date_format(`read_at`, '%%Y-%%m-%%d %%H:00:00') as hour,
			count(distinct if(`channel` in %(opening)s, nullif(`child`, ''), null)) as opened,
			count(distinct if(`channel` in %(taking)s, nullif(`child`, ''), null)) as taken,
			cast(sum(if(`channel` in %(listing)s and ifnull(`child`, '') = '', `rows_shown`, 0)) as signed) as listed,
			count(distinct `address`) as addresses
		from `tabRead Log` where `read_at` >= %(first)s and `read_at` < %(after)s and (`child` != '' or `channel` in %(listing)s){own}
		group by `user`, hour having opened >= %(many)s or taken >= %(many)s or listed >= %(many_rows)s
		order by hour desc, opened desc, `user` asc""",  # condition of social_care.scope
		filters | {"opening": OPENING, "taking": TAKING, "listing": LISTING},
		as_dict=True,
	)
	# names of readers, for whoever may see what they read
	users = [row.user for row in rows]
	names = (
		dict(frappe.get_all("User", {"name": ["in", users]}, ["name", "full_name"], as_list=True))
		if rows
		else {}
	)
	for row in rows:
		row.reader = names.get(row.user) or row.user
	return rows


def print_layout(filters: dict) -> Layout:
	return Layout.of(filters, period=as_of(None), landscape=False)
