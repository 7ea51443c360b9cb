"""Ways to ask an endpoint for what belongs to somebody else, made from the names of its parameters."""

import json
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from security.sweep.endpoints import Endpoint, parameters, reads_the_request
from security.sweep.marks import Marks

DOCTYPE = re.compile(r"doctype|^(dt|ref_dt|document_type|parenttype|reference_type|type_)$")
FILTERS = re.compile(r"filters")
FIELDS = re.compile(r"^(fields|fieldnames|columns|stats|filter_fields|select_columns)$")
FIELD = re.compile(r"field|column|based_on")
TEXT = re.compile(r"^(txt|text|search_term|search_text|query_text|search|pattern|tag)$")
FILE = re.compile(r"file|attach|url|image|photo")
SEVERAL = re.compile(r"names$|^(docs|items|files|attachments|rows|values|doclist|docnames|selected_items)$")
DOCUMENT = re.compile(r"^(doc|document|docs|args|values|data|row|chart|config|card|settings|options)$")
SWITCH = re.compile(r"ignore|allow|^all|^as_dict$|^with_|no_cache")
START, LENGTH = re.compile(r"start$|^start|offset"), re.compile(r"limit|length|page_len|count$")
SPECIAL = {
	"type": "coordinates",
	"web_form_name": "edit-profile",
	"web_form": "edit-profile",
	"report_name": "Children without National Number",
	"report": "Children without National Number",
	"linkinfo": json.dumps({"Placement": {"fieldname": ["child"]}}),
	"file_type": "CSV",
	"file_format_type": "CSV",
	"sort_field": "creation",
	"sort_order": "desc",
	"order_by": "creation desc",
	"field_map": json.dumps({"id": "name", "start": "birth_date", "end": "birth_date", "title": "full_name"}),
	"with_data": "1",
	"title": "x",
	"view": "Report",
}
NOT_GIVEN = {"cmd", "query", "debug", "password", "pwd", "otp"}


@dataclass(frozen=True)
class Probe:
	"""One request. `twin` is the same with a text that stands nowhere: both must be answered alike."""

	endpoint: str
	kind: str
	verb: str
	path: str
	query: dict = field(default_factory=dict)
	form: dict = field(default_factory=dict)
	data: str = ""
	twin: "Probe | None" = None

	@property
	def asked(self) -> str:
		"""Everything the request says, to tell an echo from a leak."""
		return json.dumps([self.path, self.query, self.form], ensure_ascii=False) + self.data


@dataclass(frozen=True)
class Target:
	"""What a probe is after: a row of `side`, a column of it, and a row of the caller's own."""

	marks: Marks
	side: str
	doctype: str
	column: str
	user: str
	own: tuple[str, str]
	thorough: bool = True

	@property
	def name(self) -> str:
		return self.marks.name(self.side, self.doctype)

	@property
	def mark(self) -> str:
		return self.marks.of(self.side, self.doctype, self.column)


FALSE = "zm0000000000"
LATER = "Sweep Place"  # a DocType made by an administrator, see planting.make_later_doctype
OTHERS = ("Person", "Family", "Placement", "Institution", "Staff Assignment", "Comment", "Version", "ToDo")


def of_function(endpoint: Endpoint, target: Target) -> Iterator[Probe]:
	"""Probes of a function: names, lists, documents, filters, files, as far as its parameters take them."""
	names = [one.name for one in parameters(endpoint)]
	seen: set[str] = set()
	for kind, one in kinds(endpoint, names, target):
		given = arguments(endpoint, names, kind, one)
		key = json.dumps(given, sort_keys=True)
		if key not in seen:
			seen.add(key)
			yield request(endpoint, kind, given, one)


def kinds(endpoint: Endpoint, names: list[str], target: Target) -> Iterator[tuple[str, Target]]:
	"""Which kinds of probe fit the parameters, each with the row that it is after."""
	bundled = reads_the_request(endpoint)
	wants = lambda *patterns: bundled or any(pattern.search(name) for pattern in patterns for name in names)  # noqa: E731
	yield "name", target
	if target.thorough and (names or bundled):
		yield "name", replaced(target, "File")
		yield "name", replaced(target, OTHERS[zlib.crc32(endpoint.path.encode()) % len(OTHERS)])
	if wants(DOCTYPE):
		yield "list", target
		if target.thorough:
			yield "list", replaced(target, LATER)
	if wants(FILTERS, TEXT):
		yield "filter", target
	if wants(DOCUMENT, SEVERAL, FILTERS):
		yield "dict", target
	if wants(FILE):
		yield "file", replaced(target, "File")


def replaced(target: Target, doctype: str) -> Target:
	"""The same after a row of another DocType."""
	return replace(target, doctype=doctype)


def arguments(endpoint: Endpoint, names: list[str], kind: str, target: Target) -> dict[str, str]:
	"""Values for the parameters; a function that reads the request itself gets all the usual ones."""
	given = {}
	for one in parameters(endpoint):
		optional = one.default is not one.empty
		value = value_of(one.name, kind, target, str(one.annotation), optional)
		if value is not None and one.name not in NOT_GIVEN:
			given[one.name] = value
	return (bundle(kind, target) if reads_the_request(endpoint) else {}) | given


