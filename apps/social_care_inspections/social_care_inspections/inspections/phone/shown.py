"""A visit as a phone holds it: texts of one form on both sides, so that an edit can be compared with what stood there.

Signatures go up only: of one that stands there a phone learns a digest. Sealed notes are not part of this at all.
"""

import hashlib
from datetime import UTC, datetime

from frappe import _
from frappe.model.document import Document
from frappe.utils import cint, convert_utc_to_system_timezone

from social_care_inspections.inspections.visits import states

# What an inspector writes on a phone, besides the checklist.
WHOLE_NUMBERS = frozenset({"children_present", "staff_present", "refused_to_sign"})
SIGNATURES = frozenset({"representative_signature", "inspector_signature"})
FIELDS = tuple(sorted(states.PRESENCE - {"visited_on"} | states.REPORT - {"evidence"} | states.SIGNATURE))
NOT_APPLICABLE = "na"
SCORE, REMARK = "score", "remark"


def plain(field: str, value: object) -> str:
	"""The text that stands for a stored value of a field."""
	if field in WHOLE_NUMBERS:
		return str(cint(value)) if cint(value) else ""
	text = str(value or "").strip()
	return digest(text) if field in SIGNATURES else text


def digest(text: str) -> str:
	"""Tells two signatures apart; empty for none."""
	return hashlib.sha256(text.encode()).hexdigest()[:16] if text else ""


def score_of(row) -> str:
	"""Score of an answer: its number, `na`, or empty."""
	return NOT_APPLICABLE if cint(row.not_applicable) else str(row.score if row.score is not None else "")


def answers(visit: Document) -> dict[str, dict[str, str]]:
	"""{indicator code: {score, remark}}."""
	return {row.indicator_code: {SCORE: score_of(row), REMARK: row.remark or ""} for row in visit.answers}


def state(visit: Document) -> dict:
	"""What changes of a visit while it is made."""
	return {
		"name": visit.name,
		"status": visit.status,
		"status_label": _(visit.status, lang="ar"),
		"tool": visit.assessment_tool or "",
		"fields": {field: plain(field, visit.get(field)) for field in FIELDS},
		"answers": answers(visit),
		"photographs": len(visit.evidence),
	}


def moment(sent: object):
	"""A moment of the device (ISO, UTC) on the clock of the site; None where nothing that can be read was sent."""
	try:
		told = datetime.fromisoformat(str(sent or "").replace("Z", "+00:00"))
	except ValueError:
		return None
	return convert_utc_to_system_timezone(told.astimezone(UTC).replace(tzinfo=None)).replace(tzinfo=None)
