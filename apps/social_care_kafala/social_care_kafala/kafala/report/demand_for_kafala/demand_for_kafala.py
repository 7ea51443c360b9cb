"""How families' demand for kafala develops: applications, decisions, hand-overs and endings of a time, and who was waiting at its end, by
month, governorate, kind of family, or how families learned of kafala and by which campaign, at the places of the reader (R2-05, R2-17,
R3-22). Names nobody."""

from bisect import bisect_left, bisect_right
from calendar import monthrange
from datetime import date

import frappe
from frappe import _
from frappe.utils import add_months, format_date, get_first_day, getdate, nowdate

from social_care_kafala.kafala.path import states

MONTH, GOVERNORATE, KIND = "Month", "Governorate", "Kind of Family"
SOURCE, CAMPAIGN = "How the Family Learned of Kafala", "Awareness Campaign"
FIELD_OF = {
	GOVERNORATE: "governorate",
	KIND: "family_kind",
	SOURCE: "source_of_knowledge",
	CAMPAIGN: "awareness_campaign",
}
WAYS = (MONTH, *FIELD_OF)
FIELDS = (
	"applied_on",
	"approved_on",
	"handed_over_on",
	"ended_on",
	"step_since",
	"status",
	"governorate",
	"family_kind",
	"source_of_knowledge",
	"awareness_campaign",
)
FLOWS = ("applications", "approvals", "refusals", "hand_overs", "endings")
STOCKS = ("undecided", "waiting")
CLOSED = (states.REJECTED, states.WITHDRAWN)
PRINTED_FILTERS = {"by": ("Counted By", None), "family_kind": ("Kind of Family", None)}


def execute(filters: dict | None = None) -> tuple[list, list, None, dict | None, list]:
	given = validate_filters(filters)
	files = read(given)
	rows = get_data(files, given)
	return get_columns(given.by), rows, None, get_chart(rows), get_summary(files, given)


def validate_filters(filters: dict | None) -> dict:
	"""The last twelve months, where nothing else is said; no more than ten years."""
	given = frappe._dict(filters or {})
	given.by = given.by if given.by in WAYS else MONTH
	given.to_date = getdate(given.to_date or nowdate())
	given.from_date = getdate(given.from_date or get_first_day(add_months(given.to_date, -11)))
	if given.from_date > given.to_date:
		frappe.throw(_("The first day lies after the last one."), title=_("Demand for Kafala"))
	if given.from_date < add_months(given.to_date, -120):
		frappe.throw(_("Please choose ten years at most."), title=_("Demand for Kafala"))
	return given


def read(given: dict) -> list[dict]:
	"""Files of the reader that came before the end of the time, in one query."""
	filters = [["applied_on", "<=", given.to_date]]
	if given.get("org_unit"):
		filters.append(["org_unit", "descendants of (inclusive)", given.org_unit])
	if given.get("family_kind"):
		filters.append(["family_kind", "=", given.family_kind])
	return frappe.get_list(
		states.DOCTYPE, filters=filters, fields=list(FIELDS), order_by="applied_on asc", limit_page_length=0
	)


class Timeline:
	"""Days of many files, sorted, so that a time is counted without looking at each file again."""

	def __init__(self, rows: list[dict]) -> None:
		days: dict[str, list[date]] = {
			name: [] for name in ("applied", "approved", "closed", "handed", "ended")
		}
		days |= {"decided": [], "settled": []}
		for row in rows:
			for name, day in days_of(row).items():
				if day:
					days[name].append(day)
		self.days = {name: sorted(found) for name, found in days.items()}

	def until(self, name: str, day: date) -> int:
		"""How many by the end of a day."""
		return bisect_right(self.days[name], day)

	def within(self, name: str, start: date, end: date) -> int:
		return self.until(name, end) - bisect_left(self.days[name], start)


def days_of(row: dict) -> dict[str, date | None]:
	"""What happened to one file, and when. `decided`: approved or closed; `settled`: approved, and with a child or closed since."""
	found = {
		"applied": getdate(row.applied_on),
		"approved": getdate(row.approved_on) if row.approved_on else None,
		"handed": getdate(row.handed_over_on) if row.handed_over_on else None,
		"ended": getdate(row.ended_on) if row.ended_on else None,
		"closed": getdate(row.step_since) if row.status in CLOSED and row.step_since else None,
	}
	approved = found["approved"]
	ways = [day for day in (found["handed"], found["closed"]) if day] if approved else []
	decided = [day for day in (approved, found["closed"]) if day]
	return found | {
		"decided": max(min(decided), found["applied"]) if decided else None,
		"settled": max(min(ways), approved) if ways else None,
	}


