"""Visits on a phone: what is taken along, what is applied once, what is refused or met another's hand."""

import uuid

import frappe
from frappe.utils import add_days, nowdate
from social_care.tests import factories

from social_care_inspections.inspections.phone import download, operations, photographs, shown
from social_care_inspections.inspections.visits.prints import signatures
from social_care_inspections.tests.cases import SIGNATURE, VisitTestCase, fresh, inspector, step, visit

OPERATION = "Inspection Phone Operation"


def change(kind: str = "edit", **said) -> dict:
	return {"id": str(uuid.uuid4()), "kind": kind, **said}


def edit(target: str, value: str, base: str = "") -> dict:
	return change(target=target, value=value, base=base)


def note(text: str, **values) -> dict:
	said = {"note_kind": "Interview with a Child", "noted_on": "2026-01-05T09:00:00.000Z", "note": text}
	return change("note", note=said | values)


class PhoneCase(VisitTestCase):
	def setUp(self) -> None:
		super().setUp()
		self.act_as(self.here.chief)
		self.visit = visit(self.here.institution, self.inspector)
		self.act_as(self.inspector)

	def begun(self) -> None:
		self.assertEqual(self.send(change("begin", visited_on=nowdate())), ["applied"])

	def send(self, *sent: dict) -> list[str]:
		self.answer = operations.apply(self.visit.name, list(sent))
		return [result["state"] for result in self.answer["results"]]

	def row(self, code: str):
		return next(row for row in fresh(self.visit).answers if row.indicator_code == code)


class TestDownload(PhoneCase):
	def test_own_visits_with_the_checklist_in_words(self) -> None:
		found = download.visits()
		self.assertEqual([row["name"] for row in found["visits"]], [self.visit.name])
		[version] = found["tools"]
		self.assertEqual(found["visits"][0]["tool"], version)
		self.assertEqual(len(found["tools"][version]["indicators"]), 84)
		self.assertEqual(found["settings"]["keep_days"], 7)
		self.assertNotIn(self.inspector, str(found))

	def test_nobody_elses(self) -> None:
		colleague = inspector(self.here.district)
		for user in (colleague, self.here.chief, self.there.chief):
			self.act_as(user)
			self.assertEqual(download.visits()["visits"], [])
		for user in (self.here.director, self.here.entry, self.country.head):
			self.act_as(user)
			self.assertEqual(download.visits()["visits"] + download.visits()["ended"], [])

	def test_who_holds_no_right_any_more_gets_none(self) -> None:
		self.act_as("Administrator")
		frappe.db.set_value("Staff Assignment", {"user": self.inspector}, "valid_to", add_days(nowdate(), -1))
		frappe.clear_cache(user=self.inspector)
		self.act_as(self.inspector)
		self.assertEqual(download.visits()["visits"], [])

	def test_sealed_notes_never_come_down(self) -> None:
		self.begun()
		self.send(note("قال الابن كلامًا مغلقًا"))
		self.assertNotIn("كلامًا مغلقًا", frappe.as_json(download.visits()))
		self.assertNotIn("كلامًا مغلقًا", frappe.as_json(self.answer))

	def test_signatures_come_down_as_a_digest(self) -> None:
		self.begun()
		self.send(edit("inspector_signature", SIGNATURE))
		found = download.visits()["visits"][0]["fields"]["inspector_signature"]
		self.assertEqual(found, shown.digest(SIGNATURE))
		self.assertEqual(fresh(self.visit).signed_by, self.inspector)

	def test_a_visit_that_is_over_is_named_and_not_given(self) -> None:
		self.act_as(self.here.chief)
		step(self.visit, "Cancelled", cancel_reason="تأجلت")
		self.act_as(self.inspector)
		found = download.visits()
		self.assertEqual((found["visits"], found["ended"]), ([], [self.visit.name]))

	def test_as_many_queries_for_ten_visits_as_for_one(self) -> None:
		download.visits()
		one = self.queries(download.visits)
		self.act_as(self.here.chief)
		for _number in range(9):
			visit(self.here.institution, self.inspector)
		self.act_as(self.inspector)
		self.assertEqual(len(download.visits()["visits"]), 10)
		self.assertLessEqual(self.queries(download.visits), one + 2)

	def queries(self, function) -> int:
		counted = []
		sql = frappe.db.sql
		frappe.db.sql = lambda *args, **kwargs: counted.append(1) or sql(*args, **kwargs)
		try:
			function()
		finally:
			frappe.db.sql = sql
		return len(counted)


