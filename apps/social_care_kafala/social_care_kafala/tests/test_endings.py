"""Endings of kafalas: studied, decided by other hands, carried out with the child's next stay in one transaction."""

import frappe
from frappe.utils import add_days, add_years, getdate, nowdate
from social_care.registry.file_review import FourEyesError
from social_care.registry.moves import guide
from social_care.tests import factories

from social_care_kafala.kafala.doctype.kafala_family_file.kafala_family_file import KafalaFileError
from social_care_kafala.kafala.doctype.kafala_termination.kafala_termination import KafalaTerminationError
from social_care_kafala.kafala.endings import facts, words
from social_care_kafala.kafala.endings.guard import KafalaNotEndedError
from social_care_kafala.kafala.path import states
from social_care_kafala.patches import end_by_an_ending
from social_care_kafala.tests import cases, sessions
from social_care_kafala.tests.endings import CAME, DOCTYPE, RULING, EndingTestCase, decision

REFUSED = (frappe.ValidationError, frappe.PermissionError)


class TestReturn(EndingTestCase):
	def test_the_child_is_in_the_institution_on_the_day_the_kafala_ends(self) -> None:
		doc = self.decided()
		self.assertEqual(self.history()[-1].setting, "Kafala Family")  # nothing has moved yet
		self.assertEqual(self.file_state(), states.FOLLOW_UP)
		doc = self.returned(doc)
		stay, following = self.history()[-2:]
		self.assertEqual((stay.to_date, stay.is_current), (following.from_date, 0))
		self.assertEqual((following.institution, following.is_current), (self.second, 1))
		self.assertEqual(doc.status, words.CARRIED_OUT)
		self.assertEqual((doc.family_placement, doc.next_placement), (stay.name, following.name))
		self.assertEqual((doc.ended_on, doc.months_in_family), (getdate(nowdate()), 1))
		self.assertEqual((doc.age_at_placement, doc.age_at_end), (27, 29))

	def test_the_file_ends_with_it(self) -> None:
		self.returned(self.decided())
		file = frappe.get_doc(states.DOCTYPE, self.kafala.name)
		self.assertEqual(
			(file.status, str(file.ended_on), file.ending_cause), (states.ENDED, nowdate(), "KE-09")
		)
		self.assertEqual(file.step_times[-1].step, states.ENDED)
		self.assertTrue(file.step_times[-2].left_on)
		self.assertFalse(
			frappe.get_all("Workflow Action", {"reference_name": file.name, "status": "Open"}, pluck="name")
		)

	def test_a_file_has_no_other_way_to_its_end(self) -> None:
		self.act_as(self.here.chief)
		file = frappe.get_doc(states.DOCTYPE, self.kafala.name)
		file.update(
			{"status": states.ENDED, "ended_on": nowdate(), "ending_cause": "KE-01", "end_reason": "سبب"}
		)
		self.assertRefused(REFUSED, file.save)
		self.act_as("Administrator")
		file = frappe.get_doc(states.DOCTYPE, self.kafala.name)
		self.assertRefused(KafalaFileError, file.end)
		file.update({"ended_on": nowdate(), "ending_cause": "KE-01"})
		file.save()
		self.assertFalse(file.ended_on or file.ending_cause)

	def test_a_declined_child_stays_with_the_family_until_another_institution_is_named(self) -> None:
		doc = self.decided()
		first = frappe.db.get_value(DOCTYPE, doc.name, "placement_change")
		self.answered(doc, "Decline Movement", self.second_director, decline_reason="لا مكان")
		self.assertEqual(len([row for row in self.history() if row.is_current]), 1)
		self.assertRefused(KafalaTerminationError, self.act, doc, "Carry Out the Ending", self.here.chief)
		self.act_as(self.here.chief)
		doc = frappe.get_doc(DOCTYPE, doc.name)
		doc.to_institution = self.here.institution
		doc.save()
		again = frappe.db.get_value(DOCTYPE, doc.name, "placement_change")
		self.assertNotEqual(again, first)
		self.assertEqual(
			frappe.db.get_value("Placement Change", again, "to_institution"), self.here.institution
		)

	def test_the_request_says_nothing_of_the_family(self) -> None:
		doc = self.decided(study="أسرة zqfamily", decision_reasons="zqfamily")
		change = frappe.get_doc(
			"Placement Change", frappe.db.get_value(DOCTYPE, doc.name, "placement_change")
		)
		text = frappe.as_json(change.as_dict())
		for mark in ("zqfamily", self.kafala.name, self.kafala.family, doc.name, "KE-09"):
			self.assertNotIn(mark, text)
		self.assertTrue(change.determination or change.care_review)

	def test_nobody_moves_the_child_before_the_ending_is_decided(self) -> None:
		wanted = {
			"child": self.child.name,
			"movement": "Admission",
			"to_institution": self.second,
			"effective_date": nowdate(),
			"reason": "MR-22",
			**RULING,
		}
		self.act_as(self.here.chief)
		self.assertRefused(KafalaNotEndedError, guide.propose, wanted)
		doc = self.act(self.ending(), "Put the Ending to the Directorate")
		self.act_as(self.here.chief)
		self.assertRefused(KafalaNotEndedError, guide.propose, wanted)
		self.act(doc, "Decide on the Ending", self.here.chief, **decision())
		self.assertEqual(len(self.history()), 2)


