"""What the fields of a request may hold: by the version of the pack that it began under."""

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import comma_and, getdate, nowdate

from social_care.services.packs import evaluation
from social_care.services.packs.definition import fields_of
from social_care.services.runtime import records
from social_care.services.runtime.facts import facts


class FormError(frappe.ValidationError):
	"""Fields that are missing or hold what they may not."""


def check(doc: Document, pack: dict) -> None:
	"""Refuse what cannot stay. A request is whole from its beginning; staff's fields are asked for state by state."""
	known = facts(doc, pack)
	left = frozenset() if records.holds_findings(doc, pack) else state_codes_left(doc, pack)
	wrong = evaluation.wrong_fields(
		pack, known, getdate(nowdate()), by_staff=not doc.flags.by_citizen, left_states=left
	)
	if wrong:
		frappe.throw(" ".join(sentences(doc, pack, wrong)), FormError, title=_("Please Complete the Request"))
	doc.priority_points = evaluation.points(pack, known, getdate(nowdate()))


def state_codes_left(doc: Document, pack: dict) -> frozenset[str]:
	"""States that the request has left for a further one, by this save too; not the one in which it stands (again)."""
	codes = {state["title"]["en"]: state["code"] for state in pack["workflow"]["states"]}
	path = [codes.get(row.state) for row in doc.clock]
	if not path or path[-1] != codes.get(doc.status):
		path.append(codes.get(doc.status))
	return evaluation.states_left(pack, path)


def sentences(doc: Document, pack: dict, wrong: list[evaluation.WrongField]) -> list[str]:
	"""What is wrong, in the language of the session: the missing fields in one sentence, others one by one."""
	fields = {field["name"]: field for field in fields_of(pack)}
	missing = [label(doc, row) for row in wrong if row.kind == "required"]
	found = [_("Please complete: {0}.").format(comma_and(missing, add_quotes=False))] if missing else []
	return found + [_sentence(doc, fields, row) for row in wrong if row.kind != "required"]


def label(doc: Document, row: evaluation.WrongField) -> str:
	name, _dot, column = row.name.partition(".")
	text = _(doc.meta.get_label(name))
	if not column:
		return text
	table = frappe.get_meta(doc.meta.get_field(name).options)
	return _("{0}, row {1}: {2}").format(text, row.row, _(table.get_label(column)))


def _sentence(doc: Document, fields: dict[str, dict], row: evaluation.WrongField) -> str:
	field = fields.get(row.name.split(".")[0], {})
	if row.kind == "value":
		message = field["message"]
		return f"{label(doc, row)}: {message['ar'] if frappe.local.lang == 'ar' else message['en']}"
	if row.kind == "minimum":
		return _("{0} must be at least {1}.").format(label(doc, row), f"{field['minimum']:g}")
	if row.kind == "maximum":
		return _("{0} must be at most {1}.").format(label(doc, row), f"{field['maximum']:g}")
	return _("{0}: choose one of the list.").format(label(doc, row))
