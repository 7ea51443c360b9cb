"""Fields of a request as the interface knows them: from the record type, and from the pack what the type does not say."""

from dataclasses import dataclass, replace

import frappe
from frappe import _
from frappe.model import no_value_fields

from social_care.services.compiler.fields import head, tail
from social_care.services.compiler.flow import state_name
from social_care.services.packs.definition import fields_of
from social_care.services.packs.fact_names import place_fields

TABLES = ("Table", "Table MultiSelect")
UNSEEN = ("editors", "asked_users")  # kept for the server's own use


@dataclass(frozen=True)
class Field:
	"""One field. `rows` are the columns of a table, `titles` the words of the options in their order. `known` are the
	options of all versions, for reading. `form` is "email" or nothing. `earlier`: only requests of earlier versions have it. `kept`: it is changed, never emptied. `shared`: a table
	whose rows are the same in every service.
	"""

	name: str
	kind: str
	label: str
	target: str = ""
	options: tuple[str, ...] = ()
	titles: tuple[str, ...] = ()
	known: tuple[str, ...] = ()
	known_titles: tuple[str, ...] = ()
	level: int = 0
	read_only: bool = False
	required: bool = False
	length: int = 0
	help: str = ""
	form: str = ""
	earlier: bool = False
	kept: bool = False
	shared: bool = False
	minimum: float | None = None
	maximum: float | None = None
	rows: tuple["Field", ...] = ()


def request_fields(doctype: str, packs: dict[int, dict]) -> tuple[Field, ...]:
	"""The fields of a service's requests, in the order of the form. `packs` are the versions by number."""
	newest = packs[max(packs)]
	known = {field["name"]: field for field in fields_of(newest)}
	now = {row["fieldname"] for row in (*head(newest), *tail())} | set(known)
	hidden = {field["name"] for part in newest["sections"] if part["show_when"] for field in part["fields"]}
	kept, found = place_fields(newest), []
	for df in _valued(doctype):
		field = known.get(df.fieldname, {})
		made = _field(df, df.fieldname not in hidden and _required(field))
		made = replace(made, minimum=field.get("minimum", made.minimum), maximum=field.get("maximum"))
		if field:
			made = replace(
				made, label=spoken(field["label"]), help=spoken(field["help"]) if field["help"] else ""
			)
		earlier = df.fieldname not in now and not df.get("is_custom_field")
		found.append(_with_options(replace(made, earlier=earlier, kept=df.fieldname in kept), packs))
	return tuple(found)


def _with_options(made: Field, packs: dict[int, dict]) -> Field:
	"""A choice in the words of its pack, and with the options that earlier versions had: their requests hold them."""
	if not made.options:
		return made
	words: dict[str, str] = {}
	for version in sorted(packs, reverse=True):
		words = _choices(made.name, packs[version]) | words
	known = dict.fromkeys((*made.options, *words))
	titles = {name: words.get(name) or _(name) for name in known}
	now = tuple(titles[name] for name in made.options)
	return replace(made, titles=now, known=tuple(titles), known_titles=tuple(titles.values()))


def _choices(name: str, pack: dict) -> dict[str, str]:
	"""Options of a field in the words of the session's language, by what is stored."""
	if name == "status":
		return {state_name(state): spoken(state["title"]) for state in pack["workflow"]["states"]}
	fields = [field for field in fields_of(pack) if field["name"] == name]
	return {option["value"]: spoken(option["title"]) for field in fields for option in field["options"]}


def spoken(text: dict) -> str:
	"""A text of a pack in the language of the session: Arabic, or English where that is asked for."""
	return text["en"] if frappe.local.lang == "en" else text["ar"]


def _required(field: dict) -> bool:
	"""Whether a request is never taken without it. What hangs on other fields is asked by the service itself."""
	if not field.get("required") or field["show_when"] or field["from_state"]:
		return False
	return field["type"] != "yes_no" and field["filled_by"] == "applicant" and not _may_be_zero(field)


def _may_be_zero(field: dict) -> bool:
	return field["type"] in ("integer", "number", "money", "percent") and field["minimum"] in (None, 0)


def _valued(doctype: str) -> list:
	"""Fields that hold something and are shown to somebody."""
	fields = frappe.get_meta(doctype).fields
	shown = [df for df in fields if df.fieldtype in TABLES or df.fieldtype not in no_value_fields]
	return [df for df in shown if df.fieldname not in UNSEEN]


def _field(df, required: bool) -> Field:
	options = tuple(filter(None, (df.options or "").split("\n"))) if df.fieldtype == "Select" else ()
	return Field(
		name=df.fieldname,
		kind=df.fieldtype,
		label=_(df.label or df.fieldname),
		target=(df.options or "") if df.fieldtype in ("Link", *TABLES) else "",
		options=options,
		titles=tuple(_(option) for option in options),
		level=int(df.permlevel or 0),
		read_only=bool(df.read_only),
		required=required,
		length=int(df.length or 0),
		help=_(df.description) if df.description else "",
		form="email" if df.fieldtype == "Data" and df.options == "Email" else "",
		minimum=0 if df.non_negative else None,
		shared=df.fieldtype in TABLES and not frappe.get_meta(df.options).custom,
		rows=_columns(df.options) if df.fieldtype in TABLES else (),
	)


def _columns(doctype: str) -> tuple[Field, ...]:
	return tuple(_field(df, bool(df.reqd)) for df in _valued(doctype))
