"""Committees with members, and sessions in which they decide on files."""

import frappe
from frappe.model.workflow import apply_workflow
from frappe.utils import add_days, now_datetime, nowdate

from social_care_kafala.kafala.committees.kinds import CENTRAL_HAND_OVER, HIGH, LOCAL

SESSION = "Committee Session"
NAMES = ("رئيسة اللجنة", "عضو الصحة", "عضو التعليم", "عضو الأزهر", "عضو الجمعيات")
__all__ = ["CENTRAL_HAND_OVER", "HIGH", "LOCAL", "committee", "decide", "ruled", "sitting"]


def committee(kind: str, unit: str, users: dict[str, str] | None = None) -> str:
	"""The committee of a kind at a unit, with five voting members (`users`: name of a member → user) and a secretary."""
	found = frappe.db.get_value("Committee", {"committee_kind": kind, "org_unit": unit})
	doc = frappe.get_doc("Committee", found) if found else frappe.new_doc("Committee")
	doc.update({"committee_name": f"لجنة {kind} {unit}", "committee_kind": kind, "org_unit": unit})
	start = add_days(nowdate(), -400)
	doc.set("seats", [])
	for number, name in enumerate(NAMES):
		doc.append(
			"seats",
			{
				"member_name": name,
				"part": "Member" if number else "Chair of the Committee",
				"has_vote": 1,
				"valid_from": start,
				"user": (users or {}).get(name),
			},
		)
	doc.append(
		"seats",
		{
			"member_name": "أمينة السر",
			"part": "Secretary of the Committee",
			"has_vote": 0,
			"valid_from": start,
		},
	)
	doc.save(ignore_permissions=True)
	return doc.name


def called(name: str, *cases: tuple[str, str]):
	"""A session that began an hour ago, with cases on its agenda, called by the session user."""
	doc = frappe.get_doc(
		{"doctype": SESSION, "committee": name, "held_on": frappe.utils.add_to_date(now_datetime(), hours=-1)}
	)
	for case_type, case_name in cases:
		doc.append("cases", {"case_type": case_type, "case_name": case_name})
	return doc.insert()


def sitting(name: str, *cases: tuple[str, str], absent: tuple[str, ...] = ()):
	"""A session that sits, with everybody there but `absent`."""
	doc = called(name, *cases)
	for row in doc.attendees:
		row.attendance = "Absent" if row.member_name in absent else "Present"
	doc.save()
	return apply_workflow(doc, "Open the Session")


def ruled(doc, decision: str, reasons: str = "بعد المداولة"):
	"""The minutes of a sitting session, every case decided by all votes."""
	doc = frappe.get_doc(SESSION, doc.name)
	doc.discussion = "عرضت أمانة السر الحالات."
	for row in doc.cases:
		row.update({"decision": decision, "reasons": reasons, "votes_for": row.entitled})
	return doc.save()


def decide(
	kind: str,
	unit: str,
	secretary: str,
	closer: str,
	case: tuple[str, str],
	decision: str = "Approval",
	**more,
):
	"""A whole session on one case: called and written by the secretary, closed by other hands."""
	user = frappe.session.user
	frappe.set_user("Administrator")
	name = committee(kind, unit, more.get("users"))
	frappe.set_user(secretary)
	doc = ruled(sitting(name, case), decision, more.get("reasons", "بعد المداولة"))
	frappe.set_user(closer)
	doc = apply_workflow(frappe.get_doc(SESSION, doc.name), "Close the Session")
	frappe.set_user(user)
	return doc
