"""The path of a file: 17 steps by the hands they belong to, four eyes, clocks, pauses, the ceiling, and who is told of late ones."""

from datetime import timedelta

import frappe
from frappe.model.workflow import apply_workflow, get_workflow
from frappe.utils import add_days, getdate, now_datetime, nowdate
from social_care.registry.file_review import FourEyesError
from social_care.tests import factories

from social_care_kafala.kafala.doctype.kafala_family_file.kafala_family_file import KafalaFileError
from social_care_kafala.kafala.path import clock, late, states
from social_care_kafala.tests import cases, sessions
from social_care_kafala.tests.cases import DOCTYPE
from social_care_kafala.tests.matching_cases import accepted_match
from social_care_kafala.tests.test_family_file import FileTestCase

REFUSED = (frappe.ValidationError, frappe.PermissionError)


class PathTestCase(FileTestCase):
	@classmethod
	def setUpClass(cls) -> None:
		super().setUpClass()
		cls.second = factories.staff(cases.SPECIALIST, cls.here.district)
		cls.secretary = factories.staff(cases.SECRETARY, cls.here.directorate)
		cls.manager = factories.staff("General Manager", "HQ")
		cls.central_secretary = factories.staff(cases.SECRETARY, "HQ")
		cls.other_chief = factories.staff("Directorate Director", cls.here.directorate)

	def act(self, doc, action: str, user: str | None = None, **values):
		"""Take a step as `user`, having written `values`."""
		self.act_as(user or self.specialist)
		doc = frappe.get_doc(DOCTYPE, doc.name)
		if values:
			doc.update(values)
			doc.save()
		return apply_workflow(doc, action)

	def write(self, doc, user: str | None, **values) -> None:
		"""Write on a file without a step."""
		if values:
			self.act_as(user or self.specialist)
			doc = frappe.get_doc(DOCTYPE, doc.name)
			doc.update(values)
			doc.save()

	def committee(self, doc, decision: str = "Approval", closer: str | None = None, **more):
		"""The local committee decides on a file in a session: written by its secretary, closed by the director."""
		case = (DOCTYPE, doc.name)
		unit, closer = self.here.directorate, closer or self.here.chief
		session = sessions.decide(sessions.LOCAL, unit, self.secretary, closer, case, decision, **more)
		self.forget()
		return session

	def hand_over(self, doc, decision: str = "Approval"):
		"""The weekly committee of headquarters signs the contract."""
		case = (DOCTYPE, doc.name)
		return sessions.decide(
			sessions.CENTRAL_HAND_OVER, "HQ", self.central_secretary, self.manager, case, decision
		)

	def child(self, religion: str):
		"""A child of two years and a half, for kafala."""
		self.act_as("Administrator")
		born = add_days(nowdate(), -900)
		child = factories.child(self.here.institution, birth_date=born, religion=religion)
		frappe.db.set_value("Child", child.name, "kafala_candidate", 1)
		return child

	def studied(self, **values):
		"""A file with everything that the study finds, papers included."""
		doc = self.file(**cases.STUDY, training_result="Passed", **values)
		cases.bring_papers(doc)
		return doc.save()

	def before_committee(self, **values):
		"""A file before the committee, its forms reviewed by the directorate."""
		return cases.at(self.studied(**values), states.COMMITTEE, reviewed_by=self.here.chief)


