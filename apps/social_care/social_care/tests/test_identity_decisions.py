"""Differences decided field by field, by other hands, and the change they make; who may do what; figures and the queue."""

from unittest.mock import patch

import frappe
from frappe.utils import add_months, nowdate

from social_care.governance.officer import tasks
from social_care.registry.report.identity_verification_by_governorate import (
	identity_verification_by_governorate as report,
)
from social_care.registry.verification import (
	BATCH,
	CONFIRMED,
	DIED,
	DIFFERENCE,
	DIFFERS,
	QUESTION,
	WAITING,
	VerificationError,
	batches,
	deciding,
	exporting,
	loading,
	standing,
	waiting,
)
from social_care.registry.verification.deciding import KEEP, TAKE
from social_care.tests import factories
from social_care.tests.identity_cases import DEATH, FOUND, MATCHES, RESULT, IdentityCase
from social_care.tests.identity_cases import DIED as WORD_DIED


class TestDeciding(IdentityCase):
	def setUp(self) -> None:
		super().setUp()
		self.child = self.children[0]
		self.name = self.batch()
		self.rows = self.sent(self.name)

	def differing(self, **said) -> list[str]:
		row = self.row_of(self.rows, self.child) | self.told(self.child, **said) | {RESULT: FOUND}
		self.answer(self.name, [row])
		self.assertEqual(self.state(self.child), DIFFERS)
		return [row.name for row in self.differences(self.child)]

	def decide(self, name: str, decision: str, reason: str = "") -> None:
		self.act_as(self.here.officer)
		deciding.propose(name, decision, reason)
		self.act_as(self.here.chief)
		deciding.decide(name, True)

	def test_the_value_of_the_source_goes_the_way_of_every_change(self) -> None:
		(name,) = self.differing(first_name="يوسف")
		self.enterContext(
			patch.object(frappe.local, "flags", frappe._dict(frappe.local.flags, in_test=False))
		)  # else no versions
		self.decide(name, TAKE)
		child = frappe.get_doc("Child", self.child.name)
		person = frappe.get_doc("Person", self.child.person)
		self.assertEqual((child.first_name, person.first_name), ("يوسف", "يوسف"))
		self.assertTrue(child.full_name.startswith("يوسف"))
		self.assertEqual(self.state(child), CONFIRMED)
		for doctype, record in (("Child", child.name), ("Person", person.name)):
			version = frappe.get_last_doc("Version", {"ref_doctype": doctype, "docname": record})
			told = frappe.parse_json(version.data)
			self.assertEqual(told["updater_reference"]["docname"], name)
			self.assertIn(["first_name", "أحمد", "يوسف"], told["changed"])
		self.assertIn(self.here.chief, child.content_editors)  # who decided does not review the file

	def test_an_approved_file_is_reviewed_again(self) -> None:
		frappe.db.set_value("Child", self.child.name, "file_state", "Approved")
		(name,) = self.differing(father_name="إسماعيل")
		self.decide(name, TAKE)
		self.assertEqual(
			frappe.db.get_value("Child", self.child.name, "file_state"), "Submitted by Institution"
		)

	def test_ours_is_kept_with_a_reason_and_is_not_confirmed(self) -> None:
		(name,) = self.differing(family_name="الشافعي")
		self.act_as(self.here.officer)
		self.assertRefused(VerificationError, deciding.propose, name, KEEP, " ")
		self.decide(name, KEEP, "شهادة الميلاد الأصلية")
		found = frappe.get_doc(DIFFERENCE, name)
		self.assertEqual(
			(found.state, found.proposed_by, found.decided_by),
			("Ours Kept", self.here.officer, self.here.chief),
		)
		self.assertEqual(self.state(self.child), DIFFERS)
		self.assertEqual(frappe.db.get_value("Person", self.child.person, "family_name"), "السيد")

	def test_confirmed_only_when_the_last_field_agrees(self) -> None:
		first, second = self.differing(first_name="يوسف", family_name="الشافعي")
		self.decide(first, TAKE)
		self.assertEqual(self.state(self.child), DIFFERS)
		self.assertEqual(frappe.db.get_value(DIFFERENCE, second, "state"), "Not Yet Decided")
		self.decide(second, TAKE)
		self.assertEqual(self.state(self.child), CONFIRMED)

	def test_one_field_kept_leaves_the_person_differing(self) -> None:
		first, second = self.differing(first_name="يوسف", family_name="الشافعي")
		self.decide(first, KEEP, "حكم محكمة")
		self.decide(second, TAKE)
		self.assertEqual(self.state(self.child), DIFFERS)

	def test_four_eyes(self) -> None:
		(name,) = self.differing(first_name="يوسف")
		self.act_as(self.here.chief)
		deciding.propose(name, TAKE)
		self.assertRefused(frappe.PermissionError, deciding.decide, name, True)
		self.act_as(self.here.officer)
		self.assertRefused(frappe.PermissionError, deciding.decide, name, True)
		self.act_as(self.country.head)
		deciding.decide(name, True)
		self.assertEqual(self.state(self.child), CONFIRMED)

	def test_one_person_where_the_source_says_so(self) -> None:
		frappe.db.set_value("Identity Source", "CIVIL-REGISTRY", "four_eyes", 0)
		(name,) = self.differing(first_name="يوسف")
		self.assertEqual(deciding.propose(name, TAKE).state, "Accepted")
		self.assertEqual(self.state(self.child), CONFIRMED)

	def test_a_refused_proposal_is_open_again(self) -> None:
		(name,) = self.differing(first_name="يوسف")
		deciding.propose(name, TAKE)
		self.act_as(self.here.chief)
		self.assertRefused(VerificationError, deciding.decide, name, False)
		deciding.decide(name, False, "ينتظر صورة القيد")
		found = frappe.get_doc(DIFFERENCE, name)
		self.assertEqual(
			(found.state, found.refusal, found.decision), ("Not Yet Decided", "ينتظر صورة القيد", "")
		)
		self.assertEqual(frappe.db.get_value("Person", self.child.person, "first_name"), "أحمد")

	def test_what_changed_meanwhile_is_not_decided(self) -> None:
		first, second = self.differing(first_name="يوسف", family_name="الشافعي")
		deciding.propose(second, TAKE)
		self.act_as("Administrator")
		child = frappe.get_doc("Child", self.child.name)
		child.first_name = "محمد"
		child.save()
		self.act_as(self.here.chief)
		self.assertRefused(VerificationError, deciding.decide, second, True)
		self.assertEqual(
			frappe.get_all(DIFFERENCE, {"name": ["in", [first, second]]}, pluck="state"), ["Void"] * 2
		)
		frappe.db.set_value(
			DIFFERENCE, second, "state", "Proposed"
		)  # as if the change had come between two reads
		self.assertRefused(VerificationError, deciding.decide, second, True)

	def test_a_death_is_recorded_by_two_people(self) -> None:
		day = add_months(nowdate(), -1)
		self.answer(self.name, [self.row_of(self.rows, self.child) | {RESULT: WORD_DIED, DEATH: day}])
		(difference,) = self.differences(self.child)
		self.assertFalse(frappe.db.get_value("Person", self.child.person, "is_deceased"))
		self.decide(difference.name, TAKE)
		dead, when = frappe.db.get_value("Person", self.child.person, ["is_deceased", "death_date"])
		self.assertEqual((dead, str(when), self.state(self.child)), (1, day, DIED))

	def test_a_merge_takes_the_confirmation_back_where_values_change(self) -> None:
		before = {"first_name": "أحمد", "nickname": "حمادة"}
		self.assertEqual(standing.after_merge({"first_name": "يوسف"}, before), standing.UNKNOWN)
		self.assertEqual(standing.after_merge({"nickname": "ميدو"}, before), {})

	def test_it_waits_for_the_data_officer(self) -> None:
		names = self.differing(first_name="يوسف", family_name="الشافعي")
		told = {row.record_name for row in waiting.DIFFERING.rows([self.home])}
		self.assertEqual(told, set(names))
		self.assertEqual(list(waiting.DIFFERING.rows([self.there.institution])), [])
		self.assertIn("Identity Difference", {provider.kind for provider in tasks.providers()})


