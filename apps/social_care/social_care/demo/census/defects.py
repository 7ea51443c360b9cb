"""Defects of a registry, each found by one set-based query.

Every rule is a function of the day it is asked for and returns the names of the records concerned (for pairs, one
name for each group). The rules know nothing of demonstration data and are meant for data-quality rules as well.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import frappe
from frappe.utils import add_months, getdate


@dataclass(frozen=True)
class Defect:
	"""A kind of defect: its code, a title, the DocType whose names `find` returns."""

	code: str
	title: str
	doctype: str
	find: Callable[[date], list[str]]


def missing_number_explained(on: date) -> list[str]:
	"""Children in care without a national number whose status says why."""
	return frappe.db.sql_list(
		"""select c.`name` from `tabChild` c
		where c.`life_state` = 'Active' and ifnull(c.`national_number`, '') = '' and ifnull(c.`national_number_status`, '') not in ('', 'Recorded')"""
	)


def missing_number_unexplained(on: date) -> list[str]:
	"""Children in care without a national number and without a reason."""
	return frappe.db.sql_list(
		"""select c.`name` from `tabChild` c
		where c.`life_state` = 'Active' and ifnull(c.`national_number`, '') = '' and ifnull(c.`national_number_status`, '') in ('', 'Recorded')"""
	)


def wrong_check_digit(on: date) -> list[str]:
	"""Children whose number ends in another digit than the usual formula gives, where all programs agree on it."""
	return frappe.db.sql_list(
		"""select t.`name` from (
			select c.`name`, right(c.`national_number`, 1) as written, 11 - (
				2 * substr(c.`national_number`, 1, 1) + 7 * substr(c.`national_number`, 2, 1)
				+ 6 * substr(c.`national_number`, 3, 1) + 5 * substr(c.`national_number`, 4, 1)
				+ 4 * substr(c.`national_number`, 5, 1) + 3 * substr(c.`national_number`, 6, 1)
				+ 2 * substr(c.`national_number`, 7, 1) + 7 * substr(c.`national_number`, 8, 1)
				+ 6 * substr(c.`national_number`, 9, 1) + 5 * substr(c.`national_number`, 10, 1)
				+ 4 * substr(c.`national_number`, 11, 1) + 3 * substr(c.`national_number`, 12, 1)
				+ 2 * substr(c.`national_number`, 13, 1)
			) mod 11 as computed
			from `tabChild` c where c.`national_number` regexp '^[0-9]{14}$'
		) t where t.computed between 1 and 9 and t.written != t.computed"""
	)


def missing_photo(on: date) -> list[str]:
	"""Children in care without a photograph."""
	return frappe.db.sql_list(
		"select c.`name` from `tabChild` c where c.`life_state` = 'Active' and ifnull(c.`photo`, '') = ''"
	)


def old_photo(on: date) -> list[str]:
	"""Children whose photograph is older than Social Care Settings allow."""
	months = frappe.get_cached_doc("Social Care Settings").photo_max_age_months or 12
	return frappe.db.sql_list(
		"select c.`name` from `tabChild` c where ifnull(c.`photo`, '') != '' and c.`photo_date` < %s",
		getdate(add_months(on, -months)),
	)


def duplicate_number(on: date) -> list[str]:
	"""National numbers that children of several institutions share; the first child's name for each."""
	return frappe.db.sql_list(
		"""select min(c.`name`) from `tabChild` c where ifnull(c.`national_number`, '') != ''
		group by c.`national_number` having count(distinct c.`person`) > 1 and count(distinct c.`institution`) > 1"""
	)


def duplicate_name(on: date) -> list[str]:
	"""Children without a number who share name (as searched) and birth date over several institutions."""
	return frappe.db.sql_list(
		"""select min(c.`name`) from `tabChild` c where ifnull(c.`national_number`, '') = ''
		group by c.`search_name`, c.`birth_date`
		having count(distinct c.`person`) > 1 and count(distinct c.`institution`) > 1"""
	)


def siblings_apart(on: date) -> list[str]:
	"""Families whose children live in several institutions, and nobody has written why."""
	return frappe.db.sql_list(
		"""select c.`family` from `tabChild` c
		join `tabPlacement` p on p.`child` = c.`name` and p.`is_current` = 1 and p.`setting` = 'Institution'
		where ifnull(c.`family`, '') != ''
		group by c.`family` having count(distinct p.`institution`) > 1
		and sum(ifnull(p.`sibling_separation_reason`, '') != '') = 0"""
	)


def over_capacity(on: date) -> list[str]:
	"""Institutions in which more children live than are licensed."""
	return frappe.db.sql_list(
		"""select i.`name` from `tabInstitution` i
		join `tabPlacement` p on p.`institution` = i.`name` and p.`is_current` = 1
		group by i.`name`, i.`licensed_capacity` having count(*) > i.`licensed_capacity`"""
	)


DEFECTS = (
	Defect(
		"missing_number_explained", "National number missing, reason given", "Child", missing_number_explained
	),
	Defect(
		"missing_number_unexplained",
		"National number missing, no reason",
		"Child",
		missing_number_unexplained,
	),
	Defect("wrong_check_digit", "Check digit of the national number differs", "Child", wrong_check_digit),
	Defect("missing_photo", "Photograph missing", "Child", missing_photo),
	Defect("old_photo", "Photograph too old", "Child", old_photo),
	Defect("duplicate_number", "One national number in two institutions", "Child", duplicate_number),
	Defect("duplicate_name", "Same name and birth date in two institutions", "Child", duplicate_name),
	Defect("siblings_apart", "Siblings in different institutions", "Family", siblings_apart),
	Defect("over_capacity", "Institution over its licensed capacity", "Institution", over_capacity),
)
