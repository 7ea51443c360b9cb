"""Closings for tests, taken through their path by those whose steps they are."""

import frappe
from frappe.utils import nowdate
from social_care.tests import CountryTestCase, factories

from social_care_inspections.inspections.closings import effect, plan, states, transfers
from social_care_inspections.tests.cases import fresh, step

MEMO = {"memo": "مخالفات متكررة لم تُصحح", "reason": "Grave Violations", "expected_result": "Final Closing"}
HEARD = {"child_view": "يريد البقاء مع أخيه", "best_interests": "وُزنت البدائل وهذا أصلحها"}


def order() -> dict:
	return {"decision_number": "77/2026", "decision_date": nowdate(), "decision_authority": "وزيرة التضامن"}


def supervision() -> dict:
	return {"supervisor_name": "هدى محمود", "supervision_from": nowdate()}


def committee() -> dict:
	return {
		"committee": "لجنة إعادة الإيداع",
		"plan_decision_number": "12/2026",
		"plan_decision_date": nowdate(),
	}


class ClosingTestCase(CountryTestCase):
	"""An institution that is to be closed, its director, an adviser, and another home with places near by."""

	def setUp(self) -> None:
		super().setUp()
		self.addCleanup(frappe.clear_document_cache, states.SETTINGS, states.SETTINGS)
		# in a desert of its own: institutions of other tests lie farther away than the one that is near
		self.north = 22 + int(frappe.generate_hash(length=4), 36) / 36**4
		self.home = self.institution(map_latitude=self.north, map_longitude=26)
		self.near = self.institution(map_latitude=self.north + 0.01, map_longitude=26)
		self.adviser = factories.staff("Legal Adviser", "HQ")
		self.director = factories.staff("Institution Director", institution=self.home)

	def institution(self, **values) -> str:
		values = {"licensed_capacity": 6, "sex": "Any", "age_from": 0, "age_to": 18} | values
		return factories.institution(self.here.district, **values).name

	def child(self, **values):
		user = frappe.session.user
		self.act_as("Administrator")
		doc = factories.child(self.home, **values)
		self.act_as(user)
		return doc

	def siblings(self, number: int = 2) -> list[str]:
		self.act_as("Administrator")
		family = factories.family().name
		return [self.child(family=family).name for _number in range(number)]

	def memo(self, **values):
		"""Written by the directorate's director."""
		self.act_as(self.here.chief)
		base = {"doctype": "Closing Case", "institution": self.home}
		return frappe.get_doc(base | MEMO | values).insert()

	def by(self, user: str, doc, status: str, **values):
		"""A step by somebody; returns the stored row."""
		self.act_as(user)
		return step(doc, status, **values)

	def ordered(self, **values):
		doc = self.by(self.here.chief, self.memo(**values), states.WITH_ADVISER)
		doc = self.by(self.adviser, doc, states.OPINION, legal_opinion="يجوز قانونا")
		return self.by(self.country.head, doc, states.ORDERED, **order())

	def supervised(self, **values):
		return self.by(self.here.chief, self.ordered(**values), states.SUPERVISED, **supervision())

	def placing(self, **values):
		return self.by(self.here.chief, self.supervised(**values), states.PLACING)

	def row(self, child: str):
		return frappe.get_doc(states.PLAN, {"child": child})

	def hear(self, doc) -> None:
		"""The institution's director writes what each child says."""
		self.act_as(self.director)
		for name in frappe.get_list(
			states.PLAN, {"closing_case": doc.name}, pluck="name", limit_page_length=0
		):
			row = frappe.get_doc(states.PLAN, name)
			row.update(HEARD)
			row.save()

	def proposed(self, doc):
		"""The search, as its job would run it."""
		self.act_as(self.here.chief)
		plan.propose(doc.name)
		plan.search(doc.name)
		return fresh(doc)

	def choose(self, child: str, home: str) -> None:
		"""The directorate's director chooses the institution to which a child goes."""
		self.act_as(self.here.chief)
		row = self.row(child)
		row.update({"next_place": states.OTHER, "to_institution": home})
		row.save()

	def minuted(self, doc, user: str = ""):
		"""What the committee decided is written down, by headquarters' head unless another is named; nothing is approved."""
		self.act_as(user or self.country.head)
		doc = fresh(doc)
		doc.update(committee())
		doc.save()
		return self.advised(doc, user)

	def advised(self, doc, user: str = ""):
		"""The legal adviser's opinion on what was decided; then the session is again whose it was."""
		self.act_as(self.adviser)
		doc = fresh(doc)
		doc.plan_legal_opinion = "القرار سليم"
		doc.save()
		self.act_as(user or self.country.head)
		return fresh(doc)

	def approved(self, **values):
		"""Heard, proposed and approved by headquarters; the transfers are not made yet."""
		doc = self.proposed(self.placing(**values))
		self.hear(doc)
		doc = self.minuted(doc)
		plan.approve(doc.name)
		return fresh(doc)

	def transferred(self, **values):
		doc = self.approved(**values)
		self.act_as(self.country.head)
		transfers.make(doc.name)
		return fresh(doc)

	def receive(self, child: str) -> None:
		"""The receiving institution accepts and takes the child over."""
		change = self.row(child).placement_change
		target = frappe.db.get_value("Placement Change", change, ["to_institution", "status"], as_dict=True)
		self.act_as("Administrator")
		director = factories.staff("Institution Director", institution=target.to_institution)
		chief = self.here.chief if target.status == "Awaiting Approval" else None
		if chief:
			self.by(chief, frappe.get_doc("Placement Change", change), "Awaiting Acceptance")
		doc = self.by(director, frappe.get_doc("Placement Change", change), "Scheduled")
		self.by(director, doc, "Carried Out")

	def tick(self, doc):
		"""Every step of the list done, by headquarters' head."""
		self.act_as(self.country.head)
		doc = fresh(doc)
		for row in doc.steps:
			row.done = 1
		doc.update(
			{
				"files_receiver": "مديرية التضامن",
				"savings_receiver": "مديرية التضامن",
				"no_assets_reason": "المبنى مؤجر والأثاث للجمعية",
			}
		)
		doc.save()
		return fresh(doc)

	def handing(self, doc):
		doc = self.by(self.here.chief, doc, states.HANDING)
		return self.tick(doc)

	def state(self, doc) -> str:
		return frappe.db.get_value(doc.doctype, doc.name, "status")

	def refused(self, doc, error=frappe.ValidationError):
		self.act_as(self.country.head)
		return str(self.assertRefused(error, step, doc, states.COMPLETED))

	def daily(self) -> None:
		effect.run()
