"""An app made by `bench new-care-app` runs at once, and leaves nothing of itself."""

import os
import re
import subprocess
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import frappe
import pytest
from extension_site import ExtensionSite, Snapshot
from social_care import new_app
from social_care.services.compiler import withdrawing

from engine import bench as bench_environment
from engine import paths

NAME, CODE = "family_clubs", "CLB-01"
REQUESTS, REPORT = "Family Clubs Request", "Family Clubs by State"
# Columns of the whole site's life: what was installed when, and counters.
# The page of a group of services is written anew: same rows, new names.
PAGE_ROW = re.compile(r'"name": "[0-9a-f]{10}", ')
HISTORY = (
	"Installed Applications",
	"installed_apps",
	"_id_seq",
	"tabAccess Change {",
	"tabSeries",
	"tabSessions",
)


@dataclass
class SmallBench:
	"""A folder that the framework takes for a bench: this one's apps and test site, and one app more."""

	folder: Path
	site: str

	def make(self) -> None:
		sites = self.folder / "sites"
		sites.mkdir()
		for name in ("assets", "common_site_config.json", self.site):
			(sites / name).symlink_to(paths.SITES / name)
		for name in ("apps", "logs"):
			(self.folder / name).mkdir()
		for app in (paths.SITES / "apps.txt").read_text().split():  # commands are looked for beside the sites
			(self.folder / "apps" / app).symlink_to(paths.APPS / app)
		listed = (paths.SITES / "apps.txt").read_text().split()
		(sites / "apps.txt").write_text("\n".join([*listed, NAME]) + "\n")

	def run(self, *words: str) -> str:
		"""`bench --site SITE WORDS` in this folder; a failure raises with the end of what it said."""
		env = bench_environment.environment() | {"PYTHONPATH": str(self.folder / "apps" / NAME)}
		command = [
			str(paths.PYTHON),
			"-m",
			"frappe.utils.bench_helper",
			"frappe",
			"--site",
			self.site,
			*words,
		]
		done = subprocess.run(
			command, cwd=self.folder / "sites", env=env, capture_output=True, text=True, timeout=400
		)
		assert done.returncode == 0, (done.stdout + done.stderr)[-3000:]
		return done.stdout + done.stderr


@dataclass
class Life:
	published: str
	tested: str
	before: Snapshot
	after: Snapshot
	requests_left: int
	service: dict
	seconds: float


@pytest.fixture(scope="module")
def life(site: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Life]:
	"""Made, installed, published, tested, removed, with and without requests."""
	from social_care.tests import places

	country = places.country()
	if not frappe.db.exists("DocType", REQUESTS):
		frappe.db.sql_ddl(f"drop table if exists `tab{REQUESTS}`")  # of a run that was killed
	frappe.db.commit()
	small, seen = SmallBench(tmp_path_factory.mktemp("bench"), site), ExtensionSite(site)
	small.make()
	began = time.monotonic()
	small.run("new-care-app", NAME, "--code", CODE, "--folder", str(small.folder / "apps"))
	try:
		before = seen.snapshot()
		small.run("install-app", NAME)
		published = small.run("compile-packs", CODE)
		small.run("uninstall-app", NAME, "--yes", "--no-backup")
		after = seen.snapshot()
		small.run("install-app", NAME)
		small.run("compile-packs", CODE)
		tested = small.run("run-tests", "--app", NAME)
		frappe.db.rollback()
		frappe.clear_cache()
		enter_request(country.here.institution)
	finally:
		small.run("uninstall-app", NAME, "--yes", "--no-backup")
		frappe.db.rollback()
		frappe.clear_cache()
	service = frappe.db.get_value("Service", CODE, ["status", "published_version"], as_dict=True)
	yield Life(published, tested, before, after, frappe.db.count(REQUESTS), service, time.monotonic() - began)
	frappe.db.rollback()
	frappe.db.delete(REQUESTS)
	withdrawing.remove(CODE)
	frappe.db.commit()
	assert not frappe.db.table_exists(REQUESTS)


def enter_request(institution: str) -> None:
	values = {
		"doctype": REQUESTS,
		"institution": institution,
		"applicant_name": "سعاد محمود علي حسن",
		"applicant_phone": "01001234567",
		"applicant_birth_date": "1980-04-02",
		"help_kind": "Advice",
		"needed_from": frappe.utils.nowdate(),
	}
	frappe.get_doc(values).insert()
	frappe.db.commit()


@pytest.mark.timeout(900)
class TestLife:
	def test_its_service_is_published(self, life: Life) -> None:
		assert "1 services published" in life.published

	def test_its_own_tests_pass(self, life: Life) -> None:
		assert "Ran 4 tests" in life.tested
		assert "OK" in life.tested.rsplit("Ran 4 tests", 1)[1], life.tested[-3000:]

	def test_it_leaves_nothing_where_nothing_was_entered(self, life: Life) -> None:
		lines = [
			line for line in life.before.difference(life.after) if not any(word in line for word in HISTORY)
		]
		gone, come = (
			Counter(PAGE_ROW.sub("", line[1:]) for line in lines if line[0] == sign) for sign in "-+"
		)
		changed = [f"-{line}" for line in gone - come] + [f"+{line}" for line in come - gone]
		assert not changed, "\n".join(line[:300] for line in changed[:60])

	def test_requests_stay_and_their_service_is_withdrawn(self, life: Life) -> None:
		assert life.requests_left == 1
		assert (life.service.status, life.service.published_version) == ("Suspended", 1)
		assert frappe.db.get_value("Service Pack", f"{CODE}-v1", "status") == "Withdrawn"

	def test_what_was_entered_goes_on_and_nothing_new_comes(self, life: Life) -> None:
		from social_care.services.runtime.beginning import NotOfferedError

		doc = frappe.get_last_doc(REQUESTS)
		doc.status = "Withdrawn by the Applicant"
		doc.save()
		assert doc.closed_on
		with pytest.raises(NotOfferedError):
			frappe.copy_doc(doc).insert()
		frappe.db.rollback()


class TestMaking:
	@pytest.mark.parametrize("name", ["Family", "family-clubs", "_x", "1x", "x" * 40, "../x"])
	def test_names_that_are_no_names_are_refused(self, name: str, tmp_path: Path) -> None:
		with pytest.raises(new_app.NewAppError):
			new_app.make(name, tmp_path, CODE)
		assert not list(tmp_path.iterdir())

	def test_nothing_is_written_over(self, tmp_path: Path) -> None:
		made = new_app.make(NAME, tmp_path, CODE)
		assert all(file.is_file() for file in made)
		with pytest.raises(new_app.NewAppError):
			new_app.make(NAME, tmp_path, CODE)

	def test_every_file_is_whole(self, tmp_path: Path) -> None:
		for file in new_app.make(NAME, tmp_path, CODE):
			text = file.read_text(encoding="utf-8")
			assert "@title" not in text and "APP" not in str(file.relative_to(tmp_path)), file
			if file.suffix == ".py":
				compile(text, str(file), "exec")
		assert (tmp_path / NAME / NAME / "service_packs" / "request.json").exists()
		assert os.access(tmp_path / NAME / NAME / "hooks.py", os.R_OK)
