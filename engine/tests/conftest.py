"""A bench in a temporary folder: every path of the engine points there."""

from pathlib import Path

import pytest

from engine import bench_config, paths, ports, services
from engine.progress import Progress

FOLDERS = {
	"ROOT": "",
	"APPS": "apps",
	"SITES": "sites",
	"ENV": "env",
	"FRAMEWORK": "apps/frappe",
	"VAR": "var",
	"RUN": "var/run",
	"LOG": "var/log",
	"TMP": "var/tmp",
}


@pytest.fixture
def bench_root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
	"""An empty bench; nothing of the real one is read or written."""
	for name, folder in FOLDERS.items():
		monkeypatch.setattr(paths, name, tmp_path / folder)
	monkeypatch.setattr(paths, "PYTHON", tmp_path / "env" / "bin" / "python")
	monkeypatch.setattr(ports, "FILE", tmp_path / "var" / "ports.json")
	monkeypatch.setattr(services, "SECRETS", tmp_path / "var" / "secrets.json")
	monkeypatch.setattr(services, "DATA", tmp_path / "var" / "mariadb")
	monkeypatch.delenv("BENCH_PORT", raising=False)
	paths.make_folders()
	return tmp_path


@pytest.fixture
def progress(tmp_path: Path):
	"""A progress display that writes to a file."""
	with (tmp_path / "shown.txt").open("w") as stream:
		yield Progress(stream)


@pytest.fixture
def settings(monkeypatch: pytest.MonkeyPatch) -> dict:
	"""Replaceable settings in place of `sites/bench.json`."""
	values = {
		"site": "one.localhost",
		"test_site": "two.localhost",
		"admin_password": "secret",
		"apps": [],
		"setup": {"lang": "ar"},
		"site_config": {},
		"after_install": [],
	}
	for module in (bench_config, services):
		monkeypatch.setattr(module, "settings", lambda: values)
	return values
