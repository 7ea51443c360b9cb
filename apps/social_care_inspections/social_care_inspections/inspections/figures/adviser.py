"""The lines of the sector adviser's page: how inspection stands in each governorate, at the places of the reader."""

from collections import Counter, defaultdict
from collections.abc import Iterator

from frappe import _
from frappe.utils import flt
from social_care.registry.dashboards.rows import Filters, figure, own_rows

from social_care_inspections.inspections import risk
from social_care_inspections.inspections.figures import followed, parts, places, questions
from social_care_inspections.inspections.figures.questions import GRADES, HOME, OPEN_VIOLATION, WORKING
from social_care_inspections.inspections.violations.states import RECORD
from social_care_inspections.inspections.visits import states

COLUMNS = (
	"institutions",
	*GRADES,
	"critical",
	"score",
	"overdue",
	"unannounced",
	"violations",
	"old_violations",
	"overdue_actions",
)
SCORES = {"total": "ifnull(sum(`tabInstitution Visit`.`score`), 0)", "number": "count(*)"}


def labels() -> dict[str, str]:
	"""Heading of each column."""
	named = {
		"institutions": _("Institutions"),
		"critical": _("Critical Institutions"),
		"score": _("Average Score of Twelve Months"),
		"overdue": _("Visits Overdue"),
		"unannounced": _("Unannounced Visits in Twelve Months"),
		"violations": _("Open Violations"),
		"old_violations": _("Open More than 90 Days"),
		"overdue_actions": _("Corrective Actions Overdue"),
	}
	grades = {grade: _("Grade {0}").format(_(grade)) for grade in GRADES}
	return {column: (named | grades)[column] for column in COLUMNS}


def lines(homes: dict[str, dict]) -> list[dict]:
	"""{"code", "name", and COLUMNS} of each governorate in which the reader opens institutions; six queries."""
	counted = of_institutions(homes)
	for key, (doctype, filters) in asked().items():
		for code, number in places.summed(questions.by_institution(doctype, filters), homes).items():
			counted[code][key] = number
	scores(counted, homes)
	named = places.names()
	return [{"code": code, "name": named[code]} | dict(counted[code]) for code in named if code in counted]


def asked() -> dict[str, tuple]:
	"""Columns that are counted by the institution of a row: (DocType, rows)."""
	return {
		"overdue": (states.DOCTYPE, questions.overdue()),
		"unannounced": (states.DOCTYPE, questions.unannounced()),
		"violations": (RECORD, OPEN_VIOLATION),
		"old_violations": (RECORD, dict(questions.ages())["old"]),
		"overdue_actions": (followed.ACTION, followed.overdue_actions()),
	}


def of_institutions(homes: dict[str, dict]) -> dict[str, Counter]:
	counted: dict[str, Counter] = defaultdict(Counter)
	for row in homes.values():
		line = counted[row.governorate]
		if row.status not in risk.WORKING:
			continue
		line["institutions"] += 1
		line["critical"] += row.status == "Critical"
		if row.grade:
			line[row.grade] += 1
	for line in counted.values():
		for column in COLUMNS:
			line.setdefault(column, 0)
	return counted


def scores(counted: dict[str, Counter], homes: dict[str, dict]) -> None:
	"""Average score of the approved visits of twelve months; None where there was none."""
	approved = questions.made_since(12) | {"status": states.APPROVED, "grade": ["is", "set"]}
	rows = questions.by_institution(states.DOCTYPE, approved, SCORES)
	total, number = Counter(), Counter()
	for name, row in rows.items():
		if name in homes:
			total[homes[name].governorate] += flt(row.total)
			number[homes[name].governorate] += int(row.number)
	for code, line in counted.items():
		line["score"] = flt(total[code] / number[code], 1) if number[code] else None


def lines_part(homes: dict[str, dict] | None = None) -> dict | None:
	"""The lines as a table whose numbers lead to their rows."""
	homes = questions.homes() if homes is None else homes
	found = lines(homes)
	if not found:
		return None
	reached = {name: own_rows(name) for name in (HOME, RECORD, states.DOCTYPE, followed.ACTION)}
	counted = asked()
	rows = [
		[line["name"], *cells(line, places.within(homes, line["code"]), reached, counted)] for line in found
	]
	headings = [_("Governorate"), *labels().values()]
	return parts.table(_("Governorates"), headings, rows, _("No governorate is yours to see."))


def cells(line: dict, there: Filters, reached: dict, counted: dict) -> Iterator[dict | float | None]:
	"""A number of the line with its list, column by column; the average has none. `there`: the line's institutions."""
	for column in COLUMNS:
		if column == "score":
			yield line["score"]
			continue
		doctype, filters = counted.get(column) or (HOME, home_filters(column))
		place = {"governorate": line["code"]} if doctype == HOME else there
		yield figure(reached[doctype], "", line[column], filters | place) if reached[doctype] else None


def home_filters(column: str) -> dict:
	if column == "institutions":
		return WORKING
	return {"status": "Critical"} if column == "critical" else WORKING | {"grade": column}
