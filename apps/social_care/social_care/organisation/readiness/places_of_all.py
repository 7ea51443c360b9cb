"""All places that have to be ready, each with its newest survey; at the places of the reader."""

import frappe
from frappe.utils import add_months, cint, nowdate

from social_care.organisation.readiness.places import LEVELS
from social_care.registry import figures

LACKS = {  # what a place without it is filtered by
	"Survey": "newest.`name` is null",
	"Computer": "ifnull(newest.`working_computers`, 0) = 0",
	"Internet": "ifnull(newest.`has_internet`, 0) = 0",
	"Account": "ifnull(newest.`accounts`, 0) = 0",
	"Trained User": "ifnull(newest.`trained_users`, 0) = 0",
}
COLUMNS = (
	"surveyed_on",
	"working_computers",
	"has_internet",
	"has_printer",
	"accounts",
	"trained_users",
	"is_ready",
)


def places(governorate: str | None = None, lacking: str | None = None) -> list[frappe._dict]:
	"""Institutions that are not closed and units of today, by governorate: {"kind", "title", "level", "governorate",
	"governorate_name", "surveyed_on", "working_computers", …, "is_ready"}; a survey that is too old counts as none. Two queries."""
	rows = _institutions(governorate, lacking) + _units(governorate, lacking)
	return sorted(rows, key=lambda row: (row.governorate or "", row.kind, row.title or ""))


def _institutions(governorate: str | None, lacking: str | None) -> list[frappe._dict]:
	parts = ["`tabInstitution`.`status` not in ('Closed', 'Under Licensing')", figures.places("Institution")]
	return _rows(
		"`tabInstitution`",
		"'Institution'",
		"`tabInstitution`.`institution_name`",
		"''",
		"institution",
		parts,
		governorate,
		lacking,
	)


def _units(governorate: str | None, lacking: str | None) -> list[frappe._dict]:
	levels = ", ".join(frappe.db.escape(level) for level in LEVELS)
	parts = [
		f"`tabOrg Unit`.`level` in ({levels})",
		"ifnull(`tabOrg Unit`.`valid_to`, %(today)s) >= %(today)s",
	]
	parts.append(figures.places("Org Unit"))
	return _rows(
		"`tabOrg Unit`",
		"'Unit'",
		"`tabOrg Unit`.`unit_name`",
		"`tabOrg Unit`.`level`",
		"org_unit",
		parts,
		governorate,
		lacking,
	)


def _rows(table, kind, title, level, link, parts, governorate, lacking) -> list[frappe._dict]:
	months = cint(frappe.get_cached_doc("Social Care Settings").readiness_months)
	since = add_months(nowdate(), -months) if months else "1900-01-01"
	own = "" if link == "institution" else "and survey.`institution` is null"
	parts = [
		*parts,
		f"{table}.`governorate` = %(governorate)s" if governorate else "",
		LACKS.get(lacking or "", ""),
	]
	columns = ", ".join(f"newest.`{column}`" for column in COLUMNS)
	return frappe.db.sql(
		f"""select {kind} as kind, {title} as title, {level} as level, {table}.`governorate`, place.`governorate_name`, {columns}
		from {table} left join `tabGovernorate` place on place.`name` = {table}.`governorate`
		left join (select survey.*, row_number() over (partition by survey.`{link}` order by survey.`surveyed_on` desc,
				survey.`creation` desc) as place from `tabReadiness Survey` survey
			where survey.`surveyed_on` >= %(since)s and survey.`{link}` is not null {own}) newest
			on newest.`{link}` = {table}.`name` and newest.place = 1
		where {" and ".join(f"({part})" for part in parts if part)}""",  # of this module and social_care.scope
		{"governorate": governorate, "since": since, "today": nowdate()},
		as_dict=True,
	)
