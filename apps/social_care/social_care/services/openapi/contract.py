"""Calls for requests of services are held to the description: what does not fit is refused before the framework meets it.

The framework takes a number for a text, a text for a table and a filter without an operator, and either stores them or
breaks. The same schemas that the document shows stand in front of `/api/resource/<type of requests>` and of the steps of
the workflow (hook `auth_hooks`, after the guards of `api/guards`).
"""

from functools import lru_cache
from typing import Any

import frappe
from frappe import _
from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError as Mismatch
from jsonschema.exceptions import best_match

from social_care.api.guards.request import RECORD_PATHS, command, record_path
from social_care.services.openapi import common, operations
from social_care.services.openapi.form_fields import Field
from social_care.services.openapi.reader import Offer, newest_offer
from social_care.services.openapi.schemas import FORMATS, NAME_LIMIT, write_schema

STEP = operations.WORKFLOW.rpartition("/")[2]
TEXT_ARGUMENTS = ("fields", "filters", "or_filters")


class ContractError(frappe.ValidationError):
	"""What was sent does not fit the description of the interface."""


def hold_to_contract() -> None:
	"""`auth_hooks` entry. Raises ContractError (417)."""
	if frappe.session.user == "Guest":
		return  # the guards have refused what is not open
	if command() == STEP:
		check_step(frappe.form_dict.get("doc"), frappe.form_dict.get("action"))
	elif frappe.request.path.startswith(RECORD_PATHS):
		doctype, name, method = record_path(frappe.request.path)
		offer = None if method else newest_offer(doctype, frappe.session.user)
		if offer:
			check_records(offer, name)


def check_records(offer: Offer, name: str) -> None:
	"""A call for the records of a service."""
	method = frappe.request.method
	if method == "GET" and not name:
		check_list(offer, frappe.form_dict)
	elif method == "POST" and not name:
		check_values(sent_values(), validator(offer.write, True), offer.write)
	elif method == "PUT" and name:
		check_values(sent_values(), validator(offer.write, False), offer.write)


def sent_values() -> Any:
	"""What the framework is going to take for the record: the argument `data`, the body, or all arguments."""
	data = frappe.form_dict.get("data")
	text = frappe.request.get_data(as_text=True) if data is None else data
	try:
		return frappe.parse_json(text)
	except ValueError:
		return dict(frappe.form_dict)


def check_values(values: Any, against: Draft202012Validator, fields: tuple[Field, ...]) -> None:
	"""Values of a record against the schema of what may be sent."""
	check_letters(values)
	if not isinstance(values, dict):
		refuse(_("A request is sent as one JSON object."))
	found = best_match(against.iter_errors(values))
	if found:
		refuse(sentence(found, fields))


@lru_cache(maxsize=512)
def validator(fields: tuple[Field, ...], required: bool) -> Draft202012Validator:
	"""Made once a process for each set of fields."""
	return Draft202012Validator(write_schema(fields, required), format_checker=FORMATS)


def check_list(offer: Offer, arguments: dict) -> None:
	"""Arguments of a list."""
	check_letters(dict(arguments))
	columns = operations.columns(offer)
	for name in ("fields", "filters", "or_filters", "order_by"):
		if arguments.get(name) is not None:
			kind = "filters" if name == "or_filters" else name
			value = read_json(name, arguments[name]) if name in TEXT_ARGUMENTS else arguments[name]
			if not argument_validator(kind, columns).is_valid(value):
				refuse(
					_("The argument {0} is not as the description of the interface asks for it.").format(name)
				)
	for name, least in (("limit_start", 0), ("limit_page_length", 1), ("limit", 1)):
		check_count(name, arguments.get(name), least)


@lru_cache(maxsize=256)
def argument_validator(kind: str, columns: common.Columns) -> Draft202012Validator:
	"""The schema of one argument of a list."""
	schema = {
		"fields": common.fields_schema,
		"filters": common.filters_schema,
		"order_by": common.order_schema,
	}[kind]
	return Draft202012Validator(schema(columns), format_checker=FORMATS)


def read_json(name: str, text: Any) -> Any:
	try:
		return frappe.parse_json(text)
	except ValueError:
		refuse(_("The argument {0} is not as the description of the interface asks for it.").format(name))


def check_count(name: str, value: Any, least: int) -> None:
	most = common.MOST if least else common.WHOLE
	text = str(value)
	if value is not None and not (text.isascii() and text.isdigit() and least <= int(text[:11]) <= most):
		refuse(_("The argument {0} is a whole number from {1} to {2}.").format(name, least, most))


def check_step(doc: Any, action: Any) -> None:
	"""Arguments of a step: a record by its type and name, and the step's name."""
	check_letters([doc, action])
	try:
		found = frappe.parse_json(doc)
	except ValueError:
		found = None
	named = isinstance(found, dict) and all(_is_name(found.get(key)) for key in ("doctype", "name"))
	if not named or not _is_name(action):
		refuse(_("A step is asked for with the type and name of the record, and the name of the step."))


def _is_name(value: Any) -> bool:
	return isinstance(value, str) and 0 < len(value) <= NAME_LIMIT


def check_letters(value: Any) -> None:
	"""Halves of letters (lone surrogates) are no text: no database stores them."""
	try:
		_walk(value)
	except UnicodeEncodeError:
		refuse(_("A text holds signs that are no letters."))


def _walk(value: Any) -> None:
	if isinstance(value, str):
		value.encode()
	elif isinstance(value, dict):
		for key, part in value.items():
			_walk(key)
			_walk(part)
	elif isinstance(value, list | tuple):
		for part in value:
			_walk(part)


def sentence(found: Mismatch, fields: tuple[Field, ...]) -> str:
	"""What is wrong, for the person who reads the refusal."""
	label = label_of(found, fields)
	if found.validator == "required":
		return _("{0} is missing.").format(label)
	if found.validator == "minProperties":
		return _("Nothing was sent to be stored.")
	texts = {
		"type": _("{0} is of another kind than what was sent."),
		"enum": _("{0} does not know this choice."),
		"maxLength": _("{0} is longer than it may be."),
		"minLength": _("{0} may not be empty."),
		"minItems": _("{0} may not be empty."),
		"maxItems": _("{0} has more rows than one call may bring."),
		"minimum": _("{0} is smaller than it may be."),
		"maximum": _("{0} is larger than it may be."),
	}
	return texts.get(str(found.validator), _("{0} is not written as it has to be.")).format(label)


def label_of(found: Mismatch, fields: tuple[Field, ...]) -> str:
	"""The field's label, with its table's and the row before it."""
	steps = list(found.absolute_path)
	if found.validator == "required":
		steps.append(next(name for name in found.validator_value if name not in found.instance))
	words, known = [], {field.name: field for field in fields}
	for step in steps:
		if isinstance(step, int):
			words.append(str(step + 1))
		elif step in known:
			words.append(known[step].label)
			known = {column.name: column for column in known[step].rows}
	return " / ".join(words) or _("Request")


def refuse(text: str) -> None:
	frappe.throw(text, ContractError, title=_("Interface"))
