"""What a save may change of a request beside its state, and the days of an appeal."""

import copy

import frappe
from frappe.client import set_value
from frappe.desk.form.save import savedocs
from frappe.model.workflow import apply_workflow
from frappe.utils import add_days, nowdate

from social_care.services import versions
from social_care.services.citizens import following, requests, visits
from social_care.services.runtime import documents, due_days, steps
from social_care.services.runtime.documents import DocumentError
from social_care.services.runtime.four_eyes import FourEyesError
from social_care.services.runtime.rules import WaiverError
from social_care.services.runtime.steps import StepError
from social_care.services.tests.cases import StepsTestCase
from social_care.tests import factories

ANSWERS = (("Under Study", "Accept the Appeal"), ("Appeal Refused", "Refuse the Appeal"))
SENTENCE = "Whoever refused the request does not decide the appeal against the refusal."
OWN_WAIVER = "Whoever entered the request waives none of its papers and conditions."
CONDITION = "relative_or_directorate"


class TestEdits(StepsTestCase):
	def test_the_reason_of_a_step_is_written_by_whoever_may_take_it(self) -> None:
		"""The desk saves the reason before the step; who appeals does not edit the refused request otherwise."""
		self.to_decision()
		self.act_as(self.here.chief)
		self.move(self.doc, "Refused", reason="رأي الابن")
		self.act_as(self.worker)
		self.doc.reload()
		self.doc.reason, self.doc.stay_address = "تغير رأي الابن", "غيره"
		self.assertRefused(frappe.PermissionError, self.doc.save)
		self.doc.reload()
		self.doc.reason = "تغير رأي الابن"
		self.doc.save()
		self.doc.status = "Appeal under Review"
		self.doc.save()
		self.assertEqual(self.doc.clock[-1].reason, "تغير رأي الابن")

	def test_a_step_changes_nothing_that_its_taker_does_not_edit(self) -> None:
		self.to_decision()
		self.act_as(self.here.chief)
		self.move(self.doc, "Refused", reason="رأي الابن")
		self.act_as(self.worker)
		for values in ({"applicant_phone": "0122 765 4321"}, {"visit_from": add_days(nowdate(), 9)}):
			more = values | {"reason": "تغير رأي الابن"}
			self.assertRefused(frappe.PermissionError, self.move, self.doc, "Appeal under Review", **more)
		self.move(self.doc, "Appeal under Review", reason="تغير رأي الابن")

	def test_another_file_of_a_verified_paper_is_looked_at_anew(self) -> None:
		self.study()
		self.assertEqual(self.first_paper(), ("Verified", self.worker))
		self.doc.documents[0].file = self.file_of_request()
		self.doc.save()
		self.assertEqual(self.first_paper(), ("Handed In", None))
		self.doc.documents[0].state = "Verified"
		self.doc.save()
		self.assertEqual(self.first_paper(), ("Verified", self.worker))

	def test_a_paper_has_several_files_and_is_verified_as_one(self) -> None:
		self.study()
		front, back, third = (self.file_of_request() for _side in range(3))
		self.doc.documents[0].update({"file": front, "second_file": back})
		self.doc.save()
		self.assertEqual(self.first_paper(), ("Handed In", None))
		self.doc.documents[0].state = "Verified"
		self.doc.save()
		self.doc.documents[0].third_file = third
		self.assertRefused(DocumentError, self.doc.save)
		self.settings(files_per_paper=3)
		self.doc.reload()
		self.doc.documents[0].third_file = third
		self.doc.save()
		self.assertEqual(self.first_paper(), ("Handed In", None))

	def test_files_of_a_paper_stand_without_a_gap(self) -> None:
		self.study()
		front, back = self.file_of_request(), self.file_of_request()
		self.doc.documents[0].update({"file": front, "second_file": back})
		self.doc.save()
		self.doc.documents[0].file = None
		self.doc.save()
		self.assertEqual(documents.files_of(self.doc.documents[0]), [back])
		self.assertIsNone(self.doc.documents[0].second_file)

	def test_more_files_than_a_lower_setting_stay(self) -> None:
		self.study()
		self.doc.documents[0].update({"file": self.file_of_request(), "second_file": self.file_of_request()})
		self.doc.save()
		self.settings(files_per_paper=1)
		self.doc.reload()
		self.doc.documents[0].state = "Verified"
		self.doc.save()
		self.assertEqual(len(documents.files_of(self.doc.documents[0])), 2)

	def test_a_further_file_is_not_written_by_whoever_does_not_edit(self) -> None:
		self.to_decision()
		self.act_as(self.here.chief)
		self.move(self.doc, "Refused", reason="رأي الابن")
		self.act_as(self.worker)
		self.doc.reload()
		self.doc.documents[0].second_file = self.file_of_request()
		self.assertRefused(frappe.PermissionError, self.doc.save)

	def first_paper(self) -> tuple[str, str | None]:
		row = self.doc.documents[0]
		return row.state, row.checked_by

	def file_of_request(self) -> str:
		file = frappe.new_doc("File")
		file.update({"file_name": "paper.txt", "content": frappe.generate_hash(), "is_private": 1})
		file.update({"attached_to_doctype": self.doc.doctype, "attached_to_name": self.doc.name})
		return file.insert(
			ignore_permissions=True
		).file_url  # the paper is what is tested, not the right to bring it


