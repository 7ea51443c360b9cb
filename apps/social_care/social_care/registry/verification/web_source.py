"""Asking over the network: POST of JSON, some questions a call, under a key that stays the same when the call is made again.

	{"questions": [{"key", "check", "national_number", …values}]}  →  {"answers": [{"key", "check", "result", "registry_…"}]}

The columns are those of the file. Nothing of address, key or answer is written to a log or told to the user.
"""

import ipaddress
import json
import time
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import requests
from frappe import _
from frappe.model.document import Document

from social_care.registry.verification.sources import Answer, Connector, Question, SourceError

MOST_BYTES = 10 * 1024 * 1024
BLOCK = 64 * 1024
CONNECT = 5  # seconds
PAUSE = 0.5  # seconds before the second attempt, twice as long before each next one
WORTH_REPEATING = (429, 500, 502, 503, 504)


class PassingError(SourceError):
	"""What may be over at the next attempt."""


def prepare(_source: Document, questions: list[Question]) -> dict:
	"""What is sent."""
	return {
		"questions": [
			{
				"key": question.key,
				"check": question.check,
				"national_number": question.national_number,
				**question.values,
			}
			for question in questions
		]
	}


def ask(source: Document, sent: dict, key: str) -> Any:
	"""Send the questions, again where the service is not there for the moment. Raises SourceError."""
	check_address(source.address)
	for attempt in range(max(1, source.attempts or 1) - 1):
		try:
			return _post(source, sent, key)
		except PassingError:
			time.sleep(PAUSE * 2**attempt)
	return _post(source, sent, key)


def _post(source: Document, sent: dict, key: str) -> Any:
	secret = source.get_password("secret", raise_exception=False)
	headers = {"Idempotency-Key": key} | ({"Authorization": f"Bearer {secret}"} if secret else {})
	limits = (CONNECT, source.timeout_seconds or 20)
	try:
		with requests.Session() as session:
			session.trust_env = False  # no password file and no proxy of the machine
			with session.post(
				source.address,
				json=sent,
				headers=headers,
				timeout=limits,
				allow_redirects=False,
				stream=True,
			) as answer:
				return _body(answer, time.monotonic() + limits[1])
	except requests.Timeout:
		raise PassingError(_("The source did not answer in time.")) from None
	except requests.RequestException:
		raise PassingError(_("The source was not reached, or its answer broke off.")) from None


def _body(answer: requests.Response, until: float) -> Any:
	if answer.status_code in WORTH_REPEATING:
		raise PassingError(_("The source reports a fault of its own ({0}).").format(answer.status_code))
	if answer.status_code != 200:
		raise SourceError(_("The source refused the question ({0}).").format(answer.status_code))
	content = b""
	for block in answer.iter_content(BLOCK):
		content += block
		if len(content) > MOST_BYTES:
			raise SourceError(_("The answer of the source is too large."))
		if time.monotonic() > until:
			raise PassingError(_("The source did not answer in time."))
	try:
		return json.loads(content)
	except ValueError:
		raise PassingError(_("The answer of the source cannot be read.")) from None


def read(told: Any) -> Iterator[Answer]:
	"""Answers of a call. Raises SourceError for anything of another shape."""
	rows = told.get("answers") if isinstance(told, dict) else None
	if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
		raise SourceError(_("The answer of the source cannot be read."))
	for number, row in enumerate(rows, 1):
		yield Answer(
			number, {key: value for key, value in row.items() if isinstance(value, str | int | float)}
		)


def check_address(address: str | None) -> None:
	"""Refuse what is not https; http only to the machine itself. Raises SourceError."""
	parts = urlsplit(address or "")
	own = parts.hostname == "localhost" or _is_loopback(parts.hostname or "")
	if (
		not parts.hostname
		or parts.username
		or not (parts.scheme == "https" or (parts.scheme == "http" and own))
	):
		raise SourceError(_("The address of the source begins with https:// and holds no password."))


def _is_loopback(host: str) -> bool:
	try:
		return ipaddress.ip_address(host).is_loopback
	except ValueError:
		return False


WEB = Connector(kind="Web Service", title="Web Service", prepare=prepare, ask=ask, read=read)
