"""The league of a directorate's institutions: how complete, how fresh, how full; and where they are."""

import frappe
from frappe import _
from frappe.utils import date_diff, nowdate

from social_care.registry.dashboards import completeness, kept
from social_care.registry.dashboards.completeness import IN_CARE
from social_care.registry.dashboards.rows import Reach, figure, grouped, percent, reach, sql

OPEN: dict = {"status": ["not in", ["Closed"]]}
COLUMNS = ("name", "institution_name", "licensed_capacity", "map_latitude", "map_longitude")


def dashboard() -> dict:
	"""{"headlines", "league", "map", "counted_at"}; four queries, whatever the number of institutions and children."""
	files, places = reach("Child"), reach("Institution")
	children = {row.key: row for row in grouped(files, IN_CARE, _measures(), by="institution")}
	league = [_line(files, places, row, children.get(row.name, {})) for row in institutions(places)]
	league.sort(key=lambda line: (line["completeness"] is None, line["completeness"] or 0, line["name"]))
	return {
		"headlines": headlines(files, places, league),
		"league": league,
		"map": [line for line in league if line["latitude"] and line["longitude"]],
		"counted_at": kept.counted_at(),
	}


def _measures() -> dict[str, str]:
	return {"children": "count(*)", "changed": "max(`tabChild`.`modified`)"} | completeness.measures(IN_CARE)


def institutions(places: Reach) -> list[frappe._dict]:
	"""Institutions of the reader that are not closed, by name."""
	where = " and ".join(f"({part})" for part in (sql("Institution", OPEN), places.where) if part)
	columns = ", ".join(f"`tabInstitution`.`{column}`" for column in COLUMNS)
	query = f"select {columns} from `tabInstitution` where {where}"  # written here and by social_care.scope
	return frappe.db.sql(f"{query} order by `institution_name` asc", as_dict=True)


def _line(files: Reach, places: Reach, place: dict, row: dict) -> dict:
	children = int(row.get("children") or 0)
	here = IN_CARE | {"institution": place.name}
	poorest = completeness.weakest(row) if row else None
	return {
		"code": place.name,
		"name": place.institution_name,
		"opens_form": places.opens,
		"children": figure(files, _("Children"), children, here),
		"capacity": int(place.licensed_capacity or 0),
		"occupancy": percent(children, place.licensed_capacity or 0),
		"completeness": completeness.score(row) if row else None,
		"days": date_diff(nowdate(), row["changed"]) if row.get("changed") else None,
		"weakest": poorest
		and figure(files, poorest[0].label, poorest[1], poorest[0].missing() | {"institution": place.name}),
		"latitude": place.map_latitude,
		"longitude": place.map_longitude,
	}


def headlines(files: Reach, places: Reach, league: list[dict]) -> list[dict]:
	"""Sums over the league."""
	children = sum(line["children"]["value"] for line in league)
	capacity = sum(line["capacity"] for line in league)
	full = sum(line["children"]["value"] > line["capacity"] for line in league)
	return [
		figure(places, _("Institutions Not Closed"), len(league), OPEN),
		figure(files, _("Children in Care"), children, IN_CARE),
		figure(places, _("Licensed Capacity"), capacity),
		figure(places, _("Occupancy (%)"), percent(children, capacity)),
		figure(places, _("Institutions over Capacity"), full),
	]
