"""Edits of single fields: each says what stood there when it was written, so that two hands on one field are noticed."""

from frappe import _
from frappe.model.document import Document

from social_care_inspections.inspections.phone import shown

LONGEST = 400_000  # characters of a drawn signature


def apply(visit: Document, operations: list[dict]) -> dict[str, dict]:
	"""Write what meets the value it was made over, and save once; {id: {state, theirs?}}."""
	answers = {operation["id"]: write(visit, operation) for operation in operations}
	if any(answer.pop("written", False) for answer in answers.values()):
		visit.save()
	return answers


def write(visit: Document, operation: dict) -> dict:
	"""Put one value into the visit, unless somebody else has put another one there meanwhile."""
	target, value = str(operation.get("target") or ""), str(operation.get("value") or "")
	if len(value) > LONGEST:
		visit.refuse(_("The change that was sent is not understood."))
	current, put = found(visit, target)
	wanted = shown.digest(value) if target in shown.SIGNATURES else value.strip()
	if current == wanted:
		return {"state": "applied"}
	if current != str(operation.get("base") or "").strip():
		return {"state": "conflict", "theirs": current}
	put(value)
	return {"state": "applied", "written": True}


def found(visit: Document, target: str):
	"""(present value, how to write another one) of `field` or of `code:score`, `code:remark`."""
	if target in shown.FIELDS:
		return shown.plain(target, visit.get(target)), lambda value: visit.set(target, value or None)
	code, _colon, part = target.partition(":")
	row = next((row for row in visit.answers if row.indicator_code == code), None)
	if row is None or part not in (shown.SCORE, shown.REMARK):
		visit.refuse(_("The checklist has no indicator {0}.").format(code))
	if part == shown.REMARK:
		return (row.remark or "").strip(), lambda value: row.set("remark", value)
	return shown.score_of(row), lambda value: set_score(row, value)


def set_score(row: Document, value: str) -> None:
	not_applicable = value == shown.NOT_APPLICABLE
	row.update({"score": "" if not_applicable else value, "not_applicable": int(not_applicable)})
