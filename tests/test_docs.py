"""The pages of docs/ name what is there."""

import csv
import re

import pytest

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
