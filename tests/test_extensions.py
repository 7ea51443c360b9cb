"""Extensions stand on the core and beside each other: they come and go without a trace, and know only the core."""

import json
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from unittest.mock import patch

import frappe
import pytest
import requests
from extension_site import ExtensionSite, Snapshot
from extension_source import (
	CORE,
	arabic_file,
	hook_paths,
	imported_packages,
	package,
	records,
)
from extension_use import RENAMED
from frappe.installer import parse_app_name
from social_care.scope import explicit_rules, scope_rule
from social_care.tests.test_translations import ARABIC_LETTER, foreign_words, placeholders, read_rows

from engine.bench_config import present_apps

EXTENSIONS = [app for app in present_apps() if app not in ("frappe", CORE)]
SEEDS = ("Violation Type", "Assessment Tool", "Assessment Indicator", "Kafala Ending Cause")
RENAMED_ROWS = (
	("Assessment Tool", "CHILD-42-1", "title"),
	("Violation Type", "NE-01", "violation_name"),
	("Kafala Ending Cause", "KE-01", "cause_name"),
)
# What a site has had: the framework keeps a history of its apps, the audit an entry for every right that was given.
HISTORY = ("Installed Applications", "installed_apps", "version_id_seq", "tabAccess Change {")


@pytest.mark.parametrize("app", EXTENSIONS)
class TestArrows:
	"""Inspections → core, kafala → core, and no other way."""

	def test_no_extension_imports_another(self, app: str) -> None:
		assert not imported_packages(app) & (set(EXTENSIONS) - {app})

	def test_the_core_imports_no_extension(self, app: str) -> None:
		assert app not in imported_packages(CORE)

	def test_the_core_names_nothing_of_it(self, app: str) -> None:
		names = {app, *records(app, "DocType", "Report")}
		files = [
			file for kind in ("py", "js", "json", "html", "csv") for file in package(CORE).rglob(f"*.{kind}")
		]
		assert len(files) > 100
		texts = {file: file.read_text(encoding="utf-8") for file in files if "node_modules" not in file.parts}
		assert not [(file.name, name) for file, text in texts.items() for name in names if name in text]

	def test_it_names_nothing_of_another(self, app: str) -> None:
		others = {
			name for other in EXTENSIONS if other != app for name in (other, *records(other, "DocType"))
		}
		texts = [
			file.read_text(encoding="utf-8")
			for kind in ("py", "js", "json")
			for file in package(app).rglob(f"*.{kind}")
		]
		assert not {name for name in others for text in texts if name in text}


@pytest.mark.parametrize("app", EXTENSIONS)
class TestHooks:
	def test_every_hook_points_to_something(self, app: str) -> None:
		found = list(hook_paths(dict(frappe.get_hooks(app_name=app))))
		assert found
		for path in found:
			assert callable(frappe.get_attr(path)), path

	def test_the_required_app_is_found_without_asking_anybody(self, app: str) -> None:
		required = frappe.get_hooks("required_apps", app_name=app)
		with patch.object(requests, "head", side_effect=AssertionError("the network was asked")):
			assert [parse_app_name(name) for name in required] == [CORE]

	def test_reference_tables_are_its_own_doctypes(self, app: str) -> None:
		own = records(app, "DocType")
		assert set(frappe.get_hooks("social_care_reference_doctypes", app_name=app)) <= set(own)

	def test_every_other_doctype_has_a_place_or_belongs_to_one(self, app: str) -> None:
		reference = set(frappe.get_hooks("social_care_reference_doctypes", app_name=app))
		for name, row in records(app, "DocType").items():
			if not row.get("istable") and not row.get("issingle") and name not in reference:
				assert scope_rule(name), f"{name} is neither a reference table nor scoped"
		assert not reference & set(explicit_rules())

	def test_reference_tables_are_read_by_everybody_and_written_by_few(self, app: str) -> None:
		for name in frappe.get_hooks("social_care_reference_doctypes", app_name=app):
			rights = {row["role"]: row for row in records(app, "DocType")[name]["permissions"]}
			assert rights["Social Care User"].get("read")
			assert not rights["Social Care User"].get("write")
			assert rights["Functional Administrator"].get("write")


@pytest.mark.parametrize("app", EXTENSIONS)
class TestArabic:
	"""The Arabic of an extension; that no text lacks it is test_core_texts.py's matter."""

	def test_the_file_itself(self, app: str) -> None:
		rows = read_rows(arabic_file(app))
		assert len({row[0] for row in rows}) == len(rows)
		for source, arabic in rows:
			assert ARABIC_LETTER.search(arabic), source
			assert placeholders(source) == placeholders(arabic), source
			assert not foreign_words(source, arabic), source

	def test_it_changes_no_text_of_others(self, app: str) -> None:
		"""Texts are looked up without their app: a word of one's own would change it on everybody's screens."""
		others = [other for other in ("frappe", CORE, *EXTENSIONS) if other != app]
		theirs = {
			row[0]: row[1] for other in others for row in read_rows(arabic_file(other)) if len(row) == 2
		}
		own = {row[0]: row[1] for row in read_rows(arabic_file(app))}
		assert not [
			(text, own[text], theirs[text]) for text in own.keys() & theirs if own[text] != theirs[text]
		]


