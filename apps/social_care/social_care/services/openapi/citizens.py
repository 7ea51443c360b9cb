"""The citizens' own calls in the description: apply, bring papers, follow, answer, withdraw, appeal, rate.

Only guests are told of them, for nobody else may call them. What they answer is decided in services/citizens/.
"""

from typing import Any

from frappe import _

from social_care.services.citizens import answers, uploads
from social_care.services.citizens.following import STARS
from social_care.services.citizens.offers import Offer, open_offers
from social_care.services.openapi import citizen_answers, citizen_forms, common
from social_care.services.openapi.schemas import NAME_LIMIT, Schema, reference

TAG = "citizens"
ADDRESS = "/api/method/social_care.api.citizens."
PAGE_KEY = "^[0-9A-Za-z-]{20,64}$"
MULTIPART = "multipart/form-data"
REFUSED = ("400", "401", "403", "413", "417", "429", "503")


def citizens_part(user: str) -> dict[str, Any]:
	"""`social_care_openapi_parts` entry."""
	if user != "Guest":
		return {}
	offered = open_offers()
	tables = {target for offer in offered for target in citizen_forms.targets(offer)}
	forms = {citizen_forms.form_name(offer): citizen_forms.form_schema(offer) for offer in offered}
	calls = (_asking(offered) if offered else {}) | _following() | _booking()
	return {
		"tags": [_tag()],
		"paths": {f"{ADDRESS}{name}": {"post": call} for name, call in calls.items()},
		"schemas": citizen_answers.schemas() | citizen_forms.lists(tables) | forms,
	}


def _tag() -> dict[str, str]:
	return {
		"name": TAG,
		"x-displayName": _("Pages of citizens"),
		"description": _(
			"What the public pages call, without an account. A receipt is opened by its number and the applicant's telephone, and nothing lists receipts."
		),
	}


def _asking(offered: list[Offer]) -> dict[str, dict[str, Any]]:
	"""Calls before there is a receipt."""
	place = {"service": _service(offered), "governorate": reference(citizen_forms.list_name("Governorate"))}
	form = {
		"type": "string",
		"title": _("The form as JSON; which one hangs on the service"),
		"contentMediaType": common.JSON,
		"contentSchema": {"anyOf": [reference(citizen_forms.form_name(offer)) for offer in offered]},
	}
	key = {"type": "string", "pattern": PAGE_KEY, "title": _("Key of the caller's own making")}
	once = _("The same key is one request, however often it is sent. Texts are at most {0} signs in all.")
	applied = {"anyOf": [reference("CitizenReceipt"), reference("CitizenErrors")]}
	return {
		"offices": _call("offices", _("Offices that take requests"), place, citizen_answers.groups()),
		"institutions": _call(
			"institutions", _("Institutions that a form may name"), place, citizen_answers.pairs()
		),
		"apply": _call(
			"apply",
			_("Send the form of a service"),
			{"service": _service(offered), "data": form, "page_key": key},
			applied,
			once.format(answers.SIZE),
		),
	}


def _service(offered: list[Offer]) -> Schema:
	return {
		"type": "string",
		"title": _("Service"),
		"enum": [offer.code.lower() for offer in offered],
		"x-enum-titles": [offer.web_form.title for offer in offered],
	}


def _following() -> dict[str, dict[str, Any]]:
	"""Calls with a receipt in hand, or with the pass that it was given."""
	view = reference("CitizenVisit")
	receipt = {
		"receipt": _text(_("Number of the receipt"), 40),
		"phone": _text(_("Telephone that was given, or the word of a request without one"), 60),
	}
	pass_ = {"visit": _text(_("Pass of the visit"), 100)}
	one = {**pass_, "request": _text(_("Key of the request"), NAME_LIMIT)}
	words = {"text": _text(_("Words of the applicant"), answers.TEXT, least=0)}
	step = {**one, "code": _text(_("Step, as the request offers it"), NAME_LIMIT), **words, "seen": _seen()}
	rate = {**one, "stars": _stars(), **words}
	return {
		"follow": _call("follow", _("Open a receipt"), receipt, view),
		"look": _call("look", _("Look at an open receipt again"), pass_, view),
		"step": _call("step", _("Answer, withdraw or appeal"), step, view, optional=("text", "seen")),
		"rate": _call("rate", _("Rate an ended request once"), rate, view, optional=("text",)),
		"upload": _upload(one),
	}


def _booking() -> dict[str, dict[str, Any]]:
	"""Calls for a day at a counter."""
	where = {
		"office": _text(_("Service Counter"), NAME_LIMIT),
		"group": _text(_("Service Group"), NAME_LIMIT),
	}
	asked = {
		**where,
		"day": {"type": "string", "format": "date", "title": _("Day")},
		"name": _text(_("Applicant's Name"), NAME_LIMIT),
		"phone": _text(_("Telephone"), NAME_LIMIT),
		"page_key": {"type": "string", "pattern": PAGE_KEY, "title": _("Key of the caller's own making")},
	}
	governorate = {"governorate": _text(_("Governorate"), NAME_LIMIT)}
	days, booked = citizen_answers.days(), citizen_answers.booked()
	return {
		"counters": _call(
			"counters", _("Counters that book in public"), governorate, citizen_answers.pairs()
		),
		"days": _call("days", _("Days that may be booked"), where, days),
		"book": _call("book", _("Book an appointment once"), asked, booked),
	}


def _text(title: str, longest: int, least: int = 1) -> Schema:
	return {"type": "string", "title": title, "minLength": least, "maxLength": longest}


def _seen() -> Schema:
	title = _("How many steps the page showed; where more were taken since, nothing is done")
	return {"type": "integer", "minimum": 0, "maximum": common.MOST, "default": 0, "title": title}


def _stars() -> Schema:
	return {"type": "integer", "minimum": STARS[0], "maximum": STARS[-1], "title": _("Stars")}


def _upload(one: dict[str, Schema]) -> dict[str, Any]:
	kinds = ", ".join(kind.upper() for kind in uploads.KINDS)
	file = {"type": "string", "format": "binary", "title": _("One file: {0}").format(kinds)}
	papers = {"type": "array", "items": reference("CitizenPaper")}
	asked = {**one, "paper": _text(_("Code of the paper, as the request names it"), NAME_LIMIT), "file": file}
	title = _("1 for a further file of the paper, 0 for one in place of its files")
	asked |= {"more": {"type": "integer", "minimum": 0, "maximum": 1, "default": 0, "title": title}}
	told = {"type": "object", "required": ["papers"], "properties": {"papers": papers}}
	return _call("upload", _("Bring a paper"), asked, told, optional=("more",), media=MULTIPART)


def _call(
	name: str,
	summary: str,
	asked: dict[str, Schema],
	answer: Schema,
	description: str = "",
	optional: tuple[str, ...] = (),
	media: str = common.JSON,
) -> dict[str, Any]:
	body = {"type": "object", "required": [key for key in asked if key not in optional], "properties": asked}
	whole = {"type": "object", "required": ["message"], "properties": {"message": answer}}
	done = {"description": _("Done"), "content": {common.JSON: {"schema": whole}}}
	operation = {
		"operationId": f"{TAG}.{name}",
		"tags": [TAG],
		"summary": summary,
		"security": [{}],
		"requestBody": {"required": True, "content": {media: {"schema": body}}},
		"responses": {"200": done, **common.refusals(*REFUSED)},
	}
	return operation | ({"description": description} if description else {})