class TestRights(IdentityCase):
	def setUp(self) -> None:
		super().setUp()
		self.child = self.children[0]
		self.name = self.batch()
		row = self.row_of(self.sent(self.name), self.child)
		self.answer(self.name, [row | self.told(self.child, first_name="يوسف") | {RESULT: FOUND}])
		(self.difference,) = [row.name for row in self.differences(self.child)]

	def test_who_makes_a_batch(self) -> None:
		self.act_as("Administrator")
		staff = factories.staff("Institution Social Worker", institution=self.home)
		self.batch(self.country.head)
		for user in (self.here.director, self.here.entry, self.here.chief, self.there.officer, staff):
			self.assertRefused(frappe.PermissionError, self.batch, user)

	def test_who_sends_loads_and_withdraws(self) -> None:
		for user in (self.here.director, self.here.chief, self.there.officer, self.there.chief):
			self.act_as(user)
			for call in (
				lambda: exporting.file(self.name, "CSV"),
				lambda: loading.receive(self.name, "a.csv", None),
				lambda: batches.withdraw(self.name),
				lambda: batches.begin_asking(self.name),
			):
				self.assertRefused(frappe.PermissionError, call)

	def test_who_sees_and_decides(self) -> None:
		for user in (self.there.officer, self.there.chief, self.here.director, self.here.entry):
			self.act_as(user)
			for doctype, name in ((DIFFERENCE, self.difference), (BATCH, self.name)):
				self.assertFalse(frappe.has_permission(doctype, "read", doc=name), (user, doctype))
			self.assertRefused(frappe.PermissionError, deciding.propose, self.difference, TAKE)
		for user in (self.here.officer, self.here.chief, self.country.head):
			self.act_as(user)
			self.assertIn(self.difference, frappe.get_list(DIFFERENCE, pluck="name", limit=0))
			self.assertEqual(len(frappe.get_list(QUESTION, {"batch": self.name}, limit=0)), 3)

	def test_whoever_works_where_the_child_lives_now_decides(self) -> None:
		self.act_as("Administrator")
		factories.transfer(self.child.name, self.there.institution)
		self.act_as(self.here.officer)
		self.assertRefused(frappe.PermissionError, deciding.propose, self.difference, TAKE)
		self.act_as(self.there.officer)
		self.assertEqual(deciding.propose(self.difference, TAKE).state, "Proposed")

	def test_nobody_writes_these_rows_by_hand(self) -> None:
		self.act_as(self.here.officer)
		difference = frappe.get_doc(DIFFERENCE, self.difference)
		difference.state = "Accepted"
		self.assertRefused(frappe.PermissionError, difference.save)
		batch = frappe.get_doc(BATCH, self.name)
		batch.status = "Finished"
		self.assertRefused(frappe.PermissionError, batch.save)
		self.act_as("Administrator")
		question = frappe.get_doc(QUESTION, {"batch": self.name, "state": WAITING})
		question.state = CONFIRMED
		self.assertRefused(frappe.PermissionError, question.save)
		self.assertRefused(frappe.PermissionError, frappe.delete_doc, DIFFERENCE, self.difference)

	def test_a_new_batch_begins_at_the_beginning(self) -> None:
		self.act_as(self.here.officer)
		values = {"doctype": BATCH, "source": "CIVIL-REGISTRY", "org_unit": self.unit}
		doc = frappe.get_doc(
			values | {"status": "Finished", "confirmed": 99, "made_by": self.here.chief}
		).insert()
		doc.reload()
		self.assertEqual((doc.status, doc.confirmed, doc.made_by), ("Being Made", 0, self.here.officer))

	def test_the_address_and_key_of_a_source_are_not_shown(self) -> None:
		values = {"connector": "Web Service", "address": "https://registry.invalid/ask", "secret": "s3cret"}
		self.act_as("Administrator")
		frappe.get_doc("Identity Source", "CIVIL-REGISTRY").update(values).save()
		stored = frappe.db.get_value("Identity Source", "CIVIL-REGISTRY", "secret")
		self.assertEqual(set(stored), {"*"})
		self.act_as(self.here.officer)
		doc = frappe.get_doc("Identity Source", "CIVIL-REGISTRY")
		doc.apply_fieldlevel_read_permissions()
		self.assertFalse(doc.get("address") or doc.get("secret"))
		doc.source_name = "x"
		self.assertRefused(frappe.PermissionError, doc.save)