@dataclass
class Life:
	"""What was seen of a site while the extensions came, were used, migrated and went."""

	core_brought_along: list[str] = field(default_factory=list)
	alone: Snapshot | None = None
	used: Snapshot | None = None
	seeded: list[dict[str, int]] = field(default_factory=list)
	renamed: list[list[str]] = field(default_factory=list)
	files_left: list[str] = field(default_factory=list)
	visits: int = 0
	taken_out: dict[str, list[str]] = field(default_factory=dict)
	gone: Snapshot | None = None
	apps_left: list[str] = field(default_factory=list)


def remove(site: ExtensionSite, app: str) -> None:
	site.bench("uninstall-app", app, "--yes", "--no-backup")


def installed(site: ExtensionSite) -> list[str]:
	return json.loads(
		site.sql("select defvalue as v from tabDefaultValue where defkey = 'installed_apps'")[0]["v"]
	)


def taken_out(site: ExtensionSite) -> dict[str, list[str]]:
	"""Lines of the visits in each archive that was written before rows went."""
	found = {}
	for path in sorted((site.folder / "private" / "exports").glob("social_care_inspections-*.zip")):
		with zipfile.ZipFile(path) as archive:
			found[path.name] = archive.read("rows/institution_visit.jsonl").decode().splitlines()
	return found


def look_at_seeds(site: ExtensionSite, life: Life) -> None:
	life.seeded.append({name: site.sql(f"select count(*) as n from `tab{name}`")[0]["n"] for name in SEEDS})
	life.renamed.append(
		[
			site.sql(f"select `{field}` as v from `tab{table}` where name = %s", name)[0]["v"]
			for table, name, field in RENAMED_ROWS
		]
	)


def live(site: ExtensionSite) -> Life:
	"""The whole course of the test, each step by the bench's command line."""
	life = Life()
	site.make()
	site.bench("install-app", EXTENSIONS[0])
	life.core_brought_along = installed(site)
	remove(site, EXTENSIONS[0])
	site.use("before")
	life.alone = site.snapshot()
	site.bench("install-app", *EXTENSIONS)
	site.use("after")
	life.used = site.snapshot()
	look_at_seeds(site, life)
	for _time in range(2):
		site.bench("migrate")
		look_at_seeds(site, life)
	life.visits = site.sql("select count(*) as n from `tabInstitution Visit`")[0]["n"]
	for app in EXTENSIONS:
		remove(site, app)
	life.taken_out = taken_out(site)
	life.gone, life.apps_left = site.snapshot(), installed(site)
	life.files_left = [file.name for file in (site.folder / "private" / "files").iterdir()]
	return life


@pytest.fixture(scope="class")
def life() -> Iterator[Life]:
	site = ExtensionSite("extensions.localhost")
	try:
		yield live(site)
	finally:
		print("\n".join(f"{seconds:6.1f} s  {step}" for step, seconds in site.times))
		site.drop()


@pytest.mark.timeout(1800)
class TestLife:
	"""Slow: makes a site, installs the extensions with and without the core, migrates twice and removes them."""

	def test_an_extension_brings_the_core_along(self, life: Life) -> None:
		assert life.core_brought_along == ["frappe", CORE, EXTENSIONS[0]]

	def test_the_core_alone_does_not_know_it_any_more(self, life: Life) -> None:
		assert not mentions(life.alone)

	def test_migrating_again_seeds_nothing_twice(self, life: Life) -> None:
		first, second, third = life.seeded
		assert first == second == third
		assert min(first.values()) > 0

	def test_migrating_leaves_edited_rows_alone(self, life: Life) -> None:
		assert life.renamed == [[RENAMED] * len(RENAMED_ROWS)] * 3

	def test_there_was_something_to_remove(self, life: Life) -> None:
		for table in (
			"Version",
			"Comment",
			"File",
			"Custom Field",
			"Property Setter",
			"Custom DocPerm",
			"Series",
		):
			new = life.used.rows[f"tab{table}"] - life.alone.rows[f"tab{table}"]
			assert any(
				word in row for row in new for word in ("Kafala Centre Building", "Violation Type", "KCB-")
			), table

	def test_nothing_of_the_core_has_changed(self, life: Life) -> None:
		changed = [
			line for line in life.alone.difference(life.gone) if not any(word in line for word in HISTORY)
		]
		assert not changed, "\n".join(line[:400] for line in changed)

	def test_rows_were_written_down_before_they_went(self, life: Life) -> None:
		first, last = life.taken_out.values()
		assert not first, "nothing had been entered when the app came and went alone"
		assert len(last) == life.visits > 50
		assert all(len(json.loads(line)["inspectors"]) for line in last)

	def test_nothing_of_theirs_is_left(self, life: Life) -> None:
		assert life.apps_left == ["frappe", CORE]
		assert not mentions(life.gone)
		assert not life.files_left


def mentions(snapshot: Snapshot) -> list[str]:
	"""Rows that name an extension or one of its records, but for the framework's history of installed apps."""
	kinds = ("DocType", "Report", "Print Format")
	words = {word for app in EXTENSIONS for word in (app, *records(app, *kinds))}
	return [line[:400] for line in snapshot.mentions(words) if not any(word in line for word in HISTORY)]
