"""What conditions may ask for, told to people: facts and functions with their meaning and an example."""

from typing import Any

from frappe import _

from social_care.services.builder.preview import own
from social_care.services.builder.review import draft
from social_care.services.packs.checks import numbered_fields
from social_care.services.packs.fact_names import known_facts
from social_care.services.packs.form import form_faults


def vocabulary(name: str) -> dict[str, list[dict[str, str]]]:
	"""{"fields", "facts", "functions", "examples"} of a version, each row with `text` to insert and `meaning`."""
	pack = draft(name).pack()
	return {
		"fields": _fields(pack),
		"facts": [_row(fact, meaning) for fact, meaning in meanings(pack).items()],
		"functions": [_row(text, meaning) for text, meaning in functions().values()],
		"examples": [_row(text, meaning) for text, meaning in examples().items()],
	}


def _row(text: str, meaning: str) -> dict[str, str]:
	return {"text": text, "meaning": meaning}


def _fields(pack: dict) -> list[dict[str, Any]]:
	if form_faults(pack):
		return []
	rows = []
	for _path, field in numbered_fields(pack):
		rows.append(_row(field["name"], own({"en": field["label"]["ar"], **field["label"]})))
		rows += [
			_row(
				f"{field['name']} == '{option['value']}'",
				own({"en": option["title"]["ar"], **option["title"]}),
			)
			for option in field.get("options", [])
		]
	return rows


def meanings(pack: dict) -> dict[str, str]:
	"""Facts of this pack with their meaning; of documents: that the request has brought them."""
	subject = pack.get("subject") if isinstance(pack.get("subject"), str) else "person"
	rows = [
		row
		for row in pack.get("documents") or []
		if isinstance(row, dict) and isinstance(row.get("code"), str)
	]
	known = known_facts({"subject": subject if subject in SUBJECTS else "person", "documents": rows})
	told = all_facts()
	return {fact: told.get(fact) or _("Whether this document was brought") for fact in sorted(known)}


SUBJECTS = ("person", "child", "institution", "association", "family")


def all_facts() -> dict[str, str]:
	"""Facts of all subjects with their meaning."""
	return {**_of_applicant(), **_of_request(), **_of_subject()}


def _of_applicant() -> dict[str, str]:
	return {
		"applicant.birth_date": _("Birth date of the applicant"),
		"applicant.age": _("Age of the applicant in whole years"),
		"applicant.sex": _("Sex of the applicant: 'Male' or 'Female'"),
		"applicant.nationality": _("Nationality of the applicant"),
		"applicant.governorate": _("Governorate of the applicant"),
		"applicant.national_number": _("National number of the applicant"),
		"applicant.phone": _("Telephone of the applicant"),
		"applicant.email": _("E-mail of the applicant"),
		"applicant.is_deceased": _("Whether the applicant is registered as deceased"),
		"applicant.other_open_requests": _(
			"Open requests of the applicant for this service, without this one"
		),
		"applicant.earlier_requests": _("Earlier requests of the applicant for this service"),
		"family.members": _("Number of members of the applicant's family"),
		"family.children": _("Number of children in the applicant's family"),
		"family.adults": _("Number of adults in the applicant's family"),
	}


def _of_request() -> dict[str, str]:
	return {
		"request.submitted_on": _("The day on which the request was submitted"),
		"request.channel": _(
			"Where the request was entered: 'counter', 'citizen', 'institution' or 'headquarters'"
		),
		"request.priority": _("Points of the request on the waiting list"),
		"request.governorate": _("Governorate of the office that has the request"),
	}


def _of_subject() -> dict[str, str]:
	return {
		"child.age": _("Age of the child in whole years"),
		"child.birth_date": _("Birth date of the child"),
		"child.sex": _("Sex of the child: 'Male' or 'Female'"),
		"child.months_in_care": _("Whole months since the child came into care"),
		"child.in_care": _("Whether the child is in care now"),
		"child.siblings_in_care": _("Number of the child's siblings in care"),
		"institution.status": _("Status of the institution"),
		"institution.capacity": _("Licensed capacity of the institution"),
		"institution.children": _("Number of children in the institution"),
		"institution.grade": _("Grade of the institution"),
		"institution.licence_expiry": _("The day on which the institution's licence ends"),
		"institution.kind": _("Type of the institution"),
		"association.institutions": _("Number of institutions of the association"),
	}


def functions() -> dict[str, tuple[str, str]]:
	"""Functions by name: how they are written, and what they give."""
	return {
		"given": ("given(x)", _("Whether a value was entered")),
		"today": ("today()", _("The day of the check")),
		"age": ("age(x)", _("Age in whole years of somebody born on that day")),
		"years_between": ("years_between(x, y)", _("Whole years from one day to another")),
		"months_between": ("months_between(x, y)", _("Whole months from one day to another")),
		"days_between": ("days_between(x, y)", _("Days from one day to another")),
		"date": ("date('2026-01-31')", _("A day written as year-month-day")),
		"length": ("length(x)", _("Number of rows of a table, or of letters of a text")),
		"lower": ("lower(x)", _("A text in small Latin letters")),
		"contains": ("contains(x, 'y')", _("Whether a text holds another one")),
		"any_in": ("any_in(column(x, 'y'), ['a', 'b'])", _("Whether one of several values is in a list")),
		"column": ("column(x, 'y')", _("All values of one column of a table")),
		"total": ("total(column(x, 'y'))", _("The sum of several numbers")),
		"min": ("min(x, y)", _("The smaller one of two numbers")),
		"max": ("max(x, y)", _("The larger one of two numbers")),
		"abs": ("abs(x)", _("A number without its sign")),
		"round": ("round(x)", _("A number rounded to a whole one")),
	}


def examples() -> dict[str, str]:
	return {
		"applicant.age >= 18 and applicant.age < 60": _("Both have to hold"),
		"applicant.sex == 'Female' or family.children > 2": _("One of the two is enough"),
		"not applicant.is_deceased": _("The contrary"),
		"request.channel in ['counter', 'institution']": _("One of several values"),
		"applicant.other_open_requests == 0": _("No other open request of the same applicant"),
	}
