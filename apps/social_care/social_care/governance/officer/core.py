"""What the core gives to the queue of data officers: overdue confirmations, files with errors, returned files, possible
duplicates, units that nobody reaches."""

from collections.abc import Iterable

import frappe
from frappe.utils import nowdate

from social_care.governance.officer import reached
from social_care.governance.officer.providers import Provider, Waiting


def _overdue(homes: list[str] | None) -> Iterable[Waiting]:
	return _waiting(
		"Institution Confirmation",
		"""select k.`name`, k.`institution`, date_add(k.`due_on`, interval 1 day) from `tabInstitution Confirmation` k
		where k.`status` = 'Open' and k.`children` > 0 and k.`due_on` < %(today)s and {homes}""",
		"k.`institution`",
		homes,
	)


def _invalid(homes: list[str] | None) -> Iterable[Waiting]:
	"""Records with an error of a quality rule, once for all of its errors, since the oldest."""
	rows = frappe.db.sql(
		f"""select `record_type`, `record_name`, max(`institution`), min(`found_on`) from `tabData Quality Fault` fault
		where fault.`severity` = 'Error' and {_limit("fault.`institution`", homes)} group by `record_type`, `record_name`""",
		{"homes": homes, "today": nowdate()},
	)
	return [Waiting(kind, name, home, None, since) for kind, name, home, since in rows]


def _returned(homes: list[str] | None) -> Iterable[Waiting]:
	return _waiting(
		"Child",
		"""select file.`name`, file.`institution`, date(file.`modified`) from `tabChild` file
		where file.`file_state` = 'Returned' and file.`life_state` = 'Active' and {homes}""",
		"file.`institution`",
		homes,
	)


def _duplicates(homes: list[str] | None) -> Iterable[Waiting]:
	"""An open pair waits at each place where one of the two has a file."""
	return _waiting(
		"Duplicate Candidate",
		"""select distinct pair.`name`, file.`institution`, date(pair.`creation`) from `tabDuplicate Candidate` pair
		join `tabChild` file on file.`person` in (pair.`person`, pair.`other_person`)
		where pair.`status` = 'Open' and {homes}""",
		"file.`institution`",
		homes,
	)


def _unreachable(homes: list[str] | None) -> Iterable[Waiting]:
	return [
		Waiting("Institution", row.institution, row.institution, None, row.since)
		for row in reached.unreachable(homes)
	]


def _waiting(record_type: str, query: str, column: str, homes: list[str] | None) -> list[Waiting]:
	rows = frappe.db.sql(
		query.format(homes=_limit(column, homes)), {"homes": homes, "today": nowdate()}
	)  # of this module's own words
	return [Waiting(record_type, name, home, None, since) for name, home, since in rows]


def _limit(column: str, homes: list[str] | None) -> str:
	return "1=1" if homes is None else f"{column} in %(homes)s"


OVERDUE = Provider("Overdue Confirmation", "Confirmations Overdue", _overdue)
INVALID = Provider("Invalid Record", "Records with Errors", _invalid)
DUPLICATE = Provider("Possible Duplicate", "Possible Duplicates", _duplicates)
RETURNED = Provider("Returned File", "Returned Files", _returned)
UNREACHABLE = Provider("Unreachable Unit", "Unreachable Institutions", _unreachable)
