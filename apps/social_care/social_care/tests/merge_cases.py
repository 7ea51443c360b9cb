"""Two files of one child for tests, with whatever hangs on a file, and the rows of the whole database to compare."""

import frappe
from frappe.utils import add_days, nowdate

from social_care.registry import duplicates
from social_care.registry.merging import history, merge
from social_care.tests import CountryTestCase, factories

# What grows by itself, or is counted anew with another time.
NOT_COMPARED = {
	"Person Merge",
	"Data Quality Fault",
	"Correction Log",
	"Error Log",
	"Scheduled Job Log",
	"RQ Job",
}
REASON = "الطفل نفسه، وقد قورنت الأوراق"


class MergeTestCase(CountryTestCase):
	"""`self.one` and `self.other` are files of one child in an institution of `here`, the second from later on."""

	def setUp(self) -> None:
		super().setUp()
		self.one = factories.child(self.here.institution, admission_date=add_days(nowdate(), -300))
		self.other = self.again()
		self.candidate = self.pair(self.one, self.other)

	def again(self, **values):
		"""The same child entered again."""
		names = ("first_name", "father_name", "grandfather_name", "family_name", "national_number")
		same = {field: self.one.get(field) for field in names} | {"birth_date": str(self.one.birth_date)}
		return factories.child(values.pop("institution", self.here.institution), **{**same, **values})

	def pair(self, one, other) -> str:
		"""The candidate of two files."""
		return frappe.db.get_value(
			"Duplicate Candidate", {"pair_key": duplicates.pair_key(one.person, other.person)}
		)

	def merged(self, survivor=None, chosen: dict | None = None, choice: str = history.JOINED) -> str:
		"""Propose and accept; the name of the merge."""
		self.act_as(self.here.officer)
		name = merge.propose(self.candidate, (survivor or self.one).person, chosen or {}, choice, REASON).name
		self.act_as(self.here.chief)
		merge.decide(name, True)
		self.act_as("Administrator")
		return name


def rows_of_all() -> dict[str, dict[str, tuple]]:
	"""Every row of every table of the apps and of what hangs on their records, by DocType and name."""
	return {
		doctype: {
			row[0]: row[1:] for row in frappe.db.sql(f"select `name`, `tab{doctype}`.* from `tab{doctype}`")
		}
		for doctype in compared_doctypes()
	}


def compared_doctypes() -> list[str]:
	from social_care.scope import is_ours

	ours = [
		name
		for name in frappe.get_all("DocType", {"issingle": 0, "is_virtual": 0}, pluck="name")
		if is_ours(frappe.get_meta(name)) and frappe.db.table_exists(name)
	]
	return sorted({*ours, "Comment", "File", "ToDo", "Workflow Action", "Tag Link", "Version"} - NOT_COMPARED)


def differing(before: dict, after: dict) -> dict[str, list[str]]:
	"""Names of rows that are not as they were, by DocType."""
	found = {}
	for doctype, rows in before.items():
		names = {
			name for name in rows.keys() | after[doctype].keys() if rows.get(name) != after[doctype].get(name)
		}
		if names:
			found[doctype] = sorted(names)
	return found
