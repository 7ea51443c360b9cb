"""Steps of a site: each once, resumed after an interrupt, nothing half-made kept."""

import json

import pytest

from engine import bench, commands, daemons, services
from engine import site as sites
from engine.errors import EngineError
from engine.services import Database
from engine.site import Site


class FakeBench:
	"""Stands for frappe-bench: remembers the commands, makes a site's folder, fails when told."""

	def __init__(self) -> None:
		self.commands: list[list[str]] = []
		self.fail_at = ""

	def run(self, arguments, **_options) -> None:
		self.commands.append(list(arguments))
		if any("new_site.py" in str(word) for word in arguments):
			folder = Site("one.localhost").folder
			(folder / "private" / "files").mkdir(parents=True)
			(folder / "site_config.json").write_text('{"db_name": "_1"}')
			(services.DATA / "_1").mkdir(parents=True, exist_ok=True)
		if self.fail_at and any(self.fail_at in str(word) for word in arguments):
			raise KeyboardInterrupt

	def count(self, word: str) -> int:
		return sum(any(word in str(part) for part in arguments) for arguments in self.commands)


@pytest.fixture
def fake(bench_root, settings, monkeypatch) -> FakeBench:
	fake = FakeBench()

	def names() -> list[str]:
		return ["frappe", *settings["apps"]]

	monkeypatch.setattr(bench, "run", fake.run)
	monkeypatch.setattr(commands, "run", fake.run)
	monkeypatch.setattr(sites, "settings", lambda: settings)
	monkeypatch.setattr(sites, "admin_password", lambda: "secret")
	monkeypatch.setattr(sites, "present_apps", lambda: settings["apps"])
	monkeypatch.setattr(sites, "code_digests", lambda: {name: settings.get(name, "1") for name in names()})
	monkeypatch.setattr(services, "database", lambda: Database("127.0.0.1", 1, "root", "pw", True))
	return fake


def test_a_site_is_made_once(fake: FakeBench, progress) -> None:
	site = Site("one.localhost")
	site.make(progress)
	site.make(progress)
	assert fake.count("new_site.py") == 1
	assert site.exists()


def test_a_half_made_site_is_dropped_and_made_again(fake: FakeBench, progress) -> None:
	site = Site("one.localhost")
	fake.fail_at = "new_site.py"
	with pytest.raises(KeyboardInterrupt):
		site.make(progress)
	(site.folder / "half").touch()
	assert not site.exists()
	fake.fail_at = ""
	site.make(progress)
	assert site.exists()
	assert not (site.folder / "half").exists()


def test_a_site_that_was_there_before_is_never_dropped(fake: FakeBench, progress) -> None:
	site = Site("one.localhost")
	site.folder.mkdir(parents=True)
	(site.folder / "site_config.json").write_text('{"db_name": "_2"}')
	(services.DATA / "_2").mkdir(parents=True)
	site.make(progress)
	assert fake.count("new_site.py") == 0


def test_a_site_without_its_database_is_named_and_kept(fake: FakeBench, progress) -> None:
	site = Site("one.localhost")
	site.make(progress)
	(services.DATA / "_1").rmdir()
	with pytest.raises(EngineError, match=r"one\.localhost has its folder but no database"):
		site.make(progress)
	assert (site.folder / "site_config.json").exists()


def test_set_up_is_tried_again_after_an_interrupt_and_then_never(fake: FakeBench, progress) -> None:
	site = Site("one.localhost")
	site.make(progress)
	fake.fail_at = "first_values.py"
	with pytest.raises(KeyboardInterrupt):
		site.set_up(progress)
	fake.fail_at = ""
	site.set_up(progress)
	before = len(fake.commands)
	site.set_up(progress)
	assert len(fake.commands) == before


def test_apps_go_on_where_an_interrupt_left_them(fake: FakeBench, settings, progress) -> None:
	settings["apps"] = ["first", "second"]
	site = Site("one.localhost")
	site.make(progress)
	fake.fail_at = "second"
	with pytest.raises(KeyboardInterrupt):
		site.install_apps(progress)
	fake.fail_at = ""
	site.install_apps(progress)
	assert fake.count("first") == 1
	assert [words[-1] for words in fake.commands if "second" in words] == ["second", "--force"]
	assert site.state()["apps"] == ["first", "second"]


def test_migration_runs_only_after_a_change_of_code(fake: FakeBench, settings, progress) -> None:
	site = Site("one.localhost")
	site.make(progress)
	site.migrate(progress)
	assert fake.count("migrate") == 0
	settings["frappe"] = "2"
	site.migrate(progress)
	site.migrate(progress)
	assert fake.count("migrate") == 1


def test_code_that_changed_between_two_installations_is_migrated(fake: FakeBench, settings, progress) -> None:
	settings["apps"] = ["first"]
	site = Site("one.localhost")
	site.make(progress)
	site.install_apps(progress)
	settings["apps"], settings["first"] = ["first", "second"], "2"
	site.install_apps(progress)
	site.migrate(progress)
	assert fake.count("migrate") == 1


def test_a_killed_migration_is_run_again(fake: FakeBench, settings, progress) -> None:
	site = Site("one.localhost")
	site.make(progress)
	settings["frappe"], fake.fail_at = "2", "migrate"
	with pytest.raises(KeyboardInterrupt):
		site.migrate(progress)
	fake.fail_at = ""
	site.migrate(progress)
	assert fake.count("migrate") == 2


def test_commands_after_installing_run_once_each(fake: FakeBench, settings, progress) -> None:
	settings["apps"] = ["first"]
	settings["after_install"] = [
		{"app": "first", "command": ["first-demo", "load"]},
		{"app": "absent", "command": ["absent-demo"]},
	]
	site = Site("one.localhost")
	site.make(progress)
	site.install_apps(progress)
	fake.fail_at = "first-demo"
	with pytest.raises(KeyboardInterrupt):
		site.load(progress)
	fake.fail_at = ""
	site.load(progress)
	site.load(progress)
	assert fake.count("first-demo") == 2
	assert fake.count("absent-demo") == 0


def test_the_address_of_links_is_the_sites_own(fake: FakeBench, progress) -> None:
	site = Site("one.localhost")
	site.make(progress)
	site.configure()
	config = json.loads((site.folder / "site_config.json").read_text())
	assert config["host_name"].startswith("http://one.localhost:")
	assert config["db_name"] == "_1"


def test_a_background_program_is_found_and_ended_with_its_children(bench_root) -> None:
	daemons.start("sleeper", ["bash", "-c", "sleep 300 & wait"], cwd=bench_root)
	assert daemons.wait_until(lambda: len(daemons.pids("sleeper")) == 2, 5)
	assert daemons.stop("sleeper", patience=1)
	assert not daemons.running("sleeper")
	assert daemons.stop("sleeper") is False


def test_a_program_that_ends_at_once_is_told_with_its_last_words(bench_root) -> None:
	daemons.start("broken", ["bash", "-c", "echo cannot open the door; exit 1"], cwd=bench_root)
	with pytest.raises(EngineError, match=r"(?s)broken ended by itself.*cannot open the door"):
		daemons.wait_for("broken", lambda: False, 5)
