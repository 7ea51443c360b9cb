"""Directives: down the line only, reported by those they were sent to, closed by other hands, told of before and after their day."""

import frappe
from frappe.model.workflow import apply_workflow
from frappe.utils import add_days, nowdate

from social_care.decisions import directives
from social_care.registry.child_paper import PaperError
from social_care.registry.file_review import FourEyesError
from social_care.tests import CountryTestCase, factories


class DirectiveTestCase(CountryTestCase):
	def setUp(self) -> None:
		super().setUp()
		self.act_as(self.country.head)

	def directive(self, **values):
		fields = {
			"doctype": "Directive",
			"subject": "متابعة منظومة التظلمات",
			"issued_by": "Minister",
			"directive_text": "تُفحص التظلمات المتأخرة ويُرفع تقرير أسبوعي",
			"issuing_unit": "HQ",
			"org_unit": self.here.directorate,
			"due_on": add_days(nowdate(), 10),
		}
		return frappe.get_doc(fields | values).insert()

	def step(self, doc, action: str, user: str | None = None, **values):
		self.act_as(user or frappe.session.user)
		doc = frappe.get_doc(doc.doctype, doc.name)
		if values:
			doc.update(values)
			doc.save()
		return apply_workflow(doc, action)

	def issued(self, **values):
		return self.step(self.directive(**values), "Issue the Directive")

	def reported(self):
		doc = self.step(self.issued(), "Begin Carrying Out", self.here.chief)
		return self.step(doc, "Report as Done", report_text="فُحصت كلها")


class TestPath(DirectiveTestCase):
	def test_from_the_issue_to_the_close(self) -> None:
		doc = self.issued()
		self.act_as(self.here.chief)
		doc = self.step(doc, "Begin Carrying Out")
		doc.append("updates", {"update_text": "فُحص نصفها", "percent_done": 50})
		doc.save()
		self.assertEqual((doc.percent_done, doc.updates[0].updated_by), (50, self.here.chief))
		doc = self.step(doc, "Report as Done", report_text="فُحصت كلها")
		self.assertEqual((doc.reported_by, doc.percent_done), (self.here.chief, 100))
		doc = self.step(doc, "Close the Directive", self.country.head)
		self.assertEqual((doc.status, doc.closed_by), ("Closed", self.country.head))

	def test_a_report_says_something(self) -> None:
		doc = self.step(self.issued(), "Begin Carrying Out", self.here.chief)
		self.assertRefused(PaperError, self.step, doc, "Report as Done")

	def test_it_goes_down_the_line(self) -> None:
		self.act_as(self.here.chief)
		self.assertRefused(PaperError, self.directive, issuing_unit=self.here.directorate, org_unit="HQ")
		other = {"issuing_unit": self.here.directorate, "org_unit": self.there.directorate}
		self.assertRefused(PaperError, self.directive, **other)
		self.assertRefused(frappe.PermissionError, self.directive)  # not his to issue for headquarters
		own = {"issuing_unit": self.here.directorate, "org_unit": self.here.district}
		self.assertEqual(self.directive(**own).status, "Draft")

	def test_times(self) -> None:
		self.assertRefused(PaperError, self.directive, due_on=add_days(nowdate(), -1))
		self.assertRefused(PaperError, self.directive, directive_date=add_days(nowdate(), 1))

	def test_a_return_has_a_reason_and_is_reported_anew(self) -> None:
		doc = self.reported()
		self.act_as(self.country.head)
		self.assertRefused(PaperError, self.step, doc, "Return to the Unit")
		doc = self.step(doc, "Return to the Unit", reason="ينقص الكشف")
		self.assertEqual((doc.status, doc.reported_by), ("Being Carried Out", None))

	def test_whoever_reported_does_not_close(self) -> None:
		self.act_as("Administrator")
		boss = factories.staff("General Manager", "HQ")
		self.act_as(self.country.head)
		doc = self.step(self.issued(org_unit="HQ"), "Begin Carrying Out", boss)
		doc = self.step(doc, "Report as Done", report_text="تم")
		self.assertRefused(FourEyesError, self.step, doc, "Close the Directive")
		self.assertEqual(self.step(doc, "Close the Directive", self.country.head).status, "Closed")


