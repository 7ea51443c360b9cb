"""Buildings of kafala centres in the demonstration nation, at every stage. All of them are fictional."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from social_care.demo.generator.chance import stream
from social_care.demo.generator.layout import Site
from social_care.demo.generator.nation import Nation
from social_care.demo.generator.places import Governorate, governorates
from social_care.demo.generator.records import office_hour, record, table_row
from social_care.demo.generator.units import directorate

DOCTYPE, NOTES = "Kafala Centre Building", "Kafala Centre Follow-Up"
CENTRE_TYPE = "CI-03"
# Stages of the buildings that house no centre yet, one governorate after another.
STAGES = (
	"Works under Way",
	"Handed Over",
	"Works under Way",
	"Allocated",
	"Works Completed",
	"Licensed",
	"Allocation Withdrawn",
)
QUARTER = timedelta(days=91)
# Share of the works at each follow-up, a quarter of a year after the one before.
WORKS = {
	"Allocated": (),
	"Handed Over": (0,),
	"Works under Way": (10, 35, 55),
	"Works Completed": (20, 60, 90, 100),
	"Licensed": (25, 70, 100),
	"Centre Opened": (30, 75, 100),
	"Allocation Withdrawn": (0,),
}
REMARKS = {0: "استلم الموقع ولم تبدأ الأعمال.", 100: "انتهت الأعمال وتمت المعاينة النهائية."}
UNDER_WAY = "الأعمال جارية وفق الجدول الزمني."
OWNERS = ("هيئة المجتمعات العمرانية", "مديرية التضامن الاجتماعي", "الوحدة المحلية", "جمعية أهلية")
OWNERSHIP = {"مديرية التضامن الاجتماعي": "Ministry", "جمعية أهلية": "Association"}


def build(nation: Nation) -> Iterator[tuple[str, dict]]:
	"""(DocType, row) of a building for each governorate; where the nation has kafala centres, one of them works in it."""
	centres: dict[str, Site] = {}
	for site in nation.sites:
		if site.kind.code == CENTRE_TYPE:
			centres.setdefault(site.governorate, site)
	for number, place in enumerate(governorates().values(), 1):
		yield from building_rows(nation, number, place, centres.get(place.code))


@dataclass(frozen=True)
class Course:
	"""How far a building has come: its stage, the day of the decision, and each visit with the works done by then."""

	stage: str
	centre: str | None
	decided: date
	visits: tuple[tuple[date, int], ...]
	rng: Random

	@property
	def last_visit(self) -> tuple[date | None, int]:
		"""Day of the last visit and the works seen."""
		return self.visits[-1] if self.visits else (None, 0)


def building_rows(
	nation: Nation, number: int, place: Governorate, centre: Site | None
) -> Iterator[tuple[str, dict]]:
	"""The building and its follow-up notes."""
	rng = stream(nation.settings.seed, "kafala", place.code)
	stage = "Centre Opened" if centre else STAGES[number % len(STAGES)]
	decided = nation.settings.as_of - timedelta(days=rng.randrange(500, 700))
	visits = tuple((decided + QUARTER * turn, works) for turn, works in enumerate(WORKS[stage], 1))
	parent = building_row(number, place, Course(stage, centre.code if centre else None, decided, visits, rng))
	yield DOCTYPE, parent
	for turn, (day, works) in enumerate(visits, 1):
		note = REMARKS.get(works, UNDER_WAY)
		values = {
			"follow_up_date": day,
			"works_progress": works,
			"note": note,
			"recorded_by": parent["owner"],
		}
		yield NOTES, table_row(parent, DOCTYPE, "follow_ups", turn, **values)


def building_row(number: int, place: Governorate, course: Course) -> dict:
	"""One building as its stage asks for it."""
	rng, decided = course.rng, course.decided
	owner = rng.choice(OWNERS)
	last_follow_up, works = course.last_visit
	return record(
		f"KCB-DEMO-{number:02}",
		office_hour(decided, rng.randrange(300)),
		naming_series="KCB-.#####",
		building_name=f"مبنى كفالة {place.name}",
		org_unit=directorate(place.code),
		governorate=place.code,
		stage=course.stage,
		withdrawal_reason="عاد المبنى إلى الجهة المالكة" if course.stage == "Allocation Withdrawn" else "",
		address=f"شارع {rng.randrange(1, 60)}، {place.districts[0]}، {place.name}",
		building_owner=owner,
		ownership=OWNERSHIP.get(owner, "Other State Body"),
		area_sqm=rng.randrange(25, 120) * 10,
		places=rng.randrange(20, 60),
		decision_number=f"{rng.randrange(10, 400)}/{decided.year}",
		decision_date=decided,
		deciding_authority="محافظ الإقليم",
		planned_opening_date=decided + timedelta(days=rng.choice((420, 540, 900))),
		institution=course.centre,
		works_progress=works,
		last_follow_up=last_follow_up,
		**papers(course),
	)


def papers(course: Course) -> dict:
	"""Licence and opening of a stage that has them, after the last visit and well before the nation's day."""
	last_visit, _works = course.last_visit
	licensed = (
		last_visit + timedelta(days=30)
		if course.stage in ("Licensed", "Centre Opened") and last_visit
		else None
	)
	return {
		"licence_number": f"{course.rng.randrange(1, 90)}/{licensed.year}" if licensed else "",
		"licence_date": licensed,
		"opening_date": licensed + timedelta(days=45)
		if licensed and course.stage == "Centre Opened"
		else None,
	}
