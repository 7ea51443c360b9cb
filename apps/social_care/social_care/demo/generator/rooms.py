"""What hangs on a child's file: placements, school years, papers, health, photograph."""

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

from social_care.demo.generator.bodies import measured
from social_care.demo.generator.chance import token
from social_care.demo.generator.data_files import bundled
from social_care.demo.generator.history import Stay
from social_care.demo.generator.layout import Site
from social_care.demo.generator.people import Human
from social_care.demo.generator.records import record, table_row
from social_care.demo.generator.settings import NationSettings

LAST_YEARS = 6
STAGES = (
	(4, 6, "Kindergarten"),
	(6, 12, "Primary"),
	(12, 15, "Preparatory"),
	(15, 18, None),
	(18, 22, "University"),
)
SECONDARY = (
	"General Secondary",
	"Technical Secondary (3 Years)",
	"Technical Secondary (3 Years)",
	"Vocational",
)


def placement_rows(
	settings: NationSettings, sites: list[Site], child: dict, human: Human, stays: list[Stay], rng: Random
) -> Iterator[tuple[str, dict]]:
	"""One Placement for each stay; the last is the current one."""
	for number, stay in enumerate(stays):
		site = sites[stay.institution]
		yield (
			"Placement",
			record(
				token(settings.seed, "placement", human.place, number),
				child["creation"],
				child["owner"],
				child=child["name"],
				child_name=child["full_name"],
				person=child["person"],
				setting="Institution",
				institution=site.code,
				org_unit=site.unit,
				governorate=site.governorate,
				movement="Transfer" if number else "Admission",
				from_date=stay.begin,
				to_date=stay.end,
				is_current=int(stay.end is None),
				end_reason="Next Placement" if stay.end else "",
				reason="الانتقال إلى مؤسسة تناسب المرحلة العمرية" if number else "",
				decision_number=f"{rng.randrange(1, 999)}/{stay.begin.year}",
				decision_date=stay.begin,
				decision_authority=child["decision_authority"],
				placement_change=None,
			),
		)


def education_rows(
	settings: NationSettings, child: dict, human: Human, rng: Random
) -> Iterator[tuple[str, dict]]:
	"""A row for each school year in care (the last six at most); the stage follows the age on 1 October."""
	current = settings.as_of.year - (settings.as_of.month < 9)
	admission: date = child["admission_date"]
	first = max(admission.year - (admission.month < 9), current - LAST_YEARS + 1, human.birth.year + 3)
	secondary, school = rng.choice(SECONDARY), rng.choice(bundled("words")["schools"])
	kind = rng.choices(("Government", "Azhari", "Private"), (85, 10, 5))[0]
	dropped_at = rng.randrange(10, 18) if rng.random() < 0.04 else 99
	for number, year in enumerate(range(min(first, current), current + 1), 1):
		age = year - human.birth.year - ((human.birth.month, human.birth.day) > (10, 1))
		facts = _school_year(age, secondary, dropped_at, year == current, rng)
		if facts["enrolment_status"] == "Enrolled":
			facts |= {"school_name": school, "education_kind": kind}
		values = {"school_year": f"{year}/{year + 1}", "school_name": "", "education_kind": "", **facts}
		yield "Education Record", table_row(child, "Child", "education_records", number, **values)


def _school_year(age: int, secondary: str, dropped_at: int, is_current: bool, rng: Random) -> dict:
	blank = {"stage": "", "grade": 0, "result": "", "attendance_rate": 0, "dropout_reason": ""}
	if age < 4:
		return blank | {"enrolment_status": "Below School Age"}
	if age >= 22:
		return blank | {"enrolment_status": "Finished Education"}
	if age >= dropped_at:
		return blank | {
			"enrolment_status": "Dropped Out",
			"dropout_reason": rng.choice(bundled("words")["dropout_reasons"]),
		}
	begin, _, stage = next(row for row in STAGES if row[0] <= age < row[1])
	return blank | {
		"enrolment_status": "Enrolled",
		"stage": stage or secondary,
		"grade": age - begin + 1,
		"result": "Not Yet"
		if is_current
		else rng.choices(("Passed", "Second Round", "Not Passed"), (90, 8, 2))[0],
		"attendance_rate": rng.randrange(70, 101),
	}


def paper_rows(
	settings: NationSettings, child: dict, human: Human, rng: Random
) -> Iterator[tuple[str, dict]]:
	"""Birth certificate, and from fifteen often the national identity card."""
	if child["national_number_status"] in ("Unregistered Birth", "No Number", ""):
		return
	registered = human.birth + timedelta(days=rng.randrange(1, 15))
	is_foreign = child["national_number_status"] == "Not Egyptian"
	office = child["birth_place"]
	certificate = {
		"paper_kind": "Residence Permit" if is_foreign else "Computerised Birth Certificate",
		"paper_number": f"{rng.randrange(10**6, 10**7)}",
		"registration_date": registered,
		"issue_date": registered + timedelta(days=10),
		"expiry_date": settings.as_of + timedelta(days=rng.randrange(60, 300)) if is_foreign else None,
		"health_office": "" if is_foreign else f"مكتب صحة {office}",
		"civil_registry_office": "" if is_foreign else f"سجل مدني {office}",
	}
	yield "Identity Paper", table_row(child, "Child", "identity_papers", 1, **certificate)
	came_of_age = human.birth + timedelta(days=15 * 365 + 4)
	if human.number and came_of_age < settings.as_of and rng.random() < 0.8:
		issued = min(came_of_age + timedelta(days=rng.randrange(10, 400)), settings.as_of)
		card = dict.fromkeys(certificate) | {
			"paper_kind": "National Identity Card",
			"paper_number": "",
			"issue_date": issued,
			"expiry_date": issued + timedelta(days=7 * 365),
		}
		yield "Identity Paper", table_row(child, "Child", "identity_papers", 2, **card)


def health_rows(
	settings: NationSettings, child: dict, human: Human, rng: Random
) -> Iterator[tuple[str, dict]]:
	"""A periodic examination with height and weight, and a vaccination."""
	words = bundled("words")
	seen = settings.as_of - timedelta(days=rng.randrange(5, 25))
	kinds = (
		("Periodic Examination", words["examinations"], 180),
		("Vaccination", words["vaccinations"], 360),
	)
	for number, (kind, findings, months) in enumerate(kinds, 1):
		day = max(seen - timedelta(days=rng.randrange(months)), human.birth)
		body = measured(settings.seed, child["name"], human, day)
		values = {
			"record_date": day,
			"record_kind": kind,
			**(body if number == 1 else dict.fromkeys(body, 0)),
			"finding": rng.choice(findings),
			"provider": "التأمين الصحي" if number == 1 else "مكتب الصحة",
			"next_date": settings.as_of + timedelta(days=rng.randrange(20, months)),
		}
		yield "Health Record", table_row(child, "Child", "health_records", number, **values)
