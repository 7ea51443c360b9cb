import json
import re

import frappe

from social_care.registry import duplicates
from social_care.registry.matching import columns, engine, model, near, run, search
from social_care.registry.matching.possible import DuplicateReasonError
from social_care.tests import CountryTestCase, factories

PARTS = ("first_name", "father_name", "grandfather_name", "family_name")


class TestWeights(CountryTestCase):
	def row(self, name: str, **values) -> dict:
		base = {"name": name, "first_name": "ياسين", "father_name": "عبد الحميد", "grandfather_name": "رشوان"}
		base |= {"family_name": "الدمنهوري", "sex": "Male", "birth_date": "2015-03-07"}
		return base | {"national_number": "31503070112345", "mother_full_name": "هدى سالم"} | values

	def weight(self, **values) -> tuple[float, dict]:
		((_one, _other, weight, levels),) = near.weigh([self.row("a")], [self.row("b", **values)])
		return weight, levels

	def test_every_level_has_a_weight_and_words(self) -> None:
		from social_care.registry.merging.review import REASONS

		for name, levels in model.LEVELS.items():
			self.assertEqual(set(model.weights()[name]), {*(key for key, _sql in levels), model.ELSE})
		known = {(name, key) for name, levels in model.LEVELS.items() for key, _sql in levels}
		self.assertEqual(known - REASONS.keys(), {("sex", "same")})

	def test_spellings_of_one_name_are_one_name(self) -> None:
		for values in (
			{"father_name": "عبدالحميد"},
			{"family_name": "الدمنهورى"},
			{"first_name": "يَاسين"},
			{"mother_full_name": "هدي سالم"},
		):
			_weight, levels = self.weight(**values)
			self.assertEqual((levels["name"], levels["mother"]), ("same", "same"), values)

	def test_mistakes_are_known_for_what_they_are(self) -> None:
		for values, column, level in (
			({"grandfather_name": "الدمنهوري", "family_name": "رشوان"}, "name", "other_order"),
			({"grandfather_name": ""}, "name", "part_missing"),
			({"family_name": "الدمنهوزي"}, "name", "spelled_alike"),
			({"first_name": "ياسر"}, "name", "same_lineage"),
			({"birth_date": "2015-07-03"}, "birth", "day_and_month_turned"),
			({"birth_date": "2016-03-07"}, "birth", "one_digit"),
			({"national_number": "31503070112354"}, "number", "one_digit"),
			({"national_number": None}, "number", None),
			({"mother_full_name": "هدى"}, "mother", "part_missing"),
		):
			weight, levels = self.weight(**values)
			self.assertEqual(levels[column], level, values)
			if level != "same_lineage":
				self.assertGreater(weight, search.LEAST_WEIGHT, values)

	def test_twins_and_namesakes_are_two(self) -> None:
		twin = {"first_name": "حسن", "national_number": "31503070112562"}
		namesake = {
			"birth_date": "2014-09-20",
			"national_number": "31409200298761",
			"mother_full_name": "منى علي",
		}
		for values in (twin, namesake):
			self.assertLess(self.weight(**values)[0], search.LEAST_WEIGHT, values)

	def test_a_pair_has_one_weight_in_the_search_over_all_and_alone(self) -> None:
		rows = [
			self.row("a"),
			self.row("b", father_name="عبدالحميد", birth_date="2015-07-03"),
			self.row("c", family_name=""),
		]
		whole = search.pairs(columns.as_table(rows), -50)
		self.assertEqual(len(whole), 3)
		by_name = {row["name"]: row for row in rows}
		for one, other, weight, levels in whole:
			((_one, _other, alone, same),) = near.weigh([by_name[one]], [by_name[other]])
			self.assertAlmostEqual(weight, alone, places=6)
			self.assertEqual(levels, same)

	def test_the_database_in_memory_reads_no_file(self) -> None:
		with self.assertRaisesRegex(Exception, "disabled"):
			engine.connection().execute("select * from read_csv('/etc/passwd')")


