"""Backlog and outcome of services: what came in, what is open and for how long, what was decided, how and in what time.

Open requests are counted as they stand today, whenever they came in; what came in, was decided or was appealed is
counted within the period.
"""

from typing import Any

import frappe
from frappe.utils import add_days, cint, getdate, nowdate
from pypika import Case
from pypika.functions import Max, Sum
from pypika.terms import Criterion, Field, Term

from social_care.services.packs.flow_checks import APPEALED
from social_care.services.requests_of_all import Period, of_reader

# Days since an open request came in: first and last of each band.
BANDS: dict[str, tuple[int, int | None]] = {
	"to_7": (0, 7),
	"to_30": (8, 30),
	"to_90": (31, 90),
	"older": (91, None),
}
COUNTED = ("received", "open", "overdue", *BANDS, "decided", "late", "days", "granted", "refused", "appealed")


def counted(doctype: str, versions: list[dict], period: Period) -> dict[str | None, dict[str, int]]:
	"""Numbers of `COUNTED` of the reader's requests of one service, by office. Two queries."""
	found: dict[str | None, dict[str, int]] = {}
	for row in (*_numbers(doctype, period), *_outcomes(doctype, versions, period)):
		office = found.setdefault(row.pop("org_unit"), dict.fromkeys(COUNTED, 0))
		office.update({name: cint(value) for name, value in row.items()})
	return {office: row for office, row in found.items() if any(row.values())}


def _numbers(doctype: str, period: Period) -> list[dict]:
	table = frappe.qb.DocType(doctype)
	is_open, decided = table.closed_on.isnull(), period.holds(table.decided_on)
	bands = [Sum(is_open & _of_age(table.submitted_on, *band)).as_(name) for name, band in BANDS.items()]
	query = frappe.qb.from_(table).select(
		table.org_unit,
		Sum(period.holds(table.submitted_on)).as_("received"),
		Sum(is_open).as_("open"),
		Sum(is_open & (table.overdue == 1)).as_("overdue"),
		*bands,
		Sum(decided).as_("decided"),
		Sum(decided & (table.overdue == 1)).as_("late"),
		Sum(Case().when(decided, table.working_days).else_(0)).as_("days"),
	)
	return of_reader(query, doctype).groupby(table.org_unit).run(as_dict=True)


def _of_age(moment: Term, youngest: int, oldest: int | None) -> Criterion:
	"""Whether a moment lies so many days back."""
	within = moment < add_days(getdate(nowdate()), 1 - youngest)
	return within if oldest is None else within & (moment >= add_days(getdate(nowdate()), -oldest))


def _outcomes(doctype: str, versions: list[dict], period: Period) -> list[dict]:
	"""Granted and refused by the last decision of each request that was decided, and those that were appealed."""
	each = of_reader(_decisions(doctype, _names(versions), period), doctype).as_("each_request")
	office = Field("org_unit", table=each)
	decided, granted, refused = (
		Field(name, table=each) for name in ("decided", "last_accepted", "last_refused")
	)
	return (
		frappe.qb.from_(each)
		.select(
			office,
			Sum((decided == 1) & (granted > refused)).as_("granted"),
			Sum((decided == 1) & (refused > granted)).as_("refused"),
			Sum(Field("appealed", table=each)).as_("appealed"),
		)
		.groupby(office)
		.run(as_dict=True)
	)


def _decisions(doctype: str, names: dict[str, list[str]], period: Period):
	"""Of each request that was decided or appealed in the period: its office, and where in its path it was last what."""
	table, entry = frappe.qb.DocType(doctype), frappe.qb.DocType("Service Clock Entry")
	last = {
		kind: Max(Case().when(entry.state.isin(names[kind]), entry.idx).else_(0)).as_(f"last_{kind}")
		for kind in ("accepted", "refused")
	}
	appealed = entry.state.isin(names["appealed"]) & period.holds(entry.entered_on)
	return (
		frappe.qb.from_(table)
		.join(entry)
		.on((entry.parent == table.name) & (entry.parenttype == doctype))
		.select(table.org_unit, *last.values(), Max(Case().when(appealed, 1).else_(0)).as_("appealed"))
		.select(Max(Case().when(period.holds(table.decided_on), 1).else_(0)).as_("decided"))
		.where(period.holds(table.decided_on) | appealed)
		.groupby(table.name, table.org_unit)
	)


def _names(versions: list[dict]) -> dict[str, list[str]]:
	"""Stored names of states in which a request is granted, refused or appealed, of all versions."""
	found: dict[str, set[str]] = {"accepted": {""}, "refused": {""}, "appealed": {""}}
	for pack in versions:
		for state in pack["workflow"]["states"]:
			kind = "appealed" if state["code"] == APPEALED else state["kind"]
			if kind in found:
				found[kind].add(state["title"]["en"])
	return {kind: sorted(names) for kind, names in found.items()}


def together(rows: list[dict]) -> dict[str, int]:
	return {name: sum(row[name] for row in rows) for name in COUNTED}


def with_shares(row: dict[str, Any]) -> dict[str, Any]:
	"""With average working days and the share decided in time in per cent; None where nothing was decided."""
	decided = row["decided"]
	return row | {
		"average_days": round(row["days"] / decided, 1) if decided else None,
		"in_time": round(100 * (decided - row["late"]) / decided, 1) if decided else None,
	}


def lists(period: Period) -> dict[str, dict]:
	"""Filters of the list behind each number that a list can show."""
	today, still = getdate(nowdate()), {"closed_on": ["is", "not set"]}
	found = {
		"received": {"submitted_on": period.as_filter()},
		"open": still,
		"overdue": still | {"overdue": 1},
		"decided": {"decided_on": period.as_filter()},
	}
	for name, (youngest, oldest) in BANDS.items():
		days = [
			str(add_days(today, -oldest)) if oldest is not None else "2000-01-01",
			str(add_days(today, -youngest)),
		]
		found[name] = still | {"submitted_on": ["between", days]}
	return found
