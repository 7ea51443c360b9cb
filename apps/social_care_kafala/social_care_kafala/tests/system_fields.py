"""What the core's test of read-only fields has to know of this app's records."""

from frappe.utils import add_days, nowdate
from social_care.tests import factories
from social_care.tests.places import country

from social_care_kafala.kafala.endings import words
from social_care_kafala.tests import cases


def rows() -> dict:
	"""Values that the rules of a record want."""
	plain = {"applied_on": "2021-03-01", "family_kind": "Married Couple"}
	adults = [cases.adult("Husband"), cases.adult("Wife")]
	ending = {"family_file": running_file(), "ending_kind": words.OF_AGE, "decision_date": None}
	return {
		"values": {
			"Kafala Family File": plain | {"adults": adults},
			"Kafala Bar": {"national_number": "", "decision_date": None, "family_file": None},
			"Kafala Termination": ending,
		},
		"left_on_insert": [],
	}


def running_file() -> str:
	"""The file of a family with which a child lives."""
	place = country().here
	child = factories.child(place.institution, birth_date=add_days(nowdate(), -900)).name
	file = cases.file(place.district)
	stay = {"setting": "Kafala Family", "family": file.family, "org_unit": file.org_unit}
	factories.transfer(child, None, movement="Kafala", from_date=add_days(nowdate(), -30), **stay)
	return cases.at(file, "Kafala Follow-Up", child=child).name
