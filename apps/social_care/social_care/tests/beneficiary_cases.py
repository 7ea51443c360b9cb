"""What tests of cash support share: a campaign, lists in its registers, a list loaded in this process."""

import io
from contextlib import contextmanager
from pathlib import Path
from unittest.mock import patch

import frappe
from frappe.utils import nowdate

from social_care.cash_support import lists, loading, receiving
from social_care.tests import CountryTestCase, beneficiary_lists, factories

SOURCE, TARGET = "SSP", "TK"


@contextmanager
def without_commits():
	"""Chunks of jobs stay in the test's transaction; nothing is queued."""
	with patch.object(frappe.db, "commit"), patch.object(frappe, "enqueue"):
		yield


def campaign(**values) -> str:
	"""An open migration from the pension of social security to Takaful and Karama."""
	doc = {
		"doctype": "Beneficiary Review Campaign",
		"title": f"نقل مستفيدي الضمان {factories.unique('C')}",
		"kind": "Migration to Another Programme",
		"source_programme": SOURCE,
		"target_programme": TARGET,
		"reference_date": nowdate(),
		"expected": 400_000,
	}
	return frappe.get_doc(doc | values).insert(ignore_permissions=True).name


def limit(value: float = beneficiary_lists.LIMIT, programme: str = TARGET) -> None:
	"""The income that a person may have."""
	doc = frappe.get_doc("Support Programme", programme)
	row = {
		"parameter": "Income a Person a Month",
		"value": value,
		"valid_from": "2020-01-01",
		"source": "قرار",
	}
	doc.set("parameters", [row])
	doc.save(ignore_permissions=True)


def content(path: Path) -> io.BytesIO:
	return io.BytesIO(path.read_bytes())


class BeneficiaryCase(CountryTestCase):
	"""A campaign, an officer and a director in two directorates, two people at headquarters."""

	def setUp(self) -> None:
		super().setUp()
		self.enterContext(without_commits())
		for doctype in ("Support Enrolment", "Support Round Entry", "Support Round", "Recorded Death"):
			frappe.db.delete(doctype)  # of other tests, for as long as this one takes
		self.manager = factories.staff("General Manager", org_unit="HQ")
		self.campaign = campaign()
		limit()

	def load(
		self, text: str, contents: str = lists.BENEFICIARIES, about: str | None = None, name: str = "a.csv"
	):
		"""Load a text as the session user; the batch."""
		data = text if isinstance(text, bytes) else text.encode("utf-8-sig")
		about = self.campaign if about is None else about
		doc = receiving.receive(contents, about, name, io.BytesIO(data))
		loading.run(doc.name)
		return frappe.get_doc(loading.BATCH, doc.name)

	def table(self, *rows: str, head: str = "الرقم القومي,الاسم,المحافظة,الدخل الشهري") -> str:
		return "\n".join((head, *rows))

	def reviews(self, *fields: str, **filters) -> list[dict]:
		return frappe.get_all(
			"Beneficiary Review",
			filters={"campaign": self.campaign, **filters},
			fields=list(fields) or ["*"],
			order_by="name asc",
		)

	def rejected(self, batch) -> list[dict]:
		fields = ["name", "sheet_row", "cells", "faults", "state"]
		return frappe.get_all("Beneficiary Rejected Row", {"batch": batch.name}, fields, order_by="name asc")


def number(index: int) -> str:
	return beneficiary_lists.number_of(index)
