"""What became of the rows of old registries, by institution at the reader's places, and which children they do not name."""

import frappe
from frappe import _

from social_care.organisation.grants import active_grants
from social_care.registry import figures
from social_care.registry.legacy import DONE, LEAVE, NEW, REFUSED, REJECTED, SAME

# What a row counts as; the conditions exclude each other, in this order.
REJECTED_ROWS, TAKEN, DIFFERING, MATCHED, LEFT_OUT, WAITING = (
	"rejected",
	"taken",
	"differing",
	"matched",
	"left_out",
	"waiting",
)
STATES = (REJECTED_ROWS, TAKEN, DIFFERING, MATCHED, LEFT_OUT, WAITING)
LABELS = {
	TAKEN: "Taken as New",
	MATCHED: "Matched without Differences",
	DIFFERING: "Matched with Differences",
	REJECTED_ROWS: "Rejected",
	LEFT_OUT: "Left Out",
	WAITING: "Still Waiting",
}
STATE = f"""case
	when `tabLegacy Row`.`kind` = '{REJECTED}' or `tabLegacy Row`.`outcome` = '{REFUSED}' then '{REJECTED_ROWS}'
	when `tabLegacy Row`.`decision` = '{LEAVE}' then '{LEFT_OUT}'
	when `tabLegacy Row`.`kind` = '{NEW}' and `tabLegacy Row`.`outcome` = '{DONE}' then '{TAKEN}'
	when `tabLegacy Row`.`kind` = '{SAME}' and `tabLegacy Row`.`outcome` = '{DONE}' and `tabLegacy Row`.`differences` > 0 then '{DIFFERING}'
	when `tabLegacy Row`.`kind` = '{SAME}' and `tabLegacy Row`.`outcome` = '{DONE}' then '{MATCHED}'
	else '{WAITING}' end"""
IN_CARE = "`tabChild`.`life_state` = 'Active' and ifnull(`tabChild`.`institution`, '') != ''"
NOT_NAMED = f"""{IN_CARE} and not exists (select 1 from `tabLegacy Row` named where named.`child` = `tabChild`.`name`
	and named.`outcome` = '{DONE}' and (%(source)s = '' or named.`source` = %(source)s))"""


def reads_all() -> bool:
	"""Whether the reader stands at headquarters: rows that name no institution of today are nobody's else."""
	user = frappe.session.user
	return user == "Administrator" or any(grant.is_root for grant in active_grants(user))


def counted(source: str, governorate: str) -> list[frappe._dict]:
	"""Rows by registry and institution: {source_name, institution, …, one figure a state}; one query."""
	sums = ", ".join(f"sum(rows_.`state` = '{state}') as `{state}`" for state in STATES)
	return frappe.db.sql(
		f"""select rows_.`source`, registry.`source_name`, rows_.`institution`, home.`institution_name`,
			home.`governorate`, governorate.`governorate_name`, count(*) as `rows`, {sums}
		from (select `tabLegacy Row`.`source`, `tabLegacy Row`.`institution`, {STATE} as `state`
			from `tabLegacy Row` left join `tabInstitution` on `tabInstitution`.`name` = `tabLegacy Row`.`institution`
			where {where("%(governorate)s = '' or `tabInstitution`.`governorate` = %(governorate)s")}) rows_
		join `tabLegacy Source` registry on registry.`name` = rows_.`source`
		left join `tabInstitution` home on home.`name` = rows_.`institution`
		left join `tabGovernorate` governorate on governorate.`name` = home.`governorate`
		group by rows_.`source`, rows_.`institution`
		order by registry.`source_name`, home.`governorate`, home.`institution_name`, rows_.`institution`""",  # of this module
		{"source": source, "governorate": governorate},
		as_dict=True,
	)


def where(more: str) -> str:
	"""Rows that count, at the reader's places; those without an institution for headquarters."""
	places = figures.places("Institution")
	if places and reads_all():
		places = f"({places} or `tabLegacy Row`.`institution` is null)"
	parts = [
		"`tabLegacy Row`.`superseded` = 0",
		"(%(source)s = '' or `tabLegacy Row`.`source` = %(source)s)",
		more,
	]
	return " and ".join(f"({part})" for part in [*parts, places] if part)


def children(source: str, governorate: str) -> dict[str, frappe._dict]:
	"""Children in care by institution, and those of them whom the old registry does not name; one query."""
	places = figures.places("Child")
	rows = frappe.db.sql(
		f"""select `tabChild`.`institution`, count(*) as `children`, sum({NOT_NAMED}) as `not_named`
		from `tabChild` where {IN_CARE} and (%(governorate)s = '' or `tabChild`.`governorate` = %(governorate)s)
			{f"and ({places})" if places else ""} group by `tabChild`.`institution`""",  # of this module and social_care.scope
		{"source": source, "governorate": governorate},
		as_dict=True,
	)
	return {row.institution: row for row in rows}


def rows(source: str, institution: str, state: str) -> list[frappe._dict]:
	"""Rows at the reader's places, for the list behind a figure; what they hold of a person is not among it."""
	return frappe.db.sql(
		f"""select * from (select `tabLegacy Row`.`sheet_row`, `tabLegacy Row`.`legacy_id`, `tabLegacy Row`.`legacy_import`,
			`tabLegacy Row`.`child`, `tabLegacy Row`.`faults`, `tabLegacy Row`.`differences`, {STATE} as `state`,
			`tabInstitution`.`institution_name`
		from `tabLegacy Row` left join `tabInstitution` on `tabInstitution`.`name` = `tabLegacy Row`.`institution`
		where {where("%(institution)s = '' or `tabLegacy Row`.`institution` = %(institution)s")}) rows_
		where %(state)s = '' or rows_.`state` = %(state)s
		order by rows_.`legacy_import`, rows_.`sheet_row`""",  # of this module
		{"source": source, "institution": institution, "state": state},
		as_dict=True,
	)


def not_named(source: str, institution: str) -> list[str]:
	"""Codes of children in care there whom the old registry does not name; only those that the reader may open are shown."""
	return frappe.db.sql(
		f"select `name` from `tabChild` where {NOT_NAMED} and `tabChild`.`institution` = %(institution)s order by `name`",
		{"source": source, "institution": institution},
		pluck=True,
	)


def facts(filters: dict) -> list[list[str]]:
	"""What a print is limited to, in words: label and value."""
	source, state = filters.get("source"), filters.get("state")
	told = [
		[_("Old Registry"), source and frappe.db.get_value("Legacy Source", source, "source_name")],
		[_("Governorate"), _named("Governorate", filters.get("governorate"))],
		[_("Institution"), _named("Institution", filters.get("institution"))],
		[_("Outcome"), _((LABELS | {"not_named": "Not Named in the Old Registry"})[state]) if state else ""],
	]
	return [[label, value] for label, value in told if value]


def _named(doctype: str, name: str | None) -> str:
	return frappe.db.get_value(doctype, name, f"{frappe.scrub(doctype)}_name") or "" if name else ""
