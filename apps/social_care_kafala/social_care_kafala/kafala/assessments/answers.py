"""Answers of an assessment: a row for each question of its tool, written by the role of the question, scored by its weights."""

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import cint, comma_and, flt, now_datetime
from social_care.organisation.grants import roles_at

from social_care_kafala.kafala.assessments import tools

SAID = ("score", "finding", "amount", "remark")


def lay_out(doc: Document) -> None:
	"""The questions in the order of the tool; of what was sent only the answers count."""
	before = doc.get_doc_before_save()
	sent = {row.item_code: row for row in doc.answers}
	stored = {row.item_code: row for row in before.answers} if before else {}
	rows = []
	for code, item in tools.items(doc.tool).items():
		row = sent.get(code) or stored.get(code)
		values = {field: row.get(field) for field in SAID} if row else {}
		if code in stored:
			values["name"] = stored[code].name
		rows.append(values | question(item))
	doc.set("answers", rows)


def question(item: Document) -> dict:
	"""What a question is, as the assessment shows it."""
	return {
		"part": item.part,
		"item_code": item.item_code,
		"question": item.question,
		"highest_score": item.highest_score,
		"feeds": item.feeds,
	}


def said(row: Document | None) -> tuple:
	"""What somebody has answered."""
	if not row:
		return ("", "", 0.0, "")
	return (row.score or "", row.finding or "", flt(row.amount), row.remark or "")


def check(doc: Document) -> None:
	"""Each answer is one that its question takes; what has changed was the user's to write."""
	before = doc.get_doc_before_save()
	stored = {row.item_code: row for row in before.answers} if before else {}
	items, user = tools.items(doc.tool), frappe.session.user
	held = roles_at(user, *doc.place())
	for row in doc.answers:
		check_answer(doc, row, items[row.item_code])
		if said(row) == said(stored.get(row.item_code)):
			continue
		if user != "Administrator" and items[row.item_code].writer_role not in held:
			refuse_writer(row, items[row.item_code])
		doc.flags.setdefault("written_parts", set()).add(row.part)


def refuse_writer(row: Document, item: Document) -> None:
	frappe.throw(
		_("The part «{0}» is written by: {1}").format(_(row.part), _(item.writer_role)),
		frappe.PermissionError,
		title=_("Kafala Assessment"),
	)


def check_answer(doc: Document, row: Document, item: Document) -> None:
	"""A score within the question's, a finding of the field that it feeds, an amount for an amount."""
	if row.score and (not item.highest_score or cint(row.score) > item.highest_score):
		doc.refuse(_("Row {0}: the score is at most {1}.").format(row.idx, cint(item.highest_score)))
	options = tools.findings(item.feeds) if item.feeds else []
	if row.finding and row.finding not in options:
		names = comma_and([_(option) for option in options], add_quotes=False) or _("none")
		doc.refuse(_("Row {0}: findings are: {1}.").format(row.idx, names))
	if flt(row.amount) and item.feeds != tools.AMOUNT:
		doc.refuse(_("Row {0}: this question asks for no amount.").format(row.idx))


def is_answered(row: Document, item: Document) -> bool:
	if item.feeds == tools.AMOUNT:
		return flt(row.amount) > 0
	return bool(row.finding if item.feeds else row.score)


def open_questions(doc: Document) -> list[str]:
	"""Required questions without an answer."""
	items = tools.items(doc.tool)
	return [
		row.question
		for row in doc.answers
		if items[row.item_code].is_required and not is_answered(row, items[row.item_code])
	]


def sum_up(doc: Document) -> None:
	"""Scores of the parts and of the whole, in percent of what could be reached; and who has written a part last."""
	before = doc.get_doc_before_save()
	stored = {row.part: row for row in before.parts} if before else {}
	written, rows = doc.flags.written_parts or set(), []
	for part in dict.fromkeys(row.part for row in doc.answers):
		old = stored.get(part)
		by = {"written_by": old and old.written_by, "written_on": old and old.written_on}
		if part in written:
			by = {"written_by": frappe.session.user, "written_on": now_datetime()}
		percent = score([row for row in doc.answers if row.part == part], doc.tool)
		rows.append({"part": part, "score_percent": percent, **by})
	doc.set("parts", rows)
	doc.total_percent = score(doc.answers, doc.tool)


def score(rows: list[Document], tool: str) -> float:
	"""Weighted share of the highest scores, in percent; what nobody has scored yet counts nothing."""
	items = tools.items(tool)
	scored = [row for row in rows if items[row.item_code].highest_score]
	whole = sum(flt(items[row.item_code].weight) for row in scored)
	reached = sum(
		flt(items[row.item_code].weight) * cint(row.score) / items[row.item_code].highest_score
		for row in scored
	)
	return flt(100 * reached / whole, 2) if whole else 0
