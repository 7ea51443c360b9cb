"""Reference rows that a new site begins with. A row that exists is never touched: administrators own it."""

import frappe
from social_care.setup.first_rows import ensure_first_values, ensure_rows

from social_care_kafala.setup import committees
from social_care_kafala.setup.tables import table

RULE_SET = "Kafala Rule Set"
SETTINGS = "Kafala Settings"
STUDY_TOOL = "Kafala Study Tool"


def ensure_seeds() -> None:
	"""Causes for which a kafala ends before its time, the conditions by each legal text, kinds of papers, first settings."""
	ensure_rows("Kafala Ending Cause", "cause_code", table("ending_causes"))
	ensure_rows("Kafala Document Kind", "document_code", table("document_kinds"))
	ensure_rule_sets()
	ensure_study_tools()
	ensure_settings()
	committees.ensure()


def ensure_settings() -> None:
	"""First values of settings that the site has never had, and the days of each step."""
	ensure_first_values(SETTINGS)
	settings = frappe.get_doc(SETTINGS)
	if not settings.state_clocks:
		settings.extend("state_clocks", clocks())
		settings.save(ignore_permissions=True)


def clocks() -> list[dict]:
	"""Days of the steps, and who is told of late ones."""
	return [
		row | {"days": int(row["days"]), "in_ceiling": int(row["in_ceiling"])}
		for row in table("state_clocks")
	]


def ensure_rule_sets() -> None:
	"""The texts of 2010, about 2018 and 2020, on a site that has no conditions yet; later texts are the administrators' own."""
	if frappe.get_all(RULE_SET, limit=1):  # a reference table
		return
	for row in table("rule_sets"):
		values = row | {"valid_to": row["valid_to"] or None}
		rule_set = frappe.get_doc({"doctype": RULE_SET, **values})
		rule_set.extend("rules", rules())
		rule_set.extend("limits", limits(row["set_code"]))
		rule_set.insert(ignore_permissions=True)


def ensure_study_tools() -> None:
	"""The first forms of visit and study, on a site that has none; later versions are the administrators' own."""
	if frappe.get_all(STUDY_TOOL, limit=1):  # a reference table
		return
	for row in table("study_tools"):
		tool = frappe.get_doc({"doctype": STUDY_TOOL, **row})
		items = [item for item in table("study_items") if item["tool_code"] == row["tool_code"]]
		tool.extend("items", [study_item(item) for item in items])
		tool.insert(ignore_permissions=True)


def study_item(row: dict) -> dict:
	"""One question, its numbers as numbers."""
	numbers = {field: int(row[field]) for field in ("highest_score", "weight", "is_required")}
	return {key: row[key] for key in row if key != "tool_code"} | numbers


def rules() -> list[dict]:
	"""The 19 conditions, in the words that all three texts share; in numbers the texts differ by their limits."""
	return [
		row | {"rule_number": int(row["rule_number"]), "is_contested": int(row["is_contested"])}
		for row in table("rules")
	]


def limits(set_code: str) -> list[dict]:
	"""The limits of one text."""
	return [
		{
			**{field: value for field, value in row.items() if field != "set_code"},
			"limit_value": float(row["limit_value"]),
			"is_contested": int(row["is_contested"]),
		}
		for row in table("rule_limits")
		if row["set_code"] == set_code
	]
