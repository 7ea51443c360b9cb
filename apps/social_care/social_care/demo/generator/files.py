"""The care file of a child: identity, status, place and the path of review."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random

from social_care.demo.generator import user_names
from social_care.demo.generator.chance import choose, token
from social_care.demo.generator.data_files import bundled
from social_care.demo.generator.history import AUTHORITIES, OLD_PHOTO, Stay
from social_care.demo.generator.institutions import CARE_TYPES
from social_care.demo.generator.people import KARIM, KNOWN, UNCLEAR, Household, Human
from social_care.demo.generator.places import governorates
from social_care.demo.generator.records import REGISTRY_OPENED, clamp, office_hour, record
from social_care.demo.generator.review import review
from social_care.demo.generator.settings import NationSettings
from social_care.registry.arabic import normalise

CASE_MANAGER = user_names.named_user("Case Manager")
REASONS = {
	KNOWN: (
		("AR-03", 40),
		("AR-06", 25),
		("AR-05", 8),
		("AR-07", 12),
		("AR-04", 4),
		("AR-08", 7),
		("AR-12", 4),
	),
	KARIM: (("AR-01", 1),),
	UNCLEAR: (("AR-02", 1),),
}
FOUND = {
	KNOWN: (("Handed Over by the Family", 65), ("Referred by Prosecution or Protection Committee", 35)),
	KARIM: (("Found", 1),),
	UNCLEAR: (("Lost", 1),),
}
ORPHANHOOD = (
	("Father Deceased", 34),
	("Mother Deceased", 16),
	("Both Parents Deceased", 12),
	("Both Parents Alive", 38),
)
ABSENT = {
	"Not Egyptian": "وافد مسجل لدى مفوضية شؤون اللاجئين",
	"In Process": "قدم الطلب إلى السجل المدني",
	"Unregistered Birth": "ساقط قيد وتجري إجراءات القيد",
	"No Number": "لم يعثر على قيد الميلاد بعد",
}
BLOOD = (("A+", 30), ("O+", 35), ("B+", 20), ("AB+", 6), ("A-", 3), ("O-", 4), ("B-", 2))
DISABILITIES = (
	("No Disability", 945),
	("Physical", 15),
	("Intellectual", 15),
	("Hearing", 8),
	("Visual", 7),
	("Autism Spectrum", 10),
)


def person_name(settings: NationSettings, place: int) -> str:
	"""Name of the Person record of the child at a place of the nation."""
	return token(settings.seed, "person", place)


@dataclass
class FileMaker:
	"""Makes Person and Child rows of one child; the other rooms of the file hang on them."""

	settings: NationSettings
	household: Household
	stays: list[Stay]
	family: str | None
	family_facts: dict
	institution_name: str

	def child_name(self, human: Human) -> str:
		"""Name of the child's record."""
		return f"CH-{self.settings.first_number('CH-') + human.place:07}"

	def person_name(self, human: Human) -> str:
		"""Name of the person's record."""
		return person_name(self.settings, human.place)

	def rows(self, human: Human, rng: Random) -> tuple[dict, dict]:
		"""Person row and Child row."""
		site = self.household.site
		created = self.entered_on(rng)
		owner = user_names.entry_user(site.code)
		identity = self.identity(human, rng)
		person = record(self.person_name(human), created, owner, **identity)
		child = record(
			self.child_name(human),
			created,
			owner,
			naming_series="CH-.#######",
			person=person["name"],
			**identity,
			**self.status(human, rng),
			**self.finding(human, rng),
			**self.place(human, rng),
			**self.wellbeing(rng),
			**review(human, self.household, rng, created),
		)
		child["modified"] = self.last_changed(child)
		return person, child

	def entered_on(self, rng: Random) -> datetime:
		"""When the institution entered the file: soon after admission, or when the registry opened."""
		begin = max(self.stays[-1].begin, REGISTRY_OPENED)
		day = clamp(
			begin + timedelta(days=rng.randrange(1, 20)),
			REGISTRY_OPENED,
			self.settings.as_of - timedelta(days=8),
		)
		return office_hour(day, rng.randrange(360))

	def last_changed(self, child: dict) -> datetime:
		"""When the file was last touched: by the last step of its path, or with the photograph."""
		photograph = child["photo_date"] and office_hour(child["photo_date"], 90)
		steps = (child["submitted_on"], child["reviewed_on"], child["approved_on"], photograph)
		return max([child["creation"], *(step for step in steps if step)])

	def identity(self, human: Human, rng: Random) -> dict:
		"""Columns that Person and Child share."""
		full_name = " ".join(human.names)
		url, taken = self.photograph(human, rng)
		return {
			**dict(
				zip(
					("first_name", "father_name", "grandfather_name", "family_name"), human.names, strict=True
				)
			),
			"nickname": "",
			"full_name": full_name,
			"search_name": normalise(full_name),
			"sex": human.sex,
			"birth_date": human.birth,
			"birth_date_estimated": int(self.household.parentage != KNOWN),
			"birth_governorate": human.birth_governorate,
			"birth_place": self.birth_place(human),
			"nationality": human.nationality,
			"religion": human.religion,
			**self.number(human, rng),
			"photo": url,
			"photo_date": taken,
		}

	def birth_place(self, human: Human) -> str:
		"""Name of the governorate, or of the country abroad."""
		place = governorates().get(human.birth_governorate)
		return place.name if place else human.nationality

	def number(self, human: Human, rng: Random) -> dict:
		"""The national number with its status, or why there is none."""
		status, check = "Recorded", "Check Digit Differs" if human.defect == "wrong_check_digit" else "Valid"
		if not human.number:
			check = ""
			status = self.absence(human, rng)
		return {
			"national_number": human.number or "",
			"national_number_check": check,
			"national_number_status": status,
			"national_number_reason": ABSENT.get(status, ""),
			"national_number_status_date": max(self.stays[0].begin, REGISTRY_OPENED) if status else None,
		}

	def absence(self, human: Human, rng: Random) -> str:
		"""Status of a number that is missing; empty where nobody has explained it."""
		if human.defect == "missing_number_unexplained":
			return ""
		if human.nationality != "Egypt":
			return "Not Egyptian"
		return rng.choice(("In Process", "In Process", "Unregistered Birth", "No Number"))

	def photograph(self, human: Human, rng: Random) -> tuple[str | None, date | None]:
		"""Address and day of the photograph."""
		if human.defect == "missing_photo":
			return None, None
		as_of, admission = self.settings.as_of, self.stays[0].begin
		earliest, latest = max(admission, as_of - timedelta(days=240)), as_of - timedelta(days=3)
		if human.defect == "old_photo":
			earliest, latest = max(admission, as_of - timedelta(days=1000)), as_of - OLD_PHOTO
		taken = earliest + timedelta(days=int((latest - earliest).days * rng.random()))
		return f"/private/files/{token(self.settings.seed, 'photograph', human.place)}.png", taken

	def file_row(self, child: dict, human: Human, rng: Random) -> dict:
		"""The private File of the photograph; `drawing` (no column) says which drawing it shows."""
		return record(
			token(self.settings.seed, "file", human.place),
			child["creation"],
			child["owner"],
			file_name=child["photo"].rsplit("/", 1)[1],
			file_url=child["photo"],
			is_private=1,
			folder="Home/Attachments",
			attached_to_doctype="Child",
			attached_to_name=child["name"],
			attached_to_field="photo",
			drawing=2 * rng.randrange(self.settings.drawings // 2) + (human.sex == "Female"),
		)

	def status(self, human: Human, rng: Random) -> dict:
		"""The separate axes of a child's status."""
		parentage = self.household.parentage
		orphanhood = self.family_facts.get("orphanhood", "Unknown")
		return {
			"parentage": parentage,
			"how_found": "Transferred" if human.is_copy else self.family_facts["how_found"],
			"orphanhood": orphanhood,
			"legal_status": self.family_facts["legal_status"],
			"family": self.family,
			"mother_full_name": self.family_facts.get("mother_full_name", ""),
			"admission_reason": self.family_facts["admission_reason"],
			"reintegration_candidate": int(
				parentage == KNOWN and orphanhood != "Both Parents Deceased" and rng.random() < 0.2
			),
			"kafala_candidate": int(parentage == KARIM and rng.random() < 0.35),
		}

	def finding(self, human: Human, rng: Random) -> dict:
		"""The finding record (Child Law, article 20) of a child whose parents are not known."""
		names = (
			"finding_record_number",
			"finding_record_date",
			"finding_police_station",
			"finding_place",
			"finder_name",
		)
		fields = dict.fromkeys((*names, "age_estimation_date", "name_giving_date", "registry_entry_date"))
		if self.household.parentage == KNOWN:
			return fields
		found = min(human.birth + timedelta(days=rng.randrange(1, 10)), self.stays[0].begin)
		return fields | {
			"finding_record_number": f"{rng.randrange(100, 9999)}/{found.year}",
			"finding_record_date": found,
			"finding_police_station": f"قسم شرطة {self.birth_place(human)}",
			"finding_place": rng.choice(("أمام مسجد", "أمام مستشفى", "محطة القطار", "حديقة عامة")),
			"finder_name": "رفض ذكر اسمه",
			"age_estimation_date": found + timedelta(days=1),
			"name_giving_date": found + timedelta(days=1),
			"registry_entry_date": found + timedelta(days=rng.randrange(2, 7)),
		}

	def place(self, human: Human, rng: Random) -> dict:
		"""Where the child lives, by which decision."""
		site, admission = self.household.site, self.stays[0].begin
		return {
			"life_state": "Active",
			"referral_authority": rng.choice(AUTHORITIES),
			"admission_date": admission,
			"decision_number": f"{rng.randrange(1, 999)}/{admission.year}",
			"decision_date": admission,
			"decision_authority": AUTHORITIES[0],
			"institution": site.code,
			"institution_name": self.institution_name,
			"org_unit": site.unit,
			"governorate": site.governorate,
			"leave_due_back": None,
			"care_type": CARE_TYPES.get(site.kind.code, "Residential Institution"),
			"current_placement": token(self.settings.seed, "placement", human.place, len(self.stays) - 1),
			"room_group": f"مجموعة {rng.randrange(1, 5)}",
			"case_manager": CASE_MANAGER if site.governorate == "01" and rng.random() < 0.03 else None,
		}

	def wellbeing(self, rng: Random) -> dict:
		"""Health summary, wishes and money."""
		words = bundled("words")
		return {
			"blood_group": choose(rng, BLOOD),
			"health_insurance_number": f"HI-{rng.randrange(10**6, 10**7)}",
			"chronic_conditions": rng.choice(words["conditions"]) if rng.random() < 0.04 else "",
			"disability": choose(rng, DISABILITIES),
			"vaccinations_complete": int(rng.random() < 0.93),
			"hobbies": rng.choice(words["hobbies"]),
			"child_view": rng.choice(words["views"]),
			"monthly_allowance": rng.choice((50, 75, 100, 150)),
		}