class TestWriters(DirectiveTestCase):
	def test_what_was_issued_is_not_rewritten_by_either_side(self) -> None:
		doc = self.issued()
		for user in (self.country.head, self.here.chief):
			self.act_as(user)
			changed = frappe.get_doc("Directive", doc.name)
			changed.due_on = add_days(nowdate(), 90)
			self.assertRefused((frappe.ValidationError, frappe.PermissionError), changed.save)

	def test_nor_together_with_a_step(self) -> None:
		doc = self.issued()
		self.act_as(self.here.chief)
		changed = frappe.get_doc("Directive", doc.name)
		changed.update({"status": "Being Carried Out", "due_on": add_days(nowdate(), 90)})
		self.assertRefused(PaperError, changed.save)

	def test_each_side_takes_its_own_steps(self) -> None:
		doc = self.issued()
		self.assertRefused(
			frappe.PermissionError, self.step, doc, "Cancel the Directive", self.here.chief, reason="لا"
		)
		self.act_as(self.country.head)
		doc = self.reported()
		self.assertRefused(frappe.PermissionError, self.step, doc, "Close the Directive", self.here.chief)

	def test_a_report_is_not_rewritten_when_it_was_made(self) -> None:
		doc = self.reported()
		self.assertRefused(
			(PaperError, frappe.PermissionError), self.write, doc, self.here.chief, report_text="غيره"
		)
		doc = self.step(doc, "Close the Directive", self.country.head)
		self.assertEqual(doc.percent_done, 100)
		self.assertRefused(
			(PaperError, frappe.PermissionError), self.write, doc, self.here.chief, report_text="غيره"
		)

	def write(self, doc, user: str, **values):
		self.act_as(user)
		doc = frappe.get_doc(doc.doctype, doc.name)
		doc.update(values)
		return doc.save()

	def test_a_row_of_follow_up_is_its_writers_alone(self) -> None:
		self.act_as("Administrator")
		other = factories.staff("Directorate Director", self.here.directorate)
		self.act_as(self.country.head)
		doc = self.step(self.issued(), "Begin Carrying Out", self.here.chief)
		row = {"update_text": "فُحص نصفها", "percent_done": 50}
		doc = self.write(doc, self.here.chief, updates=[row])
		self.act_as(other)
		doc = frappe.get_doc("Directive", doc.name)
		doc.updates[0].update_text = "لم يُفحص شيء"
		self.assertRefused(PaperError, doc.save)
		self.assertRefused(PaperError, self.write, doc, other, updates=[])
		doc = frappe.get_doc("Directive", doc.name)
		doc.append("updates", {"update_text": "فُحص الباقي", "percent_done": 90})
		doc.save()
		self.assertEqual([row.updated_by for row in doc.updates], [self.here.chief, other])

	def test_whoever_wrote_the_report_does_not_close_it_either(self) -> None:
		self.act_as("Administrator")
		boss, second = (factories.staff("General Manager", "HQ") for _count in range(2))
		self.act_as(self.country.head)
		doc = self.step(self.issued(org_unit="HQ"), "Begin Carrying Out", boss)
		doc = self.write(doc, boss, report_text="تم")
		doc = self.step(doc, "Report as Done", second)
		for user in (boss, second):
			self.assertRefused(FourEyesError, self.step, doc, "Close the Directive", user)
		self.assertEqual(self.step(doc, "Close the Directive", self.country.head).status, "Closed")

	def test_fields_of_the_system_are_kept(self) -> None:
		doc = self.directive(
			percent_done=90, closed_by=self.country.head, addressed_unit=self.there.directorate
		)
		self.assertFalse(doc.percent_done or doc.closed_by or doc.addressed_unit)

	def test_nobody_deletes_it(self) -> None:
		doc = self.directive()
		self.act_as("Administrator")
		self.assertRefused(frappe.PermissionError, frappe.delete_doc, "Directive", doc.name)


class TestScope(DirectiveTestCase):
	def seen(self, user: str) -> list[str]:
		self.act_as(user)
		return frappe.get_list("Directive", pluck="name", limit_page_length=0)

	def test_a_draft_is_the_issuers_alone(self) -> None:
		doc = self.directive()
		self.assertNotIn(doc.name, self.seen(self.here.chief))
		self.assertIn(doc.name, self.seen(self.country.head))

	def test_an_issued_one_is_seen_by_its_unit_and_no_other(self) -> None:
		doc = self.issued()
		self.assertIn(doc.name, self.seen(self.here.chief))
		self.assertNotIn(doc.name, self.seen(self.there.chief))
		self.act_as(self.there.chief)
		self.assertFalse(frappe.has_permission("Directive", "read", doc=doc.name))


class TestDays(DirectiveTestCase):
	def tell(self) -> None:
		"""A run without the commits of its chunks."""
		settings = frappe.get_cached_doc("Social Care Settings")
		ahead = add_days(nowdate(), settings.directive_warn_days)
		for field, day in (("told_overdue_on", add_days(nowdate(), -1)), ("told_due_on", ahead)):
			rows = directives.due(field, day)
			for row in rows:
				directives.tell(row, field)
			if rows:
				directives._mark([row.name for row in rows], field)

	def notices(self, doc, user: str) -> int:
		return frappe.db.count("Notification Log", {"document_name": doc.name, "for_user": user})

	def test_the_unit_is_told_before_and_both_after_the_day_once_each(self) -> None:
		self.settings(directive_warn_days=3)
		doc = self.issued(due_on=add_days(nowdate(), 2))
		first = self.notices(doc, self.here.chief)
		self.assertEqual(first, 1)
		for _run in range(2):
			self.tell()
		self.assertEqual((self.notices(doc, self.here.chief), self.notices(doc, self.country.head)), (2, 0))
		frappe.db.set_value("Directive", doc.name, "due_on", add_days(nowdate(), -1))
		for _run in range(2):
			self.tell()
		self.assertEqual((self.notices(doc, self.here.chief), self.notices(doc, self.country.head)), (3, 1))

	def test_a_far_one_and_one_that_is_reported_are_not_told_of(self) -> None:
		self.settings(directive_warn_days=3)
		far = self.issued()
		done = self.reported()
		frappe.db.set_value("Directive", done.name, "due_on", add_days(nowdate(), -1))
		names = [
			row.name
			for field in ("told_due_on", "told_overdue_on")
			for row in directives.due(field, add_days(nowdate(), 3))
		]
		self.assertFalse({far.name, done.name} & set(names))


class TestService(DirectiveTestCase):
	def test_a_directive_without_service_or_requests_shows_no_figures(self) -> None:
		self.assertIsNone(directives.service_standing(self.directive().name))

	def test_only_for_readers_of_the_directive(self) -> None:
		doc = self.directive()
		self.act_as(self.there.chief)
		self.assertRefused(frappe.PermissionError, directives.service_standing, doc.name)
