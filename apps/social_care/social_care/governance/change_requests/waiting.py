"""Requests whose day to decide has passed wait for the data officer of the directorate where the child lives."""

from collections.abc import Iterable

import frappe
from frappe.utils import nowdate

from social_care.governance.change_requests import REQUEST, WAITING
from social_care.governance.officer.providers import Provider, Waiting


def _overdue(homes: list[str] | None) -> Iterable[Waiting]:
	where = "1=1" if homes is None else "file.`institution` in %(homes)s"
	rows = frappe.db.sql(
		f"""select request.`name`, file.`institution`, file.`org_unit`, date_add(request.`due_on`, interval 1 day)
		from `tab{REQUEST}` request join `tabChild` file on file.`name` = request.`child`
		where request.`state` in %(waiting)s and request.`due_on` < %(today)s and request.`level` <= 1
			and {where}""",  # of this module's own words; of levels that the officer may not read he is told nothing
		{"homes": homes, "waiting": WAITING, "today": nowdate()},
	)
	return [Waiting(REQUEST, name, home, unit, since) for name, home, unit, since in rows]


OVERDUE = Provider("Change Request", "Change Requests Overdue", _overdue)
