"""What is set in motion when a document is saved, and whether it may be collected.

Two kinds of handlers of `doc_events` are known: those that look at the document alone, and those whose rows the batch
writes for all documents at once. Anything else (a handler of another app, a notification, a webhook, a script, an assignment
rule …) may read or write the row, so it has to be there: then nothing is collected.
"""

from collections.abc import Callable

import frappe
from frappe.model.document import Document

LOOKS_AT_THE_DOCUMENT = {
	"frappe.automation.doctype.assignment_rule.assignment_rule.apply",
	"frappe.automation.doctype.assignment_rule.assignment_rule.update_due_date",
	"frappe.automation.doctype.milestone_tracker.milestone_tracker.evaluate_milestone",
	"frappe.core.doctype.permission_log.permission_log.make_perm_log",
	"frappe.core.doctype.user_type.user_type.apply_permissions_for_non_standard_user_type",
	"frappe.desk.notifications.clear_doctype_notifications",
	"frappe.social.doctype.energy_point_rule.energy_point_rule.process_energy_points",
	"social_care.browser_safety.markup.check_texts",
	"social_care.files.sources.check_attachments",
	"social_care.permissions.check_links",
	"social_care.registry.aftercare.leavers.begin_follow_up",
	"social_care.registry.kin.reintegration.note_return_to_care",
	"social_care.registry.moves.upkeep.follow_placement",  # admissions, which are all that a batch inserts, are no move
	"social_care.row_events.announce_to_readers",
	"social_care.row_events.check_amendment",
	# of requests of services only, which are other DocTypes
	"social_care.services.runtime.requests.after_insert",
	"social_care.services.runtime.requests.before_validate",
	"social_care.services.runtime.requests.on_update",
	"social_care.services.runtime.requests.validate",
	"social_care.system_fields.check_rows",
	"social_care.typed_digits.to_ascii",
}
# Records that set something in motion for a DocType: the field that names the DocType, and the one that switches it on.
WATCHERS = {
	"Assignment Rule": ("document_type", {"disabled": 0}),
	"Document Naming Rule": ("document_type", {"disabled": 0}),
	"Energy Point Rule": ("reference_doctype", {"enabled": 1}),
	"Milestone Tracker": ("document_type", {"disabled": 0}),
	"Notification": ("document_type", {"enabled": 1}),
	"Server Script": ("reference_doctype", {"disabled": 0}),
	"Webhook": ("webhook_doctype", {"enabled": 1}),
}
EVENTS = ("before_insert", "before_naming", "autoname", "before_validate", "validate", "before_save")
EVENTS += ("after_insert", "on_update", "on_change")


def collected(batch) -> dict[str, Callable[[Document], None]]:
	"""Handlers whose work the batch does for all documents at once."""
	return {
		"frappe.core.doctype.file.utils.attach_files_to_document": batch.attach_changed_files,
		"frappe.workflow.doctype.workflow_action.workflow_action.process_workflow_actions": _nothing,
		"social_care.registry.case_work.due.follow_placement": batch.count_review_anew,
		"social_care.registry.case_work.records.follow_name": batch.follow_name,
		"social_care.registry.quality.events.follow_placement": batch.look_again_at_placement,
		"social_care.registry.quality.events.follow_record": batch.look_again_at_record,
	}


def _nothing(_doc: Document, _method: str | None = None) -> None:
	"""The framework makes an action where there is none; `workflow_actions` has made it."""


def handlers_of(doctype: str, event: str) -> list[str]:
	"""Dotted names of the handlers of an event, in the order in which the framework calls them."""
	events = frappe.get_doc_hooks()
	return events.get(doctype, {}).get(event, []) + events.get("*", {}).get(event, [])


def unknown(doctypes: tuple[str, ...], known: set[str]) -> list[str]:
	"""What saving documents of these types sets in motion besides what is known: handlers, and kinds of records."""
	handlers = {name for doctype in doctypes for event in EVENTS for name in handlers_of(doctype, event)}
	watching = [watcher for watcher in WATCHERS if _watched(watcher, doctypes)]
	return sorted(handlers - known - LOOKS_AT_THE_DOCUMENT) + watching


def _watched(watcher: str, doctypes: tuple[str, ...]) -> bool:
	field, on = WATCHERS[watcher]
	if not frappe.db.table_exists(watcher):
		return False
	return bool(frappe.db.exists(watcher, on | {field: ["in", doctypes]}))
