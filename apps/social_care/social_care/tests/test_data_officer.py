"""What waits for a data officer: found by providers, counted as done by itself, seen at the officer's place alone."""

from unittest.mock import patch

import frappe
from frappe.utils import add_days, getdate, now, nowdate

from social_care.governance.confirmation import CONFIRMATION, opening
from social_care.governance.kept import KeptRecordError
from social_care.governance.officer import core, page, reached, tasks
from social_care.governance.officer.providers import Provider, Waiting, providers, titles
from social_care.governance.officer.tasks import TASK
from social_care.governance.report.work_of_data_officers import work_of_data_officers as report
from social_care.tests import CountryTestCase, factories
from social_care.tests.confirmation_cases import forget_cycles
from social_care.tests.queries import queries


class QueueCase(CountryTestCase):
	def setUp(self) -> None:
		super().setUp()
		self.enterContext(patch.object(frappe.db, "commit"))
		frappe.db.delete(TASK)
		self.home = factories.institution(self.here.district).name
		self.entry = factories.staff("Institution Entry User", institution=self.home)

	def waiting(self, *records: str, institution: str = "") -> Provider:
		rows = [Waiting("Child", name, institution or self.home) for name in records]
		return Provider("Test Work", "Returned Files", lambda homes: rows)

	def rows(self, **filters) -> list[frappe._dict]:
		fields = ["record_name", "status", "officer", "directorate", "since", "done_on"]
		return frappe.get_all(TASK, filters, fields, order_by="creation asc")


class TestFollowing(QueueCase):
	def test_what_is_no_longer_said_is_done_and_counts_for_the_officer(self) -> None:
		officer = self.officer()
		first, second = (factories.child(self.home).name for _child in range(2))
		self.assertEqual(tasks.follow(self.waiting(first, second)), (2, 0))
		self.assertEqual(tasks.follow(self.waiting(first, second)), (0, 0))
		self.assertEqual({row.directorate for row in self.rows()}, {self.here.directorate})
		self.assertEqual(tasks.follow(self.waiting(second)), (0, 1))
		(done,) = self.rows(status="Done")
		self.assertEqual((done.record_name, done.officer), (first, officer))
		self.assertEqual(getdate(done.done_on), getdate(nowdate()))

	def test_what_comes_back_waits_again_and_both_count(self) -> None:
		child = factories.child(self.home).name
		for _time in range(2):
			tasks.follow(self.waiting(child))
			tasks.follow(self.waiting())
		self.assertEqual([row.status for row in self.rows(record_name=child)], ["Done", "Done"])

	def test_without_an_officer_nobody_is_counted(self) -> None:
		child = factories.child(self.there.institution).name
		tasks.follow(self.waiting(child, institution=self.there.institution))
		frappe.db.delete("Data Officer", {"directorate": self.there.directorate})
		tasks.follow(self.waiting())
		self.assertIsNone(self.rows()[0].officer)

	def test_a_record_of_two_directorates_waits_at_both(self) -> None:
		child = factories.child(self.home).name
		both = [Waiting("Child", child, home) for home in (self.home, self.there.institution)]
		tasks.follow(Provider("Test Work", "Returned Files", lambda homes: both))
		self.assertEqual(
			{row.directorate for row in self.rows()}, {self.here.directorate, self.there.directorate}
		)

	def test_one_directorate_is_brought_up_to_date_without_touching_another(self) -> None:
		mine, theirs = factories.child(self.home).name, factories.child(self.there.institution).name
		tasks.follow(self.waiting(mine))
		tasks.follow(
			Provider(
				"Test Work",
				"Returned Files",
				lambda homes: [Waiting("Child", theirs, self.there.institution)],
			),
			self.there.directorate,
		)
		self.assertEqual(
			{(row.record_name, row.status) for row in self.rows()}, {(mine, "Open"), (theirs, "Open")}
		)

	def test_queries_do_not_grow_with_rows(self) -> None:
		def asked(number: int) -> int:
			provider = self.waiting(*(f"CH-{number}-{place}" for place in range(number)))
			with queries() as sent:
				tasks.follow(provider)
				tasks.follow(self.waiting())
			return len(sent)

		asked(1)  # what is read once
		self.assertEqual(asked(2), asked(40))

	def test_work_of_a_kind_that_no_app_gives_is_taken_away(self) -> None:
		tasks.follow(self.waiting(factories.child(self.home).name))
		tasks.close_forgotten()
		self.assertEqual(self.rows(), [])

	def officer(self) -> str:
		user = factories.user("officer").name
		row = {"doctype": "Data Officer", "directorate": self.here.directorate, "user": user}
		frappe.get_doc(row | {"valid_from": add_days(nowdate(), -3)}).insert()
		return user


