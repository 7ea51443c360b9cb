"""The pages of docs/ name what is there."""

import csv
import re

import pytest
import services_table
from security import table as weaknesses

from engine import paths

REQUIREMENTS = paths.ROOT / "docs" / "requirements.csv"
LINK = re.compile(r"\]\((?!https?:|#)([^)#]+)")


def rows() -> list[dict[str, str]]:
	with REQUIREMENTS.open(encoding="utf-8", newline="") as file:
		return list(csv.DictReader(file))


def test_every_requirement_has_a_status() -> None:
	found = rows()
	assert len(found) == 146
	assert {row["status"] for row in found} <= {"met", "partly", "open"}
	assert all(row["code"] for row in found if row["status"] != "open")
	assert all(row["test"] for row in found if row["status"] == "met")


def test_code_and_tests_that_requirements_name_exist() -> None:
	named = {row[part] for row in rows() for part in ("code", "test") if row[part]}
	assert not sorted(path for path in named if not (paths.ROOT / path).exists())


@pytest.mark.parametrize(
	"page",
	[paths.ROOT / "README.md", *sorted((paths.ROOT / "docs").glob("*.md"))],
	ids=lambda page: page.name,
)
def test_links_lead_somewhere(page) -> None:
	targets = LINK.findall(page.read_text(encoding="utf-8"))
	assert not [target for target in targets if not (page.parent / target).exists()]


def test_every_weakness_has_a_state_and_its_proof() -> None:
	found = weaknesses.rows()
	assert [row["row"] for row in found] == [f"S-{number:02}" for number in range(1, 117)]
	assert {row["state"] for row in found} <= set(weaknesses.STATES)
	assert not [
		row["row"] for row in found if row["state"] == "closed" and not (row["test"] and row["closed_by"])
	]
	assert not [row["row"] for row in found if row["state"] != "closed" and not row["evidence"]]


def test_no_critical_or_high_weakness_is_open() -> None:
	worst = [row for row in weaknesses.rows() if row["severity"] in ("critical", "high")]
	assert len(worst) == 55
	assert not [row["row"] for row in worst if row["state"] == "open"]


def test_the_tests_that_weaknesses_name_exist() -> None:
	named = {proof for row in weaknesses.rows() for proof in weaknesses.tests_of(row)}
	assert not sorted(str(proof) for proof in named if not _has(*proof))


def _has(path, function: str) -> bool:
	name = function.partition("[")[0]
	return path.is_file() and bool(
		re.search(rf"(?:def|class) {re.escape(name)}\b", path.read_text(encoding="utf-8"))
	)


def test_the_page_shows_the_table_as_it_is() -> None:
	assert weaknesses.page() == weaknesses.PAGE.read_text(encoding="utf-8"), "python tests/security/table.py"


def test_the_table_of_services_is_that_of_the_packs() -> None:
	assert services_table.page() == services_table.PAGE.read_text(encoding="utf-8"), (
		"python tests/services_table.py"
	)
