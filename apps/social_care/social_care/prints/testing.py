"""What the tests of prints share: prints as a user, and what can be read back from them."""

import re
import subprocess

import frappe

from social_care.api.guards.endpoints import run_report
from social_care.printing.testing import squeezed, texts
from social_care.prints import report
from social_care.tests import SocialCareTestCase, factories

CODE = re.compile(r"[0-9A-HJKMNP-TV-Z]{4}(?:-[0-9A-HJKMNP-TV-Z]{4}){3}")


def code_of(pdf: bytes) -> str:
	"""The verification code at the foot of the first page."""
	found = CODE.search(texts(pdf)[0])
	assert found, texts(pdf)[0]
	return found.group()


def embedded(pdf: bytes) -> bool:
	"""Whether every font of the PDF lies in it, an Arabic one among them."""
	listed = subprocess.run(["pdffonts", "-"], input=pdf, capture_output=True, check=True).stdout.decode()
	rows = [line.split() for line in listed.splitlines()[2:]]
	return all(row[-5] == "yes" for row in rows) and "NotoNaskhArabic" in listed


def whole(pdf: bytes) -> str:
	"""The text of all pages without spaces."""
	return squeezed("".join(texts(pdf)))


class PrintCase(SocialCareTestCase):
	"""Two directorates, each with an institution and children."""

	def setUp(self) -> None:
		super().setUp()
		self.cairo = factories.org_unit(unit_name="مديرية التضامن الاجتماعي بالقاهرة").name
		self.giza = factories.org_unit(governorate="21", unit_name="مديرية التضامن الاجتماعي بالجيزة").name
		self.home = factories.institution(self.cairo, institution_name="دار النور").name
		self.other = factories.institution(self.giza, institution_name="دار الأمل").name
		self.chief = factories.staff("Directorate Director", self.cairo)
		self.head = factories.staff("Central Administration Head", "HQ")

	def printed(self, user: str, name: str, **filters) -> bytes:
		"""PDF of a report as a user gets it."""
		self.act_as(user)
		return report.make(name, filters)

	def rows(self, user: str, name: str, **filters) -> list:
		"""Rows of a report as a user sees them on the screen."""
		self.act_as(user)
		return run_report(name, filters)["result"]

	def records(self) -> int:
		return frappe.db.count("Print Verification")
