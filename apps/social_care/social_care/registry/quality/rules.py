"""Rules of Data Quality Rule as conditions of SQL: whom a rule concerns, and who does not meet it."""

import hashlib
import json
from dataclasses import dataclass

import frappe
from frappe.utils import add_days, add_months, cint, flt, getdate

from social_care.organisation.grants import request_cache
from social_care.registry.dashboards.rows import sql
from social_care.registry.quality import checks, days
from social_care.registry.quality.conditions import Filters, filters_of, key_of, several
from social_care.registry.quality.records import record_types

RULE, CONDITION = "Data Quality Rule", "Data Quality Condition"
FILLED, NAMED = "Field Is Filled", "Named Check"
COLUMNS = (
	*(
		"name",
		"record_type",
		"kind",
		"severity",
		"sentence_ar",
		"sentence_en",
		"fix_field",
		"weight",
		"level",
	),
	*("check", "field", "named_check", "other_field", "allowed_values", "lowest", "highest", "months"),
	*("months_setting", "valid_from", "valid_to"),
)
EARLIEST = "1900-01-01"
# What a check needs besides its field: one of these.
NEEDS = {
	"Value Is Allowed": ("allowed_values",),
	"Number Is in Range": ("lowest", "highest"),
	"Date Is Not Before Other Date": ("other_field",),
	"Date Is Recent": ("months", "months_setting"),
}


@dataclass(frozen=True)
class Rule:
	"""A rule that counts today. `due` and `fault` are conditions on the record's own table."""

	name: str
	record_type: str
	kind: str
	severity: str
	sentences: tuple[str, str]
	field: str
	weight: int
	level: int
	named_check: str
	due: str
	fault: str
	due_filters: Filters
	filters: Filters | None

	@property
	def sentence(self) -> str:
		"""In the language of the session."""
		return self.sentences[0 if (frappe.local.lang or "ar").startswith("ar") else 1]


def rules(record_type: str | None = None) -> list[Rule]:
	"""Rules that count today, by code; of one type of records where it is named."""
	cache = request_cache("social_care_quality_rules")
	if "rules" not in cache:
		cache["stored"] = stored()
		cache["rules"] = [rule for row in cache["stored"] if (rule := _compiled(row))]
	return [rule for rule in cache["rules"] if record_type in (None, rule.record_type)]


def forget() -> None:
	"""Rules were changed in this request."""
	frappe.local.social_care_quality_rules = None


def stored() -> list[frappe._dict]:
	"""Rows of enabled rules that have begun and not ended, with their `conditions`; two queries."""
	# rules are the same for everybody: what a reader is told of their faults is decided by level and place
	rows = frappe.get_all(RULE, filters={"enabled": 1}, fields=list(COLUMNS), order_by="name asc")
	conditions: dict[str, list] = {}
	for row in frappe.get_all(
		CONDITION,
		filters={"parenttype": RULE},
		fields=["parent", "field", "operator", "value"],
		order_by="parent asc, idx asc",
	):
		conditions.setdefault(row.pop("parent"), []).append(row)
	today = getdate(days.today())
	return [
		frappe._dict(row, conditions=conditions.get(row.name, []))
		for row in rows
		if getdate(row.valid_from or EARLIEST) <= today <= getdate(row.valid_to or today)
	]


def digest() -> str:
	"""What tells whether kept faults were found by the rules that count today."""
	rules()
	text = json.dumps(
		request_cache("social_care_quality_rules")["stored"], sort_keys=True, default=str, ensure_ascii=False
	)
	return hashlib.sha256(text.encode()).hexdigest()


def _compiled(row: frappe._dict) -> Rule | None:
	"""None where the site no longer has what the rule looks at."""
	if not _known(row):
		return None
	due_filters = filters_of(row.record_type, row.conditions)
	due, own = sql(row.record_type, due_filters), own_filters(row)
	fault = sql(row.record_type, own) if own is not None else own_sql(row)
	joinable = own is not None and not own.keys() & due_filters.keys()
	return Rule(
		name=row.name,
		record_type=row.record_type,
		kind=row.kind,
		severity=row.severity,
		sentences=(row.sentence_ar or "", row.sentence_en or ""),
		field=row.fix_field or row.field or "",
		weight=cint(row.weight) if row.check == FILLED else 0,
		level=level_of(row),
		named_check=row.named_check or "",
		due=due,
		fault=f"({due}) and ({fault})",
		due_filters=due_filters,
		filters=due_filters | own if joinable else None,
	)


def fields_of(row) -> set[str]:
	"""Fields of the record that a rule (row or document) looks at."""
	named = checks.named().get(row.named_check) if row.check == NAMED else None
	asked = {*named.fields} if named else {row.field, row.other_field}
	return (asked | {row.fix_field} | {condition.field for condition in row.conditions}) - {None, ""}


def level_of(row) -> int:
	"""The highest protection level among the fields that a rule looks at."""
	meta = frappe.get_meta(row.record_type)
	return max((cint(df.permlevel) for field in fields_of(row) if (df := meta.get_field(field))), default=0)


def _known(row: frappe._dict) -> bool:
	if row.record_type not in record_types() or (
		row.check == NAMED and row.named_check not in checks.named()
	):
		return False
	meta = frappe.get_meta(row.record_type)
	return all(meta.get_field(field) for field in fields_of(row))


def own_filters(row: frappe._dict) -> Filters | None:
	"""What the check itself finds, as filters of a list; None where a list has no such filters."""
	key = key_of(row.record_type, row.field) if row.field else ""
	if row.check == FILLED:
		return {key: ["is", "not set"]}
	if row.check == "Value Is Allowed":
		return {key: ["not in", [*several(row.allowed_values), ""]]}
	if row.check == "Date Is Not in the Future":
		return {key: [">", days.today()]}
	if row.check == "Date Has Not Passed":
		return {key: ["between", [EARLIEST, str(add_days(days.today(), -1))]]}
	if row.check == "Date Is Recent":
		oldest = add_months(days.today(), -months(row))
		return {key: ["between", [EARLIEST, str(add_days(oldest, -1))]]}
	return None


def months(row: frappe._dict) -> int:
	"""The age in months that a rule allows: of the setting where it names one that is filled."""
	setting = frappe.get_cached_doc("Social Care Settings").get(row.months_setting or "") or 0
	return cint(setting) or cint(row.months)


def own_sql(row: frappe._dict) -> str:
	"""The same of checks that compare columns or rows; never null."""
	table = f"`tab{row.record_type}`"
	if row.check == NAMED:
		return f"ifnull(({checks.named()[row.named_check].sql}), 0)"
	if row.check == "Date Is Not Before Other Date":
		return f"ifnull({table}.`{row.field}` < {table}.`{row.other_field}`, 0)"
	bounds = [
		f"{table}.`{row.field}` {sign} {flt(bound)}"
		for sign, bound in (("<", row.lowest), (">", row.highest))
		if bound not in (None, "")
	]
	return f"ifnull({' or '.join(bounds) or '0'}, 0)"
