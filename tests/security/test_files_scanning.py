"""Scanners for harmful content: asked before a file is written; by setting nothing is taken that none has looked at.

The daemon is ClamAV's own where it is installed, with a signature written here, and otherwise one of a few lines that
speaks its protocol: no signatures have to be fetched.
"""

import shutil
import socket
import socketserver
import subprocess
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import frappe
import pytest
from frappe.installer import update_site_config
from isolation.browser import Browser
from isolation.records import Stage
from social_care.files import clamav, scanning
from social_care.files.errors import HarmfulFileError

# The standard test file of the makers of scanners, in two parts so that no scanner stops at this file.
EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
CLAMD = shutil.which("clamd", path="/usr/sbin:/usr/bin:/usr/local/sbin")


class Speaking(socketserver.StreamRequestHandler):
	"""What of the protocol of ClamAV's daemon an upload needs."""

	def handle(self) -> None:
		assert self.rfile.read(10) == b"zINSTREAM\0"
		data = b""
		while length := int.from_bytes(self.rfile.read(4), "big"):
			data += self.rfile.read(length)
		self.wfile.write(b"stream: Eicar-Test FOUND\0" if EICAR in data else b"stream: OK\0")


@pytest.fixture(scope="module")
def daemon(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
	"""The address of a daemon that knows one signature."""
	folder = tmp_path_factory.mktemp("clam")
	address = str(folder / "clamd.ctl")
	if not CLAMD:
		with socketserver.ThreadingUnixStreamServer(address, Speaking) as server:
			threading.Thread(target=server.serve_forever, daemon=True).start()
			yield address
			server.shutdown()
		return
	process = start_clamd(folder, address)
	try:
		yield address
	finally:
		process.terminate()
		process.wait(timeout=30)


def start_clamd(folder: Path, address: str) -> subprocess.Popen:
	signatures = folder / "signatures"
	signatures.mkdir()
	(signatures / "own.ndb").write_text(f"Eicar-Test:0:*:{EICAR.hex()}\n")
	settings = folder / "clamd.conf"
	settings.write_text(
		f"LocalSocket {address}\nLocalSocketMode 666\nDatabaseDirectory {signatures}\nForeground yes\nUser root\n"
	)
	process = subprocess.Popen([CLAMD, f"--config-file={settings}"], stdout=subprocess.DEVNULL)
	deadline = time.monotonic() + 60
	while not reachable(address):
		assert process.poll() is None and time.monotonic() < deadline, "clamd does not start"
		time.sleep(0.2)
	return process


def reachable(address: str) -> bool:
	with socket.socket(socket.AF_UNIX) as connection:
		return connection.connect_ex(address) == 0


@pytest.fixture
def site_settings() -> Iterator:
	"""Changes the daemon's address and whether a scan is demanded; taken back afterwards."""

	def change(address: str | None, required: int) -> None:
		update_site_config("clamav_socket", address if address else "None")
		frappe.conf.clamav_socket = address
		frappe.get_doc("Upload Settings").update({"scan_required": required}).save()
		frappe.db.commit()

	frappe.set_user("Administrator")
	yield change
	change(None, 0)


@pytest.fixture
def entry(stage: Stage) -> Browser:
	return stage.browser(stage.there.place.entry)


def removed(browser: Browser, answer) -> None:
	assert browser.delete(f"/api/resource/File/{answer.json()['message']['name']}").status_code == 202


class TestDaemon:
	@pytest.mark.parametrize("required", [0, 1])
	def test_harmful_files_are_refused_and_not_stored(
		self, entry, daemon, site_settings, required: int
	) -> None:
		site_settings(daemon, required)
		folder = Path(frappe.get_site_path("private", "files"))
		before = set(folder.iterdir())
		answers = [
			entry.upload(EICAR, "letter.txt"),
			entry.upload(b"before " + EICAR, "letter.csv", is_private="0"),
			entry.post(
				"/api/resource/File", {"file_name": "a.txt", "content": EICAR.decode(), "is_private": 1}
			),
		]
		for answer in answers:
			assert answer.status_code == 417, answer.text[:300]
			assert "HarmfulFileError" in answer.text
		assert set(folder.iterdir()) == before

	def test_other_files_pass(self, entry: Browser, daemon: str, site_settings) -> None:
		site_settings(daemon, 1)
		answer = entry.upload(b"x" * 3_000_000, "long.txt")
		assert answer.status_code == 200, answer.text[:300]
		removed(entry, answer)

	def test_without_a_daemon_the_setting_decides(self, entry: Browser, site_settings) -> None:
		site_settings("/nonexistent/clamd.ctl", 0)
		answer = entry.upload(b"text", "plain.txt")
		assert answer.status_code == 200
		removed(entry, answer)
		site_settings("/nonexistent/clamd.ctl", 1)
		refused = entry.upload(b"text", "plain.txt")
		assert refused.status_code == 417
		assert "HarmfulFileError" in refused.text

	def test_a_daemon_that_answers_otherwise_has_not_looked(self, site_settings) -> None:
		with socket.create_server(("127.0.0.1", 0)) as server:
			threading.Thread(target=lambda: server.accept()[0].close(), daemon=True).start()
			frappe.conf.clamav_socket = f"127.0.0.1:{server.getsockname()[1]}"
			with pytest.raises(scanning.ScannerAbsentError):
				clamav.scan(b"text")


def finding(data: bytes) -> str:
	"""A scanner of another app."""
	return "Bad word" if b"bad" in data else ""


def absent(data: bytes) -> str:
	raise scanning.ScannerAbsentError("not here")


class TestHook:
	"""Scanners of other apps, by the hook."""

	@pytest.fixture
	def scanners(self, monkeypatch: pytest.MonkeyPatch):
		def register(*functions) -> None:
			paths = [f"{__name__}.{function.__name__}" for function in functions]
			known, attributes = frappe.get_hooks, frappe.get_attr
			own = dict(zip(paths, functions, strict=True))
			monkeypatch.setattr(
				frappe,
				"get_hooks",
				lambda *a, **k: paths if a == ("social_care_file_scanners",) else known(*a, **k),
			)
			monkeypatch.setattr(frappe, "get_attr", lambda name: own.get(name) or attributes(name))

		return register

	def test_one_that_finds_something_is_enough(self, scanners) -> None:
		scanners(absent, finding)
		scanning.check(b"good")
		with pytest.raises(HarmfulFileError):
			scanning.check(b"bad")

	def test_a_demanded_scan_needs_one_that_looks(self, scanners, site_settings) -> None:
		scanners(absent)
		scanning.check(b"good")
		site_settings(None, 1)
		with pytest.raises(HarmfulFileError):
			scanning.check(b"good")
