"""What a child's file shows beside its own fields: siblings, placement history and what is missing."""

import frappe
from frappe import _
from frappe.model.document import Document

from social_care.governance.change_requests import rules as change_rules
from social_care.registry.case_work.summary import overdue_review, summary
from social_care.registry.kin import panel, siblings
from social_care.registry.levels import field_readable
from social_care.registry.quality.evaluation import of_record
from social_care.registry.quality.rules import Rule
from social_care.registry.verification import standing

SEVERITIES = ("Error", "Warning", "Note")
HISTORY = ["setting", "institution", "movement", "from_date", "to_date", "is_current", "decision_number"]


def sidebar(child: Document) -> dict:
	"""For the form: {"siblings", "kin", "aftercare", "placements": […], "missing": [{"fieldname", "label"}],
	"faults": [{"fieldname", "sentence", "severity"}], "case_work": see registry/case_work/summary.py, "identity": see verification/standing.py}."""
	if child.is_new():
		return {}
	unmet = of_record(child)
	return {
		"siblings": siblings.shown_to_reader(child),
		"kin": panel.kin(child),
		"aftercare": panel.aftercare(child),
		"placements": history(child.name),
		"missing": missing(child, unmet) + overdue_review(child),
		"faults": faults(unmet),
		"case_work": summary(child),
		"protected": sorted(change_rules.protected(child)),
		"identity": standing.shown(child.person),
	}


def history(child: str) -> list[dict]:
	"""All placements of a child whose file the caller may read, newest first, with the institution's name."""
	rows = frappe.get_all("Placement", filters={"child": child}, fields=HISTORY, order_by="from_date desc")
	names = _institution_names({row.institution for row in rows if row.institution})
	for row in rows:
		row["place"] = names.get(row.institution) or _(row.setting)
	return rows


def _institution_names(codes: set[str]) -> dict[str, str]:
	if not codes:
		return {}
	rows = frappe.get_all(
		"Institution", filters={"name": ["in", sorted(codes)]}, fields=["name", "institution_name"]
	)
	return {row.name: row.institution_name for row in rows}


def missing(child: Document, unmet: list[Rule]) -> list[dict]:
	"""Fields that a complete file has and this one lacks: of the rules that it does not meet, as far as the reader sees them.

	What the settings ask for before a file is submitted is among them, whatever the rules say.
	"""
	required = [rule for rule in unmet if rule.kind == "Required"]
	fields = dict.fromkeys(rule.field for rule in required)
	before = [row.field for row in frappe.get_cached_doc("Social Care Settings").required_to_submit]
	fields |= dict.fromkeys(
		field for field in before if not child.get(field) and field_readable(child.doctype, field)
	)
	return [{"fieldname": field, "label": _(child.meta.get_label(field))} for field in fields]


def faults(unmet: list[Rule]) -> list[dict]:
	"""What else is wrong in the file by the rules, worst first: {"fieldname", "sentence", "severity"}."""
	found = [rule for rule in unmet if rule.kind != "Required"]
	found.sort(key=lambda rule: SEVERITIES.index(rule.severity))
	return [{"fieldname": rule.field, "sentence": rule.sentence, "severity": rule.severity} for rule in found]