class TestPersons(StepsTestCase):
	def test_the_public_page_makes_nobody_and_staffs_first_save_does(self) -> None:
		"""A stranger's number under another name would otherwise keep the stranger out for ever."""
		number = factories.national_number("1980-05-17", "Female")
		doc = self.visit(applicant_national_number=number, applicant_name="اسم مستعار لغيره")
		doc.flags.by_citizen = True
		doc.insert(ignore_permissions=True)
		self.assertIsNone(doc.person)
		self.assertFalse(frappe.db.exists("Person", {"national_number": number}))
		own = self.visit(applicant_national_number=number).insert()
		self.assertEqual(frappe.db.get_value("Person", own.person, "national_number"), number)
		self.move(frappe.get_doc(doc.doctype, doc.name), "Under Study")
		self.assertIsNone(frappe.db.get_value(doc.doctype, doc.name, "person"))

	def test_the_person_is_found_when_staff_take_the_first_step(self) -> None:
		number = factories.national_number("1981-05-17", "Female")
		doc = self.visit(applicant_national_number=number)
		doc.flags.by_citizen = True
		name = doc.insert(ignore_permissions=True).name
		doc = self.move(frappe.get_doc(doc.doctype, name), "Under Study")
		self.assertEqual(frappe.db.get_value("Person", doc.person, "national_number"), number)

	def test_a_corrected_number_is_another_person(self) -> None:
		first, second = (factories.national_number(day, "Female") for day in ("1970-01-02", "1971-03-04"))
		self.doc.applicant_national_number = first
		self.doc.save()
		wrong = self.doc.person
		self.doc.applicant_national_number = second
		self.doc.save()
		self.assertNotEqual(self.doc.person, wrong)
		self.assertEqual(frappe.db.get_value("Person", self.doc.person, "national_number"), second)


