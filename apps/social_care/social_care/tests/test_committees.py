"""Committees: who sits in one on a day, what a quorum is, numbers of sessions, their path, recommendations that become directives."""

import frappe
from frappe.model.workflow import apply_workflow
from frappe.utils import add_days, add_to_date, getdate, now_datetime, nowdate

from social_care.decisions.committees.composition import seats_on
from social_care.decisions.committees.quorum import Rule, Votes
from social_care.decisions.doctype.committee.committee import CommitteeError
from social_care.decisions.doctype.committee_kind.committee_kind import QuorumError
from social_care.decisions.doctype.committee_session.committee_session import SessionError
from social_care.registry.file_review import FourEyesError
from social_care.tests import CountryTestCase, SocialCareTestCase, factories

KIND, COMMITTEE, SESSION = "Committee Kind", "Committee", "Committee Session"
REFUSED = (frappe.ValidationError, frappe.PermissionError)


class TestQuorum(SocialCareTestCase):
	def test_how_many_have_to_be_there(self) -> None:
		for share, more_than, least, voters, needed in (
			(50, True, 0, 5, 3),
			(50, True, 0, 6, 4),
			(50, False, 0, 6, 3),
			(50, False, 0, 5, 3),
			(50, True, 5, 6, 5),
			(50, True, 0, 1, 1),
			(0, True, 0, 9, 1),
			(100, False, 0, 7, 7),
			(66.6667, False, 0, 18, 13),
			(66.6667, False, 0, 9, 7),
			(60, False, 3, 5, 3),
			(50, True, 3, 0, 3),  # a committee without members never decides
		):
			with self.subTest(share=share, more_than=more_than, least=least, voters=voters):
				self.assertEqual(Rule(share, more_than, least).needed(voters), needed)

	def test_what_votes_decide(self) -> None:
		for given, carried, equal in (
			((3, 2, 0), True, False),
			((2, 2, 1), False, True),
			((1, 0, 4), True, False),
			((0, 0, 5), False, False),
			((2, 3, 0), False, False),
		):
			votes = Votes(*given)
			self.assertEqual((votes.carried(), votes.equal(), votes.counted), (carried, equal, 5))

	def test_a_rule_that_cannot_be_kept_is_not_stored(self) -> None:
		for values in (
			{"quorum_share": 101},
			{"quorum_share": 100, "more_than_share": 1},
		):
			doc = frappe.get_doc(
				{"doctype": KIND, "kind_code": frappe.generate_hash(length=8), "kind_name": "لجنة"} | values
			)
			self.assertRefused(QuorumError, doc.insert)


class CommitteeCase(CountryTestCase):
	def setUp(self) -> None:
		super().setUp()
		self.secretary = factories.staff("Committee Secretary", self.here.directorate)
		self.kind = frappe.get_doc(
			{"doctype": KIND, "kind_code": frappe.generate_hash(length=8), "kind_name": "لجنة تجربة"}
		).insert()

	def committee(self, *more: dict, user: str | None = None):
		self.act_as(user or self.here.chief)
		start = add_days(nowdate(), -30)
		seats = [
			{"member_name": "الرئيسة", "part": "Chair of the Committee", "has_vote": 1},
			{"member_name": "عضو أول", "has_vote": 1, "deputy_name": "نائب عنه"},
			{"member_name": "عضو ثان", "has_vote": 1},
			{"member_name": "أمينة السر", "part": "Secretary of the Committee", "has_vote": 0},
		]
		values = {"doctype": COMMITTEE, "committee_name": "لجنة المديرية", "committee_kind": self.kind.name}
		doc = frappe.get_doc(values | {"org_unit": self.here.directorate})
		for seat in (*seats, *more):
			doc.append("seats", {"valid_from": start} | seat)
		return doc.insert()

	def called(self, committee, **values):
		self.act_as(self.secretary)
		held_on = add_to_date(now_datetime(), hours=-1)
		return frappe.get_doc(
			{"doctype": SESSION, "committee": committee.name, "held_on": held_on} | values
		).insert()

	def sitting(self, committee):
		doc = self.called(committee)
		for row in doc.attendees:
			row.attendance = "Present"
		doc.save()
		return apply_workflow(doc, "Open the Session")