class TestOnce(PhoneCase):
	def test_a_visit_from_begin_to_end_sent_twice(self) -> None:
		codes = [row["code"] for row in next(iter(download.visits()["tools"].values()))["indicators"]]
		made = [change("begin", visited_on=nowdate())]
		made += [edit(f"{code}:score", "3") for code in codes]
		made += [edit("findings", "المبنى نظيف"), edit("inspector_signature", SIGNATURE)]
		made += [edit("representative_name", "مدير الدار"), edit("representative_signature", SIGNATURE)]
		made += [note("أحب المدرسة", age=9), change("complete")]
		self.assertEqual(self.send(*made), ["applied"] * len(made))
		self.assertEqual(fresh(self.visit).status, "Completed")
		self.assertEqual(fresh(self.visit).score, 100)
		self.assertEqual([bool(row["drawn"]) for row in signatures(fresh(self.visit))], [True, True, False])
		modified = fresh(self.visit).modified
		self.assertEqual(self.send(*made), ["applied"] * len(made))
		self.assertEqual(fresh(self.visit).modified, modified)
		notes = frappe.get_all(
			"Inspection Sealed Note", {"institution_visit": self.visit.name}, ["owner", "note", "age"]
		)
		self.assertEqual(
			[(row.owner, row.note, row.age) for row in notes], [(self.inspector, "أحب المدرسة", 9)]
		)
		self.assertEqual(frappe.db.count(OPERATION, {"institution_visit": self.visit.name}), len(made))

	def test_twice_in_one_sending(self) -> None:
		self.begun()
		twice = note("مرة واحدة")
		self.assertEqual(self.send(twice, twice), ["applied", "applied"])
		self.assertEqual(frappe.db.count("Inspection Sealed Note", {"institution_visit": self.visit.name}), 1)

	def test_what_is_kept_of_an_operation_says_nothing(self) -> None:
		self.begun()
		self.send(edit("findings", "سر"))
		columns = {df.fieldname for df in frappe.get_meta(OPERATION).fields}
		self.assertEqual(columns, {"operation", "institution_visit"})
		self.assertFalse(frappe.has_permission(OPERATION, "read"))

	def test_old_operations_are_cleaned(self) -> None:
		self.begun()
		name = frappe.db.get_value(OPERATION, {"institution_visit": self.visit.name})
		frappe.db.set_value(OPERATION, name, "creation", add_days(nowdate(), -181), update_modified=False)
		frappe.get_doc({"doctype": OPERATION}).clear_old_logs(180)
		self.assertFalse(frappe.db.exists(OPERATION, name))


