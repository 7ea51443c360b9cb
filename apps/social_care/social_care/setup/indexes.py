"""Indexes over several columns, which a DocType cannot name.

One over a single column is the field's own (`search_index`): the framework drops any other when fields change.
"""

import frappe

INDEXES = (
	("Staff Assignment", ["user", "valid_from"]),
	("Placement", ["institution", "is_current"]),
	("Placement", ["child", "from_date"]),
	("Placement", ["setting", "from_date"]),
	("Placement", ["setting", "to_date"]),
	("Placement Change", ["child", "status"]),
	("Placement Change", ["status", "effective_date"]),
	("Child", ["file_state", "modified"]),
	("Child", ["org_unit", "file_state", "modified"]),
	("Child", ["institution", "file_state"]),
	("Child", ["org_unit", "person"]),
	("Child", ["org_unit", "search_name", "person"]),
	("Child", ["org_unit", "family"]),
	("Child", ["life_state", "birth_date"]),
	("Data Quality Fault", ["record_type", "record_name"]),
	("Child Confirmation", ["confirmation", "child"]),
	("Institution Confirmation", ["status", "due_on"]),
	("Census Entry", ["campaign", "child"]),
	("Readiness Survey", ["org_unit", "surveyed_on"]),
	("Census Return", ["campaign", "institution"]),
	("Data Officer Task", ["directorate", "status", "since"]),
	("Indicator Value", ["indicator", "version", "period_end"]),
	("Care Follow-up", ["parenttype", "visit_date", "due_date"]),
	("Family Member", ["parent", "parenttype", "person"]),
	("Person", ["search_name", "birth_date"]),
	("Care Review", ["child", "status", "held_on"]),
	("Care Plan", ["child", "status"]),
	("Child Assessment", ["child", "assessed_on"]),
	("Family Contact", ["child", "contact_date"]),
	("Significant Event", ["status", "report_due_on"]),
	("Child Savings Entry", ["child", "status"]),
	("Org Unit", ["lft", "rgt"]),
	("Change Request", ["child", "state"]),
	("Identity Question", ["batch", "state"]),
	("Identity Question", ["person", "state"]),
	("Identity Difference", ["person", "state"]),
	("Read Log", ["child", "read_at"]),
	("Read Log", ["user", "read_at"]),
	("File Access Grant", ["state", "closes_at"]),
	("Roll Upload Row", ["roll_upload", "sheet_row"]),
	("Legacy Row", ["legacy_import", "sheet_row"]),
	("Legacy Row", ["source", "legacy_id"]),
	("Service Appointment", ["office", "day", "state"]),
	("Beneficiary Review", ["campaign", "national_number"]),
	("Beneficiary Review", ["campaign", "search_name"]),
	("Committee Case", ["case_type", "case_name"]),
)

# Those whose columns make too long a name: DocType, columns, name.
NAMED = (
	(
		"Child",
		["life_state", "governorate", "institution", "quality_asked", "quality_lacking"],
		"completeness_by_governorate",
	),
	(
		"Beneficiary Review",
		["campaign", "org_unit", "governorate", "status", "result", "decided_on"],
		"burn_down",
	),
)
UNIQUE = (
	("Service Ticket", ["office", "day", "number"]),
	("Beneficiary Review", ["campaign", "fingerprint"]),
	("Support Enrolment", ["programme", "national_number"]),
	("Support Round", ["programme", "month"]),
	("Support Round", ["programme", "round_number"]),
	("Support Round Entry", ["support_round", "national_number"]),
	("Committee Session", ["committee", "session_year", "session_number"]),
)
# Indexes of earlier versions that a longer one has replaced: DocType and name.
REPLACED = (("Child", "org_unit_file_state_index"),)


def ensure_indexes() -> None:
	"""Add what is missing, take away what was replaced."""
	for doctype, columns in UNIQUE:
		frappe.db.add_unique(doctype, columns)
	for doctype, columns in INDEXES:
		frappe.db.add_index(doctype, columns)
	for doctype, columns, name in NAMED:
		frappe.db.add_index(doctype, columns, name)
	for doctype, name in REPLACED:
		if frappe.db.has_index(f"tab{doctype}", name):
			frappe.db.sql_ddl(f"alter table `tab{doctype}` drop index `{name}`")  # names of this module
