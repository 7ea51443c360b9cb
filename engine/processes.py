"""The bench's processes: `bench start` with our Procfile, in the background."""

import http.client
import json

from engine import bench, daemons, paths, ports, pyenv
from engine.progress import Progress
from engine.site import code_digests
from engine.store import digest, write_text

NAME = "bench"
STARTED_WITH = paths.RUN / "bench.started-with"


def start(progress: Progress, site: str) -> None:
	"""Start every process of the Procfile, anew when code changed, and wait until the site answers."""
	now = _code()
	if daemons.running(NAME) and not (STARTED_WITH.exists() and STARTED_WITH.read_text() == now):
		progress.say("code changed: restarting")
		stop()
	if not daemons.running(NAME):
		ports.require_free("web")
		ports.require_free("socketio")
		command = [paths.ENV / "bin" / "bench", "start", "--no-dev", "--man", "honcho"]
		daemons.start(NAME, command, cwd=paths.ROOT, env=bench.environment())
		write_text(STARTED_WITH, now)
	daemons.wait_for(NAME, lambda: site_answers(site, ports.chosen()["web"]), 180)
	progress.say(f"port {ports.chosen()['web']}")


def stop() -> bool:
	"""End them; running jobs get half a minute. False when none ran."""
	return daemons.stop(NAME)


def site_answers(site: str, port: int) -> bool:
	"""Whether the site's ping answers at the port."""
	connection = http.client.HTTPConnection(ports.HOST, port, timeout=20)
	try:
		connection.request("GET", "/api/method/ping", headers={"Host": site})
		return b"pong" in connection.getresponse().read()
	except (OSError, http.client.HTTPException):
		return False
	finally:
		connection.close()


def _code() -> str:
	"""A digest over everything that running processes have read."""
	files = [paths.ROOT / "Procfile", paths.ROOT / ".env", bench.COMMON, pyenv.STAMP]
	files += sorted([*paths.ENGINE.glob("*.py"), *(paths.ENGINE / "realtime").glob("*.mjs")])
	return digest(json.dumps(code_digests()), *(file.read_bytes() for file in files if file.exists()))
