"""Committees of kafala: local decisions, waivers and appeals before the High Committee, the hand-over; each takes effect once."""

import frappe
from frappe.model.workflow import apply_workflow
from frappe.utils import add_days, getdate, nowdate
from social_care.decisions.committees import closing, waiting
from social_care.decisions.committees.prints import committee_minutes
from social_care.decisions.doctype.committee_session.committee_session import SessionError
from social_care.decisions.report.cases_waiting_for_committees import cases_waiting_for_committees as report
from social_care.registry.file_review import FourEyesError
from social_care.tests import factories
from social_care.tests.queries import queries

from social_care_kafala.kafala.committees import appeals, prints
from social_care_kafala.kafala.doctype.kafala_appeal.kafala_appeal import AppealError
from social_care_kafala.kafala.path import states
from social_care_kafala.patches import decide_in_sessions
from social_care_kafala.setup import committees
from social_care_kafala.tests import cases, sessions
from social_care_kafala.tests.cases import DOCTYPE
from social_care_kafala.tests.matching_cases import accepted_match
from social_care_kafala.tests.test_path import REFUSED, PathTestCase

CHAIR, FIRST, SECOND = sessions.NAMES[:3]
SESSION = sessions.SESSION


class CommitteeCase(PathTestCase):
	def local(self, users: dict[str, str] | None = None) -> str:
		self.act_as("Administrator")
		return sessions.committee(sessions.LOCAL, self.here.directorate, users)

	def sitting(self, *files, users: dict[str, str] | None = None, **more):
		"""A sitting session of the local committee, written by its secretary."""
		name = self.local(users)
		self.act_as(self.secretary)
		return sessions.sitting(name, *((DOCTYPE, file.name) for file in files), **more)

	def close(self, doc, user: str | None = None):
		self.act_as(user or self.here.chief)
		return apply_workflow(frappe.get_doc(SESSION, doc.name), "Close the Session")

	def status(self, doc) -> str:
		return frappe.db.get_value(doc.doctype, doc.name, "status")


class TestLocalCommittee(CommitteeCase):
	def test_each_decision_takes_the_path_its_way(self) -> None:
		for decision, state in (
			("Approval", states.SECURITY),
			("Deferral", states.DETAILED),
			("Rejection", states.REJECTED),
		):
			with self.subTest(decision):
				doc = self.before_committee()
				session = self.committee(doc, decision)
				doc = frappe.get_doc(DOCTYPE, doc.name)
				self.assertEqual((doc.status, doc.decided_in), (state, session.name))
				number = f"{session.session_number}/{session.session_year}"
				self.assertEqual((doc.committee_session, doc.committee_date), (number, getdate(nowdate())))
				self.assertFalse(doc.ruling)
				self.assertTrue(session.cases[0].carried_out_on)

	def test_nobody_decides_by_a_button_or_a_save(self) -> None:
		doc = self.before_committee()
		self.act_as(self.secretary)
		forged = {"ruling": "Approval", "committee_session": "9", "committee_date": nowdate()}
		for action in ("Committee Approves", "Committee Defers", "Committee Rejects"):
			self.assertRefused(REFUSED, self.act, doc, action, self.secretary)
		for status in (states.SECURITY, states.REJECTED, states.DETAILED):
			changed = frappe.get_doc(DOCTYPE, doc.name)
			changed.update(forged | {"status": status, "committee_reasons": "س", "return_reason": "س"})
			self.assertRefused(REFUSED, changed.save)
		self.act_as("Administrator")  # whom no workflow holds
		changed = frappe.get_doc(DOCTYPE, doc.name)
		changed.update(forged | {"status": states.SECURITY})
		self.assertRefused(REFUSED, changed.save)

	def test_what_was_decided_is_done_once(self) -> None:
		doc = self.before_committee()
		session = self.close(sessions.ruled(self.sitting(doc), "Approval"))
		self.assertRefused(REFUSED, self.close, session)
		closing.carry_out(session)
		steps = [row.step for row in frappe.get_doc(DOCTYPE, doc.name).step_times]
		self.assertEqual(steps.count(states.SECURITY), 1)

	def test_a_closed_session_is_not_rewritten(self) -> None:
		session = self.close(sessions.ruled(self.sitting(self.before_committee()), "Approval"))
		for user in (self.secretary, self.here.chief):
			self.act_as(user)
			for values in (
				{"discussion": "غيره"},
				{"cases": []},
				{"attendees": []},
				{"status": "In Session"},
			):
				changed = frappe.get_doc(SESSION, session.name)
				changed.update(values)
				with self.subTest(values):
					try:
						changed.save()
					except REFUSED:
						continue
					self.assertEqual(len(frappe.get_doc(SESSION, session.name).attendees), 6)

	def test_one_refused_case_keeps_the_session_open(self) -> None:
		sound = self.before_committee()
		failing = cases.at(
			self.studied(), states.COMMITTEE, reviewed_by=self.here.chief, criminal_record="Judgments"
		)
		session = sessions.ruled(self.sitting(sound, failing), "Approval")
		self.assertRefused(frappe.ValidationError, self.close, session)
		self.assertIn(failing.name, self.messages())
		self.assertEqual((self.status(session), self.status(sound)), ("In Session", states.COMMITTEE))

	def test_a_case_stands_on_one_open_agenda(self) -> None:
		doc, other = self.before_committee(), self.studied()
		session = self.sitting(doc)
		self.assertRefused(SessionError, sessions.called, session.committee, (DOCTYPE, doc.name))
		self.assertRefused(SessionError, sessions.called, session.committee, (DOCTYPE, other.name))

	def test_whoever_wrote_the_minutes_does_not_close_them(self) -> None:
		session = sessions.ruled(self.sitting(self.before_committee()), "Approval")
		self.assertRefused(FourEyesError, self.close, session, self.secretary)
		self.act_as(self.here.chief)
		changed = frappe.get_doc(SESSION, session.name)
		changed.status = "Session Closed"
		changed.cases[0].decision = "Rejection"
		self.assertRefused(SessionError, changed.save)


