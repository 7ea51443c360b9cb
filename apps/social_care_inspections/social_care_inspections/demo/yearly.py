"""Plans of visits: of each directorate the approved one that ordered the present visits, of some the draft of the next one."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date, timedelta

from social_care.demo.generator import user_names
from social_care.demo.generator.nation import Nation, Row
from social_care.demo.generator.records import office_hour, record, table_row
from social_care.demo.generator.units import directorate

from social_care_inspections.demo import team
from social_care_inspections.demo.rows import blank, working
from social_care_inspections.demo.slots import Slot
from social_care_inspections.demo.visits import team_of
from social_care_inspections.inspections.plans import APPROVED, DRAFT, Planned, Wanted, spread

PLAN, PLAN_ROW = "Visit Plan", "Visit Plan Row"
KINDS = ("Periodic", "Unannounced", "Quality Evaluation")
HALF, DRAFTS = 90, 4


def plan_rows(nation: Nation, present: list[Slot], names: dict[str, str]) -> Iterator[Row]:
	"""Plans with their visits; `names` are those of institutions."""
	by_governorate: dict[str, list[Slot]] = defaultdict(list)
	for slot in present:
		by_governorate[slot.site.governorate].append(slot)
	for number, (governorate, slots) in enumerate(by_governorate.items()):
		yield from approved(nation, governorate, slots, names)
		if number < DRAFTS:
			yield from draft(nation, governorate, slots, names)


def approved(nation: Nation, governorate: str, slots: list[Slot], names: dict[str, str]) -> Iterator[Row]:
	"""The plan of the months around today."""
	rows = [
		(Planned(slot.site.code, slot.kind, slot.day, lead(nation, slot)), slot.name)
		for slot in sorted(slots, key=lambda slot: (slot.day, slot.site.index))
		if slot.kind in KINDS
	]
	as_of = nation.settings.as_of
	plan = plan_row(nation, governorate, 1, as_of - timedelta(days=HALF), as_of + timedelta(days=HALF), rows)
	signed = office_hour(working(plan["creation"].date() + timedelta(days=4)), 90)
	plan |= {"status": APPROVED, "approved_by": team.HEAD, "approved_on": signed, "modified": signed}
	yield PLAN, plan
	yield from visits_of(plan, rows, names)


def draft(nation: Nation, governorate: str, slots: list[Slot], names: dict[str, str]) -> Iterator[Row]:
	"""The plan of the months that follow, drawn up as the desk does it."""
	begin = nation.settings.as_of + timedelta(days=HALF + 1)
	days = [day for day in (begin + timedelta(days=step) for step in range(HALF)) if working(day) == day]
	wanted = [Wanted(slot.site.code, "Periodic", 1) for slot in slots]
	found = spread(wanted, days, list(team.inspectors(nation, governorate)))
	rows = [(row, None) for row in found]
	plan = plan_row(nation, governorate, 2, begin, days[-1], rows)
	yield PLAN, plan | {"status": DRAFT}
	yield from visits_of(plan, rows, names)


def plan_row(
	nation: Nation,
	governorate: str,
	number: int,
	begin: date,
	end: date,
	rows: list[tuple[Planned, str | None]],
) -> dict:
	inspectors, days = Counter(row.inspector for row, _ in rows), Counter(row.planned_on for row, _ in rows)
	owner = user_names.directorate_director(governorate)
	values = {
		"org_unit": directorate(governorate),
		"from_date": begin,
		"to_date": end,
		"visit_count": len(rows),
		"inspector_count": len(inspectors),
		"most_of_an_inspector": max(inspectors.values(), default=0),
		"most_of_a_day": max(days.values(), default=0),
		"content_editors": owner,
	}
	written = office_hour(working(min(begin, nation.settings.as_of) - timedelta(days=12)), 60)
	return record(f"VPL-DEMO-{governorate}-{number}", written, owner, **blank(PLAN) | values)


def visits_of(plan: dict, rows: list[tuple[Planned, str | None]], names: dict[str, str]) -> Iterator[Row]:
	for number, (row, visit) in enumerate(rows, 1):
		values = vars(row) | {
			"institution_name": names[row.institution],
			"institution_visit": visit,
			"fault": None,
		}
		yield PLAN_ROW, table_row(plan, PLAN, "visits", number, **values)


def lead(nation: Nation, slot: Slot) -> str:
	return team_of(slot, team.hands(nation, slot.site), slot.stream())[0]
