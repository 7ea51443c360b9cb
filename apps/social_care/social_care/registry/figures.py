"""Counts over the registry, limited to the places where the user holds an assignment. Aggregates only: no row leaves."""

import frappe
from frappe.utils import add_months, nowdate

from social_care.organisation.grants import CASES, active_grants
from social_care.scope import NOTHING, RowScope

IN_INSTITUTION = "`tabChild`.`institution` is not null and `tabChild`.`life_state` = 'Active'"
NO_NATIONAL_NUMBER = f"{IN_INSTITUTION} and ifnull(`tabChild`.`national_number`, '') = ''"
OVER_CAPACITY = (
	"(select count(*) from `tabPlacement` p where p.institution = `tabInstitution`.`name` and p.is_current = 1)"
	" > `tabInstitution`.`licensed_capacity`"
)
RULES = {
	"Child": {"unit": "org_unit", "institution": "institution"},
	"Institution": {"unit": "org_unit", "institution": "name"},
	"Data Quality Day": {"unit": "org_unit", "institution": "institution"},
	"Institution Confirmation": {"unit": "org_unit", "institution": "institution"},
	"Census Return": {"unit": "org_unit", "institution": "institution"},
	"Data Officer Task": {"unit": "directorate"},
	"Device Request": {"unit": "org_unit", "institution": "institution"},
	"Org Unit": {"unit": "name"},
	"Indicator Value": {"unit": "org_unit", "institution": "institution"},
	"Placement": {"unit": "org_unit", "institution": "institution"},
	"Placement Change": {"unit": "addressed_unit", "institution": "addressed_institution"},
}


def places(doctype: str, user: str | None = None) -> str:
	"""SQL condition for the rows of `doctype` at the user's places, whatever his roles there ("" for everywhere)."""
	user = user or frappe.session.user
	if user == "Administrator":
		return ""
	grants = tuple(grant for grant in active_grants(user) if grant.scope != CASES)
	return RowScope(user, grants).sql(doctype, RULES[doctype]) if grants else NOTHING


def count(doctype: str, condition: str) -> int:
	"""Rows of `doctype` at the user's places that meet a condition of this module."""
	where = " and ".join(f"({part})" for part in (condition, places(doctype)) if part)
	return frappe.db.sql(f"select count(*) from `tab{doctype}` where {where}")[0][0]


def waiting(doctype: str, condition: str, since: str) -> tuple[int, str | None]:
	"""How many rows meet a condition of the app at the user's places, and the earliest day that the expression `since` says."""
	where = " and ".join(f"({part})" for part in (condition, places(doctype)) if part)
	((number, oldest),) = frappe.db.sql(
		f"select count(*), date(min({since})) from `tab{doctype}` where {where}"
	)
	return number, str(oldest) if oldest else None


def children(condition: str) -> int:
	return count("Child", condition)


def institutions(condition: str) -> int:
	return count("Institution", condition)


def file_state(state: str) -> str:
	"""Condition for files in a state of the path."""
	return f"`tabChild`.`file_state` = {frappe.db.escape(state)}"


def photograph_due() -> str:
	"""Condition for children in care without a photograph young enough (Social Care Settings, months)."""
	months = frappe.get_cached_doc("Social Care Settings").photo_max_age_months or 12
	oldest = frappe.db.escape(str(add_months(nowdate(), -months)))
	return f"{IN_INSTITUTION} and (ifnull(`tabChild`.`photo`, '') = '' or `tabChild`.`photo_date` < {oldest})"


def directorates_with_data_officer() -> int:
	today = nowdate()
	return frappe.db.sql(
		"""select count(distinct directorate) from `tabData Officer`
		where valid_from <= %s and (valid_to is null or valid_to >= %s)""",
		(today, today),
	)[0][0]