class TestWholePath(PathTestCase):
	def test_from_the_application_to_the_follow_up(self) -> None:
		child = self.child("Muslim")
		doc = self.studied()
		today = nowdate()
		security = {"security_sent_on": today, "security_result": "No Objection"}
		contract = {"contract_number": "91", "handed_over_on": today}
		card = {"card_number": "5", "card_issued_on": today}
		chief = self.here.chief
		for action, user, values in (
			("Enter in the Register", None, {}),
			("Order the Initial Visit", None, {}),
			("Begin the Assessment", None, {}),
			("Send the Forms", None, {}),
			("Accept the Forms", chief, {}),
			("Put before the Committee", None, {}),
			("committee", None, {}),
			("Security Has No Objection", chief, security),
			("Issue the Viewing Letter", chief, {}),
			("Confirm the Child", chief, {}),
			("Confirm the Deposit", None, {"deposit_on": today, "deposit_amount": 3000}),
			("Charter Is Signed", None, {"charter_signed_on": today}),
			("hand_over", self.manager, contract),
			("Integration Is Done", None, {}),
			("Begin the Follow-up", None, card),
		):
			with self.subTest(action):
				if action == "Issue the Viewing Letter":
					accepted_match(self, doc, child.name, self.specialist, chief)
				if action in ("committee", "hand_over"):
					self.write(doc, user, **values)
					getattr(self, action)(doc)
					doc = frappe.get_doc(DOCTYPE, doc.name)
				else:
					doc = self.act(doc, action, user, **values)
		self.assertEqual((doc.status, doc.child), (states.FOLLOW_UP, child.name))
		self.assertEqual([row.step for row in doc.step_times], list(states.STEPS[:-1]))
		self.assertTrue(all(row.left_on for row in doc.step_times[:-1]))
		self.assertTrue(doc.register_serial.startswith("KSR-T-HERE-1-"))
		self.assertEqual((doc.reviewed_by, doc.approved_by), (chief, chief))
		self.assertTrue(doc.decided_in and doc.hand_over_session and doc.committee_session)

	def test_a_step_belongs_to_its_role_at_the_place(self) -> None:
		doc = self.studied()
		for status, action, others in (
			(states.REVIEW, "Accept the Forms", (self.specialist, self.there.chief, self.secretary)),
			(states.COMMITTEE, "Committee Approves", (self.specialist, self.manager, self.stranger)),
			(states.HAND_OVER, "Sign the Contract", (self.specialist, self.here.chief)),
		):
			cases.at(doc, status)
			for user in others:
				with self.subTest(action, user=user):
					self.assertRefused(REFUSED, self.act, doc, action, user)

	def test_what_a_step_has_settled_is_not_rewritten_later(self) -> None:
		"""A specialist who works on the file after the hand-over moves neither its day nor its contract, nor the security answer."""
		inquiry = {"security_sent_on": nowdate(), "security_result": "No Objection"}
		signed = {"contract_number": "91", "handed_over_on": nowdate()}
		for status, fields in (
			(states.DEPOSIT, {"security_result": "There Is an Objection"}),
			(states.CARD, {"security_sent_on": add_days(nowdate(), -9)}),
			(states.INTEGRATION, {"contract_number": "92"}),
			(states.FOLLOW_UP, {"handed_over_on": add_days(nowdate(), -40)}),
		):
			doc = cases.at(self.studied(), status, **inquiry, **signed)
			with self.subTest(status=status, **fields):
				self.assertRefused(KafalaFileError, self.write, doc, None, **fields)
		self.write(doc, None, card_number="5")

	def test_a_state_is_no_field_to_be_written(self) -> None:
		"""A direct save meets the same rules as the button."""
		doc = self.studied()
		self.act_as(self.specialist)
		doc.status = states.FOLLOW_UP
		self.assertRefused(REFUSED, doc.save)
		new = cases.values(self.here.district) | {"status": states.SECURITY}
		self.assertEqual(frappe.get_doc(new).insert().status, states.APPLIED)


