"""Calls of the verification of identity: questions out, answers in, differences decided."""

import frappe
from frappe import _

from social_care.api.sent import sent_file
from social_care.registry.verification import batches, deciding, exporting, loading


@frappe.whitelist(methods=["POST"])
def questions(batch: str, kind: str) -> None:
	"""The open questions of a batch, as CSV or XLSX."""
	data = exporting.file(batch, kind)
	name = f"{_('identity-questions')}-{batch}.{kind.lower()}"
	frappe.response.update({"type": "binary", "filename": name, "filecontent": data})


@frappe.whitelist(methods=["POST"])
def answers(batch: str) -> dict:
	"""A file of answers, sent as `file`; answers {"name", "status"} of it, which is loaded in the background."""
	file = sent_file()
	doc = loading.receive(batch, file.filename or "", file.stream)
	return {"name": doc.name, "status": doc.status}


@frappe.whitelist(methods=["POST"])
def ask(batch: str) -> None:
	"""Ask the source over the network about everybody who waits."""
	batches.begin_asking(batch)


@frappe.whitelist(methods=["POST"])
def withdraw(batch: str) -> None:
	"""Wait for no more answers."""
	batches.withdraw(batch)


@frappe.whitelist(methods=["POST"])
def propose(difference: str, decision: str, reason: str = "") -> dict:
	"""Propose what becomes of a difference."""
	return {"state": deciding.propose(difference, decision, reason).state}


@frappe.whitelist(methods=["POST"])
def decide(difference: str, approved: int, refusal: str = "") -> dict:
	"""Approve a proposal, or refuse it."""
	return {"state": deciding.decide(difference, bool(int(approved)), refusal).state}
