"""Conditions of a rule as the filters of a list, so that whatever a rule finds can be listed by the framework, too."""

import frappe
from frappe import _
from frappe.model import table_fields
from frappe.utils import add_years, cint

from social_care.registry.quality.days import today

Filters = dict[str, str | int | list]


class QualityRuleError(frappe.ValidationError):
	"""A rule that cannot be checked as it is written."""


def refuse(sentence: str) -> None:
	frappe.throw(sentence, QualityRuleError, title=_("Data Quality Rule"))


def several(text: str | None) -> list[str]:
	"""The values of a text with commas, Arabic ones too."""
	return [part.strip() for part in (text or "").replace("،", ",").split(",") if part.strip()]


def years_ago(value: str | None) -> str:
	return str(add_years(today(), -cint(value)))


OPERATORS = {
	"Is": lambda value: ["=", value or ""],
	"Is Not": lambda value: ["!=", value or ""],
	"Is One Of": lambda value: ["in", several(value)],
	"Is None Of": lambda value: ["not in", several(value)],
	"Is Filled": lambda value: ["is", "set"],
	"Is Empty": lambda value: ["is", "not set"],
	"At Least": lambda value: [">=", value or ""],
	"At Most": lambda value: ["<=", value or ""],
	"At Least Years Ago": lambda value: ["<=", years_ago(value)],
	"Less Than Years Ago": lambda value: [">", years_ago(value)],
}


def filters_of(doctype: str, rows: list[dict]) -> Filters:
	"""The filters that rows of Data Quality Condition mean."""
	return {key_of(doctype, row["field"]): OPERATORS[row["operator"]](row["value"]) for row in rows}


def key_of(doctype: str, field: str) -> str:
	"""The filter's name of a field; of a table, the one that asks whether it has rows."""
	df = frappe.get_meta(doctype).get_field(field)
	return f"{df.options}.name" if df and df.fieldtype in table_fields else field


def check_rows(doctype: str, rows: list[dict]) -> None:
	"""Each row names a field of the record once; of a table only whether it is empty can be asked."""
	seen: set[str] = set()
	for row in rows:
		df = check_field(doctype, row["field"])
		if row["field"] in seen:
			refuse(_("{0} stands more than once in the conditions.").format(_(df.label)))
		if df.fieldtype in table_fields and row["operator"] != "Is Empty":
			refuse(_("Of the table {0} only whether it is empty can be asked.").format(_(df.label)))
		seen.add(row["field"])


def check_field(doctype: str, field: str | None):
	"""The field of the record, which has to be one that holds a value."""
	df = frappe.get_meta(doctype).get_field(field) if field else None
	holds = df and (df.fieldtype in table_fields or df.fieldtype not in frappe.model.no_value_fields)
	if not holds or df.get("is_virtual"):
		refuse(_("{0} is no field of the record.").format(field or _("Field")))
	return df
