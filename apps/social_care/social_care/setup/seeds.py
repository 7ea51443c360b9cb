"""Reference rows that a new site begins with. A row that exists is never touched: administrators own it."""

import frappe

from social_care.registry.verification import FIELDS
from social_care.setup.first_rows import ensure_rows
from social_care.setup.roles import roles_of_level
from social_care.setup.tables import table

SEEDED = {
	"Governorate": ("governorates", "governorate_code"),
	"Institution Type": ("institution_types", "type_code"),
	"Admission Reason": ("admission_reasons", "reason_code"),
	"Placement Change Reason": ("placement_change_reasons", "reason_code"),
	"Care Review Kind": ("care_review_kinds", "kind_code"),
	"Care Plan Domain": ("care_plan_domains", "domain_code"),
	"Assessment Item": ("assessment_items", "item_code"),
	"Significant Event Kind": ("significant_event_kinds", "kind_code"),
	"Service Group": ("service_groups", "group_code"),
	"Service": ("services", "service_code"),
	"Mechanisation Phase": ("mechanisation_phases", "phase_code"),
	"Support Programme": ("support_programmes", "programme_code"),
	"Committee Kind": ("committee_kinds", "kind_code"),
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

CONFIRMED = (
	*("full_name", "sex", "birth_date", "national_number", "national_number_status", "photo", "photo_date"),
	*("admission_date", "room_group", "disability", "education_records"),
)


def ensure_seeds() -> None:
	"""Governorates, types, reasons, the root of the tree, official figures and the settings' first values."""
	for doctype, (name, key) in SEEDED.items():
		ensure_rows(doctype, key, _filled(doctype, name))
	ensure_event_clocks()
	ensure_exclusions()
	ensure_root()
	ensure_official_figures()
	ensure_identity_source()
	ensure_settings()


def _filled(doctype: str, name: str) -> list[dict[str, str]]:
	"""Rows of a table with the columns that the DocType has and that hold something."""
	fields = set(frappe.get_meta(doctype).get_valid_columns())
	return [
		{field: value for field, value in row.items() if field in fields and value != ""}
		for row in table(name)
	]


def ensure_event_clocks() -> None:
	"""First rows of the clock of each kind of event; a kind that has rows is left alone."""
	for row in table("event_reporting_rules"):
		row = dict(row)
		kind = frappe.get_doc("Significant Event Kind", row.pop("kind_code"))
		if not kind.reporting:
			kind.append("reporting", row)
			kind.save(ignore_permissions=True)


def ensure_exclusions() -> None:
	"""First rows of what a programme is not given together with; a programme that has rows is left alone."""
	for row in table("support_programmes"):
		programme = frappe.get_doc("Support Programme", row["programme_code"])
		if row["not_with"] and not programme.exclusions:
			for other in row["not_with"].split("|"):
				programme.append("exclusions", {"programme": other})
			programme.save(ignore_permissions=True)


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


def ensure_identity_source() -> None:
	"""The civil registry, asked by file: names to compare, what the number says itself is not sent."""
	fields = [{"field": field, "compared": 1} for field in ("Sex", "Birth Date")]
	names = [{"field": field, "compared": 1, "sent": 1} for field in FIELDS if field.endswith("Name")]
	source = {
		"source_code": "CIVIL-REGISTRY",
		"source_name": "مصلحة الأحوال المدنية",
		"source_name_en": "Civil Registry",
	}
	values = {"valid_from": "2026-01-01", "connector": "File", "fields": names + fields}
	ensure_rows("Identity Source", "source_code", [source | values])


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
		"confirmed_fields": [{"field": field} for field in CONFIRMED],
		"delegable_roles": [
			{"role": role} for level in ("district", "institution") for role in roles_of_level(level)
		],
		"entitling_stages": [{"stage": stage} for stage in ENTITLING_STAGES],
		"case_work_rules": [dict(row) for row in table("case_work_rules")],
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
