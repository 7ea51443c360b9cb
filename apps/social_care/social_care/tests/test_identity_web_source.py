"""A registry asked over the network: a real server on this machine that is slow, fails, breaks off and answers by halves."""

import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from unittest.mock import patch

import frappe

from social_care.registry.verification import (
	BATCH,
	CONFIRMED,
	WAITING,
	VerificationError,
	batches,
	exporting,
	web_source,
)
from social_care.registry.verification.sources import SourceError
from social_care.tests.identity_cases import IdentityCase

SECRET = "k3y-of-the-registry"


class Registry(ThreadingHTTPServer):
	"""Answers as `plan` says, call by call ("answer" when it is over), and keeps what it was asked."""

	def __init__(self) -> None:
		super().__init__(("127.0.0.1", 0), Handler)
		self.plan: list[str] = []
		self.calls: list[tuple[dict, dict]] = []
		threading.Thread(target=self.serve_forever, daemon=True).start()

	@property
	def address(self) -> str:
		return f"http://127.0.0.1:{self.server_port}/ask"

	def keys(self) -> list[str]:
		return [headers["Idempotency-Key"] for headers, _sent in self.calls]


class Handler(BaseHTTPRequestHandler):
	def do_POST(self) -> None:
		sent = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
		self.server.calls.append((dict(self.headers), sent))
		step = self.server.plan.pop(0) if self.server.plan else "answer"
		getattr(self, step)(sent["questions"])

	def answer(self, questions: list[dict]) -> None:
		self.tell([self.matching(question) for question in questions])

	def half(self, questions: list[dict]) -> None:
		self.tell([self.matching(question) for question in questions[:1]])

	def silent(self, questions: list[dict]) -> None:
		self.tell([{"key": row["key"], "check": row["check"], "result": ""} for row in questions])

	def forged(self, questions: list[dict]) -> None:
		self.tell([self.matching(row) | {"check": "0" * 12} for row in questions])

	def other_shape(self, _questions: list[dict]) -> None:
		self.send({"answers": "all fine"})

	def broken(self, _questions: list[dict]) -> None:
		self.raw(200, b'{"answers": [{"key": "', length=5000)

	def failing(self, _questions: list[dict]) -> None:
		self.raw(503, f"bad day, {SECRET}".encode())

	def refusing(self, _questions: list[dict]) -> None:
		self.raw(403, SECRET.encode())

	def moved(self, _questions: list[dict]) -> None:
		self.send_response(302)
		self.send_header("Location", self.server.address)
		self.end_headers()

	def slow(self, _questions: list[dict]) -> None:
		time.sleep(1.6)

	def dripping(self, _questions: list[dict]) -> None:
		self.send_response(200)
		self.end_headers()
		for _part in range(30):
			try:
				self.wfile.write(b" " * 70_000)
				self.wfile.flush()
			except OSError:
				return
			time.sleep(0.1)

	def matching(self, question: dict) -> dict:
		return {"key": question["key"], "check": question["check"], "result": "مطابق"}

	def tell(self, answers: list[dict]) -> None:
		self.send({"answers": answers})

	def send(self, body: dict) -> None:
		self.raw(200, json.dumps(body).encode())

	def raw(self, status: int, body: bytes, length: int = 0) -> None:
		self.send_response(status)
		self.send_header("Content-Length", str(length or len(body)))
		self.end_headers()
		self.wfile.write(body)

	def log_message(self, *_args) -> None:
		pass


