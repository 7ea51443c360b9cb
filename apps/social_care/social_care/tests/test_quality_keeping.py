"""Faults that are kept follow the records: what is entered, corrected and moved, one by one and set by set."""

import frappe
from frappe.utils import add_days, nowdate

from social_care.api import dashboards
from social_care.registry import placements
from social_care.registry.child_file import sidebar
from social_care.registry.quality import history, rules, run
from social_care.registry.quality.keeping import FAULT
from social_care.registry.together import batch
from social_care.tests import SocialCareTestCase, factories
from social_care.tests.quality_cases import kept, rule, scores
from social_care.tests.queries import queries

SAVED = 10  # queries that the rules add to a save of a file, at most


class QualityCase(SocialCareTestCase):
	def setUp(self) -> None:
		super().setUp()
		self.cairo, self.giza = (factories.org_unit(governorate=code).name for code in ("01", "21"))
		self.home, self.other, self.far = (
			factories.institution(unit).name for unit in (self.cairo, self.cairo, self.giza)
		)
		self.enterContext(without_commits())

	def found(self, *names: str) -> list[set[str]]:
		return list(kept("Child", list(names)).values())

	def check_all(self) -> str:
		name = run.request(run.CHANGED)
		run.run(name)
		return name


def without_commits():
	from unittest.mock import patch

	return patch.object(frappe.db, "commit")


class TestSaving(QualityCase):
	def test_a_file_is_judged_when_it_is_entered_and_when_it_is_corrected(self) -> None:
		child = factories.child(self.home, parentage="")
		(found,) = self.found(child.name)
		self.assertEqual(
			found,
			{
				"child_photo",
				"child_identity_papers",
				"child_parentage",
				"child_decision_number",
				"child_education",
			},
		)
		self.assertEqual(scores([child.name]), {child.name: (13, 2 + 2 + 2 + 1 + 2)})
		child.reload()
		child.update({"parentage": "Known", "decision_number": "7"})
		child.save()
		(found,) = self.found(child.name)
		self.assertEqual(found, {"child_photo", "child_identity_papers", "child_education"})
		self.assertEqual(scores([child.name]), {child.name: (13, 6)})
		fault = frappe.get_last_doc(FAULT, {"child": child.name, "rule": "child_photo"})
		self.assertEqual((str(fault.found_on), fault.institution, fault.level), (nowdate(), self.home, 1))

	def test_what_no_form_may_write_is_kept(self) -> None:
		child = factories.child(self.home)
		child.reload()
		before = child.quality_asked
		child.update({"quality_asked": 1, "quality_lacking": 0})
		child.save()
		self.assertEqual(frappe.db.get_value("Child", child.name, "quality_asked"), before)

	def test_records_that_are_compared_are_looked_at_together(self) -> None:
		first, second = (factories.child(home) for home in (self.home, self.far))
		number = second.national_number
		second.reload()
		second.update({"national_number": first.national_number, "birth_date": first.birth_date})
		second.save()
		self.assertTrue(all("child_number_shared" in found for found in self.found(first.name, second.name)))
		second.reload()
		second.national_number = number
		second.save()
		self.assertFalse(any("child_number_shared" in found for found in self.found(first.name, second.name)))

	def test_a_move_takes_the_faults_along(self) -> None:
		child = factories.child(self.home)
		factories.transfer(child.name, self.far)
		places = frappe.get_all(FAULT, filters={"child": child.name}, pluck="institution")
		self.assertEqual(set(places), {self.far})

	def test_who_leaves_care_is_asked_for_nothing(self) -> None:
		child = factories.child(self.home)
		child.reload()
		frappe.db.set_value("Placement", child.current_placement, "from_date", add_days(nowdate(), -9))
		placements.leave_care(child.name, "Left Care")
		self.assertEqual(self.found(child.name), [set()])
		self.assertEqual(scores([child.name]), {child.name: (0, 0)})

	def test_an_institution_that_fills_up(self) -> None:
		frappe.db.set_value("Institution", self.home, "licensed_capacity", 1)
		_first, second = (factories.child(self.home) for _child in range(2))
		self.assertEqual(kept("Institution", [self.home])[self.home], {"institution_over_capacity"})
		factories.transfer(second.name, self.other)
		self.assertEqual(kept("Institution", [self.home])[self.home], set())

	def test_siblings_who_are_parted(self) -> None:
		family = factories.family().name
		first, second = (factories.child(self.home, family=family) for _child in range(2))
		factories.transfer(second.name, self.far, sibling_separation_reason="علاج")
		self.assertNotIn("child_siblings_apart", self.found(first.name)[0])
		placement = frappe.get_last_doc("Placement", {"child": second.name, "is_current": 1})
		placement.db_set("sibling_separation_reason", "")
		placement.reload()
		placement.save()
		self.assertTrue(all("child_siblings_apart" in found for found in self.found(first.name, second.name)))

	def test_a_save_asks_a_fixed_number_of_questions(self) -> None:
		child = factories.child(self.home)
		child.reload()
		child.hobbies = "رسم"
		with queries() as sent:
			child.save()
		ours = [query for query in sent if "Data Quality" in query or "quality_asked" in query]
		self.assertLessEqual(len(ours), SAVED)

	def test_files_saved_together_are_judged_as_those_saved_alone(self) -> None:
		alone = factories.child(self.home, parentage="")
		together = batch.Batch.if_possible()
		self.assertIsNotNone(together)
		names = []
		for _child in range(3):
			together.begin()
			doc = together.document("Child")
			doc.update(
				{k: v for k, v in factories.child_values(self.home, parentage="").items() if k != "doctype"}
			)
			doc.insert()
			names.append(doc.name)
		with queries() as sent:
			together.write()
		self.assertLessEqual(len([query for query in sent if "Data Quality" in query]), SAVED)
		self.assertEqual(self.found(*names), self.found(alone.name) * 3)
		self.assertEqual(set(scores(names).values()), set(scores([alone.name]).values()))


