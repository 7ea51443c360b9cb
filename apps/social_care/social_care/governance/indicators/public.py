"""What everybody may know: the latest ended period of indicators marked as public, with small numbers hidden.

Only ended periods are told, so that nobody follows a place from day to day; only figures of the nation, by governorate and
by fields that every reader of a file may see; values alone, never numerator and denominator.
"""

from collections import defaultdict
from functools import partial

import frappe
from frappe import _
from frappe.query_builder import DocType
from frappe.query_builder.functions import Max
from frappe.utils import cint, nowdate

from social_care.governance.indicators import cells, declared, keeping, suppression
from social_care.governance.indicators.names import dimension_label, key_label

LEAST = 3  # a limit below this hides nobody
FIRST_LIMIT = 10
KEPT = "social_care_public_figures"
KEPT_SECONDS = 300


def is_open() -> bool:
	return bool(frappe.get_cached_doc("Social Care Settings").figures_in_public)


def limit() -> int:
	stored = cint(frappe.get_cached_doc("Social Care Settings").public_small_numbers_below) or FIRST_LIMIT
	return max(stored, LEAST)


def figures() -> list[dict]:
	"""One entry an indicator: {"code", "name", "meaning", "unit", "period_start", "period_end", "counted_at", "value", "hidden",
	"tables": [{"by", "rows": [{"label", "value", "hidden"}]}]}. Raises PageDoesNotExistError while the settings keep them closed."""
	if not is_open():
		raise frappe.PageDoesNotExistError
	key = f"{KEPT}:{frappe.local.lang}"
	kept = frappe.cache.get_value(key, expires=True)
	if kept is None:
		kept = [entry for row in _indicators() if (entry := _entry(row))]
		frappe.cache.set_value(key, kept, expires_in_sec=KEPT_SECONDS)
	return kept


def forget() -> None:
	"""An indicator or the settings changed: now, and when others see it, in every language."""
	frappe.cache.delete_keys(KEPT)
	frappe.db.after_commit.add(partial(frappe.cache.delete_keys, KEPT))


def sums_people(doc) -> bool:
	"""Whether a value is a sum over records about people, which does not tell of how many people it is."""
	is_sum = doc.kind == keeping.BY_CONDITIONS and doc.aggregate == declared.SUM
	return is_sum and bool(doc.record_type) and declared.is_personal(doc.record_type)


def _indicators() -> list[dict]:
	filters = {"is_public": 1, "disabled": 0, "level": 0, "state": "Measured"}
	rows = frappe.get_all(
		keeping.INDICATOR, filters, ["*"], order_by="name asc"
	)  # what the settings made public
	return [row for row in rows if not sums_people(row)]


def _entry(row: dict) -> dict | None:
	values = _values(row)
	nation = next((v for v in values if v.place_level == cells.NATION and not v.dimension), None)
	if not nation:
		return None
	below = limit()
	small = suppression.is_small(_counts(row, nation), below)
	return {
		"code": row.name,
		"name": row.indicator_name,
		"meaning": row.meaning,
		"unit": row.unit,
		"period_start": str(nation.period_start),
		"period_end": str(nation.period_end),
		"counted_at": str(nation.as_of)[:16],
		"value": None if small or not nation.has_value else nation.value,
		"hidden": small,
		"tables": [] if small else _tables(row, values, below),
	}


def _values(row: dict) -> list[dict]:
	"""Values of the latest ended period: of the nation with its dimensions, of directorates without; one query."""
	value = DocType(keeping.VALUE)
	own = (value.indicator == row.name) & (value.version == row.version) & (value.level == 0)
	latest = frappe.qb.from_(value).select(Max(value.period_end))
	latest = latest.where(own & (value.period_end < nowdate()))
	return (
		frappe.qb.from_(value)
		.select("*")
		.where(own & (value.period_end == latest))
		.where(
			(value.place_level == cells.NATION)
			| ((value.place_level == cells.DIRECTORATE) & (value.dimension == ""))
		)
		.orderby(value.dimension_value)
	).run(as_dict=True)


def _counts(row: dict, value: dict) -> suppression.Counts:
	return suppression.counts_of(
		row.unit, value.numerator, value.denominator if value.has_denominator else None
	)


def _tables(row: dict, values: list[dict], below: int) -> list[dict]:
	"""By governorate, then by each dimension."""
	grouped: dict[str, list[dict]] = defaultdict(list)
	for value in values:
		if value.place_level == cells.DIRECTORATE:
			grouped["governorate"].append(frappe._dict(value, key=value.governorate or ""))
		elif value.dimension and value.dimension != cells.CENTILE:
			grouped[value.dimension].append(frappe._dict(value, key=value.dimension_value))
	return [
		{"by": dimension_label(row, name), "rows": _rows(row, name, found, below)}
		for name, found in sorted(grouped.items(), key=lambda pair: (pair[0] != "governorate", pair[0]))
	]


def _rows(row: dict, name: str, found: list[dict], below: int) -> list[dict]:
	hidden = suppression.hidden({str(n): _counts(row, value) for n, value in enumerate(found)}, below)
	return [
		{
			"label": key_label(row, name, value["key"]) or _("Not Recorded"),
			"value": None if str(n) in hidden or not value.has_value else value.value,
			"hidden": str(n) in hidden,
		}
		for n, value in enumerate(found)
	]
