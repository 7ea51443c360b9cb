"""Requests of a service counted by what was answered: choices and yes/no fields of its packs, with means of numbers.

A field is offered to those who may read its level; a request to count by another one is refused.
"""

from dataclasses import dataclass, field
from typing import Any

import frappe
from frappe import _
from frappe.utils import cint, flt
from pypika.functions import Count, Sum

from social_care.registry.levels import read_levels
from social_care.services.openapi.form_fields import spoken
from social_care.services.packs.definition import fields_of
from social_care.services.requests_of_all import Period, of_reader, packs, services_read

CHOICES, NUMBERS = ("choice", "yes_no"), ("integer", "number", "money", "percent")
SEXES = ("Male", "Female")


class FieldNotCounted(frappe.PermissionError):
	"""A field that the service does not have, or whose level the reader does not read."""


@dataclass
class Answer:
	"""A field of the form as it is counted: its label, its type in the pack, and names of what is stored in it."""

	fieldname: str
	label: str
	kind: str
	choices: dict[str, str] = field(default_factory=dict)

	def spoken(self, value: Any) -> str:
		if self.kind == "yes_no":
			return _("Yes") if cint(value) else _("No")
		return self.choices.get(value) or (_(value) if value else _("Not Given"))


def service_read(service: str) -> dict:
	"""The published service, for whoever sees requests of it. Raises PermissionError."""
	found = services_read({"name": service})
	if not found:
		frappe.throw(
			_("You see no requests of this service."), frappe.PermissionError, title=_("Requests by Answer")
		)
	return found[0]


def fields(service: str) -> dict[str, list[dict]]:
	"""What the reader may count a service by: {"choices": [{"value", "label"}], "numbers": […]}. Raises PermissionError."""
	offered = offered_of(service_read(service)).values()
	return {
		"choices": [_option(row) for row in offered if row.kind in CHOICES],
		"numbers": [_option(row) for row in offered if row.kind in NUMBERS],
	}


def _option(answer: Answer) -> dict:
	return {"value": answer.fieldname, "label": answer.label}


def offered_of(service: dict) -> dict[str, Answer]:
	"""Fields of all versions whose level the reader reads, as the newest version names them."""
	meta, levels = frappe.get_meta(service["request_type"]), read_levels(service["request_type"])
	versions = packs([service["name"]])[service["name"]]
	found = {"status": Answer("status", _("Status"), "choice", _states(versions))}
	found["applicant_sex"] = Answer(
		"applicant_sex", _("Sex of the Applicant"), "choice", {value: _(value) for value in SEXES}
	)
	for row in (row for pack in versions for row in fields_of(pack) if row["type"] in (*CHOICES, *NUMBERS)):
		df = meta.get_field(row["name"])
		if not df or df.permlevel not in levels:
			continue
		earlier = found.pop(row["name"]).choices if row["name"] in found else {}
		named = {option["value"]: spoken(option["title"]) for option in row["options"]}
		found[row["name"]] = Answer(row["name"], spoken(row["label"]), row["type"], earlier | named)
	return found


def _states(versions: list[dict]) -> dict[str, str]:
	return {
		state["title"]["en"]: spoken(state["title"])
		for pack in versions
		for state in pack["workflow"]["states"]
	}


def chosen(offered: dict[str, Answer], names: list[str | None], kinds: tuple[str, ...]) -> list[Answer]:
	"""The fields that were asked for, each once. Raises FieldNotCounted."""
	wanted = list(dict.fromkeys(name for name in names if name))
	if any(name not in offered or offered[name].kind not in kinds for name in wanted):
		frappe.throw(
			_("Requests cannot be counted by this field."), FieldNotCounted, title=_("Requests by Answer")
		)
	return [offered[name] for name in wanted]


def counted(doctype: str, by: list[Answer], numbers: list[Answer], period: Period) -> list[dict]:
	"""Requests received in the period by office and answers, with number and sum of the numbers given; one query.

	A number that is 0 was not given: the table knows no empty numbers.
	"""
	table = frappe.qb.DocType(doctype)
	keys = [table.org_unit, *(table[answer.fieldname] for answer in by)]
	query = frappe.qb.from_(table).select(*keys, Count(table.name).as_("requests"))
	for place, answer in enumerate(numbers):
		column = table[answer.fieldname]
		query = query.select(Sum(column != 0).as_(f"given_{place}"), Sum(column).as_(f"sum_{place}"))
	query = of_reader(query.where(period.holds(table.submitted_on)), doctype)
	return query.groupby(*keys).run(as_dict=True)


def means(row: dict, numbers: list[Answer]) -> dict[str, float | None]:
	"""Mean of each number over the requests in which it was given; None where it was in none."""
	return {
		f"mean_{place}": round(flt(row[f"sum_{place}"]) / cint(row[f"given_{place}"]), 2)
		if cint(row[f"given_{place}"])
		else None
		for place in range(len(numbers))
	}
