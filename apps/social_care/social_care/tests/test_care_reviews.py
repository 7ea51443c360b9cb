import frappe
from frappe.utils import add_days, add_months, getdate, nowdate

from social_care.registry.case_work import due, rules
from social_care.registry.case_work.records import CaseWorkError
from social_care.registry.report.care_reviews_due import care_reviews_due
from social_care.tests import CountryTestCase, factories
from social_care.tests.case_work import completed_review, review
from social_care.tests.queries import queries


class ReviewTestCase(CountryTestCase):
	def setUp(self) -> None:
		super().setUp()
		self.child = factories.child(self.here.institution, admission_date=add_days(nowdate(), -200))

	def due(self):
		return getdate(frappe.db.get_value("Child", self.child.name, "next_review_due"))


class TestDueDates(ReviewTestCase):
	def test_the_first_is_counted_from_admission(self) -> None:
		self.assertEqual(self.due(), getdate(add_months(self.child.admission_date, 3)))

	def test_the_next_from_the_last_review_held(self) -> None:
		done = completed_review(self.child.name)
		self.assertEqual(getdate(done.next_review_on), getdate(add_months(nowdate(), 3)))
		self.assertEqual(self.due(), getdate(done.next_review_on))
		self.assertEqual((done.is_late, done.completed_by), (1, "Administrator"))
		self.assertEqual(getdate(done.due_on), getdate(add_months(self.child.admission_date, 3)))

	def test_an_earlier_next_date_is_free_a_later_one_is_not(self) -> None:
		completed_review(self.child.name, next_review_on=add_days(nowdate(), 10))
		self.assertEqual(self.due(), getdate(add_days(nowdate(), 10)))
		other = factories.child(self.here.institution)
		for wrong in (add_days(nowdate(), 200), nowdate()):
			self.assertRefused(CaseWorkError, completed_review, other.name, next_review_on=wrong)

	def test_an_older_review_entered_later_changes_nothing(self) -> None:
		last = completed_review(self.child.name)
		completed_review(self.child.name, held_on=add_days(nowdate(), -60))
		self.assertEqual(self.due(), getdate(last.next_review_on))

	def test_a_corrected_admission_moves_the_day(self) -> None:
		self.child.reload()
		self.child.admission_date = add_days(nowdate(), -20)
		self.child.save()
		self.assertEqual(self.due(), getdate(add_months(self.child.admission_date, 3)))

	def test_only_children_in_institutions_are_due(self) -> None:
		frappe.db.set_value("Child", self.child.name, "life_state", "Left Care")
		due.refresh_all()
		self.assertIsNone(due.due_on(self.child.name))

	def test_whoever_comes_back_is_due_from_that_day(self) -> None:
		completed_review(self.child.name, held_on=add_days(nowdate(), -150))
		family = factories.family()
		factories.transfer(
			self.child.name,
			None,
			setting="Family",
			movement="Reintegration",
			family=family.name,
			org_unit=self.here.district,
			from_date=add_days(nowdate(), -100),
		)
		self.assertIsNone(due.due_on(self.child.name))
		back = add_days(nowdate(), -5)
		factories.transfer(self.child.name, self.here.institution, movement="Return", from_date=back)
		self.assertEqual(self.due(), getdate(add_months(back, 3)))

	def test_a_rule_counts_from_its_day_on(self) -> None:
		settings = frappe.get_doc("Social Care Settings")
		begin = add_days(nowdate(), -30)
		settings.append("case_work_rules", {"rule": rules.REVIEW, "period": 1, "valid_from": begin})
		settings.save()
		self.assertEqual(rules.period(rules.REVIEW, add_days(begin, -1)), 3)
		self.assertEqual(rules.period(rules.REVIEW, begin), 1)
		later = factories.child(self.here.institution, admission_date=add_days(nowdate(), -10))
		due.refresh_all()
		self.assertEqual(self.due(), getdate(add_months(self.child.admission_date, 3)))
		self.assertEqual(due.due_on(later.name), getdate(add_months(later.admission_date, 1)))

	def test_rules_stand_once_a_day_and_have_a_period(self) -> None:
		first = frappe.get_doc("Social Care Settings").case_work_rules[0]
		for wrong in ({"valid_from": first.valid_from, "period": 2}, {"valid_from": nowdate(), "period": 0}):
			settings = frappe.get_doc("Social Care Settings")
			settings.append("case_work_rules", {"rule": first.rule, **wrong})
			self.assertRefused(frappe.ValidationError, settings.save)


