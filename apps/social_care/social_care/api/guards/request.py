"""The parts of a request: which endpoint it names, with which arguments."""

from urllib.parse import unquote

import frappe

DOCTYPE_KEYS = {"dt", "parenttype", "ref_dt", "parent_type"}
NOT_ARGUMENTS = {"cmd", "csrf_token", "txt", "text", "search_term", "message", "content", "comment", "data"}
API = (
	"/api/resource/",
	"/api/method/",
	"/api/v1/resource/",
	"/api/v1/method/",
	"/api/v2/document/",
	"/api/v2/method/",
	"/api/v2/doctype/",
)
PAGES = ("/printview",)  # pages that show a record
RECORD_PATHS = tuple(prefix for prefix in API if "method" not in prefix)


def command() -> str:
	"""Name of the endpoint: a dotted method, or the path of a record; "" for other pages (see `pages.py`)."""
	if frappe.form_dict.get("cmd"):
		return str(frappe.form_dict.cmd)
	path = frappe.request.path
	if path.startswith(RECORD_PATHS):
		return path
	prefix = next((start for start in API if path.startswith(start)), "")
	if prefix:
		return path[len(prefix) :].strip("/").partition("/")[0]
	return path.rstrip("/") if path.startswith(("/api", *PAGES)) else ""


def arguments_of() -> dict:
	"""The arguments; the two parts of a record's path are added as `doctype` and `name`."""
	found = {key: value for key, value in frappe.form_dict.items() if key not in NOT_ARGUMENTS}
	if not frappe.form_dict.get("cmd") and frappe.request.path.startswith(RECORD_PATHS):
		doctype, name, _method = record_path(frappe.request.path)
		found |= {"doctype": doctype, "path_name": name, "path_part": name.partition("/")[0]}
	return found


def record_path(path: str) -> tuple[str, str, str]:
	"""DocType, name and document method of the path of a record (`/api/resource/…`, `/api/v2/document/…`)."""
	prefix = next(start for start in RECORD_PATHS if path.startswith(start))
	doctype, _slash, rest = path[len(prefix) :].strip("/").partition("/")
	name, _slash, method = rest.partition("/method/")
	return unquote(doctype), unquote(name), unquote(method)


def parsed(value):
	"""A JSON argument as what it means; anything else as it is."""
	if not isinstance(value, str) or value[:1] not in '[{"':
		return value
	try:
		return frappe.parse_json(value)
	except ValueError:
		return value


def is_doctype_key(key: str) -> bool:
	"""Whether an argument of this name holds the name of a DocType."""
	return "doctype" in key.lower() or key in DOCTYPE_KEYS


def existing_doctype(name) -> bool:
	return (
		isinstance(name, str)
		and bool(name)
		and len(name) <= 140
		and bool(frappe.db.exists("DocType", name, cache=True))
	)