class TestReport(IdentityCase):
	def rows(self, **filters) -> dict[str, dict]:
		return {row["governorate_name"]: row for row in report.execute(filters)[1]}

	def test_coverage_at_the_places_of_the_reader(self) -> None:
		factories.child(self.there.institution)
		self.act_as(self.here.officer)
		before = self.rows()
		name = self.batch()
		row = self.row_of(self.sent(name), self.children[0])
		self.answer(name, [row | {RESULT: MATCHES}])
		after = self.rows()
		(place,) = after
		grown = {field: after[place][field] - before[place][field] for field in report.SUMS}
		self.assertEqual(
			grown, dict.fromkeys(report.SUMS, 0) | {"waiting": 2, "confirmed": 1, "not_asked": -3}
		)
		old = {"identity_state_on": add_months(nowdate(), -40)}
		frappe.db.set_value("Person", self.children[0].person, old)
		self.assertEqual(self.rows()[place]["expired"], before[place]["expired"] + 1)
		self.assertEqual(self.rows()[place]["share"], before[place]["share"])
		self.act_as(self.there.officer)
		self.assertNotIn(place, self.rows())
		self.act_as(self.country.head)
		head = self.rows()
		self.assertEqual(head[frappe._("Total")]["children"], sum(r["children"] for r in head.values()) / 2)

	def test_of_one_source_alone(self) -> None:
		frappe.db.set_value(
			"Person", self.children[0].person, {"identity_state": CONFIRMED, "identity_source": "OTHER"}
		)
		self.act_as(self.here.officer)
		(every,), (one,) = self.rows().values(), self.rows(source="CIVIL-REGISTRY").values()
		self.assertEqual(one["confirmed"], every["confirmed"] - 1)
