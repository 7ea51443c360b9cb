"""JSON Schema of what citizens are answered. Nothing but what is named here: every object is closed."""

from typing import Any

from frappe import _

from social_care.services.citizens.requests import APPEAL
from social_care.services.openapi.schemas import Schema, reference
from social_care.services.runtime.documents import HANDED_IN, MISSING, REJECTED

TEXT: Schema = {"type": "string"}
WHOLE: Schema = {"type": "integer", "minimum": 0}
YES: Schema = {"type": "boolean"}
KINDS = ["draft", "open", "waiting", "external", "accepted", "refused", "withdrawn", "closed"]


def closed(heading: str, /, **properties: Schema) -> Schema:
	"""An object that has exactly these properties."""
	return {
		"type": "object",
		"title": heading,
		"required": list(properties),
		"properties": properties,
		"additionalProperties": False,
	}


def rows(items: Schema) -> Schema:
	return {"type": "array", "items": items}


def pairs() -> Schema:
	"""[key, name] or [heading, words], each row."""
	return rows({"type": "array", "items": TEXT, "minItems": 2, "maxItems": 2})


def groups() -> Schema:
	"""Offices under their headings."""
	return rows(closed(_("Offices"), title=TEXT, rows=pairs()))


def days() -> Schema:
	"""Days of a counter that have a place left."""
	return rows(closed(_("Day"), day={"type": "string", "format": "date"}, title=TEXT, free=WHOLE))


def booked() -> Schema:
	"""What was booked, or why nothing was."""
	done = closed(_("Your appointment is booked."), office=TEXT, day=TEXT, group=TEXT)
	return {"anyOf": [done, closed(_("Nothing was taken; what is wrong"), error=TEXT)]}


def schemas() -> dict[str, Schema]:
	"""Components of the answers."""
	return {
		"CitizenErrors": _errors(),
		"CitizenReceipt": _receipt(),
		"CitizenVisit": _visit(),
		"CitizenRequest": _request(),
		"CitizenPaper": _paper(),
	}


def _errors() -> Schema:
	told: dict[str, Any] = {
		"type": "object",
		"minProperties": 1,
		"additionalProperties": TEXT,
		"description": _("A sentence for each field; under an empty name what is wrong with the whole form."),
	}
	return closed(_("Nothing was taken; what is wrong"), errors=told)


def _receipt() -> Schema:
	word = {**TEXT, "description": _("Word that opens a request without a telephone; empty otherwise.")}
	return closed(
		_("The request was taken"),
		receipt=TEXT,
		request=TEXT,
		secret=word,
		facts=pairs(),
		papers=rows(reference("CitizenPaper")),
		**{"pass": TEXT},
	)


def _visit() -> Schema:
	requests = rows(reference("CitizenRequest"))
	return closed(_("An open receipt"), receipt=TEXT, requests=requests, **{"pass": TEXT})


def _request() -> Schema:
	return closed(
		_("A request, as its applicant is told of it"),
		key=TEXT,
		seen=WHOLE,
		service=TEXT,
		state=TEXT,
		kind={"enum": KINDS},
		words=TEXT,
		facts=pairs(),
		asked=TEXT,
		papers=rows(reference("CitizenPaper")),
		steps=rows(_step()),
		issued=rows(closed(_("What was issued"), number=TEXT, title=TEXT, until=TEXT)),
		rate=YES,
		rating={**WHOLE, "maximum": 5},
	)


def _step() -> Schema:
	kind = {"enum": [APPEAL, "withdraw", "answer"]}
	return closed(_("A step of the applicant's own"), code=TEXT, title=TEXT, kind=kind, asks=YES)


def _paper() -> Schema:
	state = {"enum": [MISSING, HANDED_IN, REJECTED]}
	told = {"code": TEXT, "title": TEXT, "required": YES, "state": state, "remark": TEXT}
	return closed(_("A paper to be brought"), files=WHOLE, most=WHOLE, **told)
