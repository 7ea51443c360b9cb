"""Benefits to which holders of the integrated services card are entitled, by level of the card: received or not.

A benefit is received where its own line says so or the log of benefits holds it. Of cards that were issued and have not
ended; the level of a card is the severity that the examination found.
"""

from typing import Any

import frappe
from frappe import _
from frappe.query_builder.functions import Count, Sum
from frappe.utils import cint

from social_care.prints.layout import Layout
from social_care.registry.levels import field_readable
from social_care.services.packs.definition import fields_of
from social_care.services.requests_of_all import (
	Period,
	governorate_fact,
	of_governorate,
	of_reader,
	packs,
	services_read,
)

CARDS = "Integrated Services Card Request"  # a record type keeps its name for ever
LEVEL, LINES, LOG = "assessed_severity", "entitlements", "benefits_log"
TOTAL = {"bold": 1, "is_total": 1}
SUMS = ("entitled", "referred", "received", "reasons")


def execute(filters: dict | None = None) -> tuple:
	asked = frappe._dict(filters or {})
	rows = get_data(asked)
	return get_columns(), rows, None, get_chart(rows), None, 1


def get_columns() -> list[dict]:
	return [
		_column("level", _("Card Level"), "Data", 140),
		_column("benefit", _("Benefit"), "Data", 260),
		_column("entitled", _("Entitled")),
		_column("referred", _("Referred")),
		_column("received", _("Benefit Received")),
		_column("not_received", _("Benefit Not Received")),
		_column("reasons", _("Of These with a Reason")),
		_column("share", _("Share Received"), "Percent"),
	]


def _column(name: str, label: str, kind: str = "Int", width: int = 130) -> dict:
	return {"fieldname": name, "label": label, "fieldtype": kind, "width": width}


def get_data(filters: dict) -> list[dict]:
	"""Levels and benefits in the order of the form, and their total; one query, and those of names and states."""
	service = _service()
	versions = packs([service])[service]
	levels = _levels(versions[-1])
	if filters.get("level") and filters["level"] not in levels:
		return []
	groups: dict[tuple[str, str], dict] = {}
	for row in _counted(_issued(versions), filters):
		group = groups.setdefault((row.level or "", row.benefit or ""), dict.fromkeys(SUMS, 0))
		for key in SUMS:
			group[key] += cint(row[key])
	order = [*levels, ""]
	keys = sorted(groups, key=lambda key: (order.index(key[0]) if key[0] in order else len(order), key[1]))
	rows = [
		{"level": _(key[0]) or _("Not Given"), "benefit": _(key[1])} | _shares(groups[key]) for key in keys
	]
	whole = {key: sum(group[key] for group in groups.values()) for key in SUMS}
	return [*rows, {"level": _("Total")} | _shares(whole) | TOTAL] if rows else []


def _service() -> str:
	"""The service of the card, for whoever sees its requests and reads the level of a card. Raises PermissionError."""
	found = services_read({"request_type": CARDS})
	if not found or not field_readable(CARDS, LEVEL):
		frappe.throw(
			_("You see no requests of this service."),
			frappe.PermissionError,
			title=_("Entitlements by Card Level"),
		)
	return found[0]["name"]


def _levels(pack: dict) -> list[str]:
	"""Levels of cards in the order of a version."""
	field = next(row for row in fields_of(pack) if row["name"] == LEVEL)
	return [option["value"] for option in field["options"]]


def _issued(versions: list[dict]) -> list[str]:
	"""Names under which all versions store that a card is out."""
	states = (state for pack in versions for state in pack["workflow"]["states"])
	return sorted({state["title"]["en"] for state in states if state["kind"] == "accepted"})


def _counted(issued: list[str], filters: dict) -> list[dict]:
	"""Lines of entitlement of the reader's cards by level, benefit and office."""
	card, line, log = frappe.qb.DocType(CARDS), _table(LINES), _logged()
	received = line.received_date.isnotnull()
	if log is not None:
		received = received | log.log_benefit.isnotnull()
	query = (
		frappe.qb.from_(card)
		.join(line)
		.on((line.parent == card.name) & (line.parenttype == CARDS))
		.select(card[LEVEL].as_("level"), line.entitlement.as_("benefit"), card.org_unit)
		.select(Count(line.name).as_("entitled"), Sum(line.referral_date.isnotnull()).as_("referred"))
		.select(Sum(received).as_("received"), Sum(_with_reason(line, received)).as_("reasons"))
		.where((line.entitled == 1) & card.status.isin(issued))
		.where(Period.of(filters).holds(card.submitted_on))
		.groupby(card[LEVEL], line.entitlement, card.org_unit)
	)
	if log is not None:
		query = query.left_join(log).on((log.parent == card.name) & (log.log_benefit == line.entitlement))
	if filters.get("level"):
		query = query.where(card[LEVEL] == filters["level"])
	return of_governorate(of_reader(query, CARDS).run(as_dict=True), filters.get("governorate"))


def _with_reason(line, received):
	return received.negate() & (line.not_received_reason != "")


def _table(fieldname: str):
	return frappe.qb.DocType(frappe.get_meta(CARDS).get_field(fieldname).options)


def _logged():
	"""(request, benefit) of the log, each once; None where the published version keeps no log yet."""
	if not frappe.get_meta(CARDS).has_field(LOG):
		return None
	log = _table(LOG)
	return frappe.qb.from_(log).select(log.parent, log.log_benefit).distinct().as_("logged")


def _shares(group: dict) -> dict[str, Any]:
	share = round(100 * group["received"] / group["entitled"], 1) if group["entitled"] else None
	return group | {"not_received": group["entitled"] - group["received"], "share": share}


def get_chart(rows: list[dict]) -> dict | None:
	"""Received and not received by level."""
	if not rows:
		return None
	levels = list(dict.fromkeys(row["level"] for row in rows[:-1]))
	sets = [
		{
			"name": name,
			"values": [sum(row[key] for row in rows[:-1] if row["level"] == level) for level in levels],
		}
		for key, name in (("received", _("Benefit Received")), ("not_received", _("Benefit Not Received")))
	]
	return {"type": "bar", "data": {"labels": levels, "datasets": sets}}


def print_layout(filters: dict) -> Layout:
	facts = governorate_fact(filters.get("governorate"))
	if filters.get("level"):
		facts.append([_("Card Level"), _(filters["level"])])
	return Layout(period=Period.of(filters).spoken(), facts=facts)
