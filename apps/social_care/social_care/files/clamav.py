"""ClamAV as a scanner of uploads: its daemon's INSTREAM command over the socket that Debian's package opens.

Site configuration: `clamav_socket` (a path, or `host:port`; the default is Debian's path) and `clamav_timeout` (seconds).
The daemon is asked where it is installed; nothing else has to be switched on.
"""

import socket
import struct
from pathlib import Path

import frappe

from social_care.files.scanning import ScannerAbsentError

SOCKET = "/run/clamav/clamd.ctl"
CHUNK = 1024 * 1024
TIMEOUT = 60


def scan(data: bytes) -> str:
	"""The signature that the daemon found, or "". Raises ScannerAbsentError where it does not answer as it should."""
	try:
		with _connection() as connection:
			answer = _exchange(connection, data)
	except OSError as error:
		raise ScannerAbsentError(str(error)) from error
	if answer.endswith(" FOUND"):
		return answer.removeprefix("stream: ").removesuffix(" FOUND") or "unnamed"
	if answer != "stream: OK":
		raise ScannerAbsentError(answer[:200])
	return ""


def _connection() -> socket.socket:
	address = str(frappe.conf.get("clamav_socket") or SOCKET)
	timeout = float(frappe.conf.get("clamav_timeout") or TIMEOUT)
	host, colon, port = address.rpartition(":")
	if colon and port.isdigit():
		return socket.create_connection((host, int(port)), timeout=timeout)
	if not Path(address).is_socket():
		raise ScannerAbsentError("no daemon is installed here")
	connection = socket.socket(socket.AF_UNIX)
	connection.settimeout(timeout)
	connection.connect(address)
	return connection


def _exchange(connection: socket.socket, data: bytes) -> str:
	connection.sendall(b"zINSTREAM\0")
	for start in range(0, len(data), CHUNK):
		part = data[start : start + CHUNK]
		connection.sendall(struct.pack("!L", len(part)) + part)
	connection.sendall(struct.pack("!L", 0))
	answer = b""
	while received := connection.recv(4096):
		answer += received
	return answer.rstrip(b"\0").decode(errors="replace").strip()
