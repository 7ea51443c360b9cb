"""The path of a closing: memo, opinion, order, supervision, the children's plan, transfers, handing over, completion."""

import frappe
from frappe.model.workflow import apply_workflow
from frappe.utils import add_days, add_years, getdate, nowdate
from social_care.registry.file_review import FourEyesError
from social_care.registry.placements import PlacementError
from social_care.tests import factories
from social_care.tests.queries import queries

from social_care_inspections.inspections.closings import facts, plan, states, transfers
from social_care_inspections.inspections.closings.case import ClosingCaseError
from social_care_inspections.inspections.closings.plan_row import ClosingPlacementError
from social_care_inspections.tests.cases import fresh, step
from social_care_inspections.tests.closing_cases import HEARD, MEMO, ClosingTestCase, order


class TestPath(ClosingTestCase):
	def test_all_the_way(self) -> None:
		pair, one = self.siblings(), self.child().name
		doc = self.transferred()
		self.assertEqual(
			(doc.proposal_state, doc.proposal_proof, doc.proposal_unplaced), ("Ready", "Optimal", 0)
		)
		self.assertEqual({self.row(name).to_institution for name in (*pair, one)}, {self.near})
		for name in (*pair, one):
			self.receive(name)
		self.assertEqual(self.row(one).status, states.MOVED)
		visits = frappe.get_all(states.FOLLOW_UP, {"child": one}, ["due_on", "status"], order_by="due_on asc")
		days = [add_days(nowdate(), number) for number in (7, 30, 90)]
		self.assertEqual([str(row.due_on) for row in visits], days)
		doc = self.handing(fresh(doc))
		doc = self.by(self.country.head, doc, states.COMPLETED)
		self.assertEqual((doc.status, doc.completed_by), (states.COMPLETED, self.country.head))
		self.assertEqual(frappe.db.get_value("Institution", self.home, "status"), "Closed")

	def test_other_hands(self) -> None:
		doc = self.memo()
		doc = step(doc, states.WITH_ADVISER)
		self.assertRefused(ClosingCaseError, step, doc, states.OPINION, legal_opinion="س")
		doc = self.by(self.adviser, doc, states.OPINION, legal_opinion="يجوز")
		refusals = (frappe.PermissionError, ClosingCaseError)
		self.assertRefused(refusals, step, doc, states.ORDERED, **order())
		self.act_as(self.here.chief)
		self.assertRefused(refusals, step, doc, states.ORDERED, **order())
		own = self.closing_of_the_head()
		self.act_as(self.country.head)
		self.assertRefused(FourEyesError, step, own, states.ORDERED, **order())

	def closing_of_the_head(self):
		"""Whose memo headquarters' head wrote himself."""
		self.act_as(self.country.head)
		other = frappe.get_doc({"doctype": "Closing Case", "institution": self.near} | MEMO).insert()
		other = self.by(self.country.head, other, states.WITH_ADVISER)
		return self.by(self.adviser, other, states.OPINION, legal_opinion="يجوز")

	def test_sent_back_with_a_reason(self) -> None:
		doc = self.by(self.here.chief, self.memo(), states.WITH_ADVISER)
		self.act_as(self.adviser)
		self.assertRefused(ClosingCaseError, step, doc, states.MEMO)
		doc = step(doc, states.MEMO, return_reason="المذكرة بلا سند")
		self.assertEqual((doc.status, doc.return_reason), (states.MEMO, "المذكرة بلا سند"))
		self.assertEqual(
			self.by(self.here.chief, doc, states.WITH_ADVISER, memo="بسند").status, states.WITH_ADVISER
		)

	def test_one_at_a_time_and_from_the_memo_on(self) -> None:
		self.memo()
		self.assertRefused(ClosingCaseError, self.memo)
		self.act_as(self.here.chief)
		values = {"doctype": "Closing Case", "institution": self.near} | MEMO
		self.assertRefused(ClosingCaseError, frappe.get_doc(values | order()).insert)
		doc = frappe.get_doc(values | {"status": states.COMPLETED}).insert()
		self.assertEqual(doc.status, states.MEMO)

	def test_the_order_shuts_the_door(self) -> None:
		self.ordered()
		self.assertEqual(frappe.db.get_value("Institution", self.home, "status"), "Closing")
		self.act_as("Administrator")
		self.assertRefused(PlacementError, factories.child, self.home)

	def test_steps_are_ticked_off_by_their_owner(self) -> None:
		doc = self.ordered()
		codes = [row.step_code for row in doc.steps]
		self.assertEqual(len(codes), 11)
		self.assertEqual(getdate(doc.steps[0].due_on), getdate(nowdate()))
		self.act_as(self.here.chief)
		doc = fresh(doc)
		doc.steps[0].done = 1
		doc.save()
		self.assertEqual(fresh(doc).steps[0].done_by, self.here.chief)
		foreign = next(row for row in doc.steps if row.owner_role == "Central Administration Head")
		foreign.done = 1
		self.assertRefused(ClosingCaseError, doc.save)
		doc = fresh(doc)
		doc.steps.pop()
		self.assertRefused(ClosingCaseError, doc.save)

	def test_stopping_opens_the_institution_again(self) -> None:
		doc = self.ordered()
		self.act_as(self.country.head)
		self.assertRefused(ClosingCaseError, step, doc, states.CANCELLED)
		step(doc, states.CANCELLED, closing_reason="صُححت المخالفات")
		self.assertEqual(frappe.db.get_value("Institution", self.home, "status"), "Operating")

	def test_who_sees_it(self) -> None:
		child = self.child().name
		doc = self.placing()
		row = self.row(child).name
		for user in (self.director, self.there.chief, self.there.director, self.here.entry):
			self.act_as(user)
			self.assertFalse(frappe.has_permission("Closing Case", "read", doc=doc.name), user)
		for user in (self.there.chief, self.there.director, self.here.director):
			self.act_as(user)
			self.assertFalse(frappe.has_permission(states.PLAN, "read", doc=row), user)
			self.assertRefused(frappe.PermissionError, plan.propose, doc.name)
			self.assertRefused(frappe.PermissionError, plan.approve, doc.name)
		self.act_as(self.adviser)
		self.assertRefused(frappe.PermissionError, plan.propose, doc.name)
		self.act_as(self.director)
		self.assertEqual(frappe.get_list(states.PLAN, {"closing_case": doc.name}, pluck="name"), [row])


