"""Rows of families, their files and the ends of their kafalas, as the steps would have left them."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from social_care.demo.generator import user_names
from social_care.demo.generator.chance import stream, token
from social_care.demo.generator.names import MUSLIM, name_book
from social_care.demo.generator.nation import Nation, Row
from social_care.demo.generator.places import governorates
from social_care.demo.generator.records import office_hour, record, table_row
from social_care.registry.arabic import normalise

from social_care_kafala.demo.plan import Kafala, hash_of
from social_care_kafala.kafala.endings import words
from social_care_kafala.kafala.endings.facts import months
from social_care_kafala.kafala.path import states
from social_care_kafala.setup.tables import table

FILE, ADULT, STEP = states.DOCTYPE, "Kafala Family Adult", "Kafala Step"
PEOPLE = 40_000  # households of adults, as the book of names numbers them
SOURCES = (
	"Television and Press",
	"Social Media",
	"Another Kafala Family",
	"Association",
	"Ministry's Website",
)
EDUCATION = ("University Degree", "Secondary or Equivalent")
STUDY = "زارت وحدة إدارة الحالة الأسرة مرات، ودُرست أسباب الإنهاء وبدائله."
REPORT = "جلسات مع الطفل أوصت بدعم نفسي قبل الانتقال وبعده."


class FamilyRows:
	"""Makes the rows of families; `person` is a row of the nation of which theirs are copies."""

	def __init__(self, nation: Nation, person: dict) -> None:
		self.seed, self.as_of, self.person = nation.settings.seed, nation.settings.as_of, person
		self.days = {row["step"]: int(row["days"]) for row in table("state_clocks")}

	def of_family(self, one: Kafala) -> Iterator[Row]:
		"""Persons and Family, unless the file of a brother or sister has brought them, then the file and its ending."""
		adults = [self.adult(one, part) for part in parts_of(one.kind)]
		if one.child is None or one.family.removeprefix("KFAM-") == one.key.removeprefix("KF-DEMO-"):
			yield from self.family_rows(one, adults)
		yield from self.file_rows(one, adults)
		if one.ending:
			yield "Kafala Termination", self.ending_row(one)

	def adult(self, one: Kafala, part: str) -> dict:
		"""Who an adult is: told by the family, so that both files of brothers say the same."""
		rng, number = stream(self.seed, "kafala adult", one.family, part), hash_of(one.family + part) % PEOPLE
		sex = "Male" if part in ("Husband", "Man Who Applies Alone") else "Female"
		book = name_book()
		lineage = book.lineage(rng, MUSLIM, number)
		names = (book.first_name(rng, MUSLIM, sex, lineage[:1]), *lineage)
		birth = min(one.applied, self.as_of) - timedelta(
			days=365 * rng.randrange(30, 48) + rng.randrange(360)
		)
		return {
			"part": part,
			"person": token(self.seed, "kafala adult", one.family, part),
			"sex": sex,
			"names": names,
			"full_name": " ".join(names),
			"birth_date": birth,
		}

	def family_rows(self, one: Kafala, adults: list[dict]) -> Iterator[Row]:
		created = office_hour(one.applied, 60)
		owner = user_names.directorate_director(one.governorate)
		stamp = {"creation": created, "modified": created, "owner": owner, "modified_by": owner}
		for adult in adults:
			yield "Person", self.person | stamp | self.adult_person(one, adult)
		title = f"أسرة {adults[0]['full_name']}"
		family = record(
			*(one.family, created, owner),
			naming_series="FAM-.#######",
			family_title=title,
			search_name=normalise(title),
			governorate=one.governorate,
			address=self.address(one),
		)
		yield "Family", family
		for number, adult in enumerate(adults, 1):
			relation = "Kafala Father" if adult["sex"] == "Male" else "Kafala Mother"
			values = {"relation": relation, "member_name": adult["full_name"], "person": adult["person"]}
			values |= {"birth_date": adult["birth_date"], "life_status": "Alive"}
			yield "Family Member", table_row(family, "Family", "members", number, **values)

	def adult_person(self, one: Kafala, adult: dict) -> dict:
		parts = ("first_name", "father_name", "grandfather_name", "family_name")
		return dict(zip(parts, adult["names"], strict=True)) | {
			"name": adult["person"],
			"full_name": adult["full_name"],
			"search_name": normalise(adult["full_name"]),
			"sex": adult["sex"],
			"birth_date": adult["birth_date"],
			"birth_date_estimated": 0,
			"birth_governorate": one.governorate,
			"birth_place": governorates()[one.governorate].name,
			"religion": MUSLIM,
			"national_number": "",
			"national_number_check": "",
			"national_number_status": "In Process",
			"national_number_reason": "",
			"photo": None,
			"photo_date": None,
		}

	def address(self, one: Kafala) -> str:
		place = governorates()[one.governorate]
		return f"{place.districts[hash_of(one.family) % len(place.districts)]}، {place.name}"

	def file_rows(self, one: Kafala, adults: list[dict]) -> Iterator[Row]:
		since = self.step_since(one)
		due = (
			since.date() + timedelta(days=self.days.get(one.status, 0)) if self.days.get(one.status) else None
		)
		owner = user_names.directorate_director(one.governorate)
		file = record(
			*(one.key, office_hour(one.applied, 90), owner),
			org_unit=one.unit,
			governorate=one.governorate,
			status=one.status,
			family_kind=one.kind,
			applied_on=one.applied,
			channel="Entered for the Family",
			source_of_knowledge=SOURCES[hash_of(one.family) % len(SOURCES)],
			register_serial=None
			if one.status == states.APPLIED
			else f"KSR-{one.unit}-{one.applied.year}-{one.key[8:]}",
			family=one.family,
			home_address=self.address(one),
			lives_abroad="No",
			best_education=EDUCATION[hash_of(one.key) % len(EDUCATION)],
			keeps_lineage="Yes",
			accepts_return="Yes",
			no_travel="Yes",
			home_in_egypt="Yes",
			wished_sex=("Male", "Female", "No Preference")[hash_of(one.key) % 3],
			eligibility="Meets the Conditions" if one.approved else "Incomplete",
			rule_set=rule_set(one.applied),
			bar_state="Not on the Bar List",
			approved_on=office_hour(one.approved, 200) if one.approved else None,
			committee_date=one.approved,
			child=one.child,
			handed_over_on=one.handed,
			contract_number=f"{hash_of(one.key) % 900 + 1}/{one.handed.year}" if one.handed else "",
			ended_on=one.ended,
			ending_cause=one.cause,
			end_reason=STUDY if one.ended else "",
			committee_reasons="لم تستوف الأسرة الشروط" if one.status == states.REJECTED else "",
			step_since=since,
			step_due_on=due,
			elapsed_days=(self.as_of - one.applied).days if one.status not in states.OVER else 0,
			ceiling_due_on=one.applied + timedelta(days=135),
			told_step=one.status,
			told_ceiling=one.applied + timedelta(days=135),
		)
		yield FILE, file
		for number, adult in enumerate(adults, 1):
			parts = dict(
				zip(
					("first_name", "father_name", "grandfather_name", "family_name"),
					adult["names"],
					strict=True,
				)
			)
			values = {field: adult[field] for field in ("part", "full_name", "birth_date", "person")}
			yield (
				ADULT,
				table_row(
					file, FILE, "adults", number, **parts, **values, nationality="Egypt", religion=MUSLIM
				),
			)
		yield STEP, table_row(file, FILE, "step_times", 1, step=one.status, entered_on=since, due_on=due)

	def step_since(self, one: Kafala) -> datetime:
		"""When the file came to where it stands."""
		if one.ended or one.handed:
			return office_hour(one.ended or one.handed, 120)
		if one.status in (states.REJECTED, states.WITHDRAWN):
			return office_hour(one.applied + timedelta(days=30 + hash_of(one.key) % 60), 120)
		return office_hour(max(one.applied, self.as_of - timedelta(days=1 + hash_of(one.key) % 19)), 120)

	def ending_row(self, one: Kafala) -> dict:
		"""The decided and carried out end."""
		told, director = one.ended - timedelta(days=20), user_names.directorate_director(one.governorate)
		return record(
			*(f"KEN-{one.key.removeprefix('KF-')}", office_hour(told, 45), director),
			family_file=one.key,
			org_unit=one.unit,
			governorate=one.governorate,
			status=words.CARRIED_OUT,
			ending_kind=one.ending,
			ending_cause=one.cause,
			noticed_on=told,
			child=one.child,
			placed_on=one.handed,
			ended_on=one.ended,
			months_in_family=months(one.handed, one.ended),
			**self.studied(one),
			decision_number=f"{hash_of(one.key) % 400 + 1}/{one.ended.year}",
			decision_date=one.ended - timedelta(days=5),
			decision_authority="اللجنة العليا للأسر البديلة",
			planned_on=one.ended,
			decided_by=director,
			carried_out_by=director,
		)

	def studied(self, one: Kafala) -> dict:
		place = token(self.seed, "kafala placement", one.child, 1)
		return {
			"study_on": one.ended - timedelta(days=10),
			"study": STUDY,
			"psychological_report": REPORT,
			"child_view": "سُئل الطفل وسُمع رأيه",
			"best_interests": "وُزنت البدائل وروعيت المصلحة الفضلى",
			"family_placement": place,
			"next_placement": token(self.seed, "kafala placement", one.child, 2),
			"is_unjustified": "No" if one.ending == words.RETURN else "",
		}


def parts_of(kind: str) -> tuple[str, ...]:
	"""Adults of a kind of family."""
	return ("Husband", "Wife") if kind == states.COUPLE else ("Woman Who Applies Alone",)


def rule_set(day: date) -> str:
	"""The legal text that was in force."""
	found = [row["set_code"] for row in table("rule_sets") if row["valid_from"] <= str(day)]
	return found[-1] if found else table("rule_sets")[0]["set_code"]