class TestRun(QualityCase):
	def setUp(self) -> None:
		super().setUp()
		self.names = [
			factories.child(home).name for home in (self.home, self.other, self.far) for _child in "ab"
		]
		self.expected = self.found(*self.names)

	def test_all_records_are_checked_by_changed_rules(self) -> None:
		rule(
			"test_nickname",
			field="nickname",
			conditions=[{"field": "sex", "operator": "Is", "value": "Male"}],
		)
		self.assertFalse(run.is_current())
		name = self.check_all()
		self.assertTrue(run.is_current())
		self.assertEqual(self.found(*self.names), [found | {"test_nickname"} for found in self.expected])
		done = frappe.get_doc(run.RUN, name)
		self.assertEqual((done.status, done.done), ("Finished", done.of))
		self.assertEqual(done.done, frappe.db.count("Child") + frappe.db.count("Institution"))
		frappe.delete_doc(rules.RULE, "test_nickname")
		self.assertFalse(run.is_current())
		self.check_all()
		self.assertEqual(self.found(*self.names), self.expected)

	def test_a_run_that_was_ended_goes_on_where_it_was(self) -> None:
		frappe.db.delete(FAULT)
		self.enterContext(self.chunks_of(2))
		name, first = run.request(run.CHANGED), self.names[2]
		with self.ended_after(2), self.assertRaises(KeyboardInterrupt):
			run.run(name)
		at = frappe.get_doc(run.RUN, name)
		self.assertEqual((at.status, at.done), ("Working", 4))
		self.assertFalse(run.is_current())
		run.run(name)
		self.assertEqual(self.found(*self.names), self.expected)
		self.assertEqual(frappe.db.get_value(run.RUN, name, "status"), "Finished")
		self.assertTrue(first)

	def chunks_of(self, number: int):
		from unittest.mock import patch

		return patch.object(run, "AT_ONCE", number)

	def ended_after(self, chunks: int):
		from unittest.mock import patch

		left, refresh = [chunks], run.keeping.refresh

		def killed(*args):
			if not left[0]:
				raise KeyboardInterrupt
			left[0] -= 1
			return refresh(*args)

		return patch.object(run.keeping, "refresh", killed)

	def test_changed_rules_call_off_what_is_under_way_and_the_night_does_not(self) -> None:
		frappe.db.delete(run.RUN)
		first = run.request(run.NIGHTLY)
		self.assertEqual(run.request(run.NIGHTLY), first)
		second = run.request(run.CHANGED)
		self.assertFalse(frappe.db.exists(run.RUN, first))
		self.assertEqual(run.request(run.NIGHTLY), second)
		run.run(first)
		self.assertEqual(frappe.db.get_value(run.RUN, second, "status"), "Waiting")

	def test_the_night_s_run_leaves_yesterday_s_figures_standing(self) -> None:
		self.check_all()
		run.request(run.NIGHTLY)
		self.assertTrue(run.is_current())

	def test_faults_of_records_that_are_gone_go(self) -> None:
		self.check_all()
		ghost = frappe.get_last_doc(FAULT, {"child": self.names[0]})
		ghost.update({"name": "ghost", "record_name": "gone"})
		ghost.db_insert()
		self.check_all()
		self.assertFalse(frappe.db.exists(FAULT, {"record_name": "gone"}))
		self.assertEqual(self.found(*self.names), self.expected)

	def test_a_day_is_kept_once_for_each_institution(self) -> None:
		self.check_all()
		self.check_all()
		rows = frappe.get_all(history.DAY, filters={"institution": self.home, "day": nowdate()}, fields=["*"])
		(row,) = rows
		asked, lacking = (sum(pair) for pair in zip(*scores(self.names[:2]).values(), strict=True))
		self.assertEqual((row.children, row.asked, row.lacking), (2, asked, lacking))
		self.assertEqual(
			row.errors + row.warnings + row.notes, sum(len(found) for found in self.expected[:2])
		)
		self.assertEqual((row.org_unit, row.governorate), (self.cairo, "01"))


