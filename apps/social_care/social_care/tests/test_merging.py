import frappe
from frappe.utils import add_days, getdate, nowdate
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from social_care.registry.merging import MergeError, history, links, merge
from social_care.registry.merging.signposts import target
from social_care.tests import factories
from social_care.tests.copies import differing_copies
from social_care.tests.merge_cases import REASON, MergeTestCase, differing, rows_of_all


class TestMerge(MergeTestCase):
	def test_the_other_record_stays_as_a_signpost(self) -> None:
		self.merged()
		row = frappe.db.get_value(
			"Child",
			self.other.name,
			["merged_into", "life_state", "national_number", "search_name"],
			as_dict=True,
		)
		self.assertEqual((row.merged_into, row.life_state), (self.one.name, "Merged"))
		self.assertEqual((row.national_number, row.search_name), (None, None))
		self.assertEqual(target("Person", self.other.person), self.one.person)
		doc = frappe.get_doc("Child", self.other.name)
		doc.nickname = "سوسو"
		self.assertRefused(MergeError, doc.save)

	def test_the_signpost_is_not_picked_and_not_found(self) -> None:
		from social_care.registry.search import pick

		self.merged()
		found = [row[0] for row in pick("Child", self.one.grandfather_name, "name", 0, 20, {})]
		self.assertEqual(found, [self.one.name])

	def test_everything_that_named_the_one_names_the_other(self) -> None:
		note = self.other.add_comment("Comment", "ملاحظة").name
		paper = factories.file(
			b"%PDF-1.4", "x.txt", attached_to_doctype="Child", attached_to_name=self.other.name
		)
		todo = frappe.get_doc(
			{
				"doctype": "ToDo",
				"description": "x",
				"reference_type": "Child",
				"reference_name": self.other.name,
			}
		).insert()
		self.merged()
		self.assertEqual(frappe.db.get_value("Comment", note, "reference_name"), self.one.name)
		self.assertEqual(frappe.db.get_value("File", paper.name, "attached_to_name"), self.one.name)
		self.assertEqual(frappe.db.get_value("ToDo", todo.name, "reference_name"), self.one.name)
		self.assert_nothing_names(self.other)

	def assert_nothing_names(self, child) -> None:
		left = merge.OWN_RULES - {"Placement"} | set(frappe.get_hooks(links.LEFT_ALONE_HOOK)) | {"Child"}
		for doctype, name in (("Child", child.name), ("Person", child.person)):
			for source, field in links.link_fields(doctype):
				if source not in left:
					self.assertEqual(links.rows(source, {field: name}), [], f"{source}.{field}")
			for source, type_field, name_field in links.reference_fields():
				if source not in left:
					self.assertEqual(links.rows(source, {type_field: doctype, name_field: name}), [], source)

	def test_fields_are_derived_from_the_schema(self) -> None:
		found = links.link_fields("Child")
		for pair in (("Placement", "child"), ("Care Plan", "child"), ("Sibling Pair", "other_child")):
			self.assertIn(pair, found)
		self.assertIn(("Family Member", "person"), links.link_fields("Person"))
		pairs = list(links.reference_fields())
		for pair in (
			("Comment", "reference_doctype", "reference_name"),
			("File", "attached_to_doctype", "attached_to_name"),
			("Version", "ref_doctype", "docname"),
			("ToDo", "reference_type", "reference_name"),
		):
			self.assertIn(pair, pairs)

	def test_values_are_picked_and_what_is_missing_is_taken(self) -> None:
		frappe.db.set_value("Child", self.other.name, {"mother_full_name": "سعاد", "hobbies": "الرسم"})
		frappe.db.set_value("Child", self.one.name, "hobbies", "كرة القدم")
		for doctype, name in (("Person", self.other.person), ("Child", self.other.name)):
			frappe.db.set_value(doctype, name, "family_name", "السيّد")
		self.merged(chosen={"family_name": "merged", "hobbies": "merged"})
		child, person = (
			frappe.get_doc(doctype, name)
			for doctype, name in (("Child", self.one.name), ("Person", self.one.person))
		)
		self.assertEqual((child.mother_full_name, child.hobbies), ("سعاد", "الرسم"))
		for doc in (child, person):
			self.assertTrue(doc.full_name.endswith("السيّد"))
			self.assertEqual(doc.national_number, self.other.national_number)

	def test_protected_data_of_an_approved_file_is_reviewed_again(self) -> None:
		frappe.db.set_value("Child", self.one.name, "file_state", "Approved")
		for doctype, name in (("Person", self.other.person), ("Child", self.other.name)):
			frappe.db.set_value(doctype, name, "first_name", "محمد")
		self.merged(chosen={"first_name": "merged"})
		self.assertEqual(
			frappe.db.get_value("Child", self.one.name, "file_state"), "Submitted by Institution"
		)

	def test_rows_of_tables_go_over_once(self) -> None:
		for child, years in ((self.one, ("2023/2024",)), (self.other, ("2023/2024", "2024/2025"))):
			doc = frappe.get_doc("Child", child.name)
			for year in years:
				doc.append("education_records", {"school_year": year})
			doc.flags.ignore_mandatory = True
			doc.save()
		self.merged()
		rows = frappe.get_doc("Child", self.one.name).education_records
		self.assertEqual([(row.idx, row.school_year) for row in rows], [(1, "2023/2024"), (2, "2024/2025")])

	def test_pairs_with_others_are_the_survivor_s(self) -> None:
		third = self.again()
		key = frappe.db.get_value("Duplicate Candidate", self.pair(self.other, third), "name")
		frappe.db.delete("Duplicate Candidate", {"name": self.pair(self.one, third)})
		self.merged()
		row = frappe.db.get_value(
			"Duplicate Candidate", key, ["person", "other_person", "status"], as_dict=True
		)
		self.assertEqual({row.person, row.other_person, row.status}, {self.one.person, third.person, "Open"})

	# placements

	def test_histories_follow_each_other(self) -> None:
		self.merged()
		found = history.stays(self.one.name)
		self.assertEqual(
			[getdate(row.from_date) for row in found],
			[getdate(self.one.admission_date), getdate(self.other.admission_date)],
		)
		self.assertEqual([row.is_current for row in found], [0, 1])
		self.assertEqual(found[0].to_date, found[1].from_date)
		self.assertEqual(frappe.db.get_value("Child", self.one.name, "current_placement"), found[1].name)

	def test_histories_that_clash_are_refused_with_a_sentence_and_one_is_chosen(self) -> None:
		factories.transfer(self.one.name, self.here.institution, from_date=add_days(nowdate(), -10))
		self.act_as(self.here.officer)
		propose = (self.candidate, self.one.person, {}, history.JOINED, REASON)
		refused = self.assertRefused(MergeError, merge.propose, *propose)
		self.assertRegex(str(refused), r"\d")
		for choice, keeps in ((history.OF_SURVIVOR, self.one), (history.OF_MERGED, self.other)):
			frappe.db.savepoint("choice")
			mine = [row.name for row in history.stays(keeps.name)]
			self.merged(choice=choice)
			self.assertEqual([row.name for row in history.stays(self.one.name)], mine)
			self.assertEqual(frappe.db.count("Placement", {"child": self.other.name, "is_current": 1}), 0)
			self.assertEqual(frappe.db.count("Placement", {"child": self.one.name, "is_current": 1}), 1)
			frappe.db.rollback(save_point="choice")

	def test_a_gap_is_refused(self) -> None:
		first, second = (frappe._dict(name=str(number), child=str(number)) for number in (1, 2))
		first.update(
			{
				"from_date": getdate("2026-01-01"),
				"to_date": getdate("2026-02-01"),
				"end_reason": "Next Placement",
			}
		)
		second.update({"from_date": getdate("2026-03-01"), "to_date": None, "end_reason": ""})
		self.assertTrue(history.joined([first, second])[1])
		first.end_reason = "Left Care"
		self.assertEqual(history.joined([first, second]), ([], None))

	# rights and steps

	def test_four_eyes(self) -> None:
		self.act_as(self.here.officer)
		doc = merge.propose(self.candidate, self.one.person, {}, history.JOINED, REASON)
		self.assertEqual(doc.status, "Proposed")
		self.assertFalse(frappe.db.get_value("Person", self.other.person, "merged_into"))
		self.assertRefused(frappe.PermissionError, merge.decide, doc.name, True)
		self.assertRefused(
			MergeError, merge.propose, self.candidate, self.one.person, {}, history.JOINED, REASON
		)
		self.act_as(self.there.chief)
		self.assertRefused(frappe.PermissionError, merge.decide, doc.name, True)
		self.act_as(self.here.chief)
		self.assertEqual(merge.decide(doc.name, False).status, "Not Accepted")
		self.assertEqual(frappe.db.get_value("Duplicate Candidate", self.candidate, "status"), "Open")

	def test_without_four_eyes_it_is_done_at_once(self) -> None:
		self.settings(merge_four_eyes=0)
		self.act_as(self.here.officer)
		self.assertEqual(
			merge.propose(self.candidate, self.one.person, {}, history.JOINED, REASON).status, "Merged"
		)

	def test_who_may_not(self) -> None:
		for user in (self.here.entry, self.here.director, self.there.officer):
			self.act_as(user)
			self.assertRefused(
				frappe.PermissionError,
				merge.propose,
				self.candidate,
				self.one.person,
				{},
				history.JOINED,
				REASON,
			)

	def test_a_reason_is_needed(self) -> None:
		self.act_as(self.here.officer)
		self.assertRefused(
			frappe.MandatoryError, merge.propose, self.candidate, self.one.person, {}, "Joined", " "
		)

	def test_the_journal_is_read_by_nobody(self) -> None:
		name = self.merged()
		self.act_as(self.here.officer)
		doc = frappe.get_doc("Person Merge", name)
		doc.apply_fieldlevel_read_permissions()
		self.assertFalse(doc.get("journal") or doc.get("chosen"))

	# undoing

	def test_undoing_is_refused_where_somebody_went_on(self) -> None:
		name = self.merged()
		doc = frappe.get_doc("Child", self.one.name)
		doc.nickname = "سوسو"
		doc.save()
		self.act_as(self.here.chief)
		self.assertRefused(MergeError, merge.undo, name, "خطأ")

	def test_undoing_needs_a_reason_and_the_right(self) -> None:
		name = self.merged()
		self.act_as(self.here.entry)
		self.assertRefused(frappe.PermissionError, merge.undo, name, "خطأ")
		self.act_as(self.here.chief)
		self.assertRefused(frappe.MandatoryError, merge.undo, name, "")
		self.assertEqual(merge.undo(name, "خطأ").status, "Undone")
		self.assertRefused(MergeError, merge.undo, name, "خطأ")
		self.assertEqual(frappe.db.get_value("Duplicate Candidate", self.candidate, "status"), "Open")