def bundle(kind: str, target: Target) -> dict[str, str]:
	"""The arguments that functions of the framework take from the request without naming them."""
	common = {"doctype": target.doctype}
	if kind == "file":
		url = target.marks.addresses[target.side][0]
		return {
			"file_url": url,
			"file_name": "x.png",
			"filename": "x.png",
			"is_private": "1",
			"from_form": "1",
		}
	if kind == "name":
		return (
			common
			| dict.fromkeys(("name", "docname", "dn", "parent", "docs"), target.name)
			| {"dt": target.doctype}
		)
	if kind == "dict":
		return common | {"items": json.dumps([target.name]), "filters": json.dumps({"name": target.name})}
	names = (
		"fields",
		"stats",
		"filters",
		"field",
		"txt",
		"start",
		"page_length",
		"title",
		"view",
		"file_format_type",
		"order_by",
	)
	return common | {name: value for name in names if (value := value_of(name, kind, target)) is not None}


def value_of(
	name: str, kind: str, target: Target, annotation: str = "", optional: bool = False
) -> str | None:
	"""What a parameter of this name is given; None to leave its default."""
	if name in SPECIAL:
		return SPECIAL[name]
	if DOCTYPE.search(name):
		return target.own[0] if kind == "file" else target.doctype
	if FILTERS.search(name):
		return filters(kind, target)
	if FIELDS.search(name):
		return json.dumps(
			["name", "first_name", "mother_full_name", "national_number"] if kind != "file" else ["name"]
		)
	if TEXT.search(name):
		return {"filter": target.mark, "list": ""}.get(kind, target.name)
	if START.search(name) or LENGTH.search(name):
		return "500" if LENGTH.search(name) else "0"
	if SWITCH.search(name):
		return "1"
	return of_row(name, kind, target, annotation, optional)


def of_row(name: str, kind: str, target: Target, annotation: str, optional: bool) -> str | None:
	"""Values that name a row, a file, a document, or somebody."""
	if FILE.search(name):
		return file_value(name, kind, target)
	if DOCUMENT.search(name) and (kind == "dict" or name == "doc" or "dict" in annotation):
		return json.dumps(document(target))
	if SEVERAL.search(name) or "list" in annotation:
		return json.dumps([target.name])
	if FIELD.search(name):
		return target.column if kind == "filter" else "first_name"
	if re.fullmatch(r".*user.*|owner|email|recipients|sender|to", name):
		return target.user
	if "int" in annotation or "bool" in annotation or "float" in annotation:
		return None if optional else "1"
	if kind == "list" and optional:
		return None
	return target.own[1] if kind == "file" else target.name


def filters(kind: str, target: Target) -> str:
	"""Filters as lists, and as a dictionary."""
	if kind == "filter":
		return json.dumps([[target.doctype, target.column, "=", target.mark]])
	if kind == "dict":
		return json.dumps({"name": target.name, "institution": target.marks.name(target.side, "Institution")})
	return json.dumps([[target.doctype, "name", "=", target.name]] if kind == "name" else [])


def file_value(name: str, kind: str, target: Target) -> str:
	"""The address of a file, its name, or several names."""
	if "url" in name or "image" in name or "photo" in name:
		return target.marks.addresses[target.side][0]
	file = target.marks.name(target.side, "File")
	return json.dumps([file]) if SEVERAL.search(name) or name.endswith("s") else file


def document(target: Target) -> dict:
	"""A document as a browser would send it, with what charts, assignments and shares call the same."""
	about = {
		"document_type": target.doctype,
		"docname": target.name,
		"chart_type": "Group By",
		"group_by_based_on": "first_name",
	}
	return {
		"doctype": target.doctype,
		"name": target.name,
		"group_by_type": "Count",
		"filters_json": "[]",
		**about,
	}


def request(endpoint: Endpoint, kind: str, given: dict[str, str], target: Target) -> Probe:
	"""The request; which of the ways it goes follows from its name, so that all ways are used."""
	probe = sent(endpoint, kind, given)
	if kind == "filter" and target.mark and target.mark in json.dumps(given):
		false = {key: value.replace(target.mark, FALSE) for key, value in given.items()}
		twin = sent(endpoint, kind, false)
		return Probe(probe.endpoint, kind, probe.verb, probe.path, probe.query, probe.form, probe.data, twin)
	return probe


def sent(endpoint: Endpoint, kind: str, given: dict[str, str]) -> Probe:
	"""By form, by JSON body, with the name in `cmd`, or in the address."""
	path, verbs = f"/api/method/{endpoint.path}", endpoint.verbs
	way = zlib.crc32(f"{endpoint.path} {kind}".encode()) % 4
	if "POST" not in verbs or (way == 3 and "GET" in verbs):
		return Probe(endpoint.path, kind, "GET" if "GET" in verbs else verbs[0], path, query=given)
	if way == 1:
		return Probe(endpoint.path, kind, "POST", path, data=json.dumps(given))
	if way == 2:
		return Probe(endpoint.path, kind, "POST", "/", form=given | {"cmd": endpoint.path})
	return Probe(endpoint.path, kind, "POST", path, form=given)
