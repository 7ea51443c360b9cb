"""What is decided of each child present, and the digest of it: what a director sees is what he signs."""

import hashlib
import json

import frappe

from social_care.governance.confirmation import PRESENT, ROW, WAITING


def held(confirmation: str, names: list[str], is_locked: bool = True) -> dict[str, frappe._dict]:
	"""{child: row}. Locked: as they are after whoever held the lock before, not as they were when this request began."""
	rows = frappe.db.sql(
		f"""select `name`, `child`, `state`, `decided_by`, `decided_on`, `fingerprint` from `tab{ROW}`
		where `confirmation` = %s and `child` in %s {"for update" if is_locked else ""}""",
		(confirmation, names or [""]),
		as_dict=True,
	)
	return {row.child: row for row in rows}


def rows(confirmation: dict, is_locked: bool = True) -> list[frappe._dict]:
	"""A row for each child present; two queries."""
	present = frappe.db.sql_list(
		f"select `name` from `tabChild` where `institution` = %s and {PRESENT} order by `name`",
		confirmation.institution,
	)
	known = held(confirmation.name, present, is_locked)
	waiting = frappe._dict(state=WAITING, decided_by=None, decided_on=None, fingerprint=None)
	return [frappe._dict((known.get(child) or waiting) | {"child": child}) for child in present]


def digest(rows: list[dict]) -> str:
	"""Digest of what is signed: each child with its state, who decided, when, and what he saw."""
	told = [[row.child, row.state, row.decided_by, str(row.decided_on), row.fingerprint] for row in rows]
	return hashlib.sha256(json.dumps(told).encode()).hexdigest()
