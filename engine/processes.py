"""The bench's processes: `bench start` with our Procfile, in the background."""

import http.client

from engine import bench, daemons, paths, ports
from engine.progress import Progress

NAME = "bench"


def start(progress: Progress, site: str) -> None:
	"""Start every process of the Procfile and wait until the site answers."""
	if not daemons.running(NAME):
		ports.require_free("web")
		ports.require_free("socketio")
		command = [paths.ENV / "bin" / "bench", "start", "--no-dev", "--man", "honcho"]
		daemons.start(NAME, command, cwd=paths.ROOT, env=bench.environment())
	daemons.wait_for(NAME, lambda: site_answers(site, ports.chosen()["web"]), 90)
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
