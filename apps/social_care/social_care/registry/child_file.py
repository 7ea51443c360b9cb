"""What a child's file shows beside its own fields: siblings, placement history and what is missing."""

import frappe
from frappe import _
from frappe.model.document import Document

from social_care.registry import identity, photographs
from social_care.registry.case_work.summary import overdue_review, summary
from social_care.registry.kin import panel, siblings

HISTORY = ["setting", "institution", "movement", "from_date", "to_date", "is_current", "decision_number"]


def sidebar(child: Document) -> dict:
	"""For the form: {"siblings", "kin", "aftercare", "placements": […], "missing": [{"fieldname", "label"}],
	"case_work": see registry/case_work/summary.py}."""
	if child.is_new():
		return {}
	return {
		"siblings": siblings.shown_to_reader(child),
		"kin": panel.kin(child),
		"aftercare": panel.aftercare(child),
		"placements": history(child.name),
		"missing": missing(child) + overdue_review(child),
		"case_work": summary(child),
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


def missing(child: Document) -> list[dict]:
	"""Fields that a complete file has and this one lacks, as far as the reader may see them."""
	wanted = [row.field for row in frappe.get_cached_doc("Social Care Settings").required_to_submit]
	wanted += [
		field
		for field in ("photo", "national_number", "identity_papers", "education_records")
		if field not in wanted
	]
	found = [_missing(child, field) for field in wanted if _may_see(child, field) and _lacks(child, field)]
	if _may_see(child, "photo") and photographs.is_old(child.photo_date):
		found.append({"fieldname": "photo", "label": _("A newer photograph")})
	return found


def _lacks(child: Document, field: str) -> bool:
	"""Whether the file should have the value: a child of another nationality has no national number."""
	applies = field != "national_number" or child.national_number_status != identity.NOT_EGYPTIAN
	return applies and not child.get(field)


def _missing(child: Document, field: str) -> dict:
	return {"fieldname": field, "label": _(child.meta.get_label(field))}


def _may_see(child: Document, field: str) -> bool:
	df = child.meta.get_field(field)
	return bool(df) and (not df.permlevel or df.permlevel in child.meta.get_permlevel_access("read"))
