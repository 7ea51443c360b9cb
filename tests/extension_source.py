"""What the files of our apps hold: records, imports, hooks, and their Arabic files."""

import ast
import json
from collections.abc import Iterator
from pathlib import Path

from social_care.tests.test_translations import read_rows

from engine import paths

CORE = "social_care"


def package(app: str) -> Path:
	return paths.APPS / app / app


def arabic_file(app: str) -> Path:
	return package(app) / "translations" / "ar.csv"


def records(app: str, *kinds: str) -> dict[str, dict]:
	"""Standard records of an app's folders (DocTypes, reports …) by name."""
	found = (json.loads(file.read_text(encoding="utf-8")) for file in package(app).rglob("*/*/*.json"))
	return {row["name"]: row for row in found if isinstance(row, dict) and row.get("doctype") in kinds}


def imported_packages(app: str) -> set[str]:
	"""Top names of everything that the app's Python files import."""
	names: set[str] = set()
	for file in package(app).rglob("*.py"):
		for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
			if isinstance(node, ast.Import):
				names |= {alias.name.split(".")[0] for alias in node.names}
			elif isinstance(node, ast.ImportFrom) and node.module:
				names.add(node.module.split(".")[0])
	return names


def hook_paths(value: object) -> Iterator[str]:
	"""Dotted paths of our apps in the value of a hook, however deep."""
	if isinstance(value, dict):
		value = list(value.values())
	if isinstance(value, list):
		for item in value:
			yield from hook_paths(item)
	elif isinstance(value, str) and value.startswith("social_care") and "." in value and "/" not in value:
		yield value


def known_texts(app: str) -> set[str]:
	"""Texts with an Arabic one in the framework, the core or the app itself."""
	return {row[0] for source in ("frappe", CORE, app) for row in read_rows(arabic_file(source))}