class TestProviders(QueueCase):
	def of(self, provider: Provider) -> dict[str, Waiting]:
		return {row.record_name: row for row in provider.rows([self.home])}

	def test_each_kind_has_a_name_and_an_arabic_title(self) -> None:
		kinds = [provider.kind for provider in providers()]
		self.assertEqual(len(set(kinds)), len(kinds))
		frappe.local.lang = "ar"
		self.addCleanup(setattr, frappe.local, "lang", "en")
		for provider in providers():
			self.assertNotEqual(titles()[provider.kind], provider.title)

	def test_an_overdue_confirmation(self) -> None:
		forget_cycles()
		factories.child(self.home)
		cycle = opening.begin(add_days(nowdate(), -40), 3)
		opening.open_cycle(cycle)
		name = frappe.db.get_value(CONFIRMATION, {"cycle": cycle, "institution": self.home})
		frappe.db.set_value(CONFIRMATION, name, "due_on", nowdate())
		self.assertNotIn(name, self.of(core.OVERDUE))
		frappe.db.set_value(CONFIRMATION, name, "due_on", add_days(nowdate(), -3))
		self.assertEqual(getdate(self.of(core.OVERDUE)[name].since), getdate(add_days(nowdate(), -2)))
		frappe.db.set_value(CONFIRMATION, name, "status", "Signed")
		self.assertNotIn(name, self.of(core.OVERDUE))

	def test_a_file_with_an_error_once_until_it_is_corrected(self) -> None:
		child = factories.child(self.home, parentage="")
		self.assertIn(child.name, self.of(core.INVALID))
		child.reload()
		child.parentage = "Known"
		child.save()
		self.assertNotIn(child.name, self.of(core.INVALID))

	def test_a_returned_file(self) -> None:
		child = factories.child(self.home).name
		self.assertNotIn(child, self.of(core.RETURNED))
		frappe.db.set_value("Child", child, "file_state", "Returned")
		self.assertIn(child, self.of(core.RETURNED))

	def test_a_possible_duplicate_waits_at_both_places(self) -> None:
		first, second = factories.child(self.home), factories.child(self.there.institution)
		second.reload()
		second.update({"national_number": first.national_number, "birth_date": first.birth_date})
		second.save()
		pair = frappe.get_last_doc("Duplicate Candidate").name
		found = {row.institution for row in core.DUPLICATE.rows(None) if row.record_name == pair}
		self.assertEqual(found, {self.home, self.there.institution})

	def test_an_institution_that_nobody_reaches(self) -> None:
		self.settings(unreachable_days=30)
		self.assertNotIn(self.home, self.of(core.UNREACHABLE))
		frappe.db.set_value("Institution", self.home, "creation", add_days(now(), -90))
		self.assertIn(self.home, self.of(core.UNREACHABLE))
		child = factories.child(self.home).name
		self.assertIn(self.home, self.of(core.UNREACHABLE))  # entered by somebody else
		frappe.db.set_value("Child", child, "owner", self.entry)
		self.assertNotIn(self.home, self.of(core.UNREACHABLE))
		frappe.db.set_value(
			"Child", child, {"creation": add_days(now(), -60), "modified_by": "Administrator"}
		)
		self.assertIn(self.home, self.of(core.UNREACHABLE))
		frappe.db.set_value("User", self.entry, "last_login", now())
		self.assertNotIn(self.home, self.of(core.UNREACHABLE))
		(row,) = reached.activity([self.home])
		self.assertEqual((row.accounts, getdate(row.last_login)), (1, getdate(nowdate())))
		self.settings(unreachable_days=0)
		self.assertEqual(self.of(core.UNREACHABLE), {})


