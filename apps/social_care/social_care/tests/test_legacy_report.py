"""The reconciliation of an old registry with this one: each row counts once, at the places of the reader."""

import io

from pypdf import PdfReader

from social_care.prints.report import make
from social_care.registry.legacy import deciding, reconciling
from social_care.registry.report.reconciliation_with_an_old_registry import (
	reconciliation_with_an_old_registry as reconciliation,
)
from social_care.registry.report.rows_of_an_old_registry import rows_of_an_old_registry as behind
from social_care.tests import factories
from social_care.tests.legacy_cases import LegacyCase


class TestReconciliation(LegacyCase):
	def setUp(self) -> None:
		super().setUp()
		self.act_as("Administrator")
		self.home = factories.institution(self.here.district).name
		self.other = factories.institution(self.there.district).name
		known, same = (factories.child(self.home, mother_full_name="منى علي") for _child in range(2))
		self.unnamed = factories.child(self.home).name
		self.act_as(self.country.head)
		plain = {
			"born": "",
			"sex": "",
			"home": self.home,
			"mother": "منى على",
			"admitted": str(known.admission_date),
		}
		numbers = [{"name": child.full_name, "number": child.national_number} for child in (known, same)]
		self.name = self.check(
			[
				self.row("1", home=self.home),
				self.row("2", **(plain | numbers[0] | {"mother": "هدى سيد"})),
				self.row("3", **(plain | numbers[1])),
				self.row("4", home=self.home, number="12"),
				self.row("5", home=self.home),
				self.row("6", home=self.other),
				self.row("7", home="لا أحد"),
			]
		)
		deciding.decide(self.name, self.rows(self.name)["5"].name, "Leave Out")
		self.apply(self.name)

	def counted(self, user: str) -> dict[str, dict]:
		self.act_as(user)
		_columns, rows = reconciliation.execute({"source": self.source})
		return {row.get("institution") or "": row for row in rows if not row.get("bold")}

	def test_each_row_counts_once(self) -> None:
		row = self.counted(self.country.head)[self.home]
		fields = (
			"rows",
			"taken",
			"differing",
			"matched",
			"rejected",
			"left_out",
			"waiting",
			"children",
			"not_named",
		)
		self.assertEqual([row[field] for field in fields], [5, 1, 1, 1, 1, 1, 0, 4, 1])

	def test_a_reader_sees_his_places_alone(self) -> None:
		self.assertEqual(set(self.counted(self.country.head)), {self.home, self.other, ""})
		self.assertEqual(set(self.counted(self.here.chief)), {self.home})
		self.assertEqual(set(self.counted(self.there.officer)), {self.other})
		self.act_as(self.there.officer)
		self.assertEqual(behind.execute({"source": self.source, "institution": self.home})[1], [])
		rows = behind.execute({"source": self.source})[1]
		self.assertEqual([row["legacy_id"] for row in rows], ["6"])

	def test_prints(self) -> None:
		self.act_as(self.country.head)
		source = {"source": self.source}
		for name, filters in (
			("Reconciliation with an Old Registry", source | {"governorate": "01"}),
			("Rows of an Old Registry", source | {"institution": self.home, "state": "rejected"}),
		):
			text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(make(name, filters))).pages)
			self.assertTrue(text, name)
			told = [value for _label, value in reconciling.facts(filters)]
			self.assertEqual(len(told), len(filters), told)

	def test_behind_a_figure_stand_its_rows(self) -> None:
		self.act_as(self.here.officer)
		filters = {"source": self.source, "institution": self.home}
		rejected = behind.execute(filters | {"state": "rejected"})[1]
		self.assertEqual(
			[(row["legacy_id"], row["fields"], row["child"]) for row in rejected],
			[("4", "الرقم القومي", None)],
		)
		taken = behind.execute(filters | {"state": "taken"})[1]
		self.assertEqual(len(taken), 1)
		self.assertTrue(taken[0]["full_name"])
		unnamed = behind.execute(filters | {"state": "not_named"})[1]
		self.assertEqual([row["child"] for row in unnamed], [self.unnamed])