class TestVotes(CommitteeCase):
	def test_quorum_conflicts_and_votes(self) -> None:
		"""Table: members absent, in conflict, votes (for, against, abstained), whether the session closes."""
		file = self.before_committee()
		for absent, conflicts, votes, closes in (
			((), (), (5, 0, 0), True),
			((), (), (3, 2, 0), True),
			((), (), (2, 2, 1), True),  # equal votes: the chair decides
			((), (CHAIR,), (2, 2, 0), False),  # the chair stays out of it
			((), (), (2, 3, 0), False),
			((), (), (4, 0, 0), False),  # one vote is missing
			((FIRST, SECOND), (), (3, 0, 0), True),
			((FIRST, SECOND), (CHAIR,), (2, 0, 0), False),  # no quorum for this case
			((FIRST,), (SECOND,), (3, 0, 0), True),
			((FIRST,), (SECOND,), (4, 0, 0), False),  # who stays out of it has no vote
		):
			with self.subTest(absent=absent, conflicts=conflicts, votes=votes):
				frappe.db.savepoint("row")
				session = self.sitting(file, absent=absent)
				session.discussion = "عُرضت الحالة."
				for member in conflicts:
					session.append(
						"conflicts", {"case_name": file.name, "member_name": member, "reason": "صلة قرابة"}
					)
				given_for, against, abstained = votes
				session.cases[0].update(
					{"decision": "Approval", "votes_for": given_for}
					| {"votes_against": against, "abstained": abstained}
				)
				session.save()
				if closes:
					closed = self.close(session)
					self.assertEqual(closed.cases[0].by_casting_vote, int(given_for == against))
				else:
					self.assertRefused(SessionError, self.close, session)
				frappe.db.rollback(save_point="row")

	def test_without_a_quorum_it_does_not_open(self) -> None:
		with self.assertRaises(SessionError):
			self.sitting(self.before_committee(), absent=sessions.NAMES[:3])

	def test_without_anybody_who_presides_neither(self) -> None:
		with self.assertRaises(SessionError):
			self.sitting(self.before_committee(), absent=(CHAIR,))