class TestComposition(CommitteeCase):
	def test_seats_count_on_their_days(self) -> None:
		former = {"member_name": "عضو سابق", "has_vote": 1, "valid_to": add_days(nowdate(), -5)}
		coming = {"member_name": "عضو قادم", "has_vote": 1, "valid_from": add_days(nowdate(), 5)}
		doc = self.committee(former, coming)
		names = {row.member_name for row in seats_on(doc.name, nowdate())}
		self.assertEqual(names, {"الرئيسة", "عضو أول", "عضو ثان", "أمينة السر"})
		self.assertIn("عضو سابق", {row.member_name for row in seats_on(doc.name, add_days(nowdate(), -5))})

	def test_two_do_not_sit_on_one_seat(self) -> None:
		for seat in (
			{"member_name": "رئيس ثان", "part": "Chair of the Committee"},
			{"member_name": "عضو أول"},
			{"member_name": "عضو", "valid_to": add_days(nowdate(), -60)},
		):
			self.assertRefused(CommitteeError, self.committee, seat)
		earlier = {"valid_from": add_days(nowdate(), -90), "valid_to": add_days(nowdate(), -31)}
		self.assertTrue(
			self.committee({"member_name": "رئيس سابق", "part": "Chair of the Committee"} | earlier).name
		)

	def test_it_belongs_to_its_unit(self) -> None:
		doc = self.committee()
		for user in (self.there.chief, self.here.director):
			self.act_as(user)
			self.assertFalse(frappe.get_doc(COMMITTEE, doc.name).has_permission("read"))
		self.assertRefused(REFUSED, self.committee, user=self.there.chief)
		self.assertRefused(REFUSED, self.committee, user=self.here.officer)
		self.act_as(self.here.chief)
		self.assertRefused(frappe.PermissionError, frappe.delete_doc, COMMITTEE, doc.name)


class TestSession(CommitteeCase):
	def test_members_are_those_of_the_day(self) -> None:
		doc = self.called(self.committee())
		self.assertEqual([row.attendance for row in doc.attendees], ["Absent"] * 4)
		self.assertEqual((doc.voters, doc.quorum_needed, doc.has_quorum), (3, 3, 0))
		doc.append("attendees", {"member_name": "دخيل", "has_vote": 1, "attendance": "Present"})
		doc.attendees[3].has_vote = 1
		doc.save()
		self.assertEqual((len(doc.attendees), doc.voters, doc.voters_present), (4, 3, 0))

	def test_numbers_go_by_committee_and_year(self) -> None:
		first, second = self.committee(), self.committee()
		year = getdate(nowdate()).year
		numbers = [
			(self.called(first).session_number, self.called(second).session_number) for _turn in range(2)
		]
		self.assertEqual(numbers, [(1, 1), (2, 2)])
		later = self.called(first, held_on=f"{year + 1}-01-05 10:00:00")
		self.assertEqual((later.session_number, later.session_year), (1, year + 1))
		later.held_on = now_datetime()
		self.assertRefused(SessionError, later.save)

	def test_a_quorum_before_it_opens(self) -> None:
		doc = self.called(self.committee())
		for row in doc.attendees[:2]:
			row.attendance = "Present"
		doc.save()
		self.assertRefused(SessionError, apply_workflow, doc, "Open the Session")
		doc = frappe.get_doc(SESSION, doc.name)
		doc.attendees[2].attendance = "Present by Video"
		doc.save()
		self.assertEqual(apply_workflow(doc, "Open the Session").status, "In Session")
		later = self.called(self.committee(), held_on=add_days(now_datetime(), 1))
		self.assertRefused(SessionError, apply_workflow, later, "Open the Session")

	def test_a_deputy_counts(self) -> None:
		doc = self.called(self.committee())
		for row, attendance in zip(
			doc.attendees, ("Present", "Deputy Present", "Present", "Absent"), strict=True
		):
			row.attendance = attendance
		doc.save()
		self.assertEqual((doc.voters_present, doc.has_quorum), (3, 1))

	def test_recommendations_become_directives_once(self) -> None:
		doc = self.sitting(self.committee())
		doc.discussion = "نوقش سير العمل."
		doc.append("agenda", {"item": "سير العمل"})
		row = {"decision_text": "حصر الملفات المتأخرة", "org_unit": self.here.district}
		doc.append("decisions", row | {"due_on": add_days(nowdate(), 14)})
		doc.append("decisions", {"decision_text": "شكر العاملين"})
		doc.save()
		self.assertRefused(FourEyesError, apply_workflow, doc, "Close the Session")
		self.act_as(self.here.chief)
		doc = apply_workflow(frappe.get_doc(SESSION, doc.name), "Close the Session")
		self.assertEqual((doc.status, doc.closed_by), ("Session Closed", self.here.chief))
		found = frappe.get_all(
			"Directive", {"committee_session": doc.name}, ["name", "status", "org_unit", "meeting"]
		)
		self.assertEqual(
			[(one.status, one.org_unit, one.meeting) for one in found], [("Draft", self.here.district, None)]
		)
		self.assertEqual(frappe.get_doc(SESSION, doc.name).decisions[0].directive, found[0].name)

	def test_a_recommendation_goes_down_the_line(self) -> None:
		doc = self.sitting(self.committee())
		doc.append("decisions", {"decision_text": "س", "org_unit": "HQ", "due_on": add_days(nowdate(), 14)})
		self.assertRefused(SessionError, doc.save)

	def test_the_secretary_closes_it_where_the_kind_says_so(self) -> None:
		frappe.db.set_value(KIND, self.kind.name, "closed_by_others", 0)
		frappe.clear_document_cache(KIND, self.kind.name)
		doc = self.sitting(self.committee())
		doc.discussion = "نوقش سير العمل."
		doc.save()
		self.assertEqual(apply_workflow(doc, "Close the Session").status, "Session Closed")

	def test_a_cancelled_session_has_a_reason(self) -> None:
		doc = self.called(self.committee())
		self.assertRefused(SessionError, apply_workflow, doc, "Cancel the Session")
		doc = frappe.get_doc(SESSION, doc.name)
		doc.reason = "لم يكتمل النصاب"
		doc.save()
		self.assertEqual(apply_workflow(doc, "Cancel the Session").status, "Session Cancelled")

	def test_only_cases_of_the_committee(self) -> None:
		child = factories.child(self.here.institution)
		self.act_as("Administrator")
		doc = frappe.get_doc(SESSION, self.called(self.committee()).name)
		self.act_as("Administrator")
		doc.append("cases", {"case_type": "Child", "case_name": child.name})
		self.assertRefused(SessionError, doc.save)

	def test_a_committee_out_of_use_does_not_sit(self) -> None:
		committee = self.committee()
		committee.is_active = 0
		committee.save()
		self.assertRefused(SessionError, self.called, committee)


