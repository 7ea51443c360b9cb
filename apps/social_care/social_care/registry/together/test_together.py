"""What documents saved together write is what each writes when it is saved alone: table by table, column by column."""

import re
from collections.abc import Callable

import frappe
from frappe.utils import add_days, nowdate

from social_care.registry.roll import applying, decisions, stored
from social_care.registry.roll.columns import columns, school_year
from social_care.registry.roll.difference import new_file
from social_care.registry.roll.testing import Book, RollTestCase
from social_care.registry.together.batch import Batch
from social_care.tests import factories
from social_care.tests.queries import queries

STAMPS = {"creation", "modified", "submitted_on"}
STAMP = re.compile(r"\d{2,4}-\d{2}-\d{2,4} \d{2}:\d{2}:\d{2}(\.\d+)?")
NAMED_ALIKE = {"tabChild", "tabVersion"}
# Counted by the framework for every save, however it is made, or kept by nobody.
COUNTERS = {"tabSeries", "tabSingles", "tabRoll Upload", "tabRoll Upload Row", "tabError Log"}
NEW = {"first_name": "ليلى", "father_name": "سامي", "family_name": "حسن", "sex": "Female"}
NEW |= {"birth_date": "4/5/2016", "admission_date": "1/2/2020"}


class Tables:
	"""The database, to be compared with itself in another state."""

	def __init__(self) -> None:
		names = [name for (name,) in frappe.db.sql("show tables") if name.startswith("tab")]
		self.tables = sorted(set(names) - COUNTERS)
		self.before = {table: self.rows(table) for table in self.tables}

	def rows(self, table: str) -> dict[str, dict]:
		"""Rows by name."""
		return {
			row.get("name") or str(number): row
			for number, row in enumerate(frappe.db.sql(f"select * from `{table}`", as_dict=True))
		}

	def written(self) -> dict[str, list[dict]]:
		"""Rows that are other than before, with labels in place of random names and of stamps."""
		found = {}
		for table in self.tables:
			before, rows = self.before[table], self.rows(table)
			changed = [
				row | {"_new": name not in before} for name, row in rows.items() if before.get(name) != row
			]
			if changed or before.keys() - rows.keys():
				found[table] = [*changed, *({"_gone": name} for name in sorted(before.keys() - rows.keys()))]
		return Labels(found).told


class Labels:
	"""Names that are drawn by lot, replaced by what the rows are about."""

	def __init__(self, found: dict[str, list[dict]]) -> None:
		new = [(table, row) for table, rows in found.items() for row in rows if row.get("_new")]
		self.labels = {
			str(row["name"]): self.label(table, row) for table, row in new if table not in NAMED_ALIKE
		}
		self.pattern = re.compile(
			"|".join(map(re.escape, sorted(self.labels, key=len, reverse=True))) or "$^"
		)
		self.labels = {name: self.named(label) for name, label in self.labels.items()}
		self.told = {table: sorted(map(self.tell, rows), key=str) for table, rows in found.items()}

	def label(self, table: str, row: dict) -> str:
		about = ("search_name", "child", "reference_name", "ref_doctype", "docname", "parent", "paper_kind")
		return "|".join([table, *(str(row.get(field) or "") for field in (*about, "idx", "role"))])

	def named(self, text: str) -> str:
		return STAMP.sub("stamp", self.pattern.sub(lambda found: self.labels[found[0]], text))

	def tell(self, row: dict) -> dict:
		told = {field: self.named(str(value)) for field, value in row.items()}
		told |= {field: "stamp" for field in STAMPS if row.get(field)}
		if row.get("pair_key"):
			told["pair_key"] = "key"
		if "reference_name" in row or "ref_doctype" in row:
			told["name"] = "drawn"
		return told


def put(book: Book, row: int, **values) -> None:
	"""Write cells by the key of their column."""
	headings = {column.key: column.heading for column in columns()}
	for key, value in values.items():
		book.cell(row, headings[key]).value = value


def differences(one: list[dict], other: list[dict]) -> tuple[list, list]:
	"""Both without what they have in common."""
	if len(one) != len(other):
		return one, other
	pairs = [
		(mine.items() - its.items(), its.items() - mine.items()) for mine, its in zip(one, other, strict=True)
	]
	return [sorted(mine) for mine, _its in pairs if mine], [sorted(its) for _mine, its in pairs if its]


