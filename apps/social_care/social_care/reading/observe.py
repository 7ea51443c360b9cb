"""What an answered request has shown of children's files, whichever endpoint answered it.

Records come from three places: the names that the request's arguments hold, the rows that the answer holds, and what a
service noted (`notes`). An endpoint that nobody thought of is noted like all others, as «Other». Where the log cannot be
written, the answer does not leave.
"""

import json
import traceback
from contextlib import suppress

import frappe
from frappe import _
from werkzeug.wrappers import Request, Response

from social_care.api.guards.request import RECORD_PATHS, arguments_of, command, record_path
from social_care.reading import answers, channels, log, notes, opened, watermark
from social_care.reading.arguments import Found, records_of
from social_care.reading.subjects import children_of, children_of_families, personal
from social_care.registry.levels import read_levels

ASKED = watermark.ASKED
PAGE_OF_PRINT = "/printview"
BODY_HEADERS = ("X-Accel-Redirect", "Content-Disposition", "Content-Encoding", "ETag", "Last-Modified")


class NamelessReadingError(Exception):
	"""A record of a personal type was shown and nobody can say which."""


def begin() -> None:
	"""`auth_hooks`, after the guards: what is asked, before anything changes the arguments."""
	path = frappe.request.path
	if name := command():  # first, as the framework does it: with a command it never looks at the path
		setattr(frappe.local, ASKED, (name, arguments_of()))
	elif path.startswith(channels.FILES):
		setattr(frappe.local, ASKED, (channels.FILES, {"file_url": path}))


def asked() -> tuple[str, dict]:
	"""Endpoint and arguments of the request."""
	return getattr(frappe.local, ASKED, None) or ("", {})


def observe(response: Response | None, request: Request) -> None:
	"""`after_request`, before all others: write what was shown; without its rows the answer is withheld."""
	if response is None or response.status_code >= 400 or getattr(frappe.session, "user", "Guest") == "Guest":
		return
	try:
		name, arguments = asked()
		by_request = _asked(name, arguments)
		_write(name, [*by_request, *_noted(), *_printed()])
		channels.remember(by_request)  # only now: what could not be noted opens nothing at the next try
		if name == PAGE_OF_PRINT:
			watermark.mark_page(response)
	except Exception as error:
		withhold(response)
		with suppress(Exception):  # the answer is closed, whatever becomes of the log file
			_tell_administrator(error)


def _tell_administrator(error: Exception) -> None:
	places = [f"{frame.name}:{frame.lineno}" for frame in traceback.extract_tb(error.__traceback__)[-3:]]
	frappe.logger("reading").error(
		f"{type(error).__name__} in {' '.join(places)}: a reading could not be noted"
	)


def observe_job(method: str = "", kwargs: dict | None = None, **_job) -> None:
	"""`after_job`: a job makes files for somebody, too. Nothing leaves with it, so it only fails aloud."""
	arguments = kwargs if method in channels.known() else {}
	rows = [*_asked(method, arguments or {}), *_noted(), *_printed()]
	if rows:
		_write(method, rows)


def _write(name: str, readings: list[log.Reading]) -> None:
	if readings:
		log.write(opened.marked(readings), channels.plain(name))


def _asked(name: str, arguments: dict) -> list[log.Reading]:
	"""Readings by the names in the arguments and the rows in the answer."""
	channel = channels.of(name, frappe.request.method if getattr(frappe.local, "request", None) else "GET")
	if channel == channels.NOTHING or not name:
		return []
	about = channels.about(name, arguments)
	found = records_of(name, arguments)
	found.add(answers.documents())
	if channel == channels.PRINT:
		found.add(notes.take_printed())
	listed = answers.rows(arguments.get("doctype") or channels.record_type(name))
	if listed and not _is_the_record(listed, found):
		part = channels.PART if channel in channels.MANY else channel
		return [*_listed(listed, channel), *_single(found, part, about)]
	_refuse_nameless(name, found, channel)
	return _single(found, channel, about) if found else _unnamed(found, channel)


