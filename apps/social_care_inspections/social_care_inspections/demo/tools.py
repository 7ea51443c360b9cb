"""This app's part of the demonstration nation: a tool for hostels in two versions. All of it is fictional."""

from collections.abc import Iterator
from datetime import date, timedelta

from social_care.demo.generator.nation import Nation
from social_care.demo.generator.records import office_hour, record, table_row

DOCTYPE = "Assessment Tool"
CODE = "HOSTEL-DEMO"
KINDS = ("WH-01", "WH-02")
YEAR = timedelta(days=365)
# Area, standard, critical, indicator, evidence; the second version has them all, the first lacks the last.
INDICATORS = (
	("البيئة", "سلامة المبنى", 1, "شهادة حماية مدنية سارية", "شهادة"),
	("البيئة", "نظافة الغرف", 0, "جدول نظافة معلق وموقع", "معاينة"),
	("الإدارة", "سجلات الأبناء", 0, "سجل حضور وانصراف يومي", "سجل"),
	("الإدارة", "العاملون", 0, "مشرف مقيم ليلا", "كشف عاملين"),
	("الحقوق", "الشكاوى", 0, "صندوق شكاوى وسجل للرد", "سجل"),
)


def build(nation: Nation) -> Iterator[tuple[str, dict]]:
	"""(DocType, row) of a version that has ended and of the one that followed it a year before the nation's day."""
	change = nation.settings.as_of - YEAR
	yield from version_rows(1, change - 2 * YEAR, change - timedelta(days=1), INDICATORS[:-1])
	yield from version_rows(2, change, None, INDICATORS)


def version_rows(
	version: int, valid_from: date, valid_to: date | None, indicators: tuple
) -> Iterator[tuple[str, dict]]:
	"""One version with its kinds of institution and its indicators, which weigh the same."""
	weight = 100 / len(indicators)
	parent = record(
		f"{CODE}-{version}",
		office_hour(valid_from, 60),
		tool_code=CODE,
		version=version,
		title="أداة تقييم دور المغتربين (تجريبية)",
		title_en="Assessment of hostels (demonstration)",
		valid_from=valid_from,
		valid_to=valid_to,
		standard_count=len(indicators),
		indicator_count=len(indicators),
		total_weight=100,
		grade_a_from=85,
		grade_b_from=70,
		grade_c_from=50,
		critical_rule="All Its Indicators Are Zero",
	)
	yield DOCTYPE, parent
	for number, kind in enumerate(KINDS, 1):
		yield (
			"Assessment Tool Institution Type",
			table_row(parent, DOCTYPE, "institution_types", number, institution_type=kind),
		)
	areas = list(dict.fromkeys(row[0] for row in indicators))
	for number, row in enumerate(indicators, 1):
		yield "Assessment Indicator", indicator_row(parent, areas, number, row, weight)


def indicator_row(parent: dict, areas: list[str], number: int, row: tuple, weight: float) -> dict:
	"""An indicator that is the only one of its standard."""
	area, standard, is_critical, indicator, evidence = row
	code = f"{'ABC'[areas.index(area)]}{number}"
	return table_row(
		parent,
		DOCTYPE,
		"indicators",
		number,
		area_code=code[0],
		area=area,
		standard_code=code,
		standard=standard,
		is_critical=is_critical,
		indicator_code=f"{code}.1",
		indicator=indicator,
		evidence=evidence,
		score_min=0,
		score_max=3,
		weight=weight,
	)