class TestDecision(EndingTestCase):
	def test_it_is_studied_before_anybody_decides(self) -> None:
		for field in ("study", "psychological_report", "child_view", "best_interests", "ending_cause"):
			doc = self.ending(**{field: ""})
			with self.subTest(field):
				self.assertRefused(REFUSED, self.act, doc, "Put the Ending to the Directorate")
			self.act_as("Administrator")
			frappe.db.set_value(DOCTYPE, doc.name, "status", words.WITHDRAWN)

	def test_who_wrote_it_does_not_decide_and_others_elsewhere_neither(self) -> None:
		doc = self.act(self.ending(), "Put the Ending to the Directorate")
		for user in (self.specialist, self.there.chief, self.manager):
			with self.subTest(user):
				self.assertRefused(REFUSED, self.act, doc, "Decide on the Ending", user)
		written = self.act(doc, "Return the Study", self.here.chief, return_reason="استكمال")
		self.act(written, "Put the Ending to the Directorate", study="دراسة أوفى")
		self.act_as(self.here.chief)
		mine = frappe.get_doc(DOCTYPE, doc.name)
		mine.study = "كتبه المدير"
		mine.save()
		self.assertRefused(
			FourEyesError, self.act, doc, "Decide on the Ending", self.here.chief, **decision()
		)

	def test_it_is_decided_with_number_day_and_a_next_place(self) -> None:
		doc = self.act(self.ending(to_institution=None), "Put the Ending to the Directorate")
		for missing in decision():
			values = {field: value for field, value in decision().items() if field != missing}
			with self.subTest(missing):
				self.assertRefused(
					REFUSED, self.act, doc, "Decide on the Ending", self.here.chief,
					to_institution=self.second, **values,
				)  # fmt: skip
		self.assertRefused(
			KafalaTerminationError, self.act, doc, "Decide on the Ending", self.here.chief, **decision()
		)

	def test_one_ending_of_a_kafala_at_a_time(self) -> None:
		doc = self.ending()
		self.assertRefused(KafalaTerminationError, self.ending)
		self.act(doc, "Withdraw the Ending", withdrawal_reason="عدلت الأسرة")
		self.assertEqual(self.ending().status, words.STUDIED)

	def test_only_of_a_child_who_lives_with_the_family(self) -> None:
		self.act_as(self.specialist)
		file = self.file()
		self.assertRefused(KafalaTerminationError, self.ending, family_file=file.name)
		self.act_as("Administrator")
		other = factories.child(self.here.institution, birth_date=add_days(nowdate(), -900))
		cases.at(file, states.FOLLOW_UP, child=other.name)
		doc = self.ending(family_file=file.name)
		self.assertRefused(KafalaTerminationError, self.act, doc, "Put the Ending to the Directorate")

	def test_what_was_decided_is_not_rewritten_nor_deleted(self) -> None:
		doc = self.decided()
		self.act_as(self.here.chief)
		doc = frappe.get_doc(DOCTYPE, doc.name)
		doc.study = "دراسة أخرى"
		self.assertRefused(REFUSED, doc.save)
		self.act_as("Administrator")
		self.assertRefused(frappe.PermissionError, frappe.delete_doc, DOCTYPE, doc.name)

	def test_it_is_not_withdrawn_under_a_request_that_rests_on_it(self) -> None:
		doc = self.decided()
		reason = {"withdrawal_reason": "عدلت الأسرة"}
		self.assertRefused(
			KafalaTerminationError, self.act, doc, "Withdraw the Ending", self.here.chief, **reason
		)
		self.answered(doc, "Withdraw Movement", self.here.chief, closing_reason="عدلت الأسرة")
		doc = self.act(doc, "Withdraw the Ending", self.here.chief, **reason)
		self.assertEqual((doc.status, self.file_state()), (words.WITHDRAWN, states.FOLLOW_UP))

	def test_a_day_before_the_child_came_is_refused(self) -> None:
		doc = self.act(self.ending(), "Put the Ending to the Directorate")
		values = decision() | {"planned_on": add_days(nowdate(), CAME)}
		self.assertRefused(
			KafalaTerminationError, self.act, doc, "Decide on the Ending", self.here.chief, **values
		)


