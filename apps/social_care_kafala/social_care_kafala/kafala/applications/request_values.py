"""What a citizen wrote in a request of service SC-12, as the values of a Kafala Family File. What the request does not ask stays empty."""

from typing import Any

import frappe
from frappe.model.document import Document
from frappe.utils import cint, flt, getdate
from social_care.registry.arabic import ascii_digits
from social_care.services.runtime.persons import split_name

from social_care_kafala.kafala.applications.adults import EGYPT, NAMES
from social_care_kafala.kafala.path import states

SAME = (
	*("family_kind", "home_address", "best_education", "abroad_country", "motives"),
	*("wished_sex", "accepts_disability", "accepts_siblings"),
)
WITH_RELATIVES = ("Her Parents", "Her Relatives")
BY_PAGE, AT_THE_DESK = "Ministry's Website", "Social Administration"
SEX_OF_PART = {"Husband": "Male", "Wife": "Female"}
OF_PERSON = (*NAMES, "birth_date", "nationality", "religion", "national_number")


def values(request: Document) -> dict[str, Any]:
	"""The fields of the file, without place and papers."""
	found = {name: request.get(name) for name in SAME}
	found |= {
		"applied_on": getdate(request.submitted_on),
		"channel": BY_PAGE if request.channel == "Citizen" else AT_THE_DESK,
		"phone": ascii_digits(request.applicant_phone or ""),
		"wished_age_from": cint(request.age_from),
		"wished_age_to": cint(request.age_to),
		"lives_abroad": yes_no(request.lives_abroad),
		"home_in_egypt": "" if request.lives_abroad else "Yes",
		"monthly_income": flt(request.stable_income),
		"has_stable_income": "Yes" if flt(request.stable_income) else "",
	}
	found |= {name: yes_no(request.get(name)) for name in ("keeps_lineage", "accepts_return", "no_travel")}
	found["adults"] = [applicant(request)]
	if request.family_kind == states.COUPLE:
		found["adults"].append(spouse(request, found["adults"][0]["part"]))
	return found | marriage(request) | own_children(request)


def yes_no(tick: Any) -> str:
	return "Yes" if cint(tick) else "No"


def marriage(request: Document) -> dict[str, Any]:
	"""Of a couple its day and what the family says of infertility; of a woman alone with whom she lives."""
	if request.family_kind == states.COUPLE:
		return {
			"married_on": request.married_on,
			"permanent_infertility": "Yes" if cint(request.infertile) else "",
		}
	with_relatives = request.lives_with in WITH_RELATIVES
	return {
		"lives_with_family": "Yes" if with_relatives else "No",
		"family_consents": yes_no(request.relatives_agree) if with_relatives else "",
	}


def own_children(request: Document) -> dict[str, Any]:
	rows = request.get("own_children") or []
	if not rows:
		return {"has_own_children": "No"}
	born = [getdate(row.child_born) for row in rows if row.child_born]
	return {
		"has_own_children": "Yes",
		"own_children": len(rows),
		"dependent_children": sum(not cint(row.child_independent) for row in rows),
		"youngest_child_born": max(born) if born else None,
	}


def applicant(request: Document) -> dict[str, Any]:
	"""Who applies: as the registry knows him already, else as he wrote."""
	known = {}
	if request.person:
		known = frappe.db.get_value("Person", request.person, OF_PERSON, as_dict=True) or {}
	row = named(request.applicant_name) | {
		"part": part_of(request),
		"national_number": request.applicant_national_number,
		"birth_date": request.applicant_birth_date,
		"nationality": request.own_nationality,
		"religion": request.religion,
		"occupation": request.work,
	}
	return row | {field: value for field, value in known.items() if value}


def part_of(request: Document) -> str:
	if request.family_kind != states.COUPLE:
		return "Woman Who Applies Alone"
	return "Husband" if request.applicant_sex == SEX_OF_PART["Husband"] else "Wife"


def spouse(request: Document, part: str) -> dict[str, Any]:
	"""The other of the two. Number and religion are asked at the interview: the form asks for the applicant's."""
	return named(request.spouse_name) | {
		"part": "Wife" if part == "Husband" else "Husband",
		"birth_date": request.spouse_birth_date,
		"nationality": request.spouse_nationality or EGYPT,
	}


def named(name: str | None) -> dict[str, str]:
	return dict(zip(NAMES, split_name(name or ""), strict=False))
