"""Reference rows that a new site begins with. A row that exists is never touched: administrators own it."""

import frappe
from social_care.setup.first_rows import ensure_first_values, ensure_rows

from social_care_inspections.setup.tables import table

SETTINGS, CLOSING_SETTINGS = "Inspection Settings", "Closing Settings"


def ensure_seeds() -> None:
	"""Violation types, kinds of penalties, kinds of interventions and the first version of each assessment tool."""
	ensure_rows("Violation Type", "violation_code", table("violation_types"))
	ensure_rows("Penalty Kind", "kind_code", table("penalty_kinds"))
	ensure_rows("Intervention Kind", "kind_code", table("intervention_kinds"))
	ensure_assessment_tools()
	ensure_settings()


def ensure_settings() -> None:
	"""First values of settings that the site has never had, also of those that came with a later version."""
	for settings in (SETTINGS, CLOSING_SETTINGS):
		ensure_first_values(settings)
	ensure_frequencies()
	ensure_closing_rows()


def ensure_closing_rows() -> None:
	"""Steps of a closing and kinds of institution that receive children, until an administrator says otherwise."""
	settings = frappe.get_doc(CLOSING_SETTINGS)
	known = set(frappe.get_all("Institution Type", pluck="name"))  # a reference table
	first = {
		"steps": table("closing_steps"),
		"receiving_kinds": [
			row for row in table("closing_receiving_kinds") if row["institution_type"] in known
		],
	}
	missing = {field: rows for field, rows in first.items() if not settings.get(field)}
	for field, rows in missing.items():
		settings.extend(field, rows)
	if missing:
		settings.save(ignore_permissions=True)


def ensure_frequencies() -> None:
	"""How often institutions are visited, until an administrator says otherwise."""
	settings = frappe.get_doc(SETTINGS)
	if not settings.visit_frequencies:
		settings.extend("visit_frequencies", table("visit_frequencies"))
		settings.save(ignore_permissions=True)


def ensure_assessment_tools() -> None:
	"""Add a tool of which the site has no version yet; later versions are the administrators' own."""
	for row in table("assessment_tools"):
		if not frappe.db.exists("Assessment Tool", {"tool_code": row["tool_code"]}):
			make_tool(row)


def make_tool(row: dict[str, str]) -> None:
	"""Insert a tool with its indicators for those of its kinds of institution that the site has; none, no tool."""
	kinds = [
		kind for kind in row["institution_types"].split(";") if frappe.db.exists("Institution Type", kind)
	]
	if not kinds:
		return
	tool = frappe.get_doc({"doctype": "Assessment Tool", **row, "institution_types": [], "indicators": []})
	tool.extend("institution_types", [{"institution_type": kind} for kind in kinds])
	tool.extend("indicators", indicators(row["tool_code"]))
	tool.insert(ignore_permissions=True)


def indicators(tool_code: str) -> list[dict]:
	"""Rows of quality_standards.csv of one tool, by the fields of Assessment Indicator."""
	return [
		{
			"area_code": row["area_code"],
			"area": row["area_ar"],
			"area_en": row["area_en"],
			"standard_code": row["standard_code"],
			"standard": row["standard_ar"],
			"standard_en": row["standard_en"],
			"is_critical": int(row["is_critical"]),
			"indicator_code": row["indicator_code"],
			"indicator": row["indicator_ar"],
			"indicator_en": row["indicator_en"],
			"evidence": row["evidence_ar"],
			"score_min": int(row["score_min"]),
			"score_max": int(row["score_max"]),
			"weight": float(row["indicator_weight"]),
			"source": row["standard_source"],
		}
		for row in table("quality_standards")
		if row["tool_code"] == tool_code
	]