class TestFound(CountryTestCase):
	def setUp(self) -> None:
		super().setUp()
		self.first = factories.child(
			self.here.institution,
			first_name=factories.letters(),  # of nobody whom other tests left in the registry
			family_name=factories.letters(),
			birth_date="2016-05-04",
			mother_full_name="سعاد فتحي",
		)

	def same(self, **values):
		known = {part: self.first.get(part) for part in PARTS}
		known |= {"birth_date": str(self.first.birth_date), "mother_full_name": "سعاد فتحي"}
		known |= {"national_number": None, "national_number_status": "In Process"}
		return factories.child(values.pop("institution", self.there.institution), **{**known, **values})

	def candidates(self, child) -> list[dict]:
		fields = ["name", "reason", "status", "score", "levels"]
		mine = [["person", "=", child.person], ["other_person", "=", child.person]]
		return frappe.get_all("Duplicate Candidate", or_filters=mine, fields=fields)

	def test_a_person_is_compared_with_those_who_are_like_him(self) -> None:
		other = self.same(birth_date="2016-04-05", grandfather_name="")
		self.assertEqual(self.candidates(other), [])
		self.assertEqual(duplicates.compare([other.person]), 1)
		(row,) = self.candidates(other)
		self.assertEqual((row.reason, row.status), ("Similar Data", "Open"))
		self.assertEqual(json.loads(row.levels)["birth"], "day_and_month_turned")
		self.assertEqual(duplicates.compare([other.person, self.first.person]), 0)

	def test_not_the_same_is_remembered_until_the_data_change(self) -> None:
		other = self.same(grandfather_name="")
		duplicates.compare([other.person])
		pair = frappe.get_doc("Duplicate Candidate", self.candidates(other)[0].name)
		pair.update({"status": "Not the Same", "decision_reason": "ابنا عم"})
		pair.save()
		frappe.db.set_value(
			"Person", other.person, "father_name", "عبدالرحمن"
		)  # another spelling changes nothing
		self.assertEqual(duplicates.compare([other.person]), 0)
		frappe.db.set_value("Person", other.person, "grandfather_name", self.first.grandfather_name)
		self.assertEqual(duplicates.compare([other.person]), 1)
		self.assertEqual(self.candidates(other)[0].status, "Open")

	def test_queries_do_not_grow_with_the_registry(self) -> None:
		probe = near.of_person(self.first.person)
		for _number in range(2):
			self.same()
		with self.assertQueryCount(4):
			self.assertEqual(len(near.found(probe)), 2)

	def test_merged_records_are_not_compared(self) -> None:
		other = self.same()
		frappe.db.set_value("Person", other.person, "merged_into", self.first.person)
		self.assertEqual(near.found(near.of_person(self.first.person)), [])

	# before a file goes on

	def submit(self, child, user: str):
		self.act_as(user)
		doc = frappe.get_doc("Child", child.name)
		doc.file_state = "Submitted by Institution"
		return doc

	def test_a_second_file_is_stored_and_goes_on_with_a_reason_only(self) -> None:
		self.act_as(self.there.entry)
		other = self.same()
		self.assertTrue(frappe.db.exists("Child", other.name))
		refused = self.assertRefused(DuplicateReasonError, self.submit(other, self.there.entry).save)
		for secret in (self.first.name, self.first.person, self.here.institution):
			self.assertNotIn(secret, str(refused))
		self.assertIn(frappe.db.get_value("Org Unit", "HQ", "unit_name"), str(refused))
		doc = self.submit(other, self.there.entry)
		doc.update({"duplicate_reason": "توأمان", "duplicate_reason_by": self.here.entry})
		doc.save()
		doc.reload()
		self.assertEqual(
			(doc.file_state, doc.duplicate_reason_by), ("Submitted by Institution", self.there.entry)
		)
		self.assertTrue(doc.duplicate_reason_on)

	def test_nor_by_the_calls_of_other_programs(self) -> None:
		self.act_as(self.there.entry)
		other = self.same()
		values = {"file_state": "Submitted by Institution"}
		from frappe.client import set_value

		self.assertRefused(DuplicateReasonError, set_value, "Child", other.name, values)

	def test_once_the_pair_is_decided_no_reason_is_asked(self) -> None:
		other = self.same()
		duplicates.compare([other.person])
		pair = frappe.get_doc("Duplicate Candidate", self.candidates(other)[0].name)
		pair.update({"status": "Not the Same", "decision_reason": "ابنا عم"})
		pair.save()
		self.submit(other, "Administrator").save()

	def test_the_form_is_told_of_its_own_and_which_unit_to_ask(self) -> None:
		from social_care.registry.matching.possible import for_typed

		values = {part: self.first.get(part) for part in PARTS} | {"birth_date": "2016-05-04", "sex": "Male"}
		self.act_as(self.here.entry)
		(row,) = for_typed(values, self.here.institution)
		self.assertEqual((row["name"], row["full_name"]), (self.first.name, self.first.full_name))
		self.act_as(self.there.entry)
		(row,) = for_typed(values, self.there.institution)
		self.assertEqual(set(row), {"elsewhere", "ask"})
		self.act_as(self.here.officer)
		self.assertRefused(frappe.PermissionError, for_typed, values, None)

	def test_each_reviewer_sees_pairs_of_which_he_may_see_both(self) -> None:
		other = self.same()
		duplicates.compare([other.person])
		name = self.candidates(other)[0].name
		for user, sees in (
			(self.here.officer, False),
			(self.there.officer, False),
			(self.country.head, True),
		):
			self.act_as(user)
			self.assertEqual(bool(frappe.get_list("Duplicate Candidate", {"name": name})), sees, user)
			self.assertEqual(bool(frappe.has_permission("Duplicate Candidate", "read", doc=name)), sees, user)

	def test_referral_needs_a_reason(self) -> None:
		other = self.same(institution=self.here.institution)
		duplicates.compare([other.person])
		self.act_as(self.here.officer)
		pair = frappe.get_doc("Duplicate Candidate", self.candidates(other)[0].name)
		pair.status = "Referred to Headquarters"
		self.assertRefused(frappe.MandatoryError, pair.save)
		pair.reload()
		pair.update({"status": "Referred to Headquarters", "referral_reason": "الأسرتان في محافظتين"})
		pair.save()
		self.assertEqual((pair.referred_by, bool(pair.referred_on)), (self.here.officer, True))
		pair.status = "Same Person"
		self.assertRefused(frappe.ValidationError, pair.save)