class TestHighCommittee(CommitteeCase):
	def high(self, case: tuple[str, str], decision: str = "Approval", **more):
		who = (self.central_secretary, self.manager)
		found = sessions.decide(sessions.HIGH, "HQ", *who, case, decision, **more)
		self.forget()
		return found

	def foreign(self):
		adults = [cases.adult("Husband"), cases.adult("Wife", nationality="Jordan", national_number="")]
		return self.before_committee(adults=adults)

	def test_a_refused_waiver_waits_no_longer(self) -> None:
		doc = self.foreign()
		self.assertEqual(doc.waits_for_high, 1)
		self.high((DOCTYPE, doc.name), "Rejection", reasons="لا مبرر للإعفاء")
		doc = frappe.get_doc(DOCTYPE, doc.name)
		self.assertEqual((doc.waits_for_high, doc.eligibility, len(doc.waivers)), (0, "Needs a Waiver", 0))
		self.act_as(self.secretary)
		doc.save()
		self.assertEqual(doc.waits_for_high, 0)

	def rejected(self):
		doc = self.before_committee()
		self.committee(doc, "Rejection")
		return frappe.get_doc(DOCTYPE, doc.name)

	def appeal(self, file, **values):
		self.act_as(self.specialist)
		fields = {"doctype": appeals.DOCTYPE, "family_file": file.name, "grounds": "تحسن دخل الأسرة"}
		return frappe.get_doc(fields | values).insert()

	def sent(self, file):
		doc = self.appeal(file)
		self.act_as(self.here.chief)
		doc = frappe.get_doc(appeals.DOCTYPE, doc.name)
		doc.opinion = "يُعاد العرض"
		doc.save()
		return apply_workflow(doc, "Send to the High Committee")

	def test_an_accepted_appeal_reopens_the_file(self) -> None:
		file = self.rejected()
		doc = self.sent(file)
		self.assertEqual(getdate(doc.due_on), getdate(add_days(nowdate(), 30)))
		session = self.high((appeals.DOCTYPE, doc.name))
		doc = frappe.get_doc(appeals.DOCTYPE, doc.name)
		self.assertEqual((doc.status, doc.decided_in), (appeals.ACCEPTED, session.name))
		self.assertEqual(self.status(file), states.COMMITTEE)
		self.committee(file)
		self.assertEqual(self.status(file), states.SECURITY)

	def test_the_administration_is_told_of_a_decided_appeal(self) -> None:
		self.act_as("Administrator")
		manager = factories.staff("Social Administration Manager", self.here.district)
		other = factories.staff("Social Administration Manager", self.there.district)
		for decision, decided in (("Approval", True), ("Rejection", True), ("Deferral", False)):
			doc = self.sent(self.rejected())
			self.high((appeals.DOCTYPE, doc.name), decision)
			notices = {"document_type": appeals.DOCTYPE, "document_name": doc.name}
			found = frappe.get_all("Notification Log", notices, ["for_user", "subject"])
			with self.subTest(decision):
				self.assertEqual(
					len({row.for_user for row in found} & {manager, self.specialist}), 2 if decided else 0
				)
				self.assertNotIn(other, [row.for_user for row in found])
				self.assertTrue(all(doc.name in row.subject for row in found))

	def test_a_rejected_or_deferred_appeal_does_not(self) -> None:
		for decision, status in (("Rejection", appeals.REJECTED), ("Deferral", appeals.WAITING)):
			file = self.rejected()
			doc = self.sent(file)
			self.high((appeals.DOCTYPE, doc.name), decision)
			self.assertEqual((self.status(doc), self.status(file)), (status, states.REJECTED))

	def test_it_is_made_once_and_against_a_rejection(self) -> None:
		file = self.rejected()
		self.appeal(file)
		self.assertRefused(AppealError, self.appeal, file)
		self.assertRefused(AppealError, self.appeal, self.before_committee())

	def test_nobody_accepts_it_by_a_button(self) -> None:
		doc = self.sent(self.rejected())
		self.act_as(self.manager)
		for action in ("Accept the Appeal", "Reject the Appeal"):
			self.assertRefused(REFUSED, apply_workflow, frappe.get_doc(doc.doctype, doc.name), action)
		self.act_as("Administrator")
		changed = frappe.get_doc(doc.doctype, doc.name)
		changed.update({"status": appeals.ACCEPTED, "ruling": "Approval"})
		self.assertRefused(REFUSED, changed.save)

	def test_its_scope_is_that_of_the_file(self) -> None:
		doc = self.appeal(self.rejected())
		for user, sees in (
			(self.here.chief, 1),
			(self.manager, 1),
			(self.there.chief, 0),
			(self.here.director, 0),
		):
			self.act_as(user)
			with self.subTest(user):
				if frappe.has_permission(appeals.DOCTYPE, "read"):
					self.assertEqual(len(frappe.get_list(appeals.DOCTYPE, {"name": doc.name})), sees)
				else:
					self.assertFalse(sees)