class TestPlan(ClosingTestCase):
	def test_the_child_is_heard_first(self) -> None:
		self.child()
		doc = self.proposed(self.placing())
		doc = self.minuted(doc)
		message = str(self.assertRefused(ClosingCaseError, plan.approve, doc.name))
		self.assertIn(frappe._("the child has not been heard, and no reason is written"), message)

	def test_whoever_planned_does_not_approve(self) -> None:
		self.child()
		doc = self.proposed(self.placing())
		self.hear(doc)
		doc = self.minuted(doc, self.here.chief)
		self.assertRefused(FourEyesError, plan.approve, doc.name)

	def test_the_institution_hears_and_does_not_choose(self) -> None:
		child = self.child().name
		self.placing()
		self.act_as(self.director)
		row = self.row(child)
		row.update(HEARD)
		row.save()
		row.update({"next_place": states.OTHER, "to_institution": self.near})
		row.save()
		self.assertFalse(self.row(child).next_place or self.row(child).to_institution)

	def test_what_a_person_chose_is_kept_and_siblings_follow(self) -> None:
		pair = self.siblings()
		far = self.institution(map_latitude=31.2, map_longitude=29.9)
		doc = self.proposed(self.placing())
		self.assertEqual({self.row(name).to_institution for name in pair}, {self.near})
		row = self.row(pair[0])
		row.update({"next_place": states.OTHER, "to_institution": far})
		row.save()
		self.proposed(doc)
		self.assertEqual({self.row(name).to_institution for name in pair}, {far})
		self.assertEqual([self.row(name).chosen_by_person for name in pair], [1, 0])
		self.assertGreater(self.row(pair[0]).distance_km, 150)

	def test_what_cannot_be_placed_says_why(self) -> None:
		trio, one = self.siblings(3), self.child().name
		self.only_near(licensed_capacity=2)
		doc = self.proposed(self.placing())
		self.assertEqual(doc.proposal_unplaced, 3)
		sentence = frappe._("No suitable institution has free places for all siblings together.", lang="ar")
		self.assertEqual({self.row(name).unplaced_reason for name in trio}, {sentence})
		self.assertEqual(self.row(one).to_institution, self.near)

	def only_near(self, **values) -> None:
		"""No other institution of the site takes children; this one as said."""
		frappe.db.sql(
			"update `tabInstitution` set status = 'Suspended' where name not in %s", [[self.home, self.near]]
		)
		frappe.db.set_value("Institution", self.near, values)

	def test_the_plan_is_not_rewritten_after_the_decision(self) -> None:
		child = self.child().name
		self.approved()
		self.act_as(self.here.chief)
		row = self.row(child)
		row.next_place = states.FAMILY
		self.assertRefused(ClosingPlacementError, row.save)

	def test_more_children_than_places(self) -> None:
		names = [self.child().name for _number in range(2)]
		doc = self.placing()
		self.hear(doc)
		frappe.db.set_value("Institution", self.near, "licensed_capacity", 1)
		for name in names:
			self.choose(name, self.near)
		doc = self.minuted(doc)
		self.assertRefused(ClosingCaseError, plan.approve, doc.name)

	def test_transfers_once_each(self) -> None:
		names = [*self.siblings(), self.child().name]
		doc = self.approved()
		self.act_as(self.country.head)
		self.assertEqual(transfers.make(doc.name), {"made": 3, "refused": 0})
		self.assertEqual(transfers.make(doc.name), {"made": 0, "refused": 0})
		for name in names:
			changes = frappe.get_all(
				"Placement Change", {"child": name}, ["to_institution", "decision_number"]
			)
			self.assertEqual(
				[(row.to_institution, row.decision_number) for row in changes], [(self.near, "12/2026")]
			)

	def test_a_refused_transfer_keeps_the_reason_and_is_tried_again(self) -> None:
		child = self.child().name
		doc = self.approved()
		frappe.db.set_value("Institution", self.near, "status", "Suspended")
		self.act_as(self.country.head)
		self.assertEqual(transfers.make(doc.name), {"made": 0, "refused": 1})
		self.assertTrue(self.row(child).fault)
		frappe.db.set_value("Institution", self.near, "status", "Operating")
		self.assertEqual(transfers.make(doc.name), {"made": 1, "refused": 0})
		self.assertFalse(self.row(child).fault)


