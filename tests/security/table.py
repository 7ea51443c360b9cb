"""The table of weaknesses in docs/SECURITY.md, made from docs/security_fixes.csv.

`python tests/security/table.py` writes it; `tests/test_docs.py` fails while the page says something else.
"""

import csv
from collections import Counter
from pathlib import Path

DOCS = Path(__file__).resolve().parents[2] / "docs"
ROWS, PAGE = DOCS / "security_fixes.csv", DOCS / "SECURITY.md"
BEGIN, END = "<!-- table of weaknesses: begin -->", "<!-- table of weaknesses: end -->"
SEVERITIES = ("critical", "high", "medium", "low")
STATES = ("closed", "not reproducible", "not applicable", "open")
COLUMNS = ("row", "severity", "place", "state", "closed_by", "on_upstream_v15", "test", "evidence")
HEADINGS = ("Row", "Severity", "Place", "State", "Closed by", "On upstream v15", "Test", "Remark")


def rows() -> list[dict[str, str]]:
	"""All weaknesses, in their order."""
	with ROWS.open(encoding="utf-8", newline="") as file:
		return list(csv.DictReader(file))


def tests_of(row: dict[str, str]) -> list[tuple[Path, str]]:
	"""Files and functions that a row names as its proof."""
	named = (test.partition("::") for test in row["test"].split())
	return [(DOCS.parent / path, function.rpartition("::")[2]) for path, _colons, function in named]


def page() -> str:
	"""docs/SECURITY.md as it should be."""
	text = PAGE.read_text(encoding="utf-8")
	head, tail = text.split(BEGIN)[0], text.split(END)[1]
	return f"{head}{BEGIN}\n\n{summary()}\n\n{table()}\n\n{END}{tail}"


def summary() -> str:
	"""How many rows of each severity are in which state."""
	found = Counter((row["severity"], row["state"]) for row in rows())
	lines = ["| Severity | " + " | ".join(STATES) + " |", "|---" * (len(STATES) + 1) + "|"]
	lines += [
		f"| {severity} | " + " | ".join(str(found[severity, state]) for state in STATES) + " |"
		for severity in SEVERITIES
	]
	return "\n".join(lines)


def table() -> str:
	"""One line a weakness."""
	lines = ["| " + " | ".join(HEADINGS) + " |", "|---" * len(HEADINGS) + "|"]
	lines += ["| " + " | ".join(_cell(row, column) for column in COLUMNS) + " |" for row in rows()]
	return "\n".join(lines)


def _cell(row: dict[str, str], column: str) -> str:
	text = row[column].replace("|", "/").replace("\n", " ").replace("<", "&lt;")
	return "<br>".join(f"`{test}`" for test in text.split()) if column == "test" else text


if __name__ == "__main__":
	PAGE.write_text(page(), encoding="utf-8")
