"""The ministry's tree: headquarters, the care sector, and 27 directorates with their administrations and units."""

from collections.abc import Iterator
from dataclasses import dataclass

from social_care.demo.generator.places import Governorate, governorates
from social_care.demo.generator.records import UNITS_FOUNDED, record
from social_care.registry.arabic import normalise

HEADQUARTERS = "HQ"
CENTRAL = (
	("HQ", None, "Headquarters", "ديوان عام وزارة التضامن الاجتماعي", "Ministry headquarters"),
	("SEC-CARE", "HQ", "Sector", "قطاع الرعاية الاجتماعية", "Social Care Sector"),
	(
		"CA-CARE",
		"SEC-CARE",
		"Central Administration",
		"الإدارة المركزية للرعاية الاجتماعية",
		"Central Administration for Social Care",
	),
	(
		"GD-FAMILY",
		"CA-CARE",
		"General Department",
		"الإدارة العامة للرعاية المؤسسية والأسرية",
		"General Department for Institutional and Family Care",
	),
	("OF-KAFALA", "GD-FAMILY", "Office", "إدارة الأسر البديلة الكافلة", "Alternative Families Department"),
	(
		"GD-DEFENCE",
		"CA-CARE",
		"General Department",
		"الإدارة العامة للدفاع الاجتماعي",
		"General Department for Social Defence",
	),
	(
		"GD-OLDER",
		"CA-CARE",
		"General Department",
		"الإدارة العامة لرعاية المسنين",
		"General Department for Care of Older Persons",
	),
	(
		"GD-WOMEN",
		"CA-CARE",
		"General Department",
		"الإدارة العامة لشؤون المرأة",
		"General Department for Women's Affairs",
	),
	(
		"GD-CHILD",
		"CA-CARE",
		"General Department",
		"الإدارة العامة لشؤون الطفل",
		"General Department for Child Affairs",
	),
	("OF-CASES", "CA-CARE", "Office", "وحدة إدارة الحالة", "Case Management Unit"),
	("OF-RAPID", "CA-CARE", "Office", "فريق التدخل السريع المركزي", "Central Rapid Intervention Team"),
	(
		"OF-SHELTER",
		"CA-CARE",
		"Office",
		"البرنامج القومي لحماية الأطفال والكبار بلا مأوى",
		"National Programme for Homeless Children and Adults",
	),
	(
		"CA-DISABILITY",
		"SEC-CARE",
		"Central Administration",
		"الإدارة المركزية لشؤون الأشخاص ذوي الإعاقة",
		"Central Administration for Persons with Disabilities",
	),
	(
		"GD-REHAB",
		"CA-DISABILITY",
		"General Department",
		"الإدارة العامة للخدمات التأهيلية",
		"General Department for Rehabilitation Services",
	),
	(
		"OF-SEIZURE",
		"SEC-CARE",
		"Office",
		"اللجنة العليا للضبطية القضائية",
		"High Committee for Judicial Seizure",
	),
)
ORDINALS = ("الأولى", "الثانية")


@dataclass(frozen=True)
class Unit:
	"""A unit before it has its place in the nested set."""

	code: str
	parent: str | None
	level: str
	name: str
	name_en: str = ""
	governorate: str | None = None


def directorate(governorate: str) -> str:
	"""Code of a governorate's directorate."""
	return f"D-{governorate}"


def administrations(governorate: str) -> list[str]:
	"""Codes of the social administrations of a governorate, in the order of its districts."""
	districts = governorates()[governorate].districts
	return [f"SA-{governorate}-{number:02}" for number in range(1, len(districts) + 1)]


def all_units() -> Iterator[Unit]:
	"""Every unit, parents before children."""
	for code, parent, level, name, name_en in CENTRAL:
		yield Unit(code, parent, level, name, name_en)
	for place in governorates().values():
		yield from _of_governorate(place)


def _of_governorate(place: Governorate) -> Iterator[Unit]:
	governorate = place.code
	head = directorate(governorate)
	yield Unit(head, HEADQUARTERS, "Directorate", place.directorate, place.directorate_en, governorate)
	for code, district in zip(administrations(governorate), place.districts, strict=True):
		yield Unit(code, head, "Social Administration", f"إدارة {district} الاجتماعية", "", governorate)
		for number, ordinal in enumerate(ORDINALS, 1):
			unit_code = f"SU{code[2:]}-{number}"
			yield Unit(
				unit_code, code, "Social Unit", f"وحدة {district} الاجتماعية {ordinal}", "", governorate
			)


def unit_rows() -> Iterator[dict]:
	"""Rows of Org Unit with their bounds in the nested set."""
	units = list(all_units())
	bounds = nested_set(units)
	parents = {unit.parent for unit in units}
	for unit in units:
		left, right = bounds[unit.code]
		yield record(
			unit.code,
			UNITS_FOUNDED,
			unit_code=unit.code,
			unit_name=unit.name,
			unit_name_en=unit.name_en,
			search_name=normalise(unit.name),
			level=unit.level,
			parent_org_unit=unit.parent,
			old_parent=unit.parent,
			is_group=int(unit.code in parents),
			governorate=unit.governorate,
			valid_from="2017-01-01",
			lft=left,
			rgt=right,
		)


def nested_set(units: list[Unit]) -> dict[str, tuple[int, int]]:
	"""Left and right bound of every unit, children in the order given."""
	children: dict[str | None, list[str]] = {}
	for unit in units:
		children.setdefault(unit.parent, []).append(unit.code)
	bounds: dict[str, tuple[int, int]] = {}

	def walk(code: str, left: int) -> int:
		right = left + 1
		for child in children.get(code, ()):
			right = walk(child, right)
		bounds[code] = (left, right)
		return right + 1

	for root in children[None]:
		walk(root, 1)
	return bounds
