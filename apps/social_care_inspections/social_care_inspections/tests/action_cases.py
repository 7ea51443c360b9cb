"""Corrective action plans for tests, made through the controllers by those whose steps they are."""

import frappe
from frappe.utils import add_days, nowdate
from social_care.tests import factories

from social_care_inspections.tests.cases import VisitTestCase, step

PLAN, ACTION = "Corrective Action Plan", "Corrective Action"


def evidence(action) -> list[dict]:
	"""One private picture, uploaded on the form of the action."""
	place = {"attached_to_doctype": action.doctype, "attached_to_name": action.name}
	file = factories.file(factories.image(), f"{frappe.generate_hash(length=8)}.png", **place)
	return [{"file": file.file_url, "caption": "طفاية جديدة"}]


class ActionTestCase(VisitTestCase):
	"""A visit with two failed indicators was reported; the manager of the district plans what has to be put right."""

	def failed_visit(self):
		return self.reported(scores={"A1_1": 0, "A1_2": 1})

	def plan(self, user: str | None = None, **values):
		self.act_as(user or self.manager)
		base = {"doctype": PLAN, "institution": self.here.institution, "goal": "سلامة المبنى"}
		return frappe.get_doc(base | {"due_on": add_days(nowdate(), 30)} | values).insert()

	def improvement(self, **values):
		return self.plan(plan_kind="Institution Improvement", **values)

	def action(self, plan, **values):
		self.act_as(self.manager)
		base = {"doctype": ACTION, "corrective_action_plan": plan.name, "action": "تركيب طفاية في كل طابق"}
		base |= {"due_on": add_days(nowdate(), 10), "responsible_name": "منى حسن"}
		return frappe.get_doc(base | values).insert()

	def started(self, number: int = 1, **values) -> tuple:
		"""A running plan and its actions."""
		plan = self.improvement(**values)
		actions = [self.action(plan) for _number in range(number)]
		self.act_as(self.manager)
		return step(plan, "In Progress"), actions

	def reported_action(self, action):
		"""Reported done by the institution's director."""
		self.act_as(self.here.director)
		done = {"progress_note": "ركبت أربع طفايات", "evidence": evidence(action)}
		return step(action, "Reported Done", **done)

	def accepted_action(self, action, user: str | None = None):
		self.reported_action(action)
		self.act_as(user or self.manager)
		return step(action, "Accepted")

	def overdue(self, action, days: int = 2) -> None:
		frappe.db.set_value(ACTION, action.name, "due_on", add_days(nowdate(), -days))
