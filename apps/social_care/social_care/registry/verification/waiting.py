"""Differences that wait for the data officer of the directorate where the child lives."""

from collections.abc import Iterable

import frappe

from social_care.governance.officer.providers import Provider, Waiting
from social_care.registry.verification import DIFFERENCE


def _differing(homes: list[str] | None) -> Iterable[Waiting]:
	where = "1=1" if homes is None else "file.`institution` in %(homes)s"
	rows = frappe.db.sql(
		f"""select difference.`name`, file.`institution`, file.`org_unit`, date(difference.`answered_on`)
		from `tab{DIFFERENCE}` difference join `tabChild` file on file.`name` = difference.`child`
		where difference.`state` = 'Not Yet Decided' and {where}""",  # of this module's own words
		{"homes": homes},
	)
	return [Waiting(DIFFERENCE, name, home, unit, since) for name, home, unit, since in rows]


DIFFERING = Provider("Identity Difference", "Identity Differs by a Registry", _differing)