class TestQueries(ClosingTestCase):
	def asked(self, work) -> int:
		"""Queries of a piece of work, once what is kept for the request is known."""
		work()
		with queries() as sent:
			work()
		return len(sent)

	def test_as_many_for_few_children_as_for_many(self) -> None:
		doc = self.placing()
		names = [self.child_elsewhere() for _number in range(2)]
		few = self.asked(lambda: facts.children(names)), self.asked(lambda: facts.homes(doc.name, self.home))
		names += [self.child_elsewhere() for _number in range(6)]
		for _number in range(4):
			self.institution(map_latitude=self.north, map_longitude=26)
		many = self.asked(lambda: facts.children(names)), self.asked(lambda: facts.homes(doc.name, self.home))
		self.assertEqual(few, many)
		self.assertLess(sum(many), 20)

	def child_elsewhere(self) -> str:
		self.act_as("Administrator")
		return factories.child(self.near).name


class TestCompletion(ClosingTestCase):
	def ready_but_one(self, **values):
		"""Handing over, everything done, one of two children still there."""
		first, last = self.child().name, self.child().name
		doc = self.transferred(**values)
		self.receive(first)
		return self.handing(fresh(doc)), last

	def test_one_child_left(self) -> None:
		doc, last = self.ready_but_one()
		message = self.refused(doc, ClosingCaseError)
		self.assertIn(last, message)
		self.assertRefused(ClosingCaseError, apply_workflow, fresh(doc), "Complete the Closing")
		self.receive(last)
		self.act_as(self.country.head)
		self.assertEqual(apply_workflow(fresh(doc), "Complete the Closing").status, states.COMPLETED)

	def test_by_a_way_that_an_administrator_drew(self) -> None:
		doc, _last = self.ready_but_one()
		self.act_as("Administrator")
		workflow = frappe.get_doc("Workflow", states.CLOSING)
		for state in (states.MEMO, states.PLACING, states.HANDING):
			way = {"state": state, "action": "Stop the Closing", "next_state": states.COMPLETED}
			workflow.append("transitions", way | {"allowed": "Central Administration Head"})
		workflow.save()
		self.addCleanup(frappe.clear_cache, doctype=states.CLOSING)
		self.assertRefused(ClosingCaseError, step, doc, states.COMPLETED)
		frappe.db.set_value(states.CLOSING, doc.name, "status", states.MEMO)
		self.assertRefused(ClosingCaseError, step, doc, states.COMPLETED)

	def test_open_steps_and_papers(self) -> None:
		child = self.child().name
		doc = self.transferred()
		self.receive(child)
		doc = self.by(self.here.chief, fresh(doc), states.HANDING)
		self.refused(doc, ClosingCaseError)
		doc = self.tick(doc)
		self.act_as(self.country.head)
		doc.files_receiver = None
		doc.save()
		self.assertIn(child, self.refused(doc, ClosingCaseError))

	def test_an_absent_child_is_searched_for(self) -> None:
		doc, last = self.ready_but_one()
		self.act_as("Administrator")
		from social_care.registry.placements import leave_care

		frappe.db.set_value(
			"Placement", {"child": last, "is_current": 1}, "from_date", add_days(nowdate(), -9)
		)
		leave_care(last, "Absconding")
		self.assertIn(last, self.refused(doc, ClosingCaseError))
		self.act_as(self.here.chief)
		row = self.row(last)
		row.absence_note = "أُبلغ قسم الشرطة ولجنة الحماية"
		row.save()
		self.assertEqual(self.by(self.country.head, doc, states.COMPLETED).status, states.COMPLETED)

	def test_conversion_only_with_residents_of_age(self) -> None:
		young = self.child(birth_date=add_years(nowdate(), -17)).name
		old = self.child(birth_date=add_years(nowdate(), -19)).name
		doc = self.supervised(expected_result=states.CONVERSION, reason="All Residents of Age")
		doc = self.handing(doc)
		message = self.refused(doc, ClosingCaseError)
		self.assertIn(young, message)
		self.assertNotIn(old, message)
		frappe.db.set_value("Child", young, "birth_date", add_years(nowdate(), -18))
		self.by(self.country.head, doc, states.COMPLETED)
		self.assertEqual(frappe.db.get_value("Institution", self.home, "status"), "Converted to Aftercare")

	def test_a_merger_goes_to_the_successor(self) -> None:
		child = self.child().name
		nearer = self.institution(map_latitude=self.north, map_longitude=26)
		doc = self.transferred(expected_result=states.MERGER, successor=self.near)
		self.assertEqual(self.row(child).to_institution, self.near)
		self.receive(child)
		doc = self.handing(fresh(doc))
		frappe.db.set_value(
			states.PLAN, {"child": child}, "to_institution", nearer
		)  # what was planned does not count
		self.assertEqual(self.by(self.country.head, doc, states.COMPLETED).status, states.COMPLETED)

	def test_a_committee_has_a_name(self) -> None:
		self.child()
		doc = self.supervised(expected_result=states.COMMITTEE)
		self.assertEqual(frappe.db.get_value("Institution", self.home, "status"), "Under Temporary Committee")
		doc = self.handing(doc)
		self.refused(doc, ClosingCaseError)
		doc = self.by(self.country.head, doc, states.COMPLETED, committee="لجنة بقرار 9/2026")
		self.assertEqual(frappe.db.get_value("Institution", self.home, "status"), "Under Temporary Committee")