class TestUnjustifiedReturn(EndingTestCase):
	def bars(self) -> list[dict]:
		return frappe.get_all(
			"Kafala Bar",
			filters={"family_file": self.kafala.name},
			fields=["full_name", "national_number", "status", "amount_due", "is_hardship", "org_unit"],
		)

	def test_the_amount_of_the_settings_and_both_adults_proposed_for_the_list(self) -> None:
		frappe.db.set_single_value("Kafala Settings", "unjustified_return", 25000)
		self.addCleanup(frappe.clear_document_cache, "Kafala Settings", "Kafala Settings")
		frappe.clear_document_cache("Kafala Settings", "Kafala Settings")
		doc = self.decided(is_unjustified="Yes")
		self.assertEqual(doc.amount_due, 25000)
		bars = self.bars()
		self.assertEqual(
			{row.national_number for row in bars}, {row.national_number for row in self.kafala.adults}
		)
		self.assertEqual(
			{(row.status, row.amount_due, row.is_hardship, row.org_unit) for row in bars},
			{("Proposed", 25000.0, 0, self.here.directorate)},
		)

	def test_hardship_exempts_with_its_reason_and_from_the_amount_alone(self) -> None:
		doc = self.act(self.ending(is_unjustified="Yes"), "Put the Ending to the Directorate")
		values = decision() | {"is_hardship": 1}
		self.assertRefused(REFUSED, self.act, doc, "Decide on the Ending", self.here.chief, **values)
		doc = self.act(
			doc, "Decide on the Ending", self.here.chief, **values, hardship_reason="فقد مصدر الدخل"
		)
		self.assertEqual(doc.amount_due, 0)
		self.assertEqual({(row.amount_due, row.is_hardship) for row in self.bars()}, {(0.0, 1)})

	def test_a_return_with_a_strong_cause_and_a_removal_cost_nothing(self) -> None:
		self.assertEqual(self.decided().amount_due, 0)
		self.assertEqual(self.bars(), [])


