"""Reference rows that a new site begins with. A row that exists is never touched: administrators own it."""

import frappe

from social_care.setup.roles import roles_of_level
from social_care.setup.tables import table

SEEDED = {
	"Governorate": ("governorates", "governorate_code"),
	"Institution Type": ("institution_types", "type_code"),
	"Admission Reason": ("admission_reasons", "reason_code"),
	"Care Review Kind": ("care_review_kinds", "kind_code"),
	"Care Plan Domain": ("care_plan_domains", "domain_code"),
	"Assessment Item": ("assessment_items", "item_code"),
	"Significant Event Kind": ("significant_event_kinds", "kind_code"),
}
ROOT = "HQ"
# Bands of the regulations on residential nurseries, institutions and aftercare (sources S65, S66, S06, S77).
AGE_BANDS = (
	("أقل من سنتين", 0, 2),
	("من سنتين إلى أقل من 6", 2, 6),
	("من 6 إلى أقل من 12", 6, 12),
	("من 12 إلى أقل من 15", 12, 15),
	("من 15 إلى أقل من 18", 15, 18),
	("من 18 إلى أقل من 21", 18, 21),
	("21 سنة فأكثر", 21, 120),
)
ENTITLING_STAGES = ("Intermediate Institute", "University")  # higher education: Child Law 12/1996, art. 48
REQUIRED_TO_SUBMIT = ("national_number_status", "parentage", "admission_reason")
# Field, weight, and the age (years) from which a file is to have it: what the registry announced on 20 November 2025 holds
# of every child (photograph, birth certificate, schooling from the age of compulsory education, Law 139/1981).
COMPLETE = (
	("photo", 2, 0),
	("national_number", 3, 0),
	("identity_papers", 2, 0),
	("parentage", 2, 0),
	("admission_reason", 1, 0),
	("decision_number", 1, 0),
	("education_records", 2, 6),
)
PROTECTED = (
	*(
		"first_name",
		"father_name",
		"grandfather_name",
		"family_name",
		"sex",
		"birth_date",
		"birth_governorate",
	),
	*("nationality", "religion", "national_number", "national_number_status", "identity_papers"),
	*("parentage", "how_found", "orphanhood", "legal_status", "family", "mother_full_name"),
	*(
		"finding_record_number",
		"finding_record_date",
		"finding_police_station",
		"finding_place",
		"finder_name",
	),
	*("admission_reason", "admission_date", "decision_number", "decision_date", "decision_authority"),
)


def ensure_seeds() -> None:
	"""Governorates, types, reasons, the root of the tree, official figures and the settings' first values."""
	for doctype, (name, key) in SEEDED.items():
		_ensure_rows(doctype, name, key)
	ensure_event_clocks()
	ensure_root()
	ensure_official_figures()
	ensure_settings()


def _ensure_rows(doctype: str, name: str, key: str) -> None:
	known = set(frappe.get_all(doctype, pluck="name"))
	fields = set(frappe.get_meta(doctype).get_valid_columns())
	for row in table(name):
		if row[key] not in known:
			values = {field: value for field, value in row.items() if field in fields and value != ""}
			frappe.get_doc({"doctype": doctype, **values}).insert(ignore_permissions=True)


def ensure_event_clocks() -> None:
	"""First rows of the clock of each kind of event; a kind that has rows is left alone."""
	for row in table("event_reporting_rules"):
		row = dict(row)
		kind = frappe.get_doc("Significant Event Kind", row.pop("kind_code"))
		if not kind.reporting:
			kind.append("reporting", row)
			kind.save(ignore_permissions=True)


def ensure_root() -> None:
	"""Headquarters, the root of the organisation's tree."""
	if not frappe.db.count("Org Unit"):
		root = {
			"unit_code": ROOT,
			"unit_name": "ديوان عام وزارة التضامن الاجتماعي",
			"unit_name_en": "Ministry Headquarters",
		}
		frappe.get_doc({"doctype": "Org Unit", "level": "Headquarters", "is_group": 1, **root}).insert(
			ignore_permissions=True
		)


def ensure_official_figures() -> None:
	"""Published figures, each with its date and source; sources disagree and stay side by side."""
	for row in table("official_figures"):
		if not frappe.db.exists(
			"Official Figure", {"figure_code": row["figure_code"], "as_of": row["as_of"]}
		):
			frappe.get_doc({"doctype": "Official Figure", **row}).insert(ignore_permissions=True)


def ensure_settings() -> None:
	"""First values of the tables in Social Care Settings; a table that has rows is left alone."""
	settings = frappe.get_doc("Social Care Settings")
	empty = {
		"required_to_submit": [{"field": field} for field in REQUIRED_TO_SUBMIT],
		"protected_fields": [{"field": field} for field in PROTECTED],
		"delegable_roles": [
			{"role": role} for level in ("district", "institution") for role in roles_of_level(level)
		],
		"entitling_stages": [{"stage": stage} for stage in ENTITLING_STAGES],
		"case_work_rules": [dict(row) for row in table("case_work_rules")],
		"completeness_items": [
			{"field": field, "weight": weight, "from_age": age} for field, weight, age in COMPLETE
		],
		"age_bands": [
			{"band_label": label, "age_from": low, "age_below": high} for label, low, high in AGE_BANDS
		],
	}
	missing = {field: rows for field, rows in empty.items() if not settings.get(field)}
	for field, rows in missing.items():
		settings.set(field, rows)
	if _fill_defaults(settings) or missing:
		settings.save(ignore_permissions=True)


def _fill_defaults(settings) -> bool:
	"""Give fields their defaults that this site has never stored: those of a new site, and those an update brought."""
	singles = frappe.qb.DocType("Singles")
	rows = frappe.qb.from_(singles).select(singles.field).where(singles.doctype == settings.doctype).run()
	stored = {field for (field,) in rows}
	new = [df for df in settings.meta.fields if df.default and df.fieldname not in stored]
	for df in new:
		settings.set(df.fieldname, df.default)
	return bool(new)
