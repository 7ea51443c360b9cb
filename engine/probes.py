"""Whether a framework tree already does what a numbered patch would make it do, told by its source and not by its version.

A patch says in its header how to tell, one line a question, all of which have to hold:

	Probe: frappe/permissions.py has_controller_permissions has hooks\\.get\\('\\*'
	Probe: frappe/model/db_query.py DatabaseQuery.remove_field lacks fields\\.pop
	Probe: frappe/public/js/frappe/form/form.js has escape_html

After the file stands, for Python, the function or class that is looked at, then `has` or `lacks`, then a regular
expression. Python is compared as the parser writes it (no comments, single quotes, one line a statement), so that
its format does not matter. A file or a function that is not there answers no question: the patch is then applied,
and where it does not fit a person has to look.
"""

import ast
import re
from pathlib import Path
from typing import NamedTuple

LINE = re.compile(
	r"^Probe: (?P<file>\S+) (?:(?P<name>[\w.]+) )??(?P<verb>has|lacks) (?P<pattern>\S.*)$", re.MULTILINE
)
HEADER_END = "\ndiff --git "


class Probe(NamedTuple):
	"""One question about the source of a file, or of one function or class in it."""

	file: str
	name: str | None
	verb: str
	pattern: str

	def holds(self, tree: Path) -> bool:
		"""Whether the tree answers yes."""
		source = source_of(tree / self.file, self.name)
		if source is None:
			return False
		return bool(re.search(self.pattern, source)) == (self.verb == "has")


def probes(patch: Path) -> list[Probe]:
	"""The questions in the header of a patch."""
	header = patch.read_text().partition(HEADER_END)[0]
	return [Probe(**found.groupdict()) for found in LINE.finditer(header)]


def behaves(patch: Path, tree: Path) -> bool:
	"""Whether the tree needs the patch no more. A patch that asks nothing is always needed."""
	questions = probes(patch)
	return bool(questions) and all(probe.holds(tree) for probe in questions)


def source_of(path: Path, name: str | None) -> str | None:
	"""The text of a file, or of a function or class in a Python file ("Class.method"); None where there is none."""
	if not path.is_file():
		return None
	if not name:
		return path.read_text()
	node: ast.AST | None = ast.parse(path.read_text())
	for part in name.split("."):
		node = next((child for child in _definitions(node) if child.name == part), None)
	return ast.unparse(node) if node else None


def _definitions(node: ast.AST | None) -> list:
	kinds = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
	return (
		[child for child in ast.walk(node) if isinstance(child, kinds) and child is not node] if node else []
	)