class TestAppeals(StepsTestCase):
	def second_chief(self) -> str:
		self.act_as("Administrator")
		return factories.staff("Directorate Director", org_unit=self.here.directorate)

	def refuse_and_wait(self, days: int) -> None:
		"""Refused in time, `days` ago; the request was sent 40 days ago."""
		self.to_decision()
		self.act_as(self.here.chief)
		self.move(self.doc, "Refused", reason="رأي الابن")
		for row, ago in zip(self.doc.clock, (40, 39, 38, days), strict=True):
			frappe.db.set_value("Service Clock Entry", row.name, "entered_on", add_days(nowdate(), -ago))
		frappe.db.set_value(
			self.doc.doctype, self.doc.name, "submitted_on", add_days(nowdate(), -40), update_modified=False
		)
		self.act_as(self.worker)

	def test_days_between_refusal_and_appeal_are_not_the_offices(self) -> None:
		self.refuse_and_wait(37)
		self.move(self.doc, "Appeal under Review", reason="تغير رأي الابن")
		self.assertFalse(self.doc.overdue)
		self.assertEqual(self.doc.due_on, self.doc.state_due_on)
		self.assertGreater(str(self.doc.due_on), nowdate())

	def test_an_appeal_has_its_own_days(self) -> None:
		for ago, late in ((3, 0), (80, 1)):
			with self.subTest(ago=ago):
				self.setUp()
				self.refuse_and_wait(37)
				self.move(self.doc, "Appeal under Review", reason="تغير رأي الابن")
				entered, due = add_days(nowdate(), -ago), add_days(nowdate(), 20 - ago)
				values = {"entered_on": entered, "due_on": due}
				frappe.db.set_value("Service Clock Entry", self.doc.clock[-1].name, values)
				self.act_as(self.second_chief())
				self.move(self.doc, "Appeal Refused", reason="لا جديد")
				self.assertEqual(self.doc.overdue, late)

	def test_the_applicant_appeals_on_his_page_within_the_days(self) -> None:
		self.to_decision()
		self.act_as(self.here.chief)
		self.move(self.doc, "Refused", reason="رأي الابن")
		self.act_as("Guest")
		visit = visits.new_pass(self.doc.receipt)
		self.addCleanup(setattr, frappe.local, "lang", frappe.local.lang)
		for ago, offered in ((16, []), (15, ["appeal"])):
			decided = add_days(nowdate(), -ago)
			frappe.db.set_value(self.doc.doctype, self.doc.name, "decided_on", decided, update_modified=False)
			(told,) = following.look(visit)["requests"]
			self.assertEqual([step["code"] for step in told["steps"]], offered)
			if not offered:
				sent = (visit, self.doc.name, "appeal", "تغير رأيه", told["seen"])
				self.assertRefused(requests.RequestError, following.step, *sent)
		(told,) = following.step(visit, self.doc.name, "appeal", "تغير رأيه", told["seen"])["requests"]
		self.assertEqual((told["kind"], told["steps"]), ("open", []))
		self.doc.reload()
		self.assertEqual((self.doc.status, self.doc.clock[-1].moved_by), ("Appeal under Review", "Guest"))

	def test_an_appeal_is_entered_within_its_days_only(self) -> None:
		self.to_decision()
		self.act_as(self.here.chief)
		self.move(self.doc, "Refused", reason="رأي الابن")
		self.act_as(self.worker)
		for ago in (16, 15):
			frappe.db.set_value(
				self.doc.doctype,
				self.doc.name,
				"decided_on",
				add_days(nowdate(), -ago),
				update_modified=False,
			)
			if ago == 16:
				self.assertRefused(StepError, self.move, self.doc, "Appeal under Review", reason="متأخر")
		self.move(self.doc, "Appeal under Review", reason="في الموعد")


class TestFourEyesOfAppeals(StepsTestCase):
	def setUp(self) -> None:
		super().setUp()
		self.to_decision()
		self.act_as("Administrator")
		self.second = factories.staff("Directorate Director", org_unit=self.here.directorate)
		self.act_as(self.here.chief)
		self.move(self.doc, "Refused", reason="رأي الابن")
		self.act_as(self.worker)
		self.move(self.doc, "Appeal under Review", reason="تغير رأي الابن")

	def test_whoever_refused_decides_no_appeal_by_any_way(self) -> None:
		"""Save, save of the desk, REST, button of the workflow: one rule, and one sentence."""
		self.act_as(self.here.chief)
		for status, action in ANSWERS:
			for way in (self.by_save, self.by_desk, self.by_rest, self.by_button):
				with self.subTest(way=way.__name__, status=status):
					error = self.assertRefused(FourEyesError, way, status, action)
					self.assertIn(frappe._(SENTENCE), str(error))
		self.assertEqual(self.status(), "Appeal under Review")

	def by_save(self, status: str, action: str) -> None:
		self.move(self.doc, status, reason="لا جديد")

	def by_desk(self, status: str, action: str) -> None:
		self.doc.reload()
		self.doc.update({"status": status, "reason": "لا جديد"})
		savedocs(self.doc.as_json(), "Save")

	def by_rest(self, status: str, action: str) -> None:
		values = {"status": status, "reason": "لا جديد"}
		set_value(self.doc.doctype, self.doc.name, values)

	def by_button(self, status: str, action: str) -> None:
		self.with_reason()
		apply_workflow(self.doc.as_json(), action)

	def with_reason(self) -> None:
		self.doc.reload()
		if self.doc.reason != "لا جديد":
			self.doc.reason = "لا جديد"
			self.doc.save()

	def status(self) -> str:
		return frappe.db.get_value(self.doc.doctype, self.doc.name, "status")

	def test_somebody_else_of_the_role_decides_it(self) -> None:
		self.act_as(self.second)
		self.with_reason()
		apply_workflow(self.doc.as_json(), ANSWERS[1][1])
		self.assertEqual(self.status(), "Appeal Refused")

	def test_whoever_entered_the_appeal_does_not_decide_it(self) -> None:
		frappe.db.set_value("Service Clock Entry", self.doc.clock[-1].name, "moved_by", self.second)
		self.act_as(self.second)
		self.assertRefused(FourEyesError, self.move, self.doc, "Under Study", reason="لا جديد")

	def test_the_workflow_of_an_older_version_loosens_nothing(self) -> None:
		"""The rule asks for nothing that the pack says of its actions."""
		pack = copy.deepcopy(versions.at(self.doc.service, self.doc.pack_version))
		for action in pack["workflow"]["actions"]:
			action["four_eyes"] = False
		self.act_as(self.here.chief)
		self.doc.reload()
		before, self.doc.status = frappe.copy_doc(self.doc), "Appeal Refused"
		before.clock = self.doc.clock
		step = steps.action_between(pack, before.status, self.doc.status)
		self.assertRefused(FourEyesError, steps.check_actor, self.doc, pack, before, step)

	def test_after_an_accepted_appeal_the_first_decider_grants_and_does_not_refuse(self) -> None:
		self.act_as(self.second)
		self.move(self.doc, "Under Study", reason="وجهة نظر جديدة")
		self.act_as(self.worker)
		self.move(self.doc, "Before Decision")
		self.act_as(self.here.chief)
		self.assertRefused(FourEyesError, self.move, self.doc, "Refused", reason="مرة أخرى")
		self.move(self.doc, "Permit Granted")

	def test_after_an_accepted_appeal_somebody_else_may_refuse(self) -> None:
		self.act_as(self.second)
		self.move(self.doc, "Under Study", reason="وجهة نظر جديدة")
		self.act_as(self.worker)
		self.move(self.doc, "Before Decision")
		self.act_as(self.second)
		self.move(self.doc, "Refused", reason="بعد الدراسة")
		self.assertEqual(self.status(), "Refused")


