"""What the rules of data quality find in the database, beside what was planted."""

from datetime import date

import frappe

from social_care.demo.census import lacking
from social_care.demo.generator.nation import Nation
from social_care.registry.quality import checks
from social_care.registry.quality.days import on_day
from social_care.registry.quality.records import record_types
from social_care.registry.quality.rules import Rule, rules

# Rules that find what the plan of the nation plants; of pairs and families, each is counted once. All other rules that
# say that something is wrong find nothing; what files lack is reckoned from the plan (`lacking.py`).
PLANTED = {
	"child_photo": ("missing_photo",),
	"child_photo_old": ("old_photo",),
	"child_number_unexplained": ("missing_number_unexplained",),
	"child_number_check_digit": ("wrong_check_digit",),
	"child_number_shared": ("duplicate_number",),
	"child_same_name": ("duplicate_name",),
	"child_siblings_apart": ("siblings_apart",),
	"institution_over_capacity": ("over_capacity",),
}


def counts(on: date) -> dict[str, int]:
	"""{rule: faults} of all records on a day; records that share what a rule compares count once. One query a type of records."""
	found: dict[str, int] = {}
	with on_day(on):
		for record_type in record_types():
			asked = rules(record_type)
			columns = ", ".join(f"{_count(rule)} as `{rule.name}`" for rule in asked) or "1"
			(row,) = frappe.db.sql(f"select {columns} from `tab{record_type}`", as_dict=True)
			found |= {rule.name: int(row[rule.name] or 0) for rule in asked}
	return found


def _count(rule: Rule) -> str:
	named = checks.named().get(rule.named_check)
	if not named or not named.keys:
		return f"sum({rule.fault})"
	keys = ", ".join(f"`tab{rule.record_type}`.`{key}`" for key in named.keys)
	return f"count(distinct if({rule.fault}, concat_ws('|', {keys}), null))"


def expected(nation: Nation) -> dict[str, int]:
	"""What each rule is to find: what was planted, what generated files lack, and of everything else nothing."""
	planted = nation.expected()
	told = lacking.expected(nation)
	told |= {code: sum(planted[defect] for defect in defects) for code, defects in PLANTED.items()}
	return {rule.name: told.get(rule.name, 0) for rule in rules()}