class TestHeadquarters(QualityCase):
	"""The dashboard of headquarters tells the same whether it counts or reads what is kept."""

	def setUp(self) -> None:
		super().setUp()
		self.settings(figures_kept_minutes=0)
		for home in (self.home, self.other, self.far):
			factories.child(home, decision_number="1")
			factories.child(home, parentage="", birth_date=add_days(nowdate(), -400))

	def told(self, user: str) -> list:
		self.act_as(user)
		return dashboards.of_headquarters()["governorates"]

	def test_the_same_figures_at_every_reader_s_places(self) -> None:
		frappe.db.delete(run.RUN)
		readers = [
			factories.staff("Central Administration Head", "HQ"),
			factories.staff("Directorate Director", self.cairo),
			factories.staff("Institution Director", institution=self.far),
			factories.staff("Aggregate Reader", self.giza),
		]
		counted = [self.told(user) for user in readers]
		self.act_as("Administrator")
		self.check_all()
		self.assertEqual([self.told(user) for user in readers], counted)
		self.assertTrue(all(line["completeness"] for line in counted[1]))

	def test_what_is_kept_is_read(self) -> None:
		self.check_all()
		self.act_as(factories.staff("Central Administration Head", "HQ"))
		with queries() as sent:
			dashboards.of_headquarters()
		self.assertFalse([query for query in sent if "`tabIdentity Paper`" in query])
		self.assertTrue([query for query in sent if "quality_lacking" in query])


class TestForm(QualityCase):
	def told(self, child, user: str) -> tuple[set[str], set[str]]:
		self.act_as(user)
		told = sidebar(frappe.get_doc("Child", child.name))
		return (
			{gap["fieldname"] for gap in told["missing"]},
			{fault["fieldname"] for fault in told["faults"]},
		)

	def test_what_is_missing_and_wrong_is_told_at_the_reader_s_levels(self) -> None:
		child = factories.child(self.home, parentage="")
		child.db_set({"national_number": "123", "admission_date": add_days(nowdate(), -4000)})
		director = factories.staff("Institution Director", institution=self.home)
		inspector = factories.staff("Inspector", self.cairo)
		missing, wrong = self.told(child, director)
		self.assertLessEqual({"photo", "identity_papers", "parentage", "decision_number"}, missing)
		self.assertEqual(wrong, {"national_number", "admission_date"})
		missing, wrong = self.told(child, inspector)
		self.assertEqual((missing, wrong), ({"decision_number", "education_records"}, {"admission_date"}))

	def test_another_nationality_needs_no_national_number(self) -> None:
		child = factories.child(self.home, national_number="", national_number_status="Not Egyptian")
		missing, _wrong = self.told(child, factories.staff("Institution Director", institution=self.home))
		self.assertNotIn("national_number", missing)
