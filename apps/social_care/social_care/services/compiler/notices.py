"""Notifications of a service: the framework's own records, whose words an administrator may change afterwards.

Whom a notice of the ministry's people reaches is found when it is due (`runtime/people.py`): holders of the role at the
place of the request, whom the framework's «receiver by role» does not know.
"""

import json
import re
from collections.abc import Iterator
from itertools import zip_longest

from social_care.services.compiler.artefacts import Artefact, Row
from social_care.services.compiler.flow import state_name
from social_care.services.packs.definition import state_of

CHANNELS = {"system": "System Notification", "email": "Email", "sms": "SMS"}
PLACEHOLDER = re.compile(r"\{(\w+)\}")
BRACE = "{{ '{' }}"  # of a text, in the framework's template
SAID = {"request_number": "name", "applicant_name": "applicant_name", "due_on": "due_on", "reason": "reason"}


def notices(pack: dict) -> Iterator[Artefact]:
	"""One Notification for each channel of each notice; to the applicant by what he gave, to staff by their accounts."""
	for row in pack["notifications"]:
		for channel in row["channels"]:
			receivers = list(_receivers(row["to"], channel))
			if receivers:
				yield _notice(pack, row, channel, receivers)


def _notice(pack: dict, row: dict, channel: str, receivers: list[Row]) -> Artefact:
	values: Row = {
		"enabled": 1,
		"is_standard": 0,
		"module": "Services",
		"channel": CHANNELS[channel],
		"document_type": pack["document_type"],
		"subject": template(pack, row["subject"]["ar"]),
		"message": template(pack, row["message"]["ar"]),
		**_event(pack, row["on"]),
	}
	return Artefact(
		"Notification", f"{pack['code']} {row['code']} {channel}", values, {"recipients": receivers}
	)


def template(pack: dict, text: str) -> str:
	"""The text as the framework's template: only what the pack may say of a request.

	The pack's own words are no template: braces in them stay braces, so that whoever writes a pack reads nothing by it.
	"""
	said = {} if pack["confidential"] else {"applicant_name": "applicant_name"}
	allowed = {key: field for key, field in SAID.items() if key != "applicant_name"} | said
	parts = PLACEHOLDER.split(text)  # words and names by turns
	said_by = [f"{{{{ doc.{allowed[name]} }}}}" if name in allowed else "" for name in parts[1::2]]
	words = [part.replace("{", BRACE) for part in parts[0::2]]
	return "".join(piece for pair in zip_longest(words, said_by, fillvalue="") for piece in pair)


def _event(pack: dict, on: dict) -> Row:
	if "state" in on:
		name = json.dumps(state_name(state_of(pack, on["state"])), ensure_ascii=False)
		return {"event": "Value Change", "value_changed": "status", "condition": f"doc.status == {name}"}
	if "overdue" in on:
		return {"event": "Value Change", "value_changed": "overdue", "condition": "doc.overdue"}
	return {"event": "New", "value_changed": None, "condition": None}


def _receivers(to: list[str], channel: str) -> Iterator[Row]:
	base: Row = {"receiver_by_role": None, "cc": None, "bcc": None, "condition": None}
	if "applicant" in to and channel in ("email", "sms"):
		yield base | {
			"receiver_by_document_field": {"email": "applicant_email", "sms": "applicant_phone"}[channel]
		}
	if channel != "sms" and any(part in ("next", "enterer") or part.startswith("role:") for part in to):
		yield base | {"receiver_by_document_field": "asked_users"}
