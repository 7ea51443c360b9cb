"""Open questions of a batch as they are sent: with the values that stand now, and only those that the source's fields let out."""

import frappe

from social_care.registry.verification import CHANGED, FIELDS, QUESTION, WAITING, WATCHED
from social_care.registry.verification.fingerprints import code, fingerprint
from social_care.registry.verification.sources import Question


def waiting(batch: str, source, after: str, most: int) -> tuple[list[Question], list[str], str]:
	"""The next open questions after a name: what is sent, the persons it tells of, and the name up to which it went ("" at the
	end). Who was changed since is not sent: those questions are closed, and the person may be asked about anew."""
	values = ", ".join(f"person.`{field}`" for field in WATCHED)
	rows = frappe.db.sql(
		f"""select question.`name` as question, question.`fingerprint`, question.`person`, {values}
		from `tab{QUESTION}` question join `tabPerson` person on person.`name` = question.`person`
		where question.`batch` = %(batch)s and question.`state` = %(waiting)s and question.`name` > %(after)s
		order by question.`name` limit %(most)s""",
		{"batch": batch, "waiting": WAITING, "after": after, "most": most},
		as_dict=True,
	)
	stale = [row.question for row in rows if fingerprint(row) != row.fingerprint]
	if stale:
		frappe.db.set_value(QUESTION, {"name": ["in", stale], "state": WAITING}, "state", CHANGED)
	sent = [FIELDS[row.field] for row in source.fields if row.sent]
	fresh = [row for row in rows if row.question not in set(stale)]
	return (
		[_question(row, sent) for row in fresh],
		[row.person for row in fresh],
		rows[-1].question if rows else "",
	)


def _question(row: frappe._dict, sent: list[str]) -> Question:
	return Question(
		key=row.question,
		check=code(row.question, row.fingerprint),
		national_number=row.national_number,
		values={field: str(row.get(field) or "") for field in sent},
	)
