"""Associations that operate institutions and whose status is not regularised: without a case, with one open, or refused.

The operators are those of the reader's own institutions, their cases those of the reader's own list of requests.
"""

from typing import Any

import frappe
from frappe import _
from frappe.query_builder.functions import Coalesce, Count, Sum
from frappe.utils import cint, getdate, nowdate

from social_care.prints.layout import Layout
from social_care.registry.levels import field_readable
from social_care.services import versions
from social_care.services.requests_of_all import governorate_fact, of_reader
from social_care.services.versions import state_named

CASES = "Association Regularisation Case"  # a record type keeps its name for ever
REGULARISED, GONE = "Regularised", "Dissolved"
CLOSED = ("Closed", "Converted to Aftercare")
NO_CASE, OPEN, NOT_GRANTED = "No Case at Your Places", "Case Open", "Case Ended without Regularisation"
POSITIONS = (NO_CASE, OPEN, NOT_GRANTED)


def execute(filters: dict | None = None) -> tuple:
	asked = frappe._dict(filters or {})
	rows = get_data(asked)
	return get_columns(), rows, None, get_chart(rows), get_summary(rows), 1


def get_columns() -> list[dict]:
	return [
		_column("association", _("Association"), "Link", "Association", 120),
		_column("association_name", _("Association Name"), width=260),
		_column("governorate_name", _("Governorate"), width=130),
		_column("institutions", _("Institutions"), "Int", width=100),
		_column("places", _("Licensed Places"), "Int", width=110),
		_column("status", _("Status in the Register"), width=150),
		_column("position", _("Position of Regularisation"), width=220),
		_column("case", _("Case"), "Link", CASES, 150),
		_column("state", _("State of the Case"), width=190),
		_column("submitted_on", _("Submitted On"), "Date", width=120),
		_column("due_on", _("Due On"), "Date", width=120),
		_column("days_late", _("Days Late"), "Int", width=100),
	]


def _column(name: str, label: str, kind: str = "Data", options: str | None = None, width: int = 120) -> dict:
	return {"fieldname": name, "label": label, "fieldtype": kind, "options": options, "width": width}


def get_data(filters: dict) -> list[dict]:
	"""Two queries, however many operators and cases there are; those without a case first."""
	check_reader()
	cases = _last_cases()
	rows = [_told(row, cases.get(row.association)) for row in _operators(filters)]
	rows = [
		row
		for row in rows
		if row and row["position_code"] == (filters.get("position") or row["position_code"])
	]
	return sorted(rows, key=lambda row: (POSITIONS.index(row["position_code"]), -row["institutions"]))


def check_reader() -> None:
	"""Who operates an institution is of a level, and the cases are requests. Raises PermissionError."""
	if (
		not field_readable("Institution", "association")
		or not _has_cases()
		or not frappe.has_permission(CASES, "read")
	):
		frappe.throw(
			_("You see no requests of this service."),
			frappe.PermissionError,
			title=_("Operators Not Regularised"),
		)


def _has_cases() -> bool:
	return bool(frappe.db.table_exists(CASES))


def _operators(filters: dict) -> list[dict]:
	"""Operators of the reader's institutions that are open, with how many and how large they are."""
	home, association = frappe.qb.DocType("Institution"), frappe.qb.DocType("Association")
	governorate = frappe.qb.DocType("Governorate")
	query = (
		frappe.qb.from_(home)
		.join(association)
		.on(association.name == home.association)
		.left_join(governorate)
		.on(governorate.name == association.governorate)
		.select(
			home.association,
			association.association_name,
			association.status,
			governorate.governorate_name,
			Count(home.name).as_("institutions"),
			Sum(home.licensed_capacity).as_("places"),
		)
		.where(home.status.notin(CLOSED) & Coalesce(association.status, "").notin((REGULARISED, GONE)))
		.groupby(home.association)
		.orderby(association.association_name)
	)
	if filters.get("governorate"):
		query = query.where(association.governorate == filters["governorate"])
	return of_reader(query, "Institution").run(as_dict=True)


def _last_cases() -> dict[str, dict]:
	"""The last case of each association in the reader's list."""
	case = frappe.qb.DocType(CASES)
	query = (
		frappe.qb.from_(case)
		.select(case.name, case.association, case.status, case.service, case.pack_version)
		.select(case.submitted_on, case.due_on, case.closed_on)
		.where(case.association.isnotnull())
		.orderby(case.submitted_on)
	)
	return {row.association: row for row in of_reader(query, CASES).run(as_dict=True)}


def _told(row: dict, case: dict | None) -> dict[str, Any] | None:
	"""One line; None for an operator whose case was granted."""
	state = state_named(versions.at(case.service, case.pack_version), case.status) if case else None
	if state and state["kind"] == "accepted":
		return None
	ended = bool(state) and state["kind"] in versions.ENDED
	position = NO_CASE if not case else NOT_GRANTED if ended else OPEN
	found = dict(row) | {"places": cint(row.places), "status": _(row.status or ""), "position_code": position}
	found |= {"position": _(position), "case": None, "state": "", "days_late": 0}
	if case:
		late = (getdate(nowdate()) - getdate(case.due_on)).days if case.due_on and not ended else 0
		found |= {"case": case.name, "state": _(case.status), "days_late": max(late, 0)}
		found |= {"submitted_on": getdate(case.submitted_on), "due_on": None if ended else case.due_on}
	return found


def get_chart(rows: list[dict]) -> dict | None:
	if not rows:
		return None
	values = [sum(row["position_code"] == position for row in rows) for position in POSITIONS]
	labels = [_(position) for position in POSITIONS]
	return {
		"type": "bar",
		"data": {"labels": labels, "datasets": [{"name": _("Associations"), "values": values}]},
	}


def get_summary(rows: list[dict]) -> list[dict]:
	without = [row for row in rows if row["position_code"] == NO_CASE]
	return [
		{"label": _("Operators Not Regularised"), "value": len(rows), "datatype": "Int"},
		{
			"label": _("Operators without a Case"),
			"value": len(without),
			"datatype": "Int",
			"indicator": "Red",
		},
		{
			"label": _("Institutions That They Operate"),
			"value": sum(row["institutions"] for row in rows),
			"datatype": "Int",
		},
	]


def print_layout(filters: dict) -> Layout:
	facts = governorate_fact(filters.get("governorate"))
	if filters.get("position"):
		facts.append([_("Position of Regularisation"), _(filters["position"])])
	return Layout(facts=facts)
