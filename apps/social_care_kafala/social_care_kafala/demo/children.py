"""Rows of children who live with kafala families, or lived with one: person, file, and every place where they were."""

from collections.abc import Iterator
from datetime import timedelta

from social_care.demo.generator import user_names
from social_care.demo.generator.chance import token
from social_care.demo.generator.names import MUSLIM, name_book
from social_care.demo.generator.nation import Nation, Row
from social_care.demo.generator.places import governorates
from social_care.demo.generator.records import office_hour
from social_care.registry.arabic import normalise

from social_care_kafala.demo.plan import Childhood, Kafala
from social_care_kafala.kafala.endings import words

AUTHORITY = "اللجنة المحلية للأسر البديلة"


class ChildRows:
	"""Makes the rows; `person`, `child` and `placement` are rows of the nation of which the others are copies."""

	def __init__(self, nation: Nation, person: dict, child: dict, placement: dict) -> None:
		self.nation, self.seed, self.as_of = nation, nation.settings.seed, nation.settings.as_of
		self.person, self.child, self.placement = person, child, placement

	def of_child(self, found: Childhood) -> Iterator[Row]:
		"""Person, Child, and a Placement for each place where he lived, the last one present."""
		first, last = found.kafalas[0], found.kafalas[-1]
		identity, code = self.identity(found), f"CHK-{found.number:06}"
		person = token(self.seed, "kafala person", found.number)
		stays = list(self.stays(found, code, person, identity["full_name"]))
		admitted = stays[0]["from_date"]
		entered = office_hour(max(admitted, self.as_of - timedelta(days=900)), 30)
		owner = user_names.directorate_director(first.governorate)
		stamp = {"creation": entered, "modified": entered, "owner": owner, "modified_by": owner}
		yield "Person", self.person | stamp | {"name": person} | identity
		yield "Child", self.child | stamp | {"name": code, "person": person} | identity | self.status(last) | {
			"admission_date": admitted,
			"decision_date": admitted,
			"age_estimation_date": None,
			"current_placement": stays[-1]["name"],
		}  # fmt: skip
		for stay in stays:
			yield "Placement", stay

	def identity(self, found: Childhood) -> dict:
		rng = found.kafalas[0].rng
		book = name_book()
		lineage = book.lineage(rng, MUSLIM, found.number + 20_000)
		names = (book.first_name(rng, MUSLIM, found.sex, lineage[:1]), *lineage)
		full_name, place = " ".join(names), found.kafalas[0].governorate
		parts = ("first_name", "father_name", "grandfather_name", "family_name")
		return dict(zip(parts, names, strict=True)) | {
			"full_name": full_name,
			"search_name": normalise(full_name),
			"sex": found.sex,
			"birth_date": found.birth,
			"birth_date_estimated": 1,
			"birth_governorate": place,
			"birth_place": governorates()[place].name,
			"nationality": "Egypt",
			"religion": MUSLIM,
			"national_number": "",
			"national_number_check": "",
			"national_number_status": "In Process",
			"national_number_reason": "قدم الطلب إلى السجل المدني",
			"photo": None,
			"photo_date": None,
		}

	def status(self, last: Kafala) -> dict:
		"""What a file says of a child who lives with a family, or has left it."""
		setting = {
			words.OF_AGE: ("In Aftercare", "Aftercare"),
			words.REINTEGRATION: ("Reintegrated", "Family of Origin"),
		}
		life_state, care_type = setting.get(last.ending, ("In Kafala", "Kafala Family"))
		return {
			"parentage": "Karim Al-Nasab",
			"how_found": "Found",
			"orphanhood": "",
			"family": None,
			"mother_full_name": "",
			"admission_reason": "AR-01",
			"reintegration_candidate": 0,
			"kafala_candidate": 1,
			"life_state": life_state,
			"care_type": care_type,
			"institution": None,
			"institution_name": None,
			"org_unit": last.unit,
			"governorate": last.governorate,
			"leave_due_back": None,
			"room_group": "",
			"case_manager": None,
			"monthly_allowance": 0,
			"health_insurance_number": "",
		}

	def stays(self, found: Childhood, code: str, person: str, name: str) -> Iterator[dict]:
		"""The institution before, each family, and what lies between or after."""
		first = found.kafalas[0]
		home = next(site for site in self.nation.sites if site.governorate == first.governorate)
		institution = {
			"setting": "Institution",
			"institution": home.code,
			"org_unit": home.unit,
			"family": None,
		}
		places = [(found.birth + timedelta(days=15), institution | {"movement": "Admission"})]
		for one in found.kafalas:
			family = {
				"setting": "Kafala Family",
				"institution": None,
				"org_unit": one.unit,
				"family": one.family,
			}
			places.append((one.handed, family | {"movement": "Kafala"}))
			if after := self.after(one, institution, found):
				places.append((one.ended, after))
		for number, (begin, place) in enumerate(places):
			end = places[number + 1][0] if number + 1 < len(places) else None
			yield self.placement | place | {
				"name": token(self.seed, "kafala placement", code, number),
				"child": code, "person": person, "child_name": name, "governorate": first.governorate,
				"from_date": begin, "to_date": end, "is_current": int(end is None),
				"end_reason": "Next Placement" if end else "", "reason": "", "decision_date": begin,
				"decision_number": f"{found.number % 900 + 1}/{begin.year}", "decision_authority": AUTHORITY,
				"placement_change": None,
			}  # fmt: skip

	def after(self, one: Kafala, institution: dict, found: Childhood) -> dict | None:
		"""Where the child is after the end, until the next family; None where that one takes him on the same day."""
		if one.ending in words.TO_INSTITUTION:
			return institution | {"movement": "Return"}
		outside = {"institution": None, "org_unit": one.unit, "family": None}
		if one.ending == words.OF_AGE:
			return outside | {"setting": "Independent", "movement": "Aftercare"}
		if one.ending == words.REINTEGRATION:
			return outside | {"setting": "Family", "movement": "Reintegration"}
		return None