class TestUndo(MergeTestCase):
	"""Whatever hangs on the two and whatever is chosen: after undoing, every row of the database is as it was."""

	@settings(
		max_examples=8,
		deadline=None,
		derandomize=True,
		phases=[Phase.generate],
		suppress_health_check=list(HealthCheck),
	)
	@given(
		stays=st.booleans(),
		choice=st.sampled_from(history.CHOICES),
		hanging=st.lists(
			st.sampled_from(("comment", "file", "todo", "school", "paper", "third", "event")), max_size=5
		),
		chosen=st.dictionaries(
			st.sampled_from(("hobbies", "nickname", "family_name", "birth_place")),
			st.sampled_from(("merged", "survivor")),
		),
		twice=st.booleans(),
	)
	def test_random_merges_and_undoings(self, stays, choice, hanging, chosen, twice) -> None:
		frappe.db.savepoint("example")
		for number, kind in enumerate(hanging):
			self.hang(kind, (self.one, self.other)[number % 2], number)
		self.settings_of_one()
		before = rows_of_all()
		for _time in range(1 + twice):
			name = self.merged((self.other, self.one)[stays], chosen, choice)
			self.assertIn("Person", differing(before, rows_of_all()))
			self.assertEqual(differing_copies(), [])
			self.act_as(self.here.chief)
			merge.undo(name, "خطأ")
			self.act_as("Administrator")
			self.assertEqual(differing(before, rows_of_all()), {})
		frappe.db.rollback(save_point="example")

	def settings_of_one(self) -> None:
		for child in (self.one, self.other):
			values = {
				"hobbies": factories.letters(),
				"nickname": factories.letters(),
				"birth_place": factories.letters(),
			}
			frappe.db.set_value("Child", child.name, values)

	def hang(self, kind: str, child, number: int) -> None:
		if kind == "comment":
			child.add_comment("Comment", "ملاحظة")
		elif kind == "file":
			factories.file(b"%d" % number, "x.txt", attached_to_doctype="Child", attached_to_name=child.name)
		elif kind == "todo":
			values = {
				"doctype": "ToDo",
				"description": "x",
				"reference_type": "Child",
				"reference_name": child.name,
			}
			frappe.get_doc(values).insert()
		elif kind == "third":
			self.again()
		elif kind == "event":
			frappe.db.set_value("Child", child.name, "room_group", factories.letters())
		else:
			self.append_row(kind, child, number)

	def append_row(self, kind: str, child, number: int) -> None:
		doc = frappe.get_doc("Child", child.name)
		if kind == "school":
			doc.append("education_records", {"school_year": f"20{10 + number}/20{11 + number}"})
		else:
			doc.append("identity_papers", {"paper_kind": "Passport", "paper_number": str(number)})
		doc.flags.ignore_mandatory = True
		doc.save()
