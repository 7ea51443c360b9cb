"""The bill of materials: it says what the locks say, and is always the same text for the same locks."""

import csv
import json
import re
from pathlib import Path

import pytest

from engine import framework, node, paths, pyenv, sbom

PYTHON, NODE = sbom.FOLDER / "python.cdx.json", sbom.FOLDER / "node.cdx.json"


def components(path: Path) -> dict[str, dict]:
	return {part["purl"]: part for part in json.loads(path.read_text())["components"]}


def test_the_committed_bills_are_those_of_the_locks() -> None:
	assert not sbom.outdated(), "run `python3 -m engine sbom`"


def test_every_locked_package_is_in_them() -> None:
	pins = re.findall(r"(?m)^([a-z0-9._-]+)==([^ \\;]+)", pyenv.LOCK.read_text())
	assert len(pins) > 100
	assert {f"pkg:pypi/{name}@{version}" for name, version in pins} <= components(PYTHON).keys()
	packages = json.loads(node.LOCK.read_text())["packages"]
	versions = {
		(place.rpartition("node_modules/")[2], entry["version"]) for place, entry in packages.items() if place
	}
	assert versions == {(part["name"], part["version"]) for part in components(NODE).values()}


@pytest.mark.parametrize("lock", ["requirements.txt", "package-lock.json"])
def test_a_changed_lock_makes_a_bill_outdated(
	lock: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
	owner, bill = (pyenv, PYTHON) if lock == "requirements.txt" else (node, NODE)
	changed = tmp_path / lock
	text = owner.LOCK.read_text()
	changed.write_text(
		text.replace("werkzeug==", "werkzeug==1") if owner is pyenv else text.replace("8.5.33", "8.5.34")
	)
	assert changed.read_text() != text
	monkeypatch.setattr(owner, "LOCK", changed)
	assert sbom.outdated() == [bill]


def test_so_does_a_new_patch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
	more = [*framework.patch_files(), tmp_path / "0999-more.patch"]
	monkeypatch.setattr(framework, "patch_files", lambda: more)
	assert sbom.outdated() == [PYTHON]


def test_writing_mends_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
	monkeypatch.setattr(sbom, "FOLDER", tmp_path)
	assert len(sbom.write()) == 2
	assert not sbom.write()
	assert (tmp_path / "node.cdx.json").read_text() == NODE.read_text()


@pytest.mark.parametrize("bill", [PYTHON, NODE], ids=lambda path: path.name)
def test_nothing_in_a_bill_changes_by_itself(bill: Path) -> None:
	text = bill.read_text()
	document = json.loads(text)
	assert "serialNumber" not in document
	assert "timestamp" not in text
	assert "://" not in text
	assert str(paths.ROOT) not in text
	references = [part["bom-ref"] for part in document["components"]]
	assert len(references) == len(set(references))


def test_the_framework_is_in_it_with_its_patches() -> None:
	part = next(part for part in components(PYTHON).values() if part["name"] == "frappe")
	named = {patch["diff"]["url"] for patch in part["pedigree"]["patches"]}
	assert named == {path.relative_to(paths.ROOT).as_posix() for path in framework.patch_files()}
	assert framework.TREE_SUM.read_text().startswith(part["properties"][0]["value"])
	assert part["pedigree"]["ancestors"][0]["hashes"][0]["content"] in framework.WHEEL_PIN.read_text()


def test_bundled_scripts_are_what_the_list_says() -> None:
	tree = Path(__file__).parents[2] / "apps" / "frappe"
	with sbom.BUNDLED.open(encoding="utf-8", newline="") as file:
		rows = list(csv.DictReader(file))
	for row in rows:
		assert row["sign"] in (tree / row["file"]).read_text(encoding="utf-8", errors="ignore"), row["name"]
		assert row["version"] in row["sign"]
	folder = tree / "frappe/public/js/lib"
	known = {(tree / row["file"]).relative_to(folder).parts[0] for row in rows}
	assert {entry.name for entry in folder.iterdir()} - known == {
		"moment.js",
		"posthog.js",
	}  # a few lines of Frappe's