class TestInvitations(CommitteeCase):
	"""Members learn of a session that lies ahead: called, moved, cancelled; by number and day alone."""

	def setUp(self) -> None:
		super().setUp()
		self.member = factories.staff("Committee Member", self.here.directorate)
		self.deputy = factories.staff("Committee Member", self.here.directorate)
		seat = {"member_name": "عضو بحساب", "has_vote": 1, "user": self.member}
		self.body = self.committee(seat | {"deputy_name": "نائبه", "deputy_user": self.deputy})

	def ahead(self, days: int = 3, **values):
		return self.called(self.body, held_on=add_days(now_datetime(), days), **values)

	def told(self, doc, user: str | None = None) -> list[str]:
		filters = {"document_name": doc.name, "for_user": user or self.member}
		return frappe.get_all("Notification Log", filters, pluck="subject", order_by="creation asc")

	def test_whoever_has_an_account_is_invited_once(self) -> None:
		doc = self.ahead(meeting_place="قاعة المديرية")
		for user in (self.member, self.deputy):
			(sentence,) = self.told(doc, user)
			self.assertIn(doc.session_title, sentence)
			self.assertIn("قاعة المديرية", sentence)
		self.assertFalse(self.told(doc, self.secretary))
		doc.append("agenda", {"item": "سير العمل"})
		doc.save()
		self.assertEqual(len(self.told(doc)), 1)

	def test_a_moved_and_a_cancelled_session(self) -> None:
		doc = self.ahead()
		doc.held_on = add_days(now_datetime(), 5)
		doc.save()
		doc.reason = "تعذر النصاب"
		doc.save()
		apply_workflow(doc, "Cancel the Session")
		found = self.told(doc)
		self.assertEqual(len(found), 3)
		self.assertIn("تغير موعد", found[1])
		self.assertIn("ألغيت", found[2])
		self.assertNotIn("تعذر النصاب", " ".join(found))

	def test_a_new_member_is_invited_and_nobody_else_again(self) -> None:
		doc = self.ahead()
		self.act_as(self.here.chief)
		newcomer = self.here.chief
		body = frappe.get_doc(COMMITTEE, self.body.name)
		body.append(
			"seats",
			{"member_name": "عضو جديد", "part": "Member", "valid_from": nowdate(), "user": newcomer},
		)
		body.save()
		self.act_as(self.secretary)
		doc = frappe.get_doc(SESSION, doc.name)
		doc.save()
		self.assertEqual((len(self.told(doc, newcomer)), len(self.told(doc))), (1, 1))

	def test_minutes_of_a_past_day_invite_nobody(self) -> None:
		doc = self.called(self.body)
		doc.held_on = add_to_date(now_datetime(), hours=-2)
		doc.save()
		self.assertFalse(self.told(doc))
