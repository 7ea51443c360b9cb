"""Web processes of the sweep's own: one as it is served, one with the protection taken out."""

import os
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import requests

ROOT = Path(os.environ.get("BENCH_ROOT") or Path(__file__).resolve().parents[3])
SERVED = "engine.web:application"
UNGUARDED = "security.sweep.unguarded:application"
WITHOUT_GUARDS = "security.sweep.without_guards:application"
THREADS = 4


@contextmanager
def process(application: str, workers: int, framework: Path | None = None, site: str = "") -> Iterator[str]:
	"""The address of a web process for the test site, with another tree of the framework where one is given."""
	port = free_port()
	paths = [str(framework)] if framework else []
	env = os.environ | {"BENCH_SITE": site or os.environ["TEST_SITE"], "PYTHONPATH": os.pathsep.join(paths)}
	options = [
		"--workers",
		str(workers),
		"--threads",
		str(THREADS),
		"--worker-class",
		"gthread",
		"--timeout",
		"120",
	]
	where = ["--bind", f"127.0.0.1:{port}", "--no-control-socket", "--pythonpath", f"{ROOT},{ROOT / 'tests'}"]
	with (ROOT / "var" / "log" / "test_sweep.log").open("ab") as log:
		command = [str(ROOT / "env" / "bin" / "gunicorn"), *options, *where, application]
		server = subprocess.Popen(command, cwd=ROOT / "sites", env=env, stdout=log, stderr=log)
		try:
			yield answering(f"http://127.0.0.1:{port}", server)
		finally:
			server.terminate()
			server.wait(30)


def free_port() -> int:
	with socket.socket() as found:
		found.bind(("127.0.0.1", 0))
		return found.getsockname()[1]


def answering(base: str, server: subprocess.Popen) -> str:
	"""The address, once it answers."""
	for _ in range(600):
		assert server.poll() is None, "the web process ended; see var/log/test_sweep.log"
		try:
			if requests.get(f"{base}/api/method/ping", timeout=30).status_code == 200:
				return base
		except requests.ConnectionError:
			time.sleep(0.2)
	raise TimeoutError(base)
