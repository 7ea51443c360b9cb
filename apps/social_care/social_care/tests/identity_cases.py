"""What tests of the verification of identity share: a home with children, a batch, and the file that a registry sends back."""

import csv
import io
from unittest.mock import patch

import frappe
from openpyxl import load_workbook

from social_care.registry.verification import (
	ANSWERS,
	BATCH,
	DIFFERENCE,
	QUESTION,
	batches,
	exporting,
	loading,
)
from social_care.tests import CountryTestCase, factories

KEY, CODE, NUMBER, RESULT = "مفتاح الاستعلام", "رمز المطابقة", "الرقم القومي", "النتيجة"
SAID = {
	"first_name": "الاسم الأول لدى الجهة",
	"father_name": "اسم الأب لدى الجهة",
	"grandfather_name": "اسم الجد لدى الجهة",
	"family_name": "اسم العائلة لدى الجهة",
	"sex": "النوع لدى الجهة",
	"birth_date": "تاريخ الميلاد لدى الجهة",
}
DEATH = "تاريخ الوفاة"
MATCHES, FOUND, MISSING, DIED = "مطابق", "موجود", "غير موجود", "متوفى"


class IdentityCase(CountryTestCase):
	"""A district of its own with a home and three children; jobs run when the test says so."""

	def setUp(self) -> None:
		super().setUp()
		if not self.keeps_rows:
			self.enterContext(patch.object(frappe.db, "commit"))
			self.enterContext(patch.object(frappe.db, "rollback", self.rollback_of(frappe.db.rollback)))
		self.enterContext(patch.object(frappe, "enqueue"))
		self.unit = factories.org_unit("Social Administration", self.here.directorate).name
		self.home = factories.institution(self.unit).name
		self.children = [factories.child(self.home) for _child in range(3)]

	def rollback_of(self, real):
		"""A job that fails takes back its own; the test's savepoint stays."""
		return lambda *args, save_point=None: real(save_point=save_point) if save_point else None

	def batch(self, user: str = "", **values) -> str:
		"""A batch of the unit, made by the directorate's officer, with its questions."""
		self.act_as(user or self.here.officer)
		doc = frappe.get_doc(
			{"doctype": BATCH, "source": "CIVIL-REGISTRY", "org_unit": self.unit, **values}
		).insert()
		batches.run(doc.name)
		return doc.name

	def sent(self, batch: str, kind: str = "CSV") -> list[dict[str, str]]:
		"""Rows of the questions as they were downloaded, by heading."""
		data = exporting.file(batch, kind)
		if kind == "CSV":
			return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))
		rows = list(load_workbook(io.BytesIO(data)).active.iter_rows(values_only=True))
		return [dict(zip(rows[0], row, strict=True)) for row in rows[1:]]

	def answer(self, batch: str, rows: list[dict], encoding: str = "utf-8-sig", name: str = "a.csv"):
		"""Load rows as a file; gives the Identity Answer File."""
		stream = io.StringIO(newline="")
		writer = csv.DictWriter(stream, list(dict.fromkeys(key for row in rows for key in row)))
		writer.writeheader()
		writer.writerows(rows)
		return self.load(batch, name, stream.getvalue().encode(encoding))

	def load(self, batch: str, name: str, data: bytes):
		doc = loading.receive(batch, name, io.BytesIO(data))
		loading.run(doc.name)
		return frappe.get_doc(ANSWERS, doc.name)

	def row_of(self, rows: list[dict], child) -> dict:
		return next(row for row in rows if row[NUMBER] == child.national_number)

	def told(self, child, **other) -> dict:
		"""What a registry says of a child that it knows as we do, but for `other`."""
		return {SAID[field]: str(other.get(field, child.get(field)) or "") for field in SAID}

	def state(self, child) -> str:
		return frappe.db.get_value("Person", child.person, "identity_state")

	def question(self, batch: str, child) -> str:
		return frappe.db.get_value(QUESTION, {"batch": batch, "person": child.person}, "state")

	def differences(self, child) -> list[frappe._dict]:
		fields = ["name", "field", "our_value", "registry_value", "state"]
		return frappe.get_all(DIFFERENCE, {"person": child.person}, fields, order_by="field")