class TestHandOver(CommitteeCase):
	def at_hand_over(self):
		security = {"security_sent_on": nowdate(), "security_result": "No Objection"}
		doc = cases.at(self.studied(), states.HAND_OVER, contract_number="91", **security)
		doc.append("step_times", {"step": states.HAND_OVER, "entered_on": frappe.utils.now()})
		doc.step_times[-1].db_insert()
		return doc

	def test_the_contract_is_signed_on_the_day_of_the_session(self) -> None:
		doc = self.at_hand_over()
		child = self.child("Muslim")
		cases.at(doc, states.VIEWING)
		accepted_match(self, doc, child.name, self.specialist, self.here.chief)
		cases.at(doc, states.HAND_OVER)
		session = self.hand_over(doc)
		doc = frappe.get_doc(DOCTYPE, doc.name)
		self.assertEqual((doc.status, doc.hand_over_session), (states.INTEGRATION, session.name))
		self.assertEqual(getdate(doc.handed_over_on), getdate(nowdate()))

	def test_put_off_it_stays_and_referred_it_goes_back(self) -> None:
		for decision, state in (("Deferral", states.HAND_OVER), ("Referral", states.VIEWING)):
			doc = self.at_hand_over()
			self.hand_over(doc, decision)
			self.assertEqual(self.status(doc), state)

	def test_nobody_signs_by_a_button(self) -> None:
		doc = self.at_hand_over()
		self.assertRefused(
			REFUSED, self.act, doc, "Sign the Contract", self.manager, handed_over_on=nowdate()
		)


class TestWaiting(CommitteeCase):
	def test_what_waits_is_listed_without_names(self) -> None:
		doc = self.before_committee()
		name = self.local()
		self.act_as(self.secretary)
		rows = {row["case_name"]: row for row in waiting.for_committee(name)}
		self.assertIn(doc.name, rows)
		for row in doc.adults:
			self.assertNotIn(row.first_name, rows[doc.name]["summary"])
		session = sessions.called(name, (DOCTYPE, doc.name))
		self.assertEqual(session.cases[0].summary, rows[doc.name]["summary"])
		self.assertNotIn(doc.name, [row["case_name"] for row in waiting.for_committee(name)])

	def test_another_directorate_sees_neither_committee_nor_session(self) -> None:
		session = sessions.ruled(self.sitting(self.before_committee()), "Approval")
		self.act_as("Administrator")
		stranger = factories.staff(cases.SECRETARY, self.there.directorate)
		for user in (stranger, self.there.chief):
			self.act_as(user)
			self.assertFalse(frappe.get_list(SESSION, {"name": session.name}))
			self.assertFalse(frappe.get_list("Committee", {"name": session.committee}))
			self.assertFalse(frappe.get_doc(SESSION, session.name).has_permission("read"))
			self.assertRefused(frappe.PermissionError, waiting.for_committee, session.committee)
			self.assertRefused(REFUSED, sessions.called, session.committee)
			self.assertNotIn(session.committee, [row.name for row in report.get_data(frappe._dict())])
		self.act_as(self.country.head)
		row = frappe.get_list(SESSION, {"name": session.name}, ["name", "status"])
		self.assertEqual(row[0].status, "In Session")
		shown = frappe.get_doc(SESSION, session.name)
		shown.apply_fieldlevel_read_permissions()
		self.assertFalse(shown.get("discussion") or shown.cases[0].get("reasons"))

	def test_a_member_reads_what_is_his_and_writes_nothing(self) -> None:
		doc = self.before_committee()
		session = sessions.ruled(self.sitting(doc), "Approval")
		self.act_as("Administrator")
		member = factories.staff("Committee Member", self.here.directorate)
		self.act_as(member)
		shown = frappe.get_doc(SESSION, session.name)
		shown.apply_fieldlevel_read_permissions()
		self.assertEqual(
			(shown.get("discussion"), shown.cases[0].get("reasons")), (session.discussion, "بعد المداولة")
		)
		file = frappe.get_doc(DOCTYPE, doc.name)
		self.assertTrue(file.has_permission("read"))
		file.apply_fieldlevel_read_permissions()
		self.assertTrue(file.get("home_address") and not file.get("bar_state"))
		shown = frappe.get_doc(SESSION, session.name)
		shown.discussion = "غيره"
		self.assertRefused(REFUSED, shown.save)
		self.assertRefused(REFUSED, sessions.called, session.committee)
		self.assertRefused(REFUSED, self.close, session, member)

	def test_a_secretary_puts_no_file_of_others_on_the_agenda(self) -> None:
		self.act_as(self.stranger)
		theirs = cases.file(self.there.district, **cases.STUDY)
		cases.at(theirs, states.COMMITTEE)
		name = self.local()
		self.act_as(self.secretary)
		self.assertRefused(REFUSED, sessions.called, name, (DOCTYPE, theirs.name))

	def test_the_report_counts_at_the_readers_places(self) -> None:
		name = self.local()
		self.act_as(self.secretary)
		before = {row.name: row for row in report.get_data(frappe._dict())}[name]
		doc = self.before_committee()
		self.act_as(self.secretary)
		with queries() as few:
			after = {row.name: row for row in report.get_data(frappe._dict())}[name]
		self.assertEqual(after["waiting"] - before["waiting"], 1)
		self.before_committee()
		sessions_before = after.get("sessions", 0)
		self.close(sessions.ruled(self.sitting(doc), "Approval"))
		self.act_as(self.secretary)
		with queries() as more:
			last = {row.name: row for row in report.get_data(frappe._dict())}[name]
		self.assertEqual((last["waiting"] - before["waiting"], last["sessions"]), (1, sessions_before + 1))
		self.assertLessEqual(abs(len(more) - len(few)), 1)