class TestWebSource(IdentityCase):
	def setUp(self) -> None:
		super().setUp()
		self.enterContext(patch.object(web_source, "PAUSE", 0.01))
		self.registry = Registry()
		self.addCleanup(self.registry.server_close)
		self.addCleanup(self.registry.shutdown)
		values = {"connector": "Web Service", "address": self.registry.address, "secret": SECRET}
		values |= {"timeout_seconds": 1, "attempts": 3, "at_once": 2}
		frappe.get_doc("Identity Source", "CIVIL-REGISTRY").update(values).save()
		self.name = self.batch()

	def ask(self, *plan: str):
		self.registry.plan, self.registry.calls = list(plan), []
		batches.begin_asking(self.name)
		batches.run(self.name)
		return frappe.get_doc(BATCH, self.name)

	def states(self) -> list[str]:
		return sorted(self.state(child) for child in self.children)

	def test_everybody_is_asked_about_in_calls_of_the_agreed_size(self) -> None:
		batch = self.ask()
		self.assertEqual(
			(batch.status, batch.confirmed, batch.sent_rows, batch.failure), ("Finished", 3, 3, "")
		)
		self.assertEqual([len(sent["questions"]) for _headers, sent in self.registry.calls], [2, 1])
		self.assertEqual(self.states(), [CONFIRMED] * 3)

	def test_only_what_the_source_lets_out_is_sent_with_the_key(self) -> None:
		self.ask()
		headers, sent = self.registry.calls[0]
		self.assertEqual(headers["Authorization"], f"Bearer {SECRET}")
		names = {"first_name", "father_name", "grandfather_name", "family_name"}
		self.assertEqual(sent["questions"][0].keys(), {"key", "check", "national_number"} | names)

	def test_faults_that_pass_are_tried_again_under_the_same_key(self) -> None:
		batch = self.ask("failing", "broken", "answer", "slow", "answer")
		self.assertEqual((batch.status, batch.failure), ("Finished", ""))
		keys = self.registry.keys()
		self.assertEqual((len(keys), len(set(keys[:3])), len(set(keys[3:])), len(set(keys))), (5, 1, 1, 2))

	def test_a_source_that_stays_away_leaves_everybody_waiting(self) -> None:
		for plan in (
			["failing"] * 3,
			["slow"] * 3,
			["broken"] * 3,
			["dripping"] * 3,
			["refusing"],
			["moved"],
		):
			batch = self.ask(*plan)
			self.assertEqual(
				(batch.status, batch.confirmed, len(self.registry.calls)), ("Waiting", 0, len(plan)), plan
			)
			self.assertTrue(batch.failure)
			self.assertEqual(self.states(), [WAITING] * 3)
		self.assertEqual(self.ask().confirmed, 3)

	def test_a_fault_in_the_middle_keeps_what_came_before(self) -> None:
		batch = self.ask("answer", "failing", "failing", "failing")
		self.assertEqual((batch.status, batch.confirmed, batch.waiting), ("Waiting", 2, 1))
		first = self.registry.keys()[1]
		batch = self.ask()
		self.assertEqual((batch.status, batch.confirmed), ("Finished", 3))
		self.assertNotEqual(self.registry.keys()[0], first)  # a new round is a new question

	def test_half_answers_silence_and_forged_codes_confirm_nobody(self) -> None:
		batch = self.ask("half", "silent")
		self.assertEqual((batch.confirmed, batch.waiting, batch.status), (1, 2, "Waiting"))
		batch = self.ask("forged")
		self.assertEqual((batch.confirmed, batch.waiting), (1, 2))
		self.assertIn("2", batch.notices)
		batch = self.ask("other_shape")
		self.assertEqual((batch.confirmed, bool(batch.failure)), (1, True))

	def test_a_worker_that_dies_asks_the_same_again(self) -> None:
		from social_care.registry.verification import asking

		batches.begin_asking(self.name)
		with patch.object(asking, "_take", side_effect=KeyboardInterrupt):
			self.assertRaises(KeyboardInterrupt, batches.run, self.name)
		self.assertEqual(frappe.db.get_value(BATCH, self.name, "status"), "Asking")
		batches.run(self.name)
		keys = self.registry.keys()
		self.assertEqual((keys[0], len(keys)), (keys[1], 3))
		self.assertEqual(self.states(), [CONFIRMED] * 3)

	def test_no_secret_is_told_or_logged(self) -> None:
		errors = frappe.db.count("Error Log")
		batch = self.ask("refusing")
		told = json.dumps(batch.as_dict(), default=str) + self.messages()
		for secret in (SECRET, "127.0.0.1", str(self.registry.server_port)):
			self.assertNotIn(secret, told)
		self.assertEqual(frappe.db.count("Error Log"), errors)

	def test_an_address_that_is_open_or_holds_a_password_is_refused(self) -> None:
		for address in (
			"http://registry.invalid/",
			"https://u:p@registry.invalid/",
			"file:///etc/passwd",
			"",
			"//x",
		):
			self.assertRaises(SourceError, web_source.check_address, address)
			source = frappe.get_doc("Identity Source", "CIVIL-REGISTRY")
			source.address = address
			self.act_as("Administrator")
			self.assertRefused(VerificationError, source.save)
		web_source.check_address("https://registry.invalid/ask")

	def test_it_is_not_asked_by_file(self) -> None:
		self.assertRefused(VerificationError, exporting.file, self.name, "CSV")
