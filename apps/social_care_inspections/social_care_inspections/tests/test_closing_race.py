"""A person chooses a child's next place, and the committee decides, while the search of the same plan runs."""

import threading

import frappe

from social_care_inspections.inspections.closings import plan, states
from social_care_inspections.tests.cases import fresh
from social_care_inspections.tests.closing_cases import ClosingTestCase


class TestWhileTheSearchRuns(ClosingTestCase):
	keeps_rows = True

	def test_what_a_person_chose_stays(self) -> None:
		first, second = self.child().name, self.child().name
		far = self.institution(map_latitude=31.2, map_longitude=29.9)
		doc = self.placing()
		self.act_as(self.here.chief)
		plan.propose(doc.name)
		frappe.db.commit()
		proposal = plan.found(doc.name)
		self.assertEqual({first, second}, set(proposal[0].homes))
		chosen = threading.Thread(target=self.choose, args=(frappe.local.site, self.row(first).name, far))
		chosen.start()
		chosen.join(60)
		plan.write(doc.name, *proposal)
		frappe.db.commit()
		self.assertEqual([self.row(first).to_institution, self.row(first).chosen_by_person], [far, 1])
		self.assertEqual(self.row(second).to_institution, self.near)
		self.assertEqual(fresh(doc).proposal_state, plan.READY)

	def choose(self, site: str, row: str, target: str) -> None:
		frappe.init(site=site)
		frappe.connect()
		try:
			frappe.set_user(self.here.chief)
			doc = frappe.get_doc(states.PLAN, row)
			doc.update({"next_place": states.OTHER, "to_institution": target})
			doc.save()
			frappe.db.commit()
		finally:
			frappe.destroy()