class TestConditionsOfSteps(PathTestCase):
	def test_papers_come_before_the_visit(self) -> None:
		doc = self.act(self.file(), "Enter in the Register")
		self.assertRefused(KafalaFileError, self.act, doc, "Order the Initial Visit")

	def test_a_return_has_a_reason(self) -> None:
		doc = cases.at(self.studied(), states.REVIEW)
		self.assertRefused(KafalaFileError, self.act, doc, "Return the Forms", self.here.chief)
		back = self.act(doc, "Return the Forms", self.here.chief, return_reason="استكمال البحث")
		self.assertEqual(back.status, states.DETAILED)

	def test_the_committee_approves_no_family_that_fails_or_of_which_something_is_not_known(self) -> None:
		for values in (
			{"criminal_record": "Judgments"},
			{"psychological_test": ""},
			{"best_education": "Below Secondary"},
		):
			doc = cases.at(self.studied(), states.COMMITTEE, reviewed_by=self.here.chief, **values)
			with self.subTest(values):
				self.assertRefused(KafalaFileError, self.committee, doc)

	def test_a_waiver_by_whoever_may_give_it_lets_the_family_pass(self) -> None:
		doc = self.before_committee(best_education="Below Secondary")
		self.assertEqual(doc.eligibility, "Needs a Waiver")
		waiver = {"rule_number": 7, "reason": "بناء على البحث الاجتماعي"}
		self.act_as(self.secretary)
		doc = frappe.get_doc(DOCTYPE, doc.name)
		doc.append("waivers", waiver)
		doc.save()
		self.assertEqual(
			(doc.eligibility, doc.waivers[0].given_by), ("Meets Them with a Waiver", self.secretary)
		)
		self.committee(doc)
		self.assertEqual(frappe.db.get_value(DOCTYPE, doc.name, "status"), states.SECURITY)

	def test_nobody_waives_what_is_not_his_or_not_to_be_waived(self) -> None:
		adults = [cases.adult("Husband"), cases.adult("Wife", nationality="Jordan", national_number="")]
		doc = self.before_committee(adults=adults)
		for number, user in ((5, self.secretary), (8, self.secretary), (1, self.manager), (5, self.manager)):
			self.act_as(user)
			again = frappe.get_doc(DOCTYPE, doc.name)
			again.append("waivers", {"rule_number": number, "reason": "س"})
			with self.subTest(number):
				self.assertRefused((frappe.PermissionError, KafalaFileError), again.save)
		case = (DOCTYPE, doc.name)
		sessions.decide(sessions.HIGH, "HQ", self.central_secretary, self.manager, case)
		doc = frappe.get_doc(DOCTYPE, doc.name)
		self.assertEqual((doc.eligibility, doc.waits_for_high), ("Meets Them with a Waiver", 0))
		self.assertEqual((doc.waivers[0].rule_number, doc.waivers[0].given_by), (5, self.manager))

	def test_one_family_is_approved_once(self) -> None:
		doc = self.before_committee()
		self.act_as(self.stranger)
		twin = [row.as_dict() for row in doc.adults]
		adults = [{field: row[field] for field in ("part", *cases.IDENTITY)} for row in twin]
		cases.file(self.there.district, adults=adults)
		self.assertRefused(KafalaFileError, self.committee, doc)

	def test_the_deposit_is_what_the_settings_say(self) -> None:
		doc = cases.at(self.studied(), states.DEPOSIT)
		self.assertRefused(
			KafalaFileError, self.act, doc, "Confirm the Deposit", deposit_on=nowdate(), deposit_amount=2999
		)

	def test_a_child_of_another_religion_is_not_confirmed(self) -> None:
		child = self.child("Muslim")
		doc = cases.at(self.studied(), states.VISITS)
		accepted_match(self, doc, child.name, self.specialist, self.here.chief)
		frappe.db.set_value("Child", child.name, "religion", "Christian")
		self.assertRefused(KafalaFileError, self.act, doc, "Confirm the Child", self.here.chief)


class TestFourEyes(PathTestCase):
	def test_who_wrote_the_forms_neither_reviews_nor_approves(self) -> None:
		doc = self.studied()
		self.act_as(self.here.chief)
		doc = frappe.get_doc(DOCTYPE, doc.name)
		cases.at(doc, states.VISITS)
		doc = frappe.get_doc(DOCTYPE, doc.name)
		doc.wished_sex = "Male"
		doc.save()
		cases.at(doc, states.REVIEW)
		self.assertRefused(FourEyesError, self.act, doc, "Accept the Forms", self.here.chief)

	def test_who_reviewed_does_not_vote_on_it(self) -> None:
		doc = self.before_committee()
		session = self.committee(doc, users={sessions.NAMES[1]: self.here.chief})
		self.assertEqual(
			[(row.case_name, row.member_name) for row in session.conflicts], [(doc.name, sessions.NAMES[1])]
		)
		self.assertEqual((session.cases[0].entitled, session.cases[0].votes_for), (4, 4))

	def test_who_wrote_the_forms_does_not_close_the_session_on_them(self) -> None:
		doc = self.before_committee()
		frappe.db.set_value(DOCTYPE, doc.name, "content_editors", self.other_chief, update_modified=False)
		self.assertRefused(FourEyesError, self.committee, doc, closer=self.other_chief)

	def test_an_amount_that_comes_back_from_the_desk_makes_nobody_an_author(self) -> None:
		"""The desk sends 14000 for 14000.0: whoever writes only what a decision needs may decide."""
		doc = cases.at(self.studied(monthly_income=14000), states.HAND_OVER)
		self.act_as(self.manager)
		sent = frappe.as_json(frappe.get_doc(DOCTYPE, doc.name)).replace("14000.0", "14000")
		sent = frappe.get_doc(
			frappe.parse_json(sent) | {"contract_number": "91", "handed_over_on": nowdate()}
		)
		self.assertNotIn(self.manager, sent.save().hands())

	def test_content_is_written_by_the_roles_of_the_state(self) -> None:
		doc = self.before_committee()
		self.act_as(self.specialist)
		changed = frappe.get_doc(DOCTYPE, doc.name)
		changed.criminal_record = "Judgments"
		self.assertRefused(frappe.ValidationError, changed.save)


