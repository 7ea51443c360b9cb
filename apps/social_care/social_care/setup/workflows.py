"""The workflows of the core, written once; afterwards an administrator edits them in the desk."""

from collections.abc import Iterable

import frappe

from social_care.setup.tables import table

ENTRY = ("Institution Director", "Institution Entry User", "Institution Social Worker")
DIRECTORATE = ("Directorate Data Officer", "Directorate Director")
HEADQUARTERS = ("Central Administration Head", "General Manager")
CHILD_STATES = (
	("Draft", "", ENTRY),
	("Submitted by Institution", "Warning", DIRECTORATE),
	("Reviewed by Directorate", "Info", DIRECTORATE),
	("Approved", "Success", ENTRY + DIRECTORATE),
	("Returned", "Danger", ENTRY),
)
INSTITUTION_EDITORS = (
	"Institution Director",
	"Directorate Director",
	"Directorate Data Officer",
	*HEADQUARTERS,
)
INSTITUTION_STATES = (
	("Under Licensing", "", INSTITUTION_EDITORS),
	("Operating", "Success", INSTITUTION_EDITORS),
	("Suspended", "Warning", INSTITUTION_EDITORS),
	("Under Temporary Committee", "Warning", INSTITUTION_EDITORS),
	("Critical", "Danger", INSTITUTION_EDITORS),
	("Closing", "Danger", INSTITUTION_EDITORS),
	("Closed", "Inverse", HEADQUARTERS),
	("Converted to Aftercare", "Primary", INSTITUTION_EDITORS),
	("Unlicensed", "Danger", INSTITUTION_EDITORS),
)
PLAN_WRITERS = (*ENTRY, "Case Manager")
PLAN_APPROVERS = ("Institution Director", "Directorate Director", "Family and Childhood Specialist")
PLAN_STATES = (
	("Draft", "", PLAN_WRITERS),
	("Waiting for Approval", "Warning", PLAN_APPROVERS),
	("Active", "Success", PLAN_WRITERS),
	("Superseded", "", PLAN_APPROVERS),
	("Closed", "Inverse", PLAN_APPROVERS),
)
EVENT_WRITERS = (*ENTRY, "Institution Psychologist", "Case Manager")
EVENT_FOLLOWERS = (*DIRECTORATE, "Central Administration Head")
EVENT_STATES = (
	("Recorded", "Danger", EVENT_WRITERS),
	("Reported", "Warning", EVENT_WRITERS + EVENT_FOLLOWERS),
	("Followed Up", "Info", EVENT_WRITERS + EVENT_FOLLOWERS),
	("Closed", "Inverse", EVENT_FOLLOWERS),
)


def ensure_workflows() -> None:
	"""Create the workflows of the core where they are missing."""
	ensure("Child File", "Child", "file_state", CHILD_STATES, table("child_file_transitions"))
	ensure(
		"Institution Lifecycle", "Institution", "status", INSTITUTION_STATES, table("institution_transitions")
	)
	ensure("Care Plan", "Care Plan", "status", PLAN_STATES, table("care_plan_transitions"))
	ensure(
		"Significant Event",
		"Significant Event",
		"status",
		EVENT_STATES,
		table("significant_event_transitions"),
	)


def ensure(name: str, doctype: str, field: str, states: tuple, transitions: Iterable[dict]) -> None:
	"""Create a workflow where it is missing; a state is (name, style, roles that edit)."""
	if frappe.db.exists("Workflow", name):
		return
	for state, style, _editors in states:
		_ensure_named("Workflow State", "workflow_state_name", state, style=style)
	for row in transitions:
		_ensure_named("Workflow Action Master", "workflow_action_name", row["action"])
	workflow = frappe.new_doc("Workflow")
	workflow.update(
		{
			"workflow_name": name,
			"document_type": doctype,
			"workflow_state_field": field,
			"is_active": 1,
			"send_email_alert": 0,
		}
	)
	workflow.extend(
		"states", [_state(state, editor) for state, _style, editors in states for editor in editors]
	)
	workflow.extend("transitions", [{**row, "allow_self_approval": 1} for row in transitions])
	workflow.insert(ignore_permissions=True)


def _state(state: str, editor: str) -> dict:
	return {"state": state, "doc_status": "0", "allow_edit": editor, "is_optional_state": 0}


def _ensure_named(doctype: str, field: str, name: str, **values) -> None:
	if not frappe.db.exists(doctype, name):
		frappe.get_doc({"doctype": doctype, field: name, **values}).insert(ignore_permissions=True)