class TestRules(PhoneCase):
	def test_what_the_rules_refuse_comes_back_and_the_rest_is_applied(self) -> None:
		self.begun()
		states = self.send(edit("A1.1:score", "9"), edit("A1.2:score", "2"), edit("Z9.9:score", "1"))
		self.assertEqual(states, ["refused", "applied", "refused"])
		self.assertIn("A1.1", self.answer["results"][0]["message"])
		self.assertEqual((self.row("A1.1").score or "", self.row("A1.2").score), ("", "2"))
		self.assertEqual(frappe.db.count(OPERATION, {"institution_visit": self.visit.name}), 2)

	def test_a_refused_operation_is_applied_when_its_reason_is_gone(self) -> None:
		early = edit("A1.1:score", "2")
		self.assertEqual(self.send(early), ["refused"])
		self.begun()
		self.assertEqual(self.send(early), ["applied"])
		self.assertEqual(self.row("A1.1").score, "2")

	def test_an_end_with_something_missing(self) -> None:
		self.begun()
		self.assertEqual(self.send(change("complete")), ["refused"])
		self.assertEqual(fresh(self.visit).status, "Begun")

	def test_two_hands_on_one_field(self) -> None:
		self.begun()
		doc = fresh(self.visit)
		doc.answers[0].score = "1"
		doc.save()
		code = doc.answers[0].indicator_code
		mine = edit(f"{code}:score", "3")
		self.assertEqual(self.send(mine, edit("findings", "نظيف")), ["conflict", "applied"])
		self.assertEqual(self.answer["results"][0]["theirs"], "1")
		self.assertEqual(self.row(code).score, "1")
		self.assertEqual(self.send(edit(f"{code}:score", "3", base="1")), ["applied"])
		self.assertEqual(self.row(code).score, "3")

	def test_the_same_value_of_two_hands_is_no_conflict(self) -> None:
		self.begun()
		self.assertEqual(self.send(edit("A1.1:score", "na")), ["applied"])
		self.assertEqual(self.send(edit("A1.1:score", "na")), ["applied"])

	def test_fields_that_are_not_the_phones(self) -> None:
		self.begun()
		for target in (
			"score",
			"grade",
			"status",
			"institution_reply",
			"shown_institution",
			"inspectors",
			"owner",
		):
			self.assertEqual(self.send(edit(target, "1")), ["refused"])

	def test_what_no_phone_sends(self) -> None:
		for wrong in ({"id": "1", "kind": "edit"}, change("delete"), "x", {}):
			self.assertRefused(operations.PhoneOperationError, self.send, wrong)
		many = [edit("findings", str(number)) for number in range(operations.MOST + 1)]
		self.assertRefused(operations.PhoneOperationError, self.send, *many)

	def test_who_does_not_make_the_visit(self) -> None:
		self.begun()
		colleague = inspector(self.here.district)
		for user in (colleague, self.here.chief, self.here.director, self.there.chief, self.country.head):
			self.act_as(user)
			self.assertRefused(frappe.PermissionError, self.send, edit("findings", "غريب"))
			self.assertRefused(frappe.PermissionError, photographs.add, self.visit.name, change(), b"x")
		self.assertFalse(fresh(self.visit).findings)

	def test_a_child_of_another_institution(self) -> None:
		self.begun()
		self.act_as("Administrator")
		child = factories.child(self.there.institution).name
		self.act_as(self.inspector)
		self.assertEqual(self.send(note("نص", child=child)), ["refused"])
		self.assertFalse(frappe.db.exists("Inspection Sealed Note", {"institution_visit": self.visit.name}))

	def test_moments_of_the_device_are_on_the_clock_of_the_site(self) -> None:
		self.assertIsNone(shown.moment("أمس"))
		told = shown.moment("2026-01-05T09:00:00.000Z")
		self.assertEqual(str(told), str(shown.moment("2026-01-05T11:00:00+02:00")))


class TestPhotographs(PhoneCase):
	def test_once_private_and_with_its_time(self) -> None:
		self.begun()
		sent = change(
			caption="طفاية",
			indicator_code="A2.1",
			place="30.04442, 31.23571",
			taken_on="2026-01-05T09:00:00Z",
		)
		picture = factories.image("JPEG")
		for _again in range(2):
			answer = photographs.add(self.visit.name, sent, picture)
			self.assertEqual(answer["results"][0]["state"], "applied")
			self.assertEqual(answer["visit"]["photographs"], 1)
		[row] = fresh(self.visit).evidence
		self.assertEqual((row.caption, row.indicator_code, row.place), ("طفاية", "A2.1", sent["place"]))
		file = frappe.get_doc("File", {"attached_to_name": self.visit.name})
		self.assertTrue(file.is_private)
		self.assertEqual(row.file, file.file_url)

	def test_what_is_no_photograph_or_too_large(self) -> None:
		self.begun()
		for content in (b"<script>alert(1)</script>", b"", b"x" * 600_000):
			self.assertRefused(
				frappe.ValidationError, photographs.add, self.visit.name, change(caption="x"), content
			)
		self.assertFalse(fresh(self.visit).evidence)
