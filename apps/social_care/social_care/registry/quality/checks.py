"""Checks that compare records with each other or take a value apart. Each is one condition on the record's own table, which
the database answers for one record as for all; other apps add theirs by the hook `social_care_quality_checks`."""

from dataclasses import dataclass

import frappe

from social_care.organisation.grants import request_cache

HOOK = "social_care_quality_checks"


@dataclass(frozen=True)
class Check:
	"""A named check: `sql` holds for records that do not pass. `fields` are those of the record that it looks at (their
	level is that of its faults); records that share the values of `keys` are looked at again together."""

	code: str
	record_type: str
	sql: str
	fields: tuple[str, ...]
	keys: tuple[str, ...] = ()


def named() -> dict[str, Check]:
	"""Checks by code, of all installed apps."""
	cache = request_cache(HOOK)
	if not cache:
		cache.update(
			(check.code, check) for path in frappe.get_hooks(HOOK) for check in frappe.get_attr(path)
		)
	return cache


def _other(condition: str, source: str = "`tabChild` other") -> str:
	return f"exists (select 1 from {source} where {condition})"


def _of_orphan(fault: str) -> str:
	"""A fault of one parent, for each whom the child's orphanhood says to be dead; "{parent}" is that parent's row of the family."""
	return " or ".join(
		f"(`tabChild`.`orphanhood` in ('{state}', 'Both Parents Deceased') and {fault})".replace(
			"{parent}", f"{PARENT} and parent.`relation` = '{relation}'"
		)
		for relation, state in ORPHANED
	)


PARENT = (
	"select 1 from `tabFamily Member` parent where parent.`parenttype` = 'Family'"
	" and parent.`parent` = `tabChild`.`family`"
)
ORPHANED = (("Father", "Father Deceased"), ("Mother", "Mother Deceased"))
NUMBER = "`tabChild`.`national_number`"
PLAUSIBLE = f"{NUMBER} regexp '^[23][0-9]{{13}}$'"
WEIGHTS = (
	2,
	7,
	6,
	5,
	4,
	3,
	2,
	7,
	6,
	5,
	4,
	3,
	2,
)  # of the circulating formula, see registry/national_number.py
REST = (
	"11 - ("
	+ " + ".join(f"{weight} * substr({NUMBER}, {place}, 1)" for place, weight in enumerate(WEIGHTS, 1))
	+ ") mod 11"
)
BORN = f"concat(if(left({NUMBER}, 1) = '2', '19', '20'), substr({NUMBER}, 2, 6))"
OVERLAPS = (
	"exists (select 1 from `tabPlacement` next where next.`child` = stay.`child` and next.`name` != stay.`name`"
	" and next.`from_date` >= stay.`from_date` and next.`from_date` < ifnull(stay.`to_date`, '9999-12-31'))"
)
FOLLOWED = "exists (select 1 from `tabPlacement` next where next.`child` = stay.`child` and next.`from_date` = stay.`to_date`)"
BUILT = (
	f"({PLAUSIBLE} and str_to_date({BORN}, '%Y%m%d') is not null"
	f" and exists (select 1 from `tabGovernorate` place where place.`name` = substr({NUMBER}, 8, 2)))"
)
CURRENT = "`tabPlacement` current where current.`is_current` = 1"

CHECKS = (
	Check(
		"national_number_structure",
		"Child",
		f"ifnull({NUMBER}, '') != '' and not {BUILT}",
		("national_number",),
	),
	Check(
		"national_number_agrees",
		"Child",
		f"{BUILT} and (date_format(`tabChild`.`birth_date`, '%Y%m%d') != {BORN}"
		f" or `tabChild`.`sex` != if(substr({NUMBER}, 13, 1) mod 2 = 1, 'Male', 'Female'))",
		("national_number", "birth_date", "sex"),
	),
	Check(
		"national_number_check_digit",
		"Child",
		f"{BUILT} and {REST} between 1 and 9 and right({NUMBER}, 1) != {REST}",
		("national_number",),
	),
	Check(
		"national_number_shared",
		"Child",
		f"ifnull({NUMBER}, '') != '' and "
		+ _other(f"other.`national_number` = {NUMBER} and other.`person` != `tabChild`.`person`"),
		("national_number",),
		("national_number",),
	),
	Check(
		"same_name_and_birth_date",
		"Child",
		f"ifnull({NUMBER}, '') = '' and ifnull(`tabChild`.`search_name`, '') != '' and "
		+ _other(
			"other.`search_name` = `tabChild`.`search_name` and other.`birth_date` = `tabChild`.`birth_date`"
			" and ifnull(other.`national_number`, '') = '' and other.`person` != `tabChild`.`person`"
		),
		("national_number", "search_name", "birth_date"),
		("search_name", "birth_date"),
	),
	Check(
		"siblings_apart",
		"Child",
		"ifnull(`tabChild`.`family`, '') != '' and (select count(distinct home.`institution`) > 1"
		" and sum(ifnull(home.`sibling_separation_reason`, '') != '') = 0 from `tabChild` other"
		" join `tabPlacement` home on home.`child` = other.`name` and home.`is_current` = 1"
		" and home.`setting` = 'Institution' where other.`family` = `tabChild`.`family`)",
		("family",),
		("family",),
	),
	Check(
		"orphan_without_death_certificate",
		"Child",
		_of_orphan("not exists ({parent} and ifnull(parent.`death_certificate_number`, '') != '')"),
		("orphanhood", "family"),
	),
	Check(
		"orphan_with_living_parent",
		"Child",
		_of_orphan("exists ({parent} and parent.`life_status` = 'Alive')"),
		("orphanhood", "family"),
	),
	Check(
		"place_of_file",
		"Child",
		"exists (select 1 from "
		+ CURRENT
		+ " and current.`child` = `tabChild`.`name` and not (current.`institution` <=> `tabChild`.`institution`))",
		("institution",),
	),
	Check(
		"placement_history",
		"Child",
		"exists (select 1 from `tabPlacement` stay where stay.`child` = `tabChild`.`name` and ("
		"stay.`to_date` <= stay.`from_date` or stay.`is_current` != (stay.`to_date` is null)"
		f" or {OVERLAPS} or (stay.`end_reason` = 'Next Placement' and not {FOLLOWED})))",
		("institution",),
	),
	Check(
		"over_capacity",
		"Institution",
		"(select count(*) from "
		+ CURRENT
		+ " and current.`institution` = `tabInstitution`.`name`) > `tabInstitution`.`licensed_capacity`",
		("licensed_capacity",),
	),
)
