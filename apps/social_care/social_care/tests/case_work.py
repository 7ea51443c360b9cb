"""Rows of case work for tests, made through the controllers."""

import frappe
from frappe.utils import add_days, add_to_date, now_datetime, nowdate


def review(child: str, **values):
	"""A planned review that holds enough to be completed."""
	return frappe.get_doc(
		{
			"doctype": "Care Review",
			"child": child,
			"review_kind": "RK-01",
			"planned_on": nowdate(),
			"held_on": nowdate(),
			"child_took_part": 1,
			"child_view": "يريد أن يزور أسرته أكثر",
			"participants": [{"capacity": "Child"}, {"capacity": "Social Worker", "participant_name": "منى"}],
			"placement_necessary": "Yes",
			"placement_suitable": "Yes",
			"decisions": [{"decision": "ترتيب زيارة للأسرة", "responsible": "الأخصائي الاجتماعي"}],
			**values,
		}
	)


def completed_review(child: str, **values):
	"""A review that was held."""
	return review(child, status="Completed", **values).insert()


def plan(child: str, goals: int = 2, **values):
	"""A draft of a plan."""
	rows = [
		{
			"domain": "DN-02",
			"goal": f"تحسين القراءة {number}",
			"action": "دروس تقوية أسبوعية",
			"responsible": "مدرس الفصل",
			"until": add_days(nowdate(), 60),
		}
		for number in range(1, goals + 1)
	]
	return frappe.get_doc(
		{
			"doctype": "Care Plan",
			"child": child,
			"permanency_goal": "Return to the Family",
			"child_took_part": 1,
			"child_wishes": "يحب مدرسته",
			"goals": rows,
			**values,
		}
	)


def active_plan(child: str, writer: str, approver: str, **values):
	"""A plan that went its whole path; acts as both people and ends as Administrator."""
	frappe.set_user(writer)
	doc = plan(child, **values).insert()
	step(doc, "Waiting for Approval")
	frappe.set_user(approver)
	doc = frappe.get_doc("Care Plan", doc.name)
	step(doc, "Active")
	frappe.set_user("Administrator")
	return frappe.get_doc("Care Plan", doc.name)


def step(doc, state: str, **values) -> None:
	"""Take a step of a path by a direct save."""
	doc.update({"status": state, **values})
	doc.save()


def assessment(child: str, kind: str = "Entry", **values):
	return frappe.get_doc(
		{
			"doctype": "Child Assessment",
			"child": child,
			"assessment_kind": kind,
			"assessed_on": nowdate(),
			"scores": [{"item": "AE-01", "score": 4}, {"item": "AE-02", "score": 1}]
			if kind == "Entry"
			else [],
			"needs": "متابعة دراسية",
			"recommendation": "البقاء في المؤسسة مؤقتًا مع تقوية الصلة بالأسرة",
			**values,
		}
	)


def event(child: str, **values):
	"""An accident that was discovered a moment ago."""
	return frappe.get_doc(
		{
			"doctype": "Significant Event",
			"child": child,
			"event_kind": "EV-03",
			"occurred_on": add_to_date(now_datetime(), hours=-2),
			"discovered_on": add_to_date(now_datetime(), hours=-1),
			"description": "سقوط من السلم",
			**values,
		}
	)


def contact(child: str, **values):
	return frappe.get_doc(
		{
			"doctype": "Family Contact",
			"child": child,
			"contact_date": nowdate(),
			"relation": "Mother",
			**values,
		}
	)


def saved(child: str, amount: float, kind: str = "Deposit", **values):
	return frappe.get_doc(
		{
			"doctype": "Child Savings Entry",
			"child": child,
			"entry_kind": kind,
			"amount": amount,
			"purpose": "مصروف شخصي",
			**values,
		}
	)
