"""Reference rows that a new site begins with. A row that exists is never touched: administrators own it."""

import frappe

from social_care_inspections.setup.tables import table


def ensure_seeds() -> None:
	"""Violation types and the first version of each assessment tool."""
	ensure_violation_types()
	ensure_assessment_tools()


def ensure_violation_types() -> None:
	known = set(frappe.get_all("Violation Type", pluck="name"))
	for row in table("violation_types"):
		if row["violation_code"] not in known:
			frappe.get_doc({"doctype": "Violation Type", **row}).insert(ignore_permissions=True)


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