class TestRun(CountryTestCase):
	keeps_rows = True

	def test_a_stopped_search_goes_on_and_opens_nothing_twice(self) -> None:
		mark = factories.letters()
		same = {"grandfather_name": f"رمضان {mark}", "birth_date": "2015-02-03", "national_number": None}
		same |= {"national_number_status": "In Process"}
		people = [factories.child(self.here.institution, **same).person for _number in range(3)]
		frappe.db.delete("Duplicate Candidate", {"person": ["in", people]})
		frappe.db.delete("Duplicate Search")
		at_once, run.PEOPLE_IN_PART = run.PEOPLE_IN_PART, max(frappe.db.count("Person") // 4, 1)
		self.addCleanup(setattr, run, "PEOPLE_IN_PART", at_once)
		self.addCleanup(frappe.db.commit)
		self.addCleanup(frappe.db.delete, "Duplicate Candidate", {"person": ["in", people]})
		name = run.request()
		self.stop_after(2, name)
		half = frappe.get_doc("Duplicate Search", name)
		self.assertEqual((half.status, half.done), ("Working", 2))
		run.run(name)
		self.assert_done(name, people)
		opened = frappe.db.get_value("Duplicate Search", name, "opened")
		frappe.db.set_value("Duplicate Search", name, {"status": "Working", "done": 0})
		run.run(name)
		self.assertEqual(frappe.db.get_value("Duplicate Search", name, "opened"), opened)
		self.assert_done(name, people)

	def stop_after(self, parts: int, name: str) -> None:
		whole, done = run._next_part, []

		def next_part(*args):
			if len(done) == parts:
				raise SystemExit
			done.append(1)
			return whole(*args)

		run._next_part = next_part
		try:
			with self.assertRaises(SystemExit):
				run.run(name)
		finally:
			run._next_part = whole
			frappe.db.rollback()

	def assert_done(self, name: str, people: list[str]) -> None:
		self.assertEqual(frappe.db.get_value("Duplicate Search", name, "status"), "Finished")
		found = frappe.get_all(
			"Duplicate Candidate", {"person": ["in", people], "other_person": ["in", people]}
		)
		self.assertEqual(len(found), 3)

	def test_nothing_personal_stands_in_the_search(self) -> None:
		fields = [df.fieldname for df in frappe.get_meta("Duplicate Search").fields]
		self.assertFalse([field for field in fields if re.search("name|person|number", field)])
