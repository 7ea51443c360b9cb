"""Families of the reader's places that are past the committee and have no child yet, whoever has waited longest first. No names."""

import frappe
from frappe import _
from frappe.utils import cint, date_diff, getdate, nowdate
from social_care.prints.layout import Layout

from social_care_kafala.kafala.endings import words
from social_care_kafala.kafala.matching import states, suggestions, waiting_lists
from social_care_kafala.kafala.path import states as path
from social_care_kafala.kafala.report.kafala_files_and_their_times.kafala_files_and_their_times import column

# Past the committee, and before the child: the security inquiry and the steps in which a child is looked for.
WAITING = (path.SECURITY, *states.LOOKING)
FIELDS = (
	*("name", "register_serial", "family_kind", "status", "governorate", "org_unit"),
	*("approved_on", "committee_date", "applied_on", "wished_sex", "wished_age_from", "wished_age_to"),
	*("accepts_disability", "accepts_siblings"),
)


def execute(filters: dict | None = None) -> tuple[list, list, None, None, list]:
	rows = get_data(frappe._dict(filters or {}))
	return get_columns(), rows, None, None, waiting_lists.summary(_("Families Waiting"), rows)


def get_columns() -> list[dict]:
	text, number = {"fieldtype": "Data"}, {"fieldtype": "Int"}
	return [
		column("rank", _("Rank"), 70, **number),
		column("name", _("Kafala Family File"), 140, fieldtype="Link", options=path.DOCTYPE),
		column("register_serial", _("Number in the Special Register"), 160, **text),
		column("kind", _("Kind of Family"), 120, **text),
		column("place", _("Governorate"), 110, **text),
		column("state", _("Status"), 130, **text),
		column("since", _("Waiting Since"), 110, fieldtype="Date"),
		column("days", _("Days of Waiting"), 90, **number),
		column("sex", _("Sex of the Child"), 100, **text),
		column("ages", _("Age Wished For (Years)"), 110, **text),
		column("disability", _("Accepts a Disability or Chronic Illness"), 130, **text),
		column("siblings", _("Accepts Siblings Together"), 110, **text),
	]


def get_data(filters: dict) -> list[dict]:
	"""Three queries, whatever the number of families; their rank is that among the rows shown."""
	rows = frappe.get_list(
		path.DOCTYPE,
		filters=conditions(filters),
		fields=list(FIELDS),
		order_by="name asc",
		limit_page_length=0,
	)
	taken = with_a_child([row.name for row in rows])
	names = suggestions.governorates()
	return waiting_lists.ranked([complete(row, names) for row in rows if row.name not in taken])


def conditions(filters: dict) -> list[list]:
	"""Filters of the list; those of the reader's scope are the framework's to add."""
	steps = states.LOOKING if cint(filters.get("looking_only")) else WAITING
	return [["status", "in", steps], *waiting_lists.places(filters)]


def with_a_child(names: list[str]) -> set[str]:
	"""Those of the reader's files for which a child is held, or comes from another family."""
	held = frappe.get_all(  # of files that the reader may see; which child it is, is not read
		states.DOCTYPE, {"open_file": ["in", names or [""]]}, pluck="open_file"
	)
	passing = {"next_file": ["in", names or [""]], "status": ["in", words.OPEN]}
	return {*held, *frappe.get_all(words.DOCTYPE, passing, pluck="next_file")}  # as above


def complete(row: dict, governorates: dict[str, str]) -> dict:
	"""Texts of the reader, and how long the family has waited since the committee's decision."""
	since = getdate(row.approved_on or row.committee_date or row.applied_on)
	row.update({"kind": _(row.family_kind), "state": _(row.status), "since": since})
	row.days, row.place = max(date_diff(nowdate(), since), 0), governorates.get(row.governorate, "")
	row.sex, row.ages = _(row.wished_sex or "No Preference"), ages(row)
	row.disability = _("Yes") if row.accepts_disability else _("No")
	row.siblings = _("Yes") if row.accepts_siblings else _("No")
	return row


def ages(row: dict) -> str:
	"""The ages that are wished for; both ends open where nothing is said."""
	low, high = cint(row.wished_age_from), cint(row.wished_age_to)
	if not low and not high:
		return _("Any Age")
	return _("From {0} to {1}").format(low, high) if high else _("From {0} on").format(low)


def print_layout(filters: dict) -> Layout:
	return waiting_lists.layout(filters)