class TestClocks(PathTestCase):
	def travel(self, doc, days: int):
		"""As if the file had come to its step so many days earlier."""
		earlier = now_datetime() - timedelta(days=days)
		frappe.db.set_value(
			DOCTYPE,
			doc.name,
			{
				"step_since": earlier,
				"step_due_on": add_days(doc.step_due_on, -days) if doc.step_due_on else None,
				"applied_on": add_days(doc.applied_on, -days),
			},
			update_modified=False,
		)
		frappe.db.set_value(
			"Kafala Step", doc.step_times[-1].name, "entered_on", earlier, update_modified=False
		)
		return frappe.get_doc(DOCTYPE, doc.name)

	def test_the_first_eight_steps_add_up_to_the_ceiling(self) -> None:
		rows = frappe.get_doc("Kafala Settings").state_clocks
		self.assertEqual(sum(row.days for row in rows if row.in_ceiling), 135)
		self.assertEqual({row.step for row in rows if row.in_ceiling}, set(states.STEPS[:8]))

	def test_days_stand_at_each_step(self) -> None:
		doc = self.act(self.studied(), "Enter in the Register")
		self.assertEqual(str(doc.step_due_on), add_days(nowdate(), 15))
		doc = self.travel(doc, 20)
		doc = self.act(doc, "Order the Initial Visit")
		row = doc.step_times[1]
		self.assertEqual((row.step, row.days, row.paused_days, row.is_late), (states.PAPERS, 20, 0, 1))
		self.assertEqual(doc.elapsed_days, 20)

	def test_a_pause_puts_off_step_and_ceiling(self) -> None:
		doc = self.act(self.studied(), "Enter in the Register")
		due, ceiling = getdate(doc.step_due_on), getdate(doc.ceiling_due_on)
		doc.pause_reason = "Waiting for the Applicant"
		doc.save()
		self.assertTrue(doc.paused_since)
		frappe.db.set_value(DOCTYPE, doc.name, "paused_since", now_datetime() - timedelta(days=6))
		doc = frappe.get_doc(DOCTYPE, doc.name)
		doc.pause_reason = ""
		doc.save()
		self.assertEqual(getdate(doc.step_due_on) - due, timedelta(days=6))
		self.assertEqual(getdate(doc.ceiling_due_on) - ceiling, timedelta(days=6))
		self.assertEqual((doc.step_paused_days, doc.paused_days, doc.paused_since), (6, 6, None))

	def test_a_pause_ends_with_the_step_and_counts_for_it(self) -> None:
		doc = cases.at(self.before_committee(), states.SECURITY)
		self.act_as(self.here.chief)
		doc.pause_reason = "Waiting for the Security Answer"
		doc.save()
		doc = self.travel(doc, 30)
		frappe.db.set_value(DOCTYPE, doc.name, "paused_since", now_datetime() - timedelta(days=28))
		doc = self.act(
			doc,
			"Security Has No Objection",
			self.here.chief,
			security_sent_on=nowdate(),
			security_result="No Objection",
		)
		row = doc.step_times[-2]
		self.assertEqual((row.days, row.paused_days), (2, 28))
		self.assertFalse(doc.paused_since or doc.pause_reason)

	def test_where_the_ceiling_begins_is_a_setting(self) -> None:
		doc = self.file()
		self.assertEqual(str(doc.ceiling_due_on), add_days(nowdate(), 135))
		self.act_as("Administrator")
		settings = frappe.get_doc("Kafala Settings")
		settings.update({"ceiling_starts": "End of the Assessment", "ceiling_days": 100})
		settings.save()
		self.addCleanup(frappe.clear_document_cache, "Kafala Settings", "Kafala Settings")
		self.act_as(self.specialist)
		doc = frappe.get_doc(DOCTYPE, doc.name)
		doc.save()
		self.assertFalse(doc.ceiling_due_on)
		doc = cases.at(doc, states.DETAILED)
		doc.step_times[-1].step = states.DETAILED
		clock.leave(doc)
		clock.sum_up(doc)
		self.assertEqual(str(doc.ceiling_due_on), add_days(nowdate(), 100))

	def test_the_workflow_is_an_administrators_to_edit(self) -> None:
		workflow = get_workflow(DOCTYPE)
		found = list(dict.fromkeys(row.state for row in workflow.states))
		self.assertEqual(found[:17], list(states.STEPS))
		targets = {row.next_state for row in workflow.transitions}
		by_steps = {*states.STEPS, states.REJECTED, states.WITHDRAWN} - {states.ENDED}
		self.assertEqual(targets | {states.APPLIED}, by_steps)


