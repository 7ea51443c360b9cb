"""Bad surroundings get one clear sentence and nothing half-made."""

import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest

from engine import cli, commands, framework, machine, paths, services
from engine.errors import EngineError


def test_missing_programs_without_root_name_their_packages(bench_root, progress, monkeypatch) -> None:
	monkeypatch.setattr(machine, "check_node", lambda version: None)
	empty = bench_root / "bin"
	empty.mkdir()
	monkeypatch.setenv("PATH", str(empty))
	monkeypatch.setattr(machine, "SBIN", ())
	monkeypatch.setattr(os, "geteuid", lambda: 1000)
	with pytest.raises(EngineError) as refusal:
		machine.ensure(progress)
	assert "mariadb-server-core" in str(refusal.value)
	assert "redis-server" in str(refusal.value)
	assert "as root: apt-get update" in str(refusal.value)


def test_a_database_elsewhere_needs_no_database_here(bench_root, settings, monkeypatch) -> None:
	assert services.not_needed_packages() == frozenset()
	monkeypatch.setenv("BENCH_DB_HOST", "127.0.0.9")
	monkeypatch.setenv("BENCH_REDIS_CACHE", "redis://127.0.0.9:6379")
	assert services.not_needed_packages() == {"mariadb-server-core"}
	monkeypatch.setenv("BENCH_REDIS_QUEUE", "redis://127.0.0.9:6379")
	assert services.not_needed_packages() == {"mariadb-server-core", "redis-server"}


def test_a_database_elsewhere_that_is_silent_is_named(bench_root, settings, progress, monkeypatch) -> None:
	monkeypatch.setenv("BENCH_DB_HOST", "127.0.0.1")
	monkeypatch.setenv("BENCH_DB_PORT", "1")
	with pytest.raises(EngineError, match=r"MariaDB does not answer at 127\.0\.0\.1:1"):
		services.start(progress)


@pytest.mark.parametrize("version", ["", "v12.22.9", "v18.20.4"])
def test_an_old_or_missing_node_is_refused(version: str) -> None:
	with pytest.raises(EngineError, match=r"Node 20\.0 or newer, with npm, is needed"):
		machine.check_node(version)


@pytest.mark.parametrize("version", ["v20.0.0", "v20.20.2", "v24.1.0"])
def test_a_new_enough_node_passes(version: str) -> None:
	machine.check_node(version)


def test_an_old_python_is_refused_before_anything_else() -> None:
	"""The module is run with the version of an older interpreter in place of the true one."""
	code = (
		"import sys, runpy; sys.version_info = (3, 9, 2); sys.version = '3.9.2 (old)';"
		"sys.argv = ['engine', 'start']; runpy.run_module('engine', run_name='__main__')"
	)
	done = subprocess.run([sys.executable, "-c", code], cwd=paths.ROOT, capture_output=True, text=True)
	assert done.returncode == 1
	assert "needs Python 3.11 or newer" in done.stderr
	assert "3.9.2" in done.stderr


def test_a_small_disk_is_refused(bench_root) -> None:
	with pytest.raises(EngineError, match=r"needs 9000000 GB of disk"):
		machine.check_disk(bench_root, 9_000_000)
	machine.check_disk(bench_root, 0)


def test_a_disk_that_fills_up_is_said_in_words(bench_root, progress) -> None:
	"""The command may write 64 KB only, as on a full disk, and says what such programs say."""
	script = (
		"ulimit -f 64; trap '' XFSZ; head -c 200000 /dev/zero > big || echo 'No space left on device'; exit 1"
	)
	with pytest.raises(EngineError, match="The disk is full: make room and start again"):
		commands.run(["bash", "-c", script], log="full", cwd=bench_root, progress=progress)


def test_a_failing_command_shows_its_last_words(bench_root) -> None:
	with pytest.raises(EngineError, match=r"(?s)status 3.*the door is shut"):
		commands.run(["bash", "-c", "echo first; echo the door is shut; exit 3"], log="fails")


def test_a_disk_that_fills_up_under_the_engine_itself_is_said_in_words(monkeypatch, capsys) -> None:
	def full(_rest) -> None:
		raise OSError(errno.ENOSPC, "No space left on device")

	monkeypatch.setitem(cli.COMMANDS, "status", full)
	assert cli.main(["status"]) == 1
	assert "The disk is full" in capsys.readouterr().err


def test_a_program_that_is_not_there_is_named(bench_root) -> None:
	with pytest.raises(EngineError, match="no-such-program"):
		commands.run(["no-such-program"], log="missing")


def test_a_download_of_other_content_is_refused(bench_root, progress, monkeypatch) -> None:
	"""pip itself compares: the same name with another hash does not get in."""
	package = bench_root / "criscostack-1.0.0-py3-none-any.whl"
	_write_wheel(package)
	pin = bench_root / "framework.txt"
	pin.write_text(f"criscostack @ file://{package} --hash=sha256:{'0' * 64}\n")
	monkeypatch.setattr(framework, "WHEEL_PIN", pin)
	monkeypatch.setattr(paths, "PYTHON", Path(sys.executable))
	with pytest.raises(EngineError, match="HASH"):
		framework.download(progress)
	assert not list((bench_root / "var").glob("download/*.whl"))


def test_apt_never_starts_a_service_and_leaves_no_policy(bench_root, progress, monkeypatch) -> None:
	policy, seen = bench_root / "policy-rc.d", []

	def pretend(command, **_options) -> None:
		seen.append((command[1], policy.exists()))
		if command[1] == "install":
			raise EngineError("no such package")

	monkeypatch.setattr(machine, "POLICY", policy)
	monkeypatch.setattr(commands, "run", pretend)
	monkeypatch.setattr(machine, "find", lambda program: program)
	monkeypatch.setattr(os, "geteuid", lambda: 0)
	with pytest.raises(EngineError):
		machine.install(["mariadb-server-core"], progress)
	assert seen == [("update", False), ("install", True)]
	assert not policy.exists()


def _write_wheel(path: Path) -> None:
	import zipfile

	with zipfile.ZipFile(path, "w") as archive:
		archive.writestr("criscostack-1.0.0.dist-info/METADATA", "Name: criscostack\nVersion: 1.0.0\n")


def test_any_font_with_the_letters_is_not_enough(monkeypatch) -> None:
	asked = []

	def listed(command, **_options) -> str:
		asked.append(command)
		return ""

	monkeypatch.setattr(commands, "output", listed)
	font = next(need for need in machine.NEEDS if need.font)
	assert not font.met()
	assert asked == [["fc-list", "Noto Naskh Arabic"]]