class TestTogether(RollTestCase):
	def setUp(self) -> None:
		super().setUp()
		frappe.flags.in_test = False  # the framework writes no history in tests
		self.addCleanup(frappe.flags.update, {"in_test": True})

	def prepared(self, upload: str):
		decisions.confirmed(decisions.own_upload(upload))
		frappe.db.set_value("Roll Upload", upload, "status", applying.APPLYING)
		frappe.db.commit()
		return frappe.get_doc("Roll Upload", upload)

	def written(self, work: Callable[[], object]) -> tuple[dict[str, list[dict]], list[str]]:
		"""What the work writes, which is then taken back, and what becomes of each row."""
		tables = Tables()
		work()
		found = tables.written()
		filters = {"roll_upload": self.upload.name}
		outcomes = frappe.get_all("Roll Upload Row", filters=filters, pluck="outcome", order_by="sheet_row")
		frappe.db.rollback()
		frappe.clear_cache()
		self.act_as(self.home.first)
		return found, outcomes

	def one_by_one(self) -> None:
		"""The accepted rows, each as a form would save it."""
		by_key = {column.key: column for column in columns()}
		for row in applying.Chunk(self.upload)._rows():
			frappe.db.savepoint("one")
			try:
				cells = frappe.parse_json(row.cells)
				child = frappe.get_doc("Child", row.child) if row.child else new_file(self.home.name)
				for key, cell in cells.items():
					stored.put(child, by_key[key], cell["new"])
				child.save()
			except frappe.ValidationError:
				frappe.db.rollback(save_point="one")

	def test_the_same_is_written(self) -> None:
		book = self.many_kinds()
		upload = self.check(book.data())
		for row in self.rows(upload, "Waiting for Review"):
			decisions.choose(upload, row["name"])
			decisions.decide(upload, row["name"], accepted=True)
		self.upload = self.prepared(upload)
		self.act_as("Administrator")
		frappe.db.set_value("Child", self.closed, "file_state", "Reviewed by Directorate")
		frappe.db.commit()
		self.act_as(self.home.first)
		alone, _none = self.written(self.one_by_one)
		together, outcomes = self.written(lambda: applying.Chunk(self.upload, together=True).apply())
		separately, same_outcomes = self.written(lambda: applying.Chunk(self.upload).apply())
		self.assertEqual(outcomes.count("Refused"), 1)
		self.assertEqual(outcomes, same_outcomes)
		for other in (together, separately):
			self.assertEqual(set(alone), set(other))
			for table in alone:
				with self.subTest(table=table):
					self.assertEqual(*differences(alone[table], other[table]))
		expected = {"tabChild", "tabPerson", "tabPlacement", "tabVersion", "tabWorkflow Action"}
		expected |= {
			"tabEducation Record",
			"tabIdentity Paper",
			"tabDuplicate Candidate",
			"tabChild Activity",
		}
		self.assertLessEqual(expected, set(alone))

	def many_kinds(self) -> Book:
		"""A workbook with rows of every kind."""
		files = [self.child(nickname="قديم") for _ in range(8)]
		approved, self.closed, taught, twin = (child.name for child in files[:4])
		self.act_as("Administrator")
		frappe.db.set_value("Child", approved, "file_state", "Approved")
		self.activity(files[4].name)
		doc = frappe.get_doc("Child", taught)
		for year, stage in ((school_year(), "Primary"), ("2019/2020", "Kindergarten")):
			values = {"school_year": year, "stage": stage, "enrolment_status": "Enrolled"}
			doc.append("education_records", values)
		doc.save()
		elsewhere = factories.child(self.there.institution)
		frappe.db.commit()
		book = self.book()
		row = {child.name: book.row_of(child.name) for child in files}
		put(book, row[approved], grandfather_name=factories.letters())
		put(book, row[self.closed], nickname="لا")
		put(book, row[taught], **{"school.stage": "Preparatory", "birth.paper_number": "12345"})
		same = {"grandfather_name": files[7].grandfather_name, "birth_date": files[7].birth_date}
		put(book, row[twin], **same, national_number=None, national_number_status="In Process")
		put(book, row[files[4].name], first_name="محمود", hobbies="'=رسم")
		put(book, row[files[5].name], nickname=None)
		put(book, row[files[6].name], admission_date=add_days(nowdate(), -100))
		blank, letters = book.first_blank, factories.letters()
		numbers = ["", "", factories.national_number("2016-05-04", "Female")]
		for place, number in enumerate(numbers):
			own = {"grandfather_name": letters if place else factories.letters(), "national_number": number}
			put(book, blank + place, **NEW, **own)
		put(book, blank + 2, **{"birth.paper_number": "777", "nationality": "Egypt"})
		self.clash(elsewhere.name, letters)
		return book

	def clash(self, child: str, letters: str) -> None:
		"""A child of another institution with the name of a new one, born on another day."""
		self.act_as("Administrator")
		doc = frappe.get_doc("Child", child)
		doc.update({key: NEW[key] for key in ("first_name", "father_name", "family_name", "sex")})
		doc.update({"grandfather_name": letters, "birth_date": "2016-05-04", "mother_full_name": "سعاد"})
		doc.update({"national_number": "", "national_number_status": "In Process"})
		doc.save()
		frappe.db.commit()

	def activity(self, child: str) -> None:
		"""A record of case work that bears the child's name."""
		frappe.get_doc(
			{
				"doctype": "Child Activity",
				"child": child,
				"activity_kind": "Sport",
				"activity_name": "كرة",
				"activity_date": nowdate(),
				"setting": "Inside the Institution",
			}
		).insert()

	def test_as_many_queries_for_more_rows(self) -> None:
		_warm, few, many = (self.queries_for(number) for number in (2, 2, 12))
		self.assertEqual(few, many)

	def queries_for(self, number: int) -> int:
		children = [self.child() for _ in range(number)]
		book = self.book()
		for child in children:
			put(book, book.row_of(child.name), first_name="محمود", nickname="نجم")
		blank = book.first_blank
		for place in range(number):
			put(book, blank + place, **NEW, grandfather_name=factories.letters())
		chunk = applying.Chunk(self.prepared(self.check(book.data())), together=True)
		with queries() as sent:
			chunk.apply()
		self.assertEqual({row["outcome"] for row in chunk.outcomes.values()}, {"Applied"})
		self.assertEqual(len(chunk.outcomes), 2 * number)
		frappe.db.commit()
		return len(sent)

	def test_what_the_database_refuses_costs_one_row(self) -> None:
		good, bad = self.child(), self.child()
		book = self.book()
		put(book, book.row_of(good.name), nickname="نجم")
		put(book, book.row_of(bad.name), monthly_allowance=10**14)
		upload = self.check(book.data())
		state = self.confirm(upload)
		self.assertEqual((state["status"], state["rows_applied"], state["rows_refused"]), ("Applied", 1, 1))
		self.assertEqual(self.stored(good.name, "nickname"), "نجم")

	def test_everything_of_this_bench_is_known(self) -> None:
		"""A new handler is looked at: listed in `handlers.py`, or done for all rows at once by the batch."""
		self.assertEqual(Batch().unknown(), [])

	def test_nothing_is_collected_where_a_notification_waits(self) -> None:
		self.assertTrue(Batch.if_possible())
		self.act_as("Administrator")
		values = {"doctype": "Notification", "subject": "x", "document_type": "Child", "event": "Save"}
		values |= {
			"name": factories.unique("N"),
			"message": "x",
			"channel": "System Notification",
			"enabled": 1,
		}
		alert = frappe.get_doc(values | {"recipients": [{"receiver_by_role": "System Manager"}]}).insert()
		self.addCleanup(frappe.db.commit)
		self.addCleanup(frappe.delete_doc, "Notification", alert.name, force=True, ignore_permissions=True)
		self.act_as(self.home.first)
		self.assertIsNone(Batch.if_possible())

	def test_nothing_is_collected_for_handlers_of_others(self) -> None:
		hooks = frappe.get_doc_hooks()
		hooks.setdefault("Person", {}).setdefault("on_update", []).append("another_app.person.follow")
		self.addCleanup(frappe.clear_cache)
		self.addCleanup(hooks["Person"]["on_update"].pop)
		self.assertIsNone(Batch.if_possible())
