"""Calls of cash support: lists of beneficiaries, decisions on them, rounds of a programme."""

import frappe
from frappe import _

from social_care.api.sent import sent_file
from social_care.cash_support import burn_down, checking, decisions, receiving, rejects, rounds


@frappe.whitelist(methods=["POST"])
def upload(contents: str, about: str = "") -> dict:
	"""A list, sent as `file`; answers {"name", "status"} of the batch, which is loaded in the background."""
	file = sent_file()
	doc = receiving.receive(contents, about, file.filename or "", file.stream)
	return {"name": doc.name, "status": doc.status}


@frappe.whitelist()
def rejected_rows(batch: str) -> None:
	"""The rows of a list that were not taken, as a workbook."""
	data = rejects.workbook(batch)
	frappe.response.update(
		{"type": "binary", "filename": f"{_('rejected-rows')}-{batch}.xlsx", "filecontent": data}
	)


@frappe.whitelist()
def progress(campaign: str) -> dict:
	"""Rows of a campaign by governorate and state, and what is left day by day, at the reader's places."""
	return burn_down.progress(campaign)


@frappe.whitelist(methods=["POST"])
def check_anew(campaign: str) -> None:
	"""Judge the rows of a campaign by the lists and limits of today."""
	checking.request(campaign)


@frappe.whitelist(methods=["POST"])
def propose(
	campaign: str, org_unit: str, outcome: str, reason: str, result: str = "", finding: str = ""
) -> dict:
	"""Propose an outcome for all rows of a unit with a result or a finding."""
	doc = decisions.propose(campaign, org_unit, outcome, reason, result, finding)
	return {"name": doc.name, "status": doc.status}


@frappe.whitelist(methods=["POST"])
def propose_single(row: str, outcome: str, reason: str) -> dict:
	"""Propose the outcome of one row."""
	doc = decisions.propose_single(row, outcome, reason)
	return {"name": doc.name, "status": doc.status}


@frappe.whitelist(methods=["POST"])
def decide(decision: str, approved: int, refusal: str = "") -> None:
	"""The second signature under a decision."""
	decisions.decide(decision, bool(int(approved)), refusal)


@frappe.whitelist(methods=["POST"])
def begin_round(programme: str, month: str) -> dict:
	"""The next round of a programme."""
	return {"name": rounds.begin(programme, month).name}


@frappe.whitelist(methods=["POST"])
def take_over_round(support_round: str) -> dict:
	"""Take the households of the round before into a draft."""
	return {"households": rounds.take_over(support_round)}


@frappe.whitelist(methods=["POST"])
def submit_round(support_round: str) -> None:
	"""Send a round for approval."""
	rounds.submit(support_round)


@frappe.whitelist(methods=["POST"])
def send_back_round(support_round: str) -> None:
	"""Make a submitted round a draft again."""
	rounds.send_back(support_round)


@frappe.whitelist(methods=["POST"])
def approve_round(support_round: str) -> None:
	"""Freeze a round."""
	rounds.approve(support_round)


@frappe.whitelist(methods=["POST"])
def pay_round(support_round: str, day: str, reference: str) -> None:
	"""Note the payment of an approved round."""
	rounds.pay(support_round, day, reference)
