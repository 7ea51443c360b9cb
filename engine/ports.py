"""Ports of this bench: chosen free once, then remembered, so that two clones run side by side."""

import os
import socket

from engine import paths
from engine.errors import EngineError
from engine.store import read_json, write_json

FILE = paths.VAR / "ports.json"
HOST = "127.0.0.1"
# The first port tried for each server; clones step upwards by ten.
FIRST = {
	"web": 8000,
	"test_web": 8001,
	"socketio": 8002,
	"test_socketio": 8003,
	"mariadb": 8004,
	"redis_cache": 8005,
	"redis_queue": 8006,
	"test_web_2": 8007,
	"test_socketio_2": 8008,
}
STEP, TRIES = 10, 200


def chosen() -> dict[str, int]:
	"""This bench's ports by server name; chosen as one block at the first call.

	The environment's BENCH_PORT asks for a block of one's own; raises EngineError when it is taken.
	"""
	remembered = read_json(FILE)
	if set(remembered) == set(FIRST):
		return remembered
	block = _completed(remembered) if remembered else _asked_block() or _free_block()
	write_json(FILE, block)
	return block


def is_free(port: int) -> bool:
	"""Whether nobody listens at the port on this machine."""
	with socket.socket() as probe:
		probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
		try:
			probe.bind((HOST, port))
		except OSError:
			return False
	return True


def require_free(server: str) -> int:
	"""The server's port; raises EngineError when another program holds it."""
	port = chosen()[server]
	if not is_free(port):
		raise EngineError(
			f"Port {port}, which this bench remembers for {server}, is taken by another program.\n"
			f"    Stop that program, or remove {FILE} (make stop first) so that free ports are chosen anew."
		)
	return port


def _completed(remembered: dict[str, int]) -> dict[str, int]:
	"""The same block, also for servers that it did not have when it was chosen."""
	return _block(remembered["web"] - FIRST["web"]) | remembered


def _asked_block() -> dict[str, int] | None:
	asked = os.environ.get("BENCH_PORT")
	if not asked:
		return None
	if not asked.isdigit() or not 1024 <= int(asked) <= 65000:
		raise EngineError(f"BENCH_PORT must be a port from 1024 to 65000, not {asked!r}.")
	block = _block(int(asked) - FIRST["web"])
	taken = [port for port in block.values() if not is_free(port)]
	if taken:
		raise EngineError(f"BENCH_PORT={asked}: these ports are taken: {', '.join(map(str, taken))}.")
	return block


def _free_block() -> dict[str, int]:
	for number in range(TRIES):
		block = _block(number * STEP)
		if all(is_free(port) for port in block.values()):
			return block
	last = FIRST["web"] + STEP * TRIES
	raise EngineError(f"No free block of ports between {FIRST['web']} and {last}.")


def _block(shift: int) -> dict[str, int]:
	return {name: port + shift for name, port in FIRST.items()}
