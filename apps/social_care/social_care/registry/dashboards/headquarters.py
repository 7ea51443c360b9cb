"""The nation at a glance: children by governorate, kinds of care, the trend, published figures beside the live count."""

import frappe
from frappe import _

from social_care.registry.dashboards import completeness, kept, of_apps, official, trend
from social_care.registry.dashboards.completeness import IN_CARE
from social_care.registry.dashboards.directorate import OPEN
from social_care.registry.dashboards.rows import Reach, figure, grouped, percent, reach

PLACE = {"institutions": "count(*)", "capacity": "ifnull(sum(`tabInstitution`.`licensed_capacity`), 0)"}


def dashboard() -> dict:
	"""{"headlines", "governorates", "layers", "care", "trend", "official", "counted_at"}; a fixed number of queries."""
	files, places = reach("Child"), reach("Institution")
	governorates = by_governorate(files, places)
	care = by_care(files)
	return {
		"headlines": headlines(files, places, governorates),
		"governorates": governorates,
		"layers": of_apps.layers(),
		"care": care,
		"trend": trend.months(),
		"official": official.beside_live(files, places),
		"counted_at": kept.counted_at(),
	}


def by_governorate(files: Reach, places: Reach) -> list[dict]:
	"""One line a governorate in which the reader counts anything, in the order of the governorates' codes."""
	asked = completeness.scores() or completeness.measures(IN_CARE)
	children = _by_key(grouped(files, IN_CARE, {"children": "count(*)"} | asked, "governorate"))
	homes = _by_key(grouped(places, OPEN, PLACE, "governorate"))
	names = frappe.get_all(
		"Governorate",
		filters={"is_governorate": 1},
		fields=["name", "governorate_name"],
		order_by="name asc",
		as_list=True,
	)
	everywhere = not files.where and not places.where
	return [
		_line(files, places, code, name, children.get(code, {}), homes.get(code, {}))
		for code, name in names
		if everywhere or code in children or code in homes
	]


def _by_key(rows: list[frappe._dict]) -> dict[str, frappe._dict]:
	return {row.key: row for row in rows}


def _line(files: Reach, places: Reach, code: str, name: str, children: dict, homes: dict) -> dict:
	number, capacity = int(children.get("children") or 0), int(homes.get("capacity") or 0)
	return {
		"code": code,
		"name": name,
		"children": figure(files, name, number, IN_CARE | {"governorate": code}),
		"institutions": figure(
			places, name, int(homes.get("institutions") or 0), OPEN | {"governorate": code}
		),
		"capacity": capacity,
		"occupancy": percent(number, capacity),
		"completeness": completeness.score(children) if children else None,
	}


def by_care(files: Reach) -> list[dict]:
	"""Children by the kind of care they now have, largest first; those who left care are not counted."""
	rows = grouped(files, {"care_type": ["!=", "Left Care"]}, {"children": "count(*)"}, by="care_type")
	found = [
		figure(files, _(row.key) if row.key else _("Not Recorded"), int(row.children), _care(row.key))
		for row in rows
	]
	return sorted(found, key=lambda entry: -entry["value"])


def _care(kind: str | None) -> dict:
	return {"care_type": kind or ["is", "not set"]}


def headlines(files: Reach, places: Reach, lines: list[dict]) -> list[dict]:
	"""Sums over the governorates."""
	children = sum(line["children"]["value"] for line in lines)
	capacity = sum(line["capacity"] for line in lines)
	homes = sum(line["institutions"]["value"] for line in lines)
	return [
		figure(files, _("Children in Care"), children, IN_CARE),
		figure(places, _("Institutions Not Closed"), homes, OPEN),
		figure(places, _("Licensed Capacity"), capacity),
		figure(places, _("Occupancy (%)"), percent(children, capacity)),
	]
