"""Children of the reader's places who wait for a kafala family and are held for none, whoever is longest in care first. No names."""

import frappe
from frappe import _
from frappe.utils import date_diff, getdate, nowdate
from social_care.prints.layout import Layout
from social_care.registry.kin.siblings import years
from social_care.registry.levels import HEALTH, readable

from social_care_kafala.kafala.matching import states, suggestions, waiting, waiting_lists
from social_care_kafala.kafala.report.kafala_files_and_their_times.kafala_files_and_their_times import column


def execute(filters: dict | None = None) -> tuple[list, list, None, None, list]:
	states.check_right()
	rows = get_data(frappe._dict(filters or {}))
	return get_columns(), rows, None, None, waiting_lists.summary(_("Children Waiting"), rows)


def get_columns() -> list[dict]:
	text, number = {"fieldtype": "Data"}, {"fieldtype": "Int"}
	health = [column("needs", _("Health Needs to Be Accepted"), 130, **text)] if readable(HEALTH) else []
	return [
		column("rank", _("Rank"), 70, **number),
		column("name", _("Child"), 150, fieldtype="Link", options="Child"),
		column("sex_name", _("Sex"), 80, **text),
		column("age", _("Age (Years)"), 90, **number),
		column("place", _("Governorate"), 120, **text),
		column("siblings", _("Siblings in Care"), 100, **number),
		column("since", _("In Care Since"), 110, fieldtype="Date"),
		column("days", _("Days of Waiting"), 100, **number),
		*health,
	]


def get_data(filters: dict) -> list[dict]:
	"""Those who wait, of the reader's own list of children; rows hold what the columns show and nothing else."""
	own = frappe.get_list(
		"Child",
		filters=[["kafala_candidate", "=", 1], *waiting_lists.places(filters)],
		pluck="name",
		order_by="name asc",
		limit_page_length=0,
	)
	mine = set(own)
	found = [row for row in waiting.children(governorate=filters.get("governorate")) if row.name in mine]
	together = waiting.siblings([row.name for row in found])
	names, health = suggestions.governorates(), readable(HEALTH)
	return waiting_lists.ranked([shown(row, together, names, health) for row in found])


def shown(row: dict, together: dict[str, list[str]], governorates: dict[str, str], health: bool) -> dict:
	"""Code, sex, age, governorate, siblings, time in care; needs for readers of a child's health alone."""
	since = getdate(row.admission_date) if row.admission_date else None
	found = frappe._dict(
		name=row.name,
		sex_name=_(row.sex or ""),
		age=years(row.birth_date),
		place=governorates.get(row.governorate, ""),
		siblings=len(together.get(row.name, [])),
		since=since,
		days=max(date_diff(nowdate(), since), 0) if since else 0,
	)
	if health:
		found.needs = _("Yes") if waiting.has_health_needs(row) else _("No")
	return found


def print_layout(filters: dict) -> Layout:
	return waiting_lists.layout(filters)