class TestScreen(QueueCase):
	def test_the_officer_sees_his_place_and_whoever_else_may_not(self) -> None:
		mine, theirs = factories.child(self.home).name, factories.child(self.there.institution).name
		tasks.follow(self.waiting(mine))
		tasks.follow(
			Provider(
				"Test Work 2",
				"Returned Files",
				lambda homes: [Waiting("Child", theirs, self.there.institution)],
			)
		)
		for user, name in ((self.here.officer, mine), (self.there.officer, theirs), (self.here.chief, mine)):
			self.act_as(user)
			self.assertEqual([row["record_name"] for row in page.queue()["rows"]], [name])
		self.act_as(self.country.head)
		self.assertEqual({row["record_name"] for row in page.queue()["rows"]}, {mine, theirs})
		for user in (self.here.entry, self.here.director):
			self.act_as(user)
			self.assertRefused(frappe.PermissionError, page.queue)

	def test_looking_again_takes_away_what_was_done(self) -> None:
		child = factories.child(self.home, parentage="")
		self.act_as(self.here.officer)
		page.refresh()
		waits = lambda: child.name in {row["record_name"] for row in page.queue("Invalid Record")["rows"]}  # noqa: E731
		self.assertTrue(waits())
		self.act_as("Administrator")
		child.reload()
		child.parentage = "Known"
		child.save()
		self.act_as(self.here.officer)
		page.refresh()
		self.assertFalse(waits())
		done = {row["kind"]: row["done"] for row in page.queue()["kinds"]}
		self.assertEqual(done["Invalid Record"], 1)

	def test_nobody_writes_a_task(self) -> None:
		tasks.follow(self.waiting(factories.child(self.home).name))
		doc = frappe.get_last_doc(TASK)
		self.assertRefused(KeptRecordError, doc.save)
		self.assertRefused(KeptRecordError, doc.delete)

	def test_the_report_counts_what_was_done_in_the_period(self) -> None:
		child = factories.child(self.home, parentage="")
		tasks.follow(core.INVALID)
		child.reload()
		child.parentage = "Known"
		child.save()
		tasks.follow(core.INVALID)
		self.act_as(self.here.chief)
		_columns, rows = report.execute({})
		self.assertEqual(sum(row["invalid_record"] for row in rows), 1)
		_columns, rows = report.execute(
			{"from_date": add_days(nowdate(), -9), "to_date": add_days(nowdate(), -5)}
		)
		self.assertEqual(sum(row["done"] for row in rows), 0)
		self.act_as(self.there.chief)
		_columns, rows = report.execute({})
		self.assertEqual(sum(row["invalid_record"] for row in rows), 0)
		self.assertRefused(
			frappe.ValidationError, report.execute, {"from_date": nowdate(), "to_date": "2020-01-01"}
		)


class TestCorrections(QueueCase):
	def corrections(self, record: str) -> list[frappe._dict]:
		fields = ["rule", "corrected_by", "ended_on", "found_on", "institution", "record_type", "fix_field"]
		return frappe.get_list("Correction Log", filters={"record_name": record}, fields=fields)

	def test_a_fault_that_is_over_is_written_down_with_who_ended_it(self) -> None:
		child = factories.child(self.home, parentage="")
		self.act_as(self.entry)
		doc = frappe.get_doc("Child", child.name)
		doc.parentage = "Known"
		doc.save()
		(row,) = self.corrections(child.name)
		self.assertEqual(
			(row.rule, row.corrected_by, row.institution), ("child_parentage", self.entry, self.home)
		)
		self.assertEqual(
			(row.fix_field, row.record_type, getdate(row.found_on)),
			("parentage", "Child", getdate(nowdate())),
		)
		values = frappe.get_last_doc("Correction Log").as_dict()
		self.assertNotIn("Known", [str(value) for value in values.values()])

	def test_it_is_told_at_the_places_and_levels_of_the_reader(self) -> None:
		child = factories.child(self.home, parentage="")
		child.reload()
		child.parentage = "Known"
		child.save()
		manager = factories.staff("General Manager", org_unit="HQ")
		for user, number in ((self.here.officer, 1), (self.there.officer, 0), (manager, 0)):
			self.act_as(user)
			self.assertEqual(len(self.corrections(child.name)), number, user)
		self.act_as("Administrator")
		name = frappe.get_last_doc("Correction Log").name
		self.act_as(manager)
		self.assertFalse(frappe.has_permission("Correction Log", "read", doc=name))

	def test_nobody_writes_it(self) -> None:
		child = factories.child(self.home, parentage="")
		child.reload()
		child.parentage = "Known"
		child.save()
		doc = frappe.get_last_doc("Correction Log")
		self.assertRefused(KeptRecordError, doc.save)
		self.assertRefused(KeptRecordError, doc.delete)
