"""Where children stand at school, from the tables of their files."""

import frappe
from frappe.query_builder import DocType


def newest_years(children: list[str]) -> dict[str, tuple[str, str]]:
	"""Stage and enrolment of the newest school year of each child whose file the caller has read."""
	if not children:
		return {}
	record = DocType("Education Record")
	rows = (
		frappe.qb.from_(record)
		.select(record.parent, record.stage, record.enrolment_status)
		.where((record.parenttype == "Child") & record.parent.isin(children))
		.orderby(record.parent, record.school_year, record.idx)
		.run()
	)
	return {parent: (stage or "", enrolment or "") for parent, stage, enrolment in rows}
