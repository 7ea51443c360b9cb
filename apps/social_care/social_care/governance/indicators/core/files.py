"""What the files of children in institutions hold: papers, photographs, education, plans, contact."""

import frappe
from frappe.query_builder import Case, DocType
from frappe.query_builder.functions import IfNull
from frappe.utils import add_months, add_years, cint, nowdate
from pypika.terms import Criterion, ExistsCriterion, Term, ValueWrapper

from social_care.governance.indicators import counting
from social_care.governance.indicators.cells import Cell
from social_care.governance.indicators.computations import Computation
from social_care.governance.indicators.counting import Located, one_if
from social_care.governance.indicators.periods import Period
from social_care.registry.case_work import figures as case_work
from social_care.registry.dashboards.completeness import IN_CARE
from social_care.registry.dashboards.rows import Filters
from social_care.registry.levels import PAPERS, PARENTAGE

CHILD = "Child"
BIRTH_CERTIFICATES = ("Computerised Birth Certificate", "Paper Birth Certificate")
SCHOOL_AGE = (6, 18)  # years: compulsory from 6 (Law 139/1981), a child until 18 (Child Law 12/1996)
NEW_SCHOOL_YEAR = 9  # month
PHOTOGRAPH_MONTHS = 12  # where the settings say nothing
RESIDENTIAL = ("Residential Institution", "Small Group Home", "Kafala Centre")


def of_school_age() -> Filters:
	youngest, oldest = (str(add_years(nowdate(), -age)) for age in SCHOOL_AGE)
	return IN_CARE | {"birth_date": ["between", [str(frappe.utils.add_days(oldest, 1)), youngest]]}


def share(condition: Criterion, of: Filters, dimensions: dict[str, Term] | None = None) -> list[Cell]:
	"""Children that meet the condition, of those whom the filters name."""
	at = counting.located(CHILD)
	return counting.cells(
		at, one_if(condition), ValueWrapper(1), counting.meets(CHILD, of), dimensions or by_sex(at)
	)


def by_sex(at: Located) -> dict[str, Term]:
	return {"sex": IfNull(at.table.sex, "")}


def birth_certificates(_period: Period) -> list[Cell]:
	"""A birth certificate that somebody has verified stands in the file."""
	paper, child = DocType("Identity Paper"), DocType(CHILD)
	rows = frappe.qb.from_(paper).select(paper.name)
	rows = rows.where((paper.parent == child.name) & (paper.parenttype == CHILD))
	rows = rows.where(paper.paper_kind.isin(BIRTH_CERTIFICATES) & paper.verified_on.isnotnull())
	return share(ExistsCriterion(rows), IN_CARE)


def photographs(_period: Period) -> list[Cell]:
	return share(counting.meets(CHILD, _recent_photograph()), IN_CARE)


def _recent_photograph() -> Filters:
	months = cint(frappe.get_cached_doc("Social Care Settings").photo_max_age_months) or PHOTOGRAPH_MONTHS
	return {"photo": ["is", "set"], "photo_date": [">=", str(add_months(nowdate(), -months))]}


def school_year() -> int:
	"""The year in which the present school year began: 2026 of "2026/2027"."""
	today = frappe.utils.getdate(nowdate())
	return today.year if today.month >= NEW_SCHOOL_YEAR else today.year - 1


def _at_school(*conditions: Criterion) -> ExistsCriterion:
	"""A record of the present school year that meets the conditions."""
	record, child = DocType("Education Record"), DocType(CHILD)
	rows = frappe.qb.from_(record).select(record.name)
	rows = rows.where((record.parent == child.name) & (record.parenttype == CHILD))
	year = school_year()
	rows = rows.where((record.school_year >= str(year)) & (record.school_year < str(year + 1)))
	for condition in conditions:
		rows = rows.where(condition)
	return ExistsCriterion(rows)


def education_records(_period: Period) -> list[Cell]:
	return share(_at_school(), of_school_age())


def enrolment(_period: Period) -> list[Cell]:
	return share(_at_school(DocType("Education Record").enrolment_status == "Enrolled"), of_school_age())


def local_school(_period: Period) -> list[Cell]:
	"""Indicator 10 of formal care: at a school of the neighbourhood, not inside the institution."""
	record = DocType("Education Record")
	outside = IfNull(record.education_kind, "").isin(["Government", "Azhari", "Private"])
	residential = of_school_age() | {"care_type": ["in", list(RESIDENTIAL)]}
	return share(_at_school(record.enrolment_status == "Enrolled", outside), residential)


def dropout(_period: Period) -> list[Cell]:
	"""Of those whom the present school year knows as enrolled or dropped out."""
	at, status = counting.located(CHILD), DocType("Education Record").enrolment_status
	known = _at_school(status.isin(["Enrolled", "Dropped Out"]))
	where = counting.meets(CHILD, of_school_age()) & known
	return counting.cells(at, one_if(_at_school(status == "Dropped Out")), ValueWrapper(1), where, by_sex(at))


def quality(_period: Period) -> list[Cell]:
	"""The weight that files hold, of the weight that the rules of data quality ask of them."""
	at = counting.located(CHILD)
	asked, lacking = IfNull(at.table.quality_asked, 0), IfNull(at.table.quality_lacking, 0)
	return counting.cells(at, asked - lacking, asked, counting.meets(CHILD, IN_CARE))


def plans(_period: Period) -> list[Cell]:
	return share(counting.Written(case_work.HAS_PLAN), IN_CARE)


def valid_plans(_period: Period) -> list[Cell]:
	"""An active plan whose review is not overdue."""
	return share(counting.Written(f"{case_work.HAS_PLAN} and not {_overdue()}"), IN_CARE)


def reviews(_period: Period) -> list[Cell]:
	return share(counting.Written(f"not {_overdue()}"), IN_CARE)


def _overdue() -> str:
	return f"ifnull({case_work.review_overdue()}, 0)"


def assessments(_period: Period) -> list[Cell]:
	return share(counting.Written(case_work.ASSESSED), IN_CARE)


def contact(_period: Period) -> list[Cell]:
	return share(counting.Written(case_work.visited()), IN_CARE | {"parentage": "Known"})


def residential_to_family(_period: Period) -> list[Cell]:
	"""Indicator 4 of formal care: children in residential care for each one in a family."""
	at = counting.located(CHILD)
	families = one_if(at.table.care_type == "Kafala Family")
	where = at.table.care_type.isin([*RESIDENTIAL, "Kafala Family"])
	return counting.cells(at, Case().when(at.table.care_type.isin(RESIDENTIAL), 1).else_(0), families, where)


COMPUTATIONS = (
	Computation("verified_birth_certificates", birth_certificates, level=PAPERS),
	Computation(
		"recent_photographs",
		photographs,
		level=PAPERS,
		opens=lambda _: (CHILD, IN_CARE | _recent_photograph()),
	),
	Computation("education_records_of_the_year", education_records),
	Computation("school_enrolment", enrolment),
	Computation("local_school", local_school),
	Computation("school_dropout", dropout),
	Computation("weighted_completeness", quality),
	Computation("active_care_plans", plans),
	Computation("reviewed_care_plans", valid_plans),
	Computation("reviews_in_time", reviews),
	Computation("assessed_on_entry", assessments),
	Computation("family_contact", contact, level=PARENTAGE),
	Computation("residential_to_family", residential_to_family),
)


def computations() -> tuple[Computation, ...]:
	"""Hook `social_care_indicators`."""
	return COMPUTATIONS
