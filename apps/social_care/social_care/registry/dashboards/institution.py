"""What an institution asks every morning: who is here, what do the files lack, what is due."""

import frappe
from frappe import _
from frappe.utils import add_days, add_months, add_years, nowdate

from social_care.registry.dashboards import completeness, kept
from social_care.registry.dashboards.completeness import IN_CARE
from social_care.registry.dashboards.rows import Reach, figure, grouped, number_of, opened, reach
from social_care.registry.levels import read_levels

ADULT = (
	18  # years: end of childhood (Child Law 12/1996, article 2), where the settings name no age of leaving
)
NOTICE = 12  # months


def dashboard() -> dict:
	"""{"headlines", "groups", "missing", "due"}, each a list of figures, and "counted_at"; three queries, whatever the number
	of children."""
	files = reach("Child")
	questions = headlines() | due()
	measures = {name: number_of("Child", filters) for name, (_label, filters) in questions.items()}
	(row,) = grouped(files, {}, measures | completeness.measures())
	return {
		"headlines": [_asked(files, row, name, *headlines()[name]) for name in headlines()],
		"groups": groups(files),
		"missing": missing(files, row),
		"due": [
			_asked(files, row, name, *question)
			for name, question in due().items()
			if _may_ask(files, question[1])
		],
		"counted_at": kept.counted_at(),
	}


def headlines() -> dict[str, tuple[str, dict]]:
	"""Label and rows of the figures on top."""
	return {
		"present": (_("Children in Care"), IN_CARE),
		"girls": (_("Girls"), IN_CARE | {"sex": "Female"}),
		"boys": (_("Boys"), IN_CARE | {"sex": "Male"}),
		"approved": (_("Approved Files"), IN_CARE | {"file_state": "Approved"}),
	}


def due() -> dict[str, tuple[str, dict]]:
	"""Label and rows of what waits to be done."""
	settings = frappe.get_cached_doc("Social Care Settings")
	age, months = settings.leaving_age or ADULT, settings.leaving_notice_months or NOTICE
	come_of_age = ["between", [_birthday(age), str(add_months(_birthday(age), months))]]
	overdue = ["between", ["1900-01-01", str(add_days(nowdate(), -1))]]
	return {
		"drafts": (_("Drafts to Submit"), {"file_state": "Draft"}),
		"returned": (_("Returned to Complete"), {"file_state": "Returned"}),
		"old_photo": (_("Photographs to Renew"), completeness.old_photograph()),
		"adults": (_("Will Turn {0} Soon").format(age), IN_CARE | {"birth_date": come_of_age}),
		"reviews": (_("Care Reviews Overdue"), IN_CARE | {"next_review_due": overdue}),
	}


def _birthday(age: int) -> str:
	return str(add_years(nowdate(), -age))


def _asked(files: Reach, row: dict, name: str, label: str, filters: dict) -> dict:
	return figure(files, label, int(row[name]), filters)


def _may_ask(files: Reach, filters: dict) -> bool:
	"""What waits is told only to whoever may see the fields that it is about, or counts without reading files."""
	return not files.opens or opened(files, filters) is not None


def groups(files: Reach) -> list[dict]:
	"""Children present by room or group, largest first."""
	rows = grouped(files, IN_CARE, {"children": "count(*)"}, by="room_group")
	found: dict[str, int] = {}
	for row in rows:
		found[row.key or ""] = found.get(row.key or "", 0) + int(row.children)
	return [
		figure(
			files,
			group or _("Without a Group"),
			number,
			IN_CARE | {"room_group": group or ["is", "not set"]},
		)
		for group, number in sorted(found.items(), key=lambda pair: (-pair[1], pair[0]))
	]


def missing(files: Reach, row: dict) -> list[dict]:
	"""How many files lack each item, for the items that the reader may see; the most wanted first."""
	levels = read_levels()
	found = [
		figure(files, item.label, int(row[f"no_{item.field}"]), item.missing())
		for item in completeness.items()
		if not files.opens or item.permlevel in levels
	]
	return sorted(found, key=lambda entry: -entry["value"])
