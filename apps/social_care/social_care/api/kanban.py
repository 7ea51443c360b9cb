"""Boards of columns: a card moves by the step of the workflow, and a board keeps no order of rows for others to read."""

import frappe
from frappe import _
from frappe.desk.doctype.kanban_board import kanban_board
from frappe.model.document import Document
from frappe.model.workflow import apply_workflow, get_transitions, get_workflow_name

from social_care.permissions import is_scoped


@frappe.whitelist(methods=["POST"])
def update_order(board_name: str, order: str) -> tuple[Document, list]:
	"""The desk saves an order whenever it opens a board; of scoped rows nothing is saved or moved so."""
	board = read_board(board_name)
	return (board, []) if is_scoped(board.reference_doctype) else kanban_board.update_order(board_name, order)


@frappe.whitelist(methods=["POST"])
def update_order_for_single_card(
	board_name: str, docname: str, from_colname: str, to_colname: str, old_index: str, new_index: str
) -> Document:
	"""A card that was moved: on scoped rows by the workflow, with all that its step asks for, or not at all."""
	board = read_board(board_name)
	if not is_scoped(board.reference_doctype):
		return kanban_board.update_order_for_single_card(
			board_name, docname, from_colname, to_colname, old_index, new_index
		)
	move(frappe.get_doc(board.reference_doctype, docname), board.field_name, to_colname)
	return board


def read_board(name: str) -> Document:
	board = frappe.get_doc("Kanban Board", name)
	board.check_permission("read")
	return board


def move(doc: Document, field: str, value: str) -> None:
	"""Take the step of the workflow that leads to `value`; PermissionError where the user has none from here."""
	doc.check_permission("read")
	if doc.get(field) == value:
		return
	workflow = get_workflow_name(doc.doctype)
	by_workflow = workflow and frappe.db.get_value("Workflow", workflow, "workflow_state_field") == field
	steps = [step.action for step in get_transitions(doc) if step.next_state == value] if by_workflow else []
	if not steps:
		frappe.throw(
			_("This card cannot be moved there by you."), frappe.PermissionError, title=_("Not Moved")
		)
	apply_workflow(doc, steps[0])
