"""Rows confirmed or marked for correction, several at once; and the signature that ends a confirmation.

A decision says what its user saw. Of a file that changed meanwhile nothing is written: the screen shows the new state and
asks again. The same decision twice is one: who decided first, and when, stays.
"""

import hmac
import json

import frappe
from frappe import _
from frappe.utils import now

from social_care.governance.confirmation import (
	CONFIRMATION,
	CONFIRMED,
	OPEN,
	PRESENT,
	ROW,
	SIGNED,
	WAITING,
	counting,
	decided,
	fingerprints,
	rights,
	screen,
)
from social_care.registry.together.statements import update_rows

AT_ONCE = 200
SAVED, KEPT, CHANGED, GONE = "saved", "kept", "changed", "gone"


def decide(name: str, decisions: list[dict]) -> dict:
	"""Write decisions [{"child", "state", "seen"}] of at most 200 children.

	Returns {"results": {child: "saved" | "kept" (it was so already) | "changed" (the file, since it was seen) | "gone" (lives
	elsewhere now)}, "rows": lines of the children, "counts", "seen"}. A fixed number of queries.
	"""
	confirmation = rights.check(name, rights.CONFIRMING)
	_check_open(confirmation)
	wanted = _wanted(decisions)
	present = _present(confirmation, list(wanted))
	_ensure_rows(confirmation)
	prints, held = fingerprints.of_children(present), decided.held(name, present)
	results = dict.fromkeys(wanted, GONE)
	for child in present:
		results[child] = _result(wanted[child], prints[child], held.get(child))
	saved = [child for child, result in results.items() if result == SAVED]
	_write(held, {child: (wanted[child]["state"], prints[child]) for child in saved})
	counting.recount(name)
	rows = screen.lines(confirmation, present, decided.held(name, present))
	told = {"counts": screen.counts(confirmation), "seen": screen.seen(confirmation)}
	return {"results": results, "rows": rows, **told}


def _wanted(decisions: list[dict]) -> dict[str, dict]:
	wanted = {str(row.get("child")): row for row in decisions if isinstance(row, dict)}
	if len(decisions) > AT_ONCE or any(row.get("state") not in screen.STATES for row in wanted.values()):
		frappe.throw(
			_("This is no decision on a confirmation."), rights.ConfirmationError, title=_("Confirmation")
		)
	return wanted


def _check_open(confirmation: dict) -> None:
	if confirmation.status == SIGNED:
		sentence = _("The confirmation is signed already; nothing of it changes any more.")
	elif confirmation.status != OPEN:
		sentence = _("The period of this confirmation is over.")
	else:
		return
	frappe.throw(sentence, rights.ConfirmationError, title=_("Confirmation"))


def _present(confirmation: dict, names: list[str]) -> list[str]:
	"""Which of the children live in the institution today; the user's role there was checked."""
	return frappe.db.sql_list(
		f"select `name` from `tabChild` where `name` in %(names)s and `institution` = %(institution)s and {PRESENT} order by `name`",
		{"names": names or [""], "institution": confirmation.institution},
	)


def _ensure_rows(confirmation: dict) -> None:
	from social_care.governance.confirmation.opening import add_rows

	add_rows([confirmation.institution])


def _result(decision: dict, prints: dict, held: dict | None) -> str:
	if held and held.state == decision["state"] and _same(held, prints):
		return KEPT
	return SAVED if decision.get("seen") == fingerprints.token(prints) else CHANGED


def _same(held: dict, prints: dict) -> bool:
	return held.state == WAITING or json.loads(held.fingerprint or "{}") == prints


def _write(held: dict[str, frappe._dict], wanted: dict[str, tuple[str, dict]]) -> None:
	at, user = now(), frappe.session.user
	rows = {}
	for child, (state, prints) in wanted.items():
		is_open = state == WAITING
		rows[held[child].name] = {
			"state": state,
			"decided_by": None if is_open else user,
			"decided_on": None if is_open else at,
			"fingerprint": None if is_open else json.dumps(prints, sort_keys=True),
			"modified": at,
			"modified_by": user,
		}
	if rows:
		update_rows(ROW, rows)


def sign(name: str, seen: str) -> dict:
	"""End the confirmation with the director's signature. A second click finds it signed and changes nothing.

	`seen` is the digest of the decisions that the screen showed. Raises ConfirmationError while a child waits, where they are
	others by now, where a confirmed file changed since, and where the signer confirmed
	a row himself (setting).
	"""
	confirmation = rights.check(name, rights.SIGNING)
	if confirmation.status == SIGNED and confirmation.signed_by == frappe.session.user:
		return screen.told(confirmation)
	_check_open(confirmation)
	_ensure_rows(confirmation)
	rows = decided.rows(confirmation)
	_check_all_decided(rows)
	_check_seen(rows, seen)
	_check_four_eyes(rows)
	_check_unchanged(rows)
	counting.recount(name)
	signed = {
		"status": SIGNED,
		"signed_by": frappe.session.user,
		"signed_on": now(),
		"digest": decided.digest(rows),
	}
	frappe.db.set_value(CONFIRMATION, name, signed)
	return screen.head(name)


def _check_all_decided(rows: list[dict]) -> None:
	waiting = sum(row.state == WAITING for row in rows)
	if waiting:
		frappe.throw(
			_("Children who still wait to be confirmed: {0}.").format(waiting),
			rights.ConfirmationError,
			title=_("Confirmation"),
		)


def _check_seen(rows: list[dict], seen: str) -> None:
	if not hmac.compare_digest(decided.digest(rows).encode(), str(seen or "").encode()):
		frappe.throw(
			_("Decisions of this list changed since you opened it; look at them again and sign then."),
			rights.ConfirmationError,
			title=_("Confirmation"),
		)


def _check_four_eyes(rows: list[dict]) -> None:
	if not frappe.get_cached_doc("Social Care Settings").confirmation_four_eyes:
		return
	if any(row.decided_by == frappe.session.user for row in rows):
		frappe.throw(
			_("You confirmed children of this list yourself; somebody else has to sign it."),
			rights.ConfirmationError,
			title=_("Four Eyes"),
		)


def _check_unchanged(rows: list[dict]) -> None:
	"""What was confirmed has to be what the files hold now."""
	confirmed = [row for row in rows if row.state == CONFIRMED]
	now_is = fingerprints.of_children([row.child for row in confirmed])
	changed = [
		row.child
		for row in confirmed
		if fingerprints.changed(json.loads(row.fingerprint or "{}"), now_is[row.child])
	]
	if changed:
		frappe.throw(
			_("Files that changed since they were confirmed: {0}. Please look at them again.").format(
				"، ".join(changed[:10])
			),
			rights.ConfirmationError,
			title=_("Confirmation"),
		)
