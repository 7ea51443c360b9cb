"""Every text that a user of our apps can meet, with the place where it stands."""

import ast
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from extension_source import known_texts, package

# Records of the apps' folders whose own name is read on a screen; of others a label or title is.
NAMED = {"DocType", "Report", "Print Format", "Workspace", "Workflow", "Notification", "Dashboard", "Role"}
SHOWN_KEYS = {
	*("label", "title", "description", "report_name", "chart_name", "dashboard_name", "subject", "message"),
	*("placeholder", "introduction_text", "success_title", "success_message", "button_label"),
	*("documentation", "response", "intro_text", "group", "message_success"),
}
OF_TABLES = {"setup/data/*transitions.csv": 3, "setup/data/roles.csv": 1}  # how many columns hold texts
CALL = re.compile(r"""(?<![\w.$])__?\(\s*(["'`])((?:\\.|(?!\1).)+?)\1\s*[,)]""", re.DOTALL)
BARE = re.compile(r"""\b(?:label|title|placeholder|description|primary_action_label):\s*(["'])([^"']+)\1""")
HEADING = re.compile(r"<[^>]+>")
NO_SOURCE = {"node_modules", "dist", "tests", "test", "lib", "__pycache__"}
LATIN = re.compile(r"[A-Za-z]{2,}")
FILLED = re.compile(r"\{[^}]*\}|%\(\w+\)s|&\w+;|<[^>]+>")

# Texts of the framework that are no words: sizes of paper, verbs of protocols, names of products and keys of data.
TECHNICAL = re.compile(
	r"(AB|A|B|O)[+-]|[A-C]\d{1,2}E?|Comm10E|DLE|GET|POST|PUT|PATCH|DELETE|HEAD|SQL|OAuth|nonce|plain|s256|Inter"
	r"|Helvetica Neue|Active Directory|OpenLDAP|login_required"
)
# Folders of the framework where nobody but who keeps the machine comes, and files of its own tests.
LEFT_OUT = ("core/doctype/test", "commands/", "custom/fixtures/", "utils/doctor", "www/_test")


@dataclass(frozen=True)
class Text:
	"""A text as it is looked up, and the place where it stands."""

	text: str
	where: str


def without_arabic(texts: Iterable[Text], *apps: str) -> list[str]:
	"""One line for each text that has no Arabic one in the framework, the core or these apps."""
	known = {text.strip() for app in apps for text in known_texts(app)}
	missing = {
		text for text in texts if needs_arabic(text.text) and not {text.text, text.text.strip()} & known
	}
	return sorted(f"{text.where}: {text.text!r}" for text in missing)


def needs_arabic(text: str) -> bool:
	"""Whether a text has words at all, and is not Arabic already."""
	return bool(LATIN.search(FILLED.sub(" ", text))) and not TECHNICAL.fullmatch(text)


def of_records(app: str) -> Iterator[Text]:
	"""Standard records of an app's folders: DocTypes, reports, prints, workspaces, cards, notifications …"""
	for file in package(app).rglob("*/*/*.json"):
		where = str(file.relative_to(package(app)))
		left_out = NO_SOURCE & set(file.parts[:-2]) or where.startswith(LEFT_OUT)
		record = None if left_out else json.loads(file.read_text(encoding="utf-8"))
		if isinstance(record, dict) and record.get("doctype"):
			if record["doctype"] in NAMED:
				yield Text(record["name"], where)
			yield from of_row(record, where)


def of_row(row: dict, where: str) -> Iterator[Text]:
	"""Texts of a record and of the rows of its tables."""
	place = f"{where} {row['fieldname']}" if row.get("fieldname") else where
	for key, value in row.items():
		if isinstance(value, list):
			for part in value:
				if isinstance(part, dict):
					yield from of_row(part, place)
		elif key in SHOWN_KEYS and isinstance(value, str) and value:
			yield Text(value, place)
	if row.get("fieldtype") == "Select" and not row.get("hidden"):
		yield from (Text(option, place) for option in (row.get("options") or "").split("\n") if option)
	if row.get("doctype") == "Workspace":
		yield from of_headings(row, where)


def of_headings(workspace: dict, where: str) -> Iterator[Text]:
	"""Headings and paragraphs of a workspace."""
	for block in json.loads(workspace.get("content") or "[]"):
		if block["type"] in ("header", "paragraph"):
			yield Text(HEADING.sub("", block["data"]["text"]), where)


def of_tables(app: str) -> Iterator[Text]:
	"""States, actions and roles in the tables that the app sets up."""
	for pattern, columns in OF_TABLES.items():
		for file in package(app).glob(pattern):
			for number, line in enumerate(file.read_text(encoding="utf-8").splitlines()[1:], 2):
				yield from (Text(text, f"{file.name}:{number}") for text in line.split(",")[:columns])


def of_code(app: str) -> Iterator[Text]:
	"""First arguments of _() and __() in Python, scripts and templates; in our apps also labels that forgot it."""
	for file in sources(app):
		where = str(file.relative_to(package(app)))
		text = file.read_text(encoding="utf-8")
		if file.suffix == ".py":
			yield from of_python(text, where)
		else:
			yield from of_script(text, where, BARE if app != "frappe" and file.suffix == ".js" else None)


def sources(app: str) -> Iterator[Path]:
	"""Program files of an app that make what users see."""
	for kind in ("py", "js", "ts", "vue", "html"):
		for file in package(app).rglob(f"*.{kind}"):
			inside = str(file.relative_to(package(app)))
			if not NO_SOURCE & set(file.relative_to(package(app)).parts) and not inside.startswith(LEFT_OUT):
				yield file


def of_python(text: str, where: str) -> Iterator[Text]:
	if "_(" not in text and "_lt(" not in text:
		return
	for node in ast.walk(parsed(text)):
		if not isinstance(node, ast.Call) or not node.args or not isinstance(node.args[0], ast.Constant):
			continue
		name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
		if name in ("_", "_lt") and isinstance(node.args[0].value, str):
			yield Text(node.args[0].value, f"{where}:{node.lineno}")


@cache
def parsed(text: str) -> ast.Module:
	return ast.parse(text)


def of_script(text: str, where: str, bare: re.Pattern | None = None) -> Iterator[Text]:
	for pattern in filter(None, (CALL, bare)):
		for found in pattern.finditer(text):
			if "${" not in found[2]:
				line = text.count("\n", 0, found.start()) + 1
				yield Text(unquoted(found[2]), f"{where}:{line}")


def unquoted(text: str) -> str:
	"""A text as a script means it."""
	return text.replace("\\'", "'").replace('\\"', '"').replace("\\n", "\n")


def of_app(app: str) -> Iterator[Text]:
	"""All of an app's texts."""
	yield from of_records(app)
	yield from of_tables(app)
	yield from of_code(app)


def of_site() -> Iterator[Text]:
	"""What stands in the site's database and not in files: workflows and their actions, roles, menus, modules."""
	import frappe

	kinds = {
		"Workflow Document State": "state",
		"Workflow Transition": "action",
		"Navbar Item": "item_label",
		"Number Card": "label",
		"Dashboard Chart": "chart_name",
		"Notification": "subject",
		"Email Template": "subject",
		"Module Def": "name",
		"Role": "name",
		"Workspace": "title",
	}
	# what service packs bring stands in the site's own translations
	translated = set(frappe.get_all("Translation", filters={"language": "ar"}, pluck="source_text"))
	for doctype, field in kinds.items():
		for value in frappe.get_all(doctype, pluck=field, distinct=True, order_by=field):
			if value and "_Test" not in value and value not in translated:
				yield Text(value, f"{doctype} of the site")