class TestLateSteps(PathTestCase):
	def notices(self, doc, user: str) -> int:
		return frappe.db.count("Notification Log", {"document_name": doc.name, "for_user": user})

	def tell(self) -> None:
		"""A run without the commits of its chunks, which would keep this test's rows."""
		for row in late.late():
			late.tell(row)
			late.mark([row])

	def test_it_is_told_once_a_step(self) -> None:
		boss = factories.staff("Social Administration Manager", self.here.district)
		doc = self.act(self.file(), "Enter in the Register")
		self.act_as("Administrator")
		cases.at(doc, states.PAPERS, step_due_on=add_days(nowdate(), -1))
		for _run in range(2):
			self.tell()
		self.assertEqual(self.notices(doc, boss), 1)
		self.assertEqual(self.notices(doc, self.manager), 0)
		cases.at(doc, states.VISIT, step_due_on=add_days(nowdate(), -1))
		self.tell()
		self.assertEqual(self.notices(doc, boss), 2)

	def test_past_the_ceiling_headquarters_are_told_too(self) -> None:
		doc = self.file()
		self.act_as("Administrator")
		past = add_days(nowdate(), -1)
		cases.at(doc, states.PAPERS, step_due_on=past, ceiling_due_on=past)
		self.tell()
		self.assertEqual(self.notices(doc, self.manager), 1)
		for step, count in (
			(states.SECURITY, 2),
			(states.VIEWING, 2),
		):  # the last step of the ceiling, the first after it
			cases.at(doc, step, step_due_on=past, ceiling_due_on=past)
			self.tell()
			self.assertEqual(self.notices(doc, self.manager), count)

	def test_a_ceiling_that_passes_is_told_of_though_the_step_was_told_of_before_or_has_no_day(self) -> None:
		"""Once a ceiling; a pause that puts the ceiling off lets it be told of again."""
		self.act_as("Administrator")
		past, ahead = add_days(nowdate(), -1), add_days(nowdate(), 9)
		for due, told in ((past, states.PAPERS), (ahead, None), (None, None)):
			doc = cases.at(
				self.file(), states.PAPERS, step_due_on=due, told_step=told, ceiling_due_on=add_days(past, -3)
			)
			self.act_as("Administrator")
			with self.subTest(due=due, told=told):
				for _run in range(2):
					self.tell()
				self.assertEqual(self.notices(doc, self.manager), 1)
				subjects = frappe.get_all("Notification Log", {"document_name": doc.name}, pluck="subject")
				self.assertIn("الحد الأقصى", subjects[0])
				cases.at(doc, states.PAPERS, ceiling_due_on=past)
				self.tell()
				self.assertEqual(self.notices(doc, self.manager), 2)
				cases.at(doc, states.PAPERS, ceiling_due_on=ahead)

	def test_a_clock_that_stands_is_not_late_nor_a_case_that_is_over(self) -> None:
		doc = self.file()
		past = add_days(nowdate(), -1)
		cases.at(doc, states.PAPERS, step_due_on=past, paused_since=now_datetime())
		self.assertNotIn(doc.name, [row.name for row in late.late()])
		cases.at(doc, states.WITHDRAWN, step_due_on=past, paused_since=None)
		self.assertNotIn(doc.name, [row.name for row in late.late()])
		cases.at(doc, states.PAPERS, step_due_on=nowdate())
		self.assertNotIn(doc.name, [row.name for row in late.late()])

	def test_a_notice_names_nobody(self) -> None:
		doc = self.file()
		self.act_as("Administrator")
		cases.at(
			doc, states.PAPERS, step_due_on=add_days(nowdate(), -1), ceiling_due_on=add_days(nowdate(), -1)
		)
		self.tell()
		texts = frappe.get_all("Notification Log", {"document_name": doc.name}, pluck="subject")
		self.assertTrue(texts)
		for row in doc.adults:
			self.assertFalse(
				[text for text in texts if row.first_name in text or row.national_number in text]
			)
