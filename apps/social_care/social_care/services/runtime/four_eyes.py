"""Who never takes a step, whatever the workflow of a pack offers and whatever role he holds.

Four eyes of a decision are the pack's choice (`four_eyes` of an action). Those of an appeal are nobody's choice: whoever
refused neither decides the appeal nor refuses a second time after the appeal was accepted. To grant then is open to him:
somebody else has decided so.
"""

import frappe
from frappe import _
from frappe.model.document import Document

from social_care.services.packs.flow_checks import APPEALED
from social_care.services.versions import state_named


class FourEyesError(frappe.PermissionError):
	"""The same person on both sides of a decision."""


def check(doc: Document, pack: dict, before: Document, action: dict) -> None:
	"""Refuse a step of staff by whoever stands on its other side. Raises FourEyesError."""
	user, reached = frappe.session.user, state_named(pack, doc.status)
	appeal = decides_appeal(pack, before, reached)
	if (action["four_eyes"] or appeal) and user in {doc.owner, last_mover(before)}:
		_refuse(_("Whoever entered the request or took the step before does not decide it."))
	if appeal and user in refusers(before, pack):
		_refuse(_("Whoever refused the request does not decide the appeal against the refusal."))
	if reached["kind"] == "refused" and user in refusers(before, pack):
		_refuse(
			_("Whoever refused the request does not refuse it again after an appeal; somebody else decides.")
		)


def decides_appeal(pack: dict, before: Document, reached: dict) -> bool:
	"""Whether a step answers an appeal: every way out of it but that of whoever takes it back."""
	return state_named(pack, before.status)["code"] == APPEALED and reached["kind"] != "withdrawn"


def refusers(doc: Document, pack: dict) -> set[str]:
	"""Users who moved the request to a refusal, at any time."""
	return {row.moved_by for row in doc.clock if state_named(pack, row.state)["kind"] == "refused"}


def last_mover(doc: Document) -> str | None:
	return doc.clock[-1].moved_by if doc.clock else None


def _refuse(sentence: str) -> None:
	frappe.throw(sentence, FourEyesError, title=_("Four Eyes"))
