"""Connects tests below `apps/` and `tests/` to the test site; tests of the engine need no site.

`make test` sets BENCH_ROOT, TEST_SITE, TEST_URL and TEST_ADMIN_PASSWORD. The classes are Frappe's own
FrappeTestCase, which take back their changes at the end of each class, so they also run under
`bench --site SITE run-tests`.
"""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(os.environ.get("BENCH_ROOT") or Path(__file__).parent)
pytest_plugins = ["isolation.fixtures"]
ENGINE_TESTS = ROOT / "engine" / "tests"


@pytest.fixture(scope="session")
def site() -> Iterator[str]:
	"""The name of the test site, with this process connected to it as Administrator."""
	import frappe

	name = os.environ["TEST_SITE"]
	os.chdir(ROOT / "sites")
	frappe.init(site=name, sites_path=str(ROOT / "sites"))
	frappe.connect()
	frappe.flags.in_test = True
	for hook in frappe.get_hooks("before_tests"):
		frappe.call(hook)
	frappe.set_user("Administrator")
	frappe.db.commit()
	yield name
	frappe.db.rollback()
	frappe.destroy()


@pytest.fixture(autouse=True, scope="module")
def _module_connected(request: pytest.FixtureRequest) -> None:
	"""Every test outside the engine runs connected to the site."""
	if ENGINE_TESTS not in request.path.parents:
		request.getfixturevalue("site")


@pytest.fixture(autouse=True, scope="class")
def _class_rolled_back(request: pytest.FixtureRequest) -> Iterator[None]:
	"""A class begins as Administrator and leaves nothing for the next one."""
	if ENGINE_TESTS in request.path.parents:
		yield
		return
	import frappe

	frappe.set_user("Administrator")
	yield
	frappe.db.rollback()
	frappe.set_user("Administrator")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
	"""Files that leave the site changed say RUNS_LAST, so that no other test meets what they leave."""
	items.sort(key=lambda item: getattr(getattr(item, "module", None), "RUNS_LAST", False))


def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
	"""In CI a skipped test is a failed run: nothing passes by not being tried."""
	reporter = session.config.pluginmanager.get_plugin("terminalreporter")
	skipped = len(reporter.stats.get("skipped", [])) if reporter else 0
	if os.environ.get("CI") and skipped and exitstatus == 0:
		session.exitstatus = pytest.ExitCode.TESTS_FAILED