def get_columns(by: str) -> list[dict]:
	labels = {
		"applications": _("Applications"),
		"approvals": _("Approvals"),
		"refusals": _("Rejected or Withdrawn"),
		"hand_overs": _("Hand-Overs to Families"),
		"endings": _("Kafalas Ended"),
		"undecided": _("Undecided at the End"),
		"waiting": _("Approved and Waiting at the End"),
	}
	first = {"fieldname": "group", "label": _(by), "fieldtype": "Data", "width": 180}
	return [
		first,
		*(
			{"fieldname": name, "label": label, "fieldtype": "Int", "width": 130}
			for name, label in labels.items()
		),
	]


def get_data(files: list[dict], given: dict) -> list[dict]:
	if given.by == MONTH:
		whole = Timeline(files)
		return [{"group": month_name(start), **count(whole, start, end)} for start, end in months(given)]
	parts: dict[str, list[dict]] = {}
	for file in files:
		parts.setdefault(file[FIELD_OF[given.by]] or "", []).append(file)
	names = names_of(given.by)
	rows = [
		{"group": names.get(part) or _(part), **count(Timeline(found), given.from_date, given.to_date)}
		for part, found in sorted(parts.items())
		if part or given.by != CAMPAIGN
	]
	return [row for row in rows if any(row[name] for name in (*FLOWS, *STOCKS))]


def months(given: dict) -> list[tuple[date, date]]:
	"""First and last day of each month of the time, cut at its ends."""
	found, start = [], given.from_date
	while start <= given.to_date:
		last = start.replace(day=monthrange(start.year, start.month)[1])
		found.append((start, min(last, given.to_date)))
		start = getdate(get_first_day(add_months(start, 1)))
	return found


def month_name(day: date) -> str:
	return format_date(str(day), "MMMM yyyy")


def names_of(by: str) -> dict[str, str]:
	"""What groups are called that are known by a code, or by nothing at all."""
	if by == SOURCE:
		return {"": _("Not Asked Yet")}
	table, title = {
		GOVERNORATE: ("Governorate", "governorate_name"),
		CAMPAIGN: ("Kafala Awareness Campaign", "title"),
	}.get(by, ("", ""))
	rows = frappe.get_all(table, fields=["name", title]) if table else []  # reference tables
	return {row.name: row[title] for row in rows}


def count(files: Timeline, start: date, end: date) -> dict[str, int]:
	"""What happened between two days, and what was open at the end of the second."""
	return {
		"applications": files.within("applied", start, end),
		"approvals": files.within("approved", start, end),
		"refusals": files.within("closed", start, end),
		"hand_overs": files.within("handed", start, end),
		"endings": files.within("ended", start, end),
		"undecided": files.until("applied", end) - files.until("decided", end),
		"waiting": files.until("approved", end) - files.until("settled", end),
	}


def get_chart(rows: list[dict]) -> dict | None:
	"""Applications, approvals, hand-overs and waiting families."""
	if not rows:
		return None
	names = {
		"applications": _("Applications"),
		"approvals": _("Approvals"),
		"hand_overs": _("Hand-Overs to Families"),
		"waiting": _("Approved and Waiting at the End"),
	}
	datasets = [{"name": label, "values": [row[name] for row in rows]} for name, label in names.items()]
	return {"type": "bar", "data": {"labels": [row["group"] for row in rows], "datasets": datasets}}


def get_summary(files: list[dict], given: dict) -> list[dict]:
	"""The whole time."""
	found = count(Timeline(files), given.from_date, given.to_date)
	labels = (
		("applications", _("Applications")),
		("approvals", _("Approvals")),
		("hand_overs", _("Hand-Overs to Families")),
		("undecided", _("Undecided at the End")),
		("waiting", _("Approved and Waiting at the End")),
	)
	return [
		{"label": label, "value": found[name], "datatype": "Int", "indicator": "Blue"}
		for name, label in labels
	]