class TestCompleting(ReviewTestCase):
	def test_the_childs_view_or_a_reason(self) -> None:
		doc = review(self.child.name, child_view="").insert()
		doc.status = "Completed"
		self.assertRefused(CaseWorkError, doc.save)
		doc.reload()
		doc.update({"status": "Completed", "no_view_reason": "رضيع"})
		doc.save()
		self.assertEqual(doc.status, "Completed")

	def test_what_is_missing_is_named(self) -> None:
		doc = review(self.child.name, placement_suitable="", decisions=[], status="Completed")
		told = str(self.assertRefused(CaseWorkError, doc.insert))
		self.assertIn(frappe._("Is the Present Placement Suitable?"), told)
		self.assertIn(frappe._("Decisions"), told)

	def test_best_interests_where_the_settings_say_so(self) -> None:
		self.assertRefused(CaseWorkError, completed_review, self.child.name, review_kind="RK-03")
		done = completed_review(self.child.name, review_kind="RK-03", best_interests="البقاء مع إخوته")
		self.assertEqual(done.status, "Completed")

	def test_a_completed_review_stays_as_it_is(self) -> None:
		done = completed_review(self.child.name)
		for change in (
			{"child_view": "غير ذلك"},
			{"decisions": []},
			{"next_review_on": add_days(nowdate(), 3)},
		):
			doc = frappe.get_doc("Care Review", done.name).update(change)
			self.assertRefused(CaseWorkError, doc.save)
		doc = frappe.get_doc("Care Review", done.name)
		doc.update({"status": "Planned", "is_late": 0, "completed_by": "Guest", "child_name": "آخر"})
		doc.save()
		kept = frappe.get_doc("Care Review", done.name)
		self.assertEqual((kept.status, kept.is_late, kept.completed_by), ("Completed", 1, "Administrator"))
		self.assertEqual(kept.child_name, self.child.full_name)

	def test_not_in_the_future_and_not_before_birth(self) -> None:
		for wrong in (add_days(nowdate(), 1), add_days(self.child.birth_date, -1)):
			self.assertRefused(CaseWorkError, completed_review, self.child.name, held_on=wrong)

	def test_one_planned_review_at_a_time(self) -> None:
		first = review(self.child.name).insert()
		told = str(self.assertRefused(CaseWorkError, review(self.child.name).insert))
		self.assertIn(first.name, told)

	def test_never_deleted(self) -> None:
		doc = review(self.child.name).insert()
		self.assertRefused(frappe.PermissionError, doc.delete)

	def test_the_name_follows_the_file(self) -> None:
		doc = review(self.child.name).insert()
		self.child.reload()
		self.child.update({"first_name": "كريم"})
		self.child.save()
		self.assertEqual(
			frappe.db.get_value("Care Review", doc.name, "child_name"),
			frappe.db.get_value("Child", self.child.name, "full_name"),
		)


class TestWhoSees(ReviewTestCase):
	def test_a_review_follows_the_child(self) -> None:
		doc = completed_review(self.child.name)
		self.act_as(self.here.entry)
		self.assertEqual(frappe.get_list("Care Review", {"child": self.child.name}, pluck="name"), [doc.name])
		self.act_as(self.there.entry)
		self.assertEqual(frappe.get_list("Care Review", {"child": self.child.name}), [])
		self.act_as("Administrator")
		factories.transfer(self.child.name, self.there.institution)
		self.act_as(self.there.entry)
		self.assertTrue(frappe.has_permission("Care Review", "read", doc=doc.name))
		self.act_as(self.here.entry)
		self.assertFalse(frappe.has_permission("Care Review", "read", doc=doc.name))
		self.assertEqual(frappe.get_list("Care Review", {"child": self.child.name}), [])

	def test_nobody_writes_a_review_elsewhere(self) -> None:
		self.act_as(self.there.entry)
		self.assertRefused(frappe.PermissionError, review(self.child.name).insert)

	def test_a_right_counts_only_where_it_was_given(self) -> None:
		"""Director of an institution here, chief of the directorate there: reads the child there, writes reviews here only."""
		elsewhere = factories.child(self.there.institution)
		self.act_as(self.country.both)
		self.assertTrue(frappe.has_permission("Child", "read", doc=elsewhere.name))
		self.assertRefused(frappe.PermissionError, review(elsewhere.name).insert)
		self.assertTrue(review(self.child.name).insert().name)

	def test_levels(self) -> None:
		doc = completed_review(self.child.name)
		inspector = factories.staff("Inspector", self.here.district)
		self.act_as(inspector)
		seen = frappe.get_doc("Care Review", doc.name)
		seen.apply_fieldlevel_read_permissions()
		self.assertFalse(seen.get("child_view"))
		self.assertEqual(seen.placement_suitable, "Yes")


class TestReport(ReviewTestCase):
	def rows(self, **filters) -> list:
		return [row for row in care_reviews_due.execute(filters)[1] if row.name == self.child.name]

	def test_overdue_first_and_in_scope_only(self) -> None:
		self.act_as(self.here.entry)
		row = self.rows()[0]
		self.assertGreater(row.days_late, 100)
		self.assertEqual(self.rows(overdue_only=1)[0].name, self.child.name)
		self.act_as(self.there.chief)
		self.assertEqual(self.rows(), [])

	def test_a_review_takes_the_child_off(self) -> None:
		planned = review(self.child.name).insert()
		self.assertEqual(self.rows()[0].planned_review, planned.name)
		planned.status = "Completed"
		planned.save()
		self.assertEqual(self.rows(), [])
		self.assertEqual(self.rows(until=add_months(nowdate(), 4))[0].last_review, getdate(nowdate()))

	def test_queries_do_not_grow(self) -> None:
		def counted() -> int:
			with queries() as sent:
				care_reviews_due.execute({"institution": self.here.institution})
			return len(sent)

		counted()
		before = counted()
		for _number in range(3):
			completed_review(
				factories.child(self.here.institution, admission_date=add_days(nowdate(), -100)).name,
				held_on=add_days(nowdate(), -95),
			)
		self.assertEqual(counted(), before)