class TestWaivers(StepsTestCase):
	def test_whoever_entered_waives_neither_paper_nor_condition(self) -> None:
		"""By a role that may: only that he entered it stands against it."""
		self.doc.relation_to_child = "Not Related"
		self.doc.save()
		self.to_decision()
		frappe.db.set_value(self.doc.doctype, self.doc.name, "owner", self.here.chief)
		self.act_as(self.here.chief)
		self.doc.reload()
		next(r for r in self.doc.rule_results if r.rule_code == CONDITION).waiver_reason = "أسرة معروفة"
		self.assertIn(frappe._(OWN_WAIVER), str(self.assertRefused(WaiverError, self.doc.save)))
		self.assertIn(frappe._(OWN_WAIVER), str(self.assertRefused(DocumentError, self.waive_paper)))

	def waive_paper(self) -> None:
		self.doc.reload()
		paper = {"document_code": "home_study", "state": "Waived", "remarks": "زارتها المؤسسة من قبل"}
		self.doc.append("documents", paper)
		self.doc.save()

	def test_another_holder_of_the_role_waives_the_paper(self) -> None:
		self.to_decision()
		self.act_as(self.here.chief)
		self.waive_paper()
		row = next(row for row in self.doc.documents if row.document_code == "home_study")
		self.assertEqual((row.state, row.checked_by), ("Waived", self.here.chief))


class TestDueDays(StepsTestCase):
	def test_a_holiday_announced_late_moves_what_is_open(self) -> None:
		first = self.days()
		self.act_as("Administrator")
		calendar = frappe.get_doc("Working Calendar")
		calendar.append(
			"holidays",
			{"title": "عطلة", "from_date": add_days(nowdate(), 1), "to_date": add_days(nowdate(), 14)},
		)
		calendar.save()
		self.addCleanup(frappe.clear_document_cache, "Working Calendar", "Working Calendar")
		frappe.db.set_value(self.doc.doctype, self.doc.name, "overdue", 1)
		self.assertTrue(self.move_days())
		moved = self.days()
		self.assertGreater(moved[0], first[0])
		self.assertGreater(moved[1], first[1])
		self.assertEqual(moved[2], 0)
		self.assertFalse(self.move_days())

	def move_days(self) -> int:
		rows = [row for row in due_days._open(self.doc.doctype) if row.name == self.doc.name]
		return due_days.move_chunk(self.doc.doctype, rows)

	def days(self) -> tuple:
		"""Last days of the request and of its state, whether it is overdue."""
		row = frappe.db.get_value(
			self.doc.doctype, self.doc.name, ["due_on", "state_due_on", "overdue"], as_dict=True
		)
		(of_clock,) = frappe.get_all("Service Clock Entry", {"parent": self.doc.name}, pluck="due_on")
		self.assertEqual(of_clock, row.state_due_on)
		return row.due_on, row.state_due_on, row.overdue
