"""A mail server of the tests: takes letters and keeps them."""

import socketserver
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy

import frappe
from frappe.utils.background_jobs import get_queue

ACCOUNT = "Letters of the Tests"


class Letterbox(socketserver.ThreadingTCPServer):
	"""Speaks as much SMTP as a letter needs."""

	allow_reuse_address = True
	daemon_threads = True

	def __init__(self) -> None:
		self.letters: list[str] = []
		super().__init__(("127.0.0.1", 0), _Conversation)


class _Conversation(socketserver.StreamRequestHandler):
	def handle(self) -> None:
		self.wfile.write(b"220 tests\r\n")
		while line := self.rfile.readline():
			word = line[:4].upper()
			if word == b"DATA":
				self.wfile.write(b"354 go on\r\n")
				self.server.letters.append(self._letter())
			self.wfile.write(b"221 bye\r\n" if word == b"QUIT" else b"250 ok\r\n")
			if word == b"QUIT":
				return

	def _letter(self) -> str:
		lines = []
		while (line := self.rfile.readline()) not in (b".\r\n", b""):
			lines.append(line)
		message = message_from_bytes(b"".join(lines), policy=policy.default)
		parts = [part for part in message.walk() if part.get_content_maintype() == "text"]
		return "\n".join(part.get_content() for part in parts)


@contextmanager
def letterbox() -> Iterator[Letterbox]:
	"""Outgoing mail of the site goes here; afterwards the site has no mail account, as before."""
	box = Letterbox()
	threading.Thread(target=box.serve_forever, daemon=True).start()
	_remove()
	values = {"email_account_name": ACCOUNT, "email_id": "tests@test.invalid", "enable_outgoing": 1}
	values |= {"default_outgoing": 1, "smtp_server": "127.0.0.1", "smtp_port": box.server_address[1]}
	doc = frappe.get_doc({"doctype": "Email Account", **values, "no_smtp_authentication": 1})
	doc.flags.ignore_validate = True
	doc.insert(ignore_permissions=True)
	frappe.db.commit()
	wait_for_worker()
	try:
		yield box
	finally:
		box.shutdown()
		box.server_close()
		_remove()


def wait_for_worker(seconds: int = 200) -> None:
	"""Until the jobs of earlier tests are done, so that the next one is not behind them."""
	queues = [get_queue(name) for name in ("short", "default", "long")]
	deadline = time.monotonic() + seconds
	while any(queue.count for queue in queues) and time.monotonic() < deadline:
		time.sleep(0.2)


def _remove() -> None:
	frappe.db.delete("Email Account", {"name": ACCOUNT})
	frappe.db.commit()
	frappe.clear_cache()