class TestOtherEndings(EndingTestCase):
	def test_another_family_takes_the_child_on_the_day_of_its_contract(self) -> None:
		doc = self.ending(words.TRANSFER)
		following = self.file(adults=[cases.adult("Husband"), cases.adult("Wife")])
		self.act(doc, "Put the Ending to the Directorate", next_file=following.name)
		self.assertRefused(
			KafalaTerminationError, self.act, doc, "Decide on the Ending", self.here.chief, **decision()
		)
		self.act_as("Administrator")
		cases.at(
			following, states.HAND_OVER, child=self.child.name, contract_number="7", handed_over_on=nowdate()
		)
		self.act(doc, "Decide on the Ending", self.here.chief, **decision())
		self.assertRefused(KafalaTerminationError, self.act, doc, "Carry Out the Ending", self.here.chief)
		case = (states.DOCTYPE, following.name)
		self.act_as("Administrator")
		secretary = factories.staff(cases.SECRETARY, "HQ")
		sessions.decide(sessions.CENTRAL_HAND_OVER, "HQ", secretary, self.manager, case, "Approval")
		self.act_as("Administrator")
		before, after = self.history()[-2:]
		self.assertEqual((before.family, before.to_date), (self.kafala.family, after.from_date))
		self.assertEqual((after.family, after.is_current), (following.family, 1))
		self.assertEqual(frappe.db.get_value(DOCTYPE, doc.name, "status"), words.CARRIED_OUT)
		self.assertEqual(self.file_state(), states.ENDED)

	def test_of_age_the_young_person_goes_on_to_a_life_of_his_own(self) -> None:
		doc = self.act(self.ending(words.OF_AGE, ending_cause=None), "Put the Ending to the Directorate")
		self.assertRefused(
			KafalaTerminationError, self.act, doc, "Decide on the Ending", self.here.chief, **decision()
		)
		self.act_as("Administrator")
		born = add_years(nowdate(), -21)
		frappe.db.set_value("Child", self.child.name, "birth_date", born)
		doc = self.act(doc, "Decide on the Ending", self.here.chief, **decision())
		doc = self.act(doc, "Carry Out the Ending", self.here.chief)
		before, after = self.history()[-2:]
		self.assertEqual((after.setting, before.to_date), ("Independent", after.from_date))
		self.assertEqual((doc.age_at_end, self.file_state()), (252, states.ENDED))

	def test_after_a_death_no_stay_begins(self) -> None:
		doc = self.decided(
			words.DEATH, ending_cause=None, study="", psychological_report="", best_interests=""
		)
		doc = self.act(doc, "Carry Out the Ending", self.here.chief)
		last = self.history()[-1]
		self.assertEqual((last.is_current, last.end_reason), (0, "Death"))
		self.assertEqual(
			(doc.ended_on, doc.next_placement, self.file_state()), (last.to_date, None, states.ENDED)
		)

	def test_home_by_the_prepared_case(self) -> None:
		case = self.prepared_case()
		self.act_as(self.here.chief)
		home = frappe.get_doc("Reintegration Case", case)
		home.update({"status": "Reintegrated", **RULING})
		self.assertRefused(KafalaNotEndedError, home.save)
		doc = self.decided(words.REINTEGRATION, reintegration_case=case, ending_cause="KE-16")
		doc = self.act(doc, "Carry Out the Ending", self.here.chief)
		before, after = self.history()[-2:]
		self.assertEqual((after.setting, before.to_date), ("Family", after.from_date))
		self.assertEqual(frappe.db.get_value("Reintegration Case", case, "status"), "Reintegrated")
		self.assertEqual((doc.status, self.file_state()), (words.CARRIED_OUT, states.ENDED))

	def prepared_case(self) -> str:
		"""The child's way home, as far as it goes before the decision."""
		self.act_as("Administrator")
		family = factories.family(
			registering_unit=self.here.district, registering_institution=self.here.institution
		)
		frappe.db.set_value("Child", self.child.name, "family", family.name)
		case = frappe.get_doc(
			{"doctype": "Reintegration Case", "child": self.child.name, "family": family.name}
		).insert()
		case.db_set("status", "Prepared")
		return case.name

	def test_a_child_moved_otherwise_has_an_ending_that_says_where_to(self) -> None:
		doc = self.decided(words.REMOVAL)
		self.act_as("Administrator")
		moved = factories.transfer(self.child.name, self.here.institution, from_date=add_days(nowdate(), -1))
		doc = self.act(doc, "Carry Out the Ending", self.here.chief)
		self.assertEqual((doc.next_placement, self.file_state()), (moved.name, states.ENDED))


class TestWhoSeesIt(EndingTestCase):
	def test_it_follows_the_file_and_not_the_child(self) -> None:
		doc = self.returned(self.decided())
		for user, sees in (
			(self.specialist, True),
			(self.here.chief, True),
			(self.manager, True),
			(self.country.head, True),
			(self.second_director, False),
			(self.second_entry, False),
			(self.here.director, False),
			(self.here.officer, False),
			(self.stranger, False),
			(self.there.chief, False),
		):
			with self.subTest(user):
				self.act_as(user)
				self.assertEqual(bool(frappe.has_permission(DOCTYPE, "read", doc.name)), sees)

	def test_headquarters_read_that_it_ended_and_not_why(self) -> None:
		doc = self.decided()
		self.act_as(self.country.head)
		doc = frappe.get_doc(DOCTYPE, doc.name)
		doc.apply_fieldlevel_read_permissions()
		self.assertEqual(doc.ending_kind, words.RETURN)
		for field in ("ending_cause", "study", "psychological_report", "child", "family_placement"):
			self.assertFalse(doc.get(field), field)

	def test_months_are_whole(self) -> None:
		for start, end, whole in (
			("2024-01-31", "2024-02-29", 1),
			("2024-01-15", "2024-02-14", 0),
			("2020-02-29", "2021-02-28", 12),
		):
			self.assertEqual(facts.months(start, end), whole)


class TestPatch(EndingTestCase):
	def test_the_old_way_to_the_end_is_taken_out_of_the_workflow_once(self) -> None:
		workflow = frappe.get_doc("Workflow", states.DOCTYPE)
		step = {"state": states.FOLLOW_UP, "next_state": states.ENDED}
		workflow.append(
			"transitions", step | {"action": "Begin the Follow-up", "allowed": "Directorate Director"}
		)
		workflow.flags.ignore_validate = True
		workflow.save()
		for _run in range(2):
			end_by_an_ending.execute()
			rows = frappe.get_doc("Workflow", states.DOCTYPE).transitions
			self.assertFalse([row for row in rows if (row.state, row.next_state) == tuple(step.values())])
		self.assertTrue(rows)
