"""What tests of legacy imports need: an old registry, a dirty file of it, and the import taken step by step."""

import csv
import io
from random import randint
from unittest.mock import patch

import frappe

from social_care.registry.legacy import ROW, SOURCE, deciding, receiving, work
from social_care.tests import CountryTestCase, factories

HEAD = [
	"كود الحالة",
	"الاسم رباعي",
	"الرقم القومى",
	"النوع",
	"ت. الميلاد",
	"اسم الأم",
	"اسم الدار",
	"تاريخ الإيداع",
	"لون الملف",
]
LIVING = "دار الأمل القديمة"


def table(rows: list[list], head: list[str] | None = None) -> bytes:
	"""A text table as old programs wrote it: semicolons, and the Arabic code page unless it lacks a sign."""
	stream = io.StringIO(newline="")
	csv.writer(stream, delimiter=";").writerows([head or HEAD, *rows])
	try:
		return stream.getvalue().encode("cp1256")
	except UnicodeEncodeError:
		return stream.getvalue().encode("utf-8-sig")


def arabic(text: str) -> str:
	"""With Arabic-Indic digits."""
	return text.translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"))


class LegacyCase(CountryTestCase):
	"""A registry of 2020 whose institutions had other names, and who brings it in."""

	def setUp(self) -> None:
		super().setUp()
		self.enterContext(patch.object(frappe, "enqueue"))
		self.enterContext(patch("social_care.registry.legacy.checking.AT_ONCE", 3))
		self.enterContext(patch("social_care.registry.legacy.applying.AT_ONCE", 2))
		if not self.keeps_rows:
			self.enterContext(patch.object(frappe.db, "commit"))  # jobs commit; these rows are taken back
		self.source = self.registry().name
		self.act_as(self.country.head)

	def act_as(self, user: str) -> None:
		super().act_as(user)
		frappe.local.lang = "ar"

	def registry(self):
		self.act_as("Administrator")
		doc = frappe.get_doc(
			{"doctype": SOURCE, "source_name": factories.unique("منظومة 2020"), "begun_in": 2020}
		)
		doc.append("words", {"field": "Institution", "written": LIVING, "value": self.here.institution})
		doc.append("words", {"field": "Sex", "written": "ولد", "value": "ذكر"})
		return doc.insert()

	def row(self, legacy_id: str, **values) -> list[str]:
		"""A row of the old registry; each call another child."""
		named = {
			"name": " ".join(factories.letters() for _part in range(4)),
			"number": "",
			"sex": "ولد",
			"born": arabic(f"{randint(1, 28)}/{randint(1, 12)}/{randint(2012, 2018)}"),
			"mother": f"منى {factories.letters()}",
			"home": LIVING,
			"admitted": arabic("1/2/2020"),
			"colour": "أحمر",
		} | values
		return [legacy_id, *named.values()]

	def receive(self, rows: list[list], head: list[str] | None = None) -> str:
		return receiving.receive(self.source, "منظومة.csv", io.BytesIO(table(rows, head))).name

	def check(self, rows: list[list], head: list[str] | None = None) -> str:
		"""A file brought in and its dry run."""
		name = self.receive(rows, head)
		receiving.begin_check(name)
		self.work(name)
		return name

	def work(self, name: str) -> None:
		user = frappe.session.user
		work.run(name)
		self.act_as(user)

	def apply(self, name: str) -> None:
		deciding.apply(name)
		self.work(name)

	def rows(self, name: str) -> dict[str, frappe._dict]:
		"""Stored rows by number of the old registry."""
		found = frappe.get_all(ROW, {"legacy_import": name}, ["*"], order_by="sheet_row asc")
		return {row.legacy_id: row for row in found}

	def kinds(self, name: str) -> dict[str, str]:
		return {key: row.kind for key, row in self.rows(name).items()}
