"""Facts that conditions ask for, found when they are asked: the request's own fields, its applicant, its subject."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any

import frappe
from frappe.model.document import Document
from frappe.utils import getdate, nowdate

from social_care.registry.placements import children_in
from social_care.services.packs.definition import fields_of
from social_care.services.packs.expressions import months_between, years_between
from social_care.services.runtime.beginning import CHANNELS

CHANNEL_CODES = {stored: code for code, stored in CHANNELS.items()}


class Facts(Mapping):
	"""A mapping that looks up what it is asked for, once a request and save."""

	def __init__(self, doc: Document, pack: dict) -> None:
		self.doc, self.pack = doc, pack
		self.fields = {field["name"]: field for field in fields_of(pack)}
		self.found: dict[str, Any] = {}

	def __getitem__(self, name: str) -> Any:
		if name not in self.found:
			self.found[name] = self._find(name)
		return self.found[name]

	def __iter__(self) -> Iterator[str]:
		return iter(self.fields)

	def __len__(self) -> int:
		return len(self.fields)

	def _find(self, name: str) -> Any:
		if "." not in name:
			return self._field(name)
		owner, key = name.split(".", 1)
		finder = FINDERS.get(owner)
		return finder(self.doc, key) if finder else None

	def _field(self, name: str) -> Any:
		value, field = self.doc.get(name), self.fields.get(name)
		if field and field["type"] in ("date", "datetime") and value:
			return getdate(value)
		if field and field["type"] == "table":
			return [_row(row, field) for row in value or []]
		if field and field["type"] == "yes_no":
			return int(value or 0)
		if field and field["type"] in ("integer", "number", "money", "percent"):
			return _number(value)
		return value


def _number(value: Any) -> Any:
	try:
		return float(value) if value not in (None, "") else None
	except (TypeError, ValueError):
		return value


def _row(row: Document, field: dict) -> dict[str, Any]:
	dated = {column["name"] for column in field["columns"] if column["type"] == "date"}
	return {
		column["name"]: getdate(row.get(column["name"]))
		if column["name"] in dated and row.get(column["name"])
		else row.get(column["name"])
		for column in field["columns"]
	}


def facts(doc: Document, pack: dict) -> Facts:
	return Facts(doc, pack)


def _today() -> date:
	return getdate(nowdate())


def _applicant(doc: Document, key: str) -> Any:
	plain = {"national_number", "phone", "email", "birth_date", "sex"}
	if key in plain:
		value = doc.get(f"applicant_{key}")
		return getdate(value) if key == "birth_date" and value else value
	if key == "age":
		return years_between(doc.applicant_birth_date, _today()) if doc.applicant_birth_date else None
	if key in ("other_open_requests", "earlier_requests"):
		return _requests(doc, only_open=key == "other_open_requests")
	return _person(
		doc,
		{"nationality": "nationality", "governorate": "birth_governorate", "is_deceased": "is_deceased"}[key],
	)


def _person(doc: Document, field: str) -> Any:
	return frappe.db.get_value("Person", doc.person, field) if doc.person else None


def _requests(doc: Document, only_open: bool) -> int | None:
	"""Other requests of the same service by the same person, wherever they were made; None without a person."""
	if not doc.person:
		return None
	filters = {"person": doc.person, "name": ["!=", doc.name or ""]} | (
		{"closed_on": ["is", "not set"]} if only_open else {}
	)
	return frappe.db.count(doc.doctype, filters)


def _request(doc: Document, key: str) -> Any:
	if key == "submitted_on":
		return getdate(doc.submitted_on)
	if key == "governorate":
		return frappe.db.get_value("Org Unit", doc.org_unit, "governorate")
	return {"channel": CHANNEL_CODES.get(doc.channel), "priority": doc.priority_points}[key]


def _document(doc: Document, code: str) -> bool:
	return any(
		row.document_code == code and row.state not in ("Missing", "Rejected") for row in doc.documents
	)


def _family(doc: Document, key: str) -> int | None:
	"""Members of the applicant's family as the registry knows it."""
	family = frappe.db.get_value("Family Member", {"person": doc.person}, "parent") if doc.person else None
	if not family:
		return None
	member, person = frappe.qb.DocType("Family Member"), frappe.qb.DocType("Person")
	query = (
		frappe.qb.from_(member)
		.left_join(person)
		.on(person.name == member.person)
		.where(member.parent == family)
	)
	births = [row[0] for row in query.select(person.birth_date).run()]
	if key == "members":
		return len(births)
	ages = [years_between(born, _today()) for born in births if born]
	return sum(age < 18 for age in ages) if key == "children" else sum(age >= 18 for age in ages)


def _child(doc: Document, key: str) -> Any:
	fields = ("birth_date", "sex", "life_state", "institution", "admission_date", "person")
	row = frappe.db.get_value("Child", doc.get("child"), fields, as_dict=True) if doc.get("child") else None
	if not row:
		return None
	answers: dict[str, Callable[[], Any]] = {
		"age": lambda: years_between(row.birth_date, _today()) if row.birth_date else None,
		"birth_date": lambda: row.birth_date,
		"sex": lambda: row.sex,
		"in_care": lambda: bool(row.institution and row.life_state == "Active"),
		"months_in_care": lambda: (
			months_between(row.admission_date, _today()) if row.admission_date else None
		),
		"siblings_in_care": lambda: frappe.db.count(
			"Sibling Pair", {"child": doc.child, "status": "Confirmed"}
		),
	}
	return answers[key]()


def _institution(doc: Document, key: str) -> Any:
	if key == "children":
		return children_in(doc.institution) if doc.get("institution") else None
	field = {
		"status": "status",
		"capacity": "licensed_capacity",
		"grade": "grade",
		"licence_expiry": "licence_expiry",
		"kind": "institution_type",
	}[key]
	return (
		frappe.db.get_value("Institution", doc.get("institution"), field) if doc.get("institution") else None
	)


def _association(doc: Document, key: str) -> int | None:
	return (
		frappe.db.count("Institution", {"association": doc.association}) if doc.get("association") else None
	)


FINDERS: dict[str, Callable[[Document, str], Any]] = {
	"applicant": _applicant,
	"request": _request,
	"documents": _document,
	"family": _family,
	"child": _child,
	"institution": _institution,
	"association": _association,
}