class TestSetUp(CommitteeCase):
	def test_every_directorate_has_its_committee_once(self) -> None:
		self.act_as("Administrator")
		for _turn in range(2):
			committees.ensure()
		for kind, unit in ((sessions.HIGH, "HQ"), (sessions.LOCAL, self.there.directorate)):
			self.assertEqual(frappe.db.count("Committee", {"committee_kind": kind, "org_unit": unit}), 1)

	def test_what_never_sat_goes_with_the_app(self) -> None:
		session = self.sitting(self.before_committee())
		self.act_as("Administrator")
		committees.ensure()
		others = set(frappe.get_all("Committee", {"committee_kind": sessions.LOCAL}, pluck="name"))
		sat = set(frappe.get_all(SESSION, {"committee_kind": sessions.LOCAL}, pluck="committee"))
		self.assertTrue(others - sat)
		committees.remove()
		left = set(frappe.get_all("Committee", {"committee_kind": sessions.LOCAL}, pluck="name"))
		self.assertEqual(left, sat & others)
		self.assertIn(session.committee, left)

	def test_the_patch_closes_the_buttons_of_an_older_site(self) -> None:
		self.act_as("Administrator")
		workflow = frappe.get_doc("Workflow", DOCTYPE)
		workflow.transitions = [row for row in workflow.transitions if row.action != "Reopen the Inquiry"]
		for row in workflow.transitions:
			row.condition = ""
		workflow.save()
		for _turn in range(2):
			decide_in_sessions.execute()
		found = frappe.get_doc("Workflow", DOCTYPE).transitions
		conditions = {row.action: row.condition for row in found if row.condition}
		self.assertEqual(conditions["Committee Approves"], 'doc.ruling == "Approval"')
		self.assertEqual([row.action for row in found].count("Reopen the Inquiry"), 1)


class TestPrints(CommitteeCase):
	def test_minutes(self) -> None:
		doc = self.before_committee()
		session = self.close(
			sessions.ruled(self.sitting(doc, users={FIRST: self.here.chief}), "Approval", "اكتملت الشروط")
		)
		self.act_as(self.secretary)
		html = frappe.get_print(SESSION, session.name, "Minutes of a Committee")
		for text in (doc.name, "اكتملت الشروط", "تعارض المصالح", FIRST, "النصاب"):
			self.assertIn(text, html)
		for row in doc.adults:
			self.assertNotIn(row.first_name, html)
		self.act_as(self.country.head)
		self.assertRefused(frappe.PermissionError, committee_minutes, session)

	def test_file_for_the_high_committee(self) -> None:
		doc = self.before_committee(best_education="Below Secondary")
		self.act_as(self.manager)
		html = frappe.get_print(DOCTYPE, doc.name, "High Committee File")
		self.assertIn(doc.adults[0].full_name, html)
		self.assertIn("الشروط غير المستوفاة", html)
		self.assertEqual(prints.decisions(doc), [])
		self.act_as(self.country.head)
		self.assertRefused(frappe.PermissionError, prints.high_committee_file, doc)