def _refuse_nameless(name: str, found: Found, channel: str) -> None:
	"""One record of a personal type was asked for and something was answered: then it is known which, or it stays closed."""
	if found.records or not found.doctypes:
		return
	one_record = {
		channels.FORM: bool(frappe.response.get("docs")),
		channels.PRINT: channels.prints_a_record(name),
		channels.REST: name.startswith(RECORD_PATHS) and bool(record_path(name)[1]) and bool(answers.body()),
	}
	if one_record.get(channel):
		raise NamelessReadingError


def _is_the_record(listed: list[answers.Listed], found: Found) -> bool:
	"""Whether the answer is the one record that was asked for."""
	return (
		len(listed) == 1
		and listed[0].rows_shown == 1
		and any((listed[0].doctype, name) in found.records for name in listed[0].names)
	)


def _unnamed(found: Found, channel: str) -> list[log.Reading]:
	"""An answer about personal records that names none in its question: those whose codes it holds, or their type."""
	if not (answers.body() or frappe.response.get("filecontent")):
		return []
	if told := answers.children_told():
		return _listed([told], channel)
	return _listed([answers.Listed(doctype, 1, []) for doctype in found.doctypes], channel)


def _listed(listed: list[answers.Listed], channel: str) -> list[log.Reading]:
	kind = channel if channel in channels.MANY else channels.LIST
	rows = [
		log.Reading(
			kind,
			part.doctype,
			levels=_levels(part.doctype),
			rows_shown=part.rows_shown,
			records=" ".join(part.names),
		)
		for part in listed
	]
	return [*rows, *(reading for part in listed for reading in _listed_by_access(part, kind))]


def _listed_by_access(part: answers.Listed, channel: str) -> list[log.Reading]:
	"""Of a list a row for each file that the reader sees by an access alone."""
	user = frappe.session.user
	if user == "Administrator" or not part.names or not personal(part.doctype) or not opened.files(user):
		return []
	readings = _of_type(part.doctype, part.names, channel, "")
	beyond = opened.beyond(reading.child for reading in readings)
	return [reading for reading in readings if reading.child in beyond]


def _single(found: Found, channel: str, about: str) -> list[log.Reading]:
	kept = found if channel not in channels.PARTS else channels.not_yet_noted(found, channel)
	readings = []
	for doctype, names in kept.by_type().items():
		readings += _of_type(doctype, names, channel, about or found.file)
	return readings


def _noted() -> list[log.Reading]:
	return [
		reading
		for doctype, names, channel, about in notes.take()
		for reading in _of_type(doctype, names, channel, about)
	]


def _printed() -> list[log.Reading]:
	"""Prints that an endpoint made which is none of prints, such as the attachment of a mail."""
	return [
		reading
		for doctype, names in Found(notes.take_printed()).by_type().items()
		for reading in _of_type(doctype, names, channels.PRINT, "")
	]


def _of_type(doctype: str, names: list[str], channel: str, about: str) -> list[log.Reading]:
	levels = _levels(doctype)
	return [
		log.Reading(channel, doctype, name, child, levels, about) for name, child in _files(doctype, names)
	]


def _files(doctype: str, names: list[str]) -> list[tuple[str, str]]:
	"""(record, child's file); of a family once for each of its children, "" where there is none."""
	if doctype == "Family":
		found = children_of_families(names)
		alone = set(names) - {family for family, _child in found}
		return [*found, *((name, "") for name in names if name in alone)]
	children = children_of(doctype, names)
	return [(name, children.get(name, "")) for name in names]


def _levels(doctype: str) -> str:
	"""Levels of fields that the reader is shown; those of a table are its parent's."""
	return ",".join(str(level) for level in sorted(read_levels(doctype)))


def withhold(response: Response) -> None:
	"""Instead of the answer a sentence that says why there is none."""
	for header in BODY_HEADERS:
		response.headers.pop(header, None)
	response.direct_passthrough = False
	response.status_code = 503
	response.mimetype = "application/json"
	body = {"exc_type": "ReadingNotNoted"}
	response.set_data(json.dumps(body))  # closed before anything that may fail: words come from the database
	with suppress(Exception):
		told = {
			"message": _("What you open is noted, and this could not be noted now. Please try again."),
			"indicator": "red",
		}
		response.set_data(json.dumps(body | {"_server_messages": json.dumps([json.dumps(told)])}))
