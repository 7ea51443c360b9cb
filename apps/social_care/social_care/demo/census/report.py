"""The census: how many directorates, institutions and children, and every defect expected against found."""

from dataclasses import dataclass
from datetime import date

import frappe
from frappe.utils import nowdate

from social_care.demo.census import quality
from social_care.demo.census.defects import DEFECTS
from social_care.demo.generator.nation import Nation
from social_care.demo.loader import marks

CENSUS, BUILDERS = "social_care_demo_census", "social_care_demo_builders"


@dataclass(frozen=True)
class Line:
	"""One counted thing; `expected` is None where nothing was planted to compare with."""

	title: str
	expected: int | None
	found: int

	@property
	def ok(self) -> bool:
		"""Whether as many were found as there should be."""
		return self.expected is None or self.expected == self.found


def directorates() -> int:
	"""Directorates that exist today."""
	today = nowdate()  # of the site, not of the database
	return frappe.db.sql(
		"""select count(*) from `tabOrg Unit` where `level` = 'Directorate' and ifnull(`valid_to`, %(today)s) >= %(today)s""",
		{"today": today},
	)[0][0]


def institutions() -> int:
	"""Institutions of any state."""
	return frappe.db.sql("select count(*) from `tabInstitution`")[0][0]


def children_placed() -> int:
	"""Children who live in institutions; counted in the history, not by the files."""
	return frappe.db.sql(
		"""select count(distinct `child`) from `tabPlacement`
		where `is_current` = 1 and `to_date` is null and `setting` = 'Institution'"""
	)[0][0]


def broken_histories() -> int:
	"""Children whose placements overlap, leave a gap, or have not exactly one current row at the end."""
	return frappe.db.sql(
		"""select count(distinct t.`child`) from (
			select `child`, `from_date`, `to_date`, `is_current`,
				lead(`from_date`) over (partition by `child` order by `from_date`) as following
			from `tabPlacement`
		) t
		where not (t.`to_date` <=> t.following) or t.`is_current` != (t.following is null) or t.`to_date` <= t.`from_date`"""
	)[0][0]


def lines_of_rules(nation: Nation | None, on: date) -> list[Line]:
	"""What each rule of data quality finds, beside what it is to find."""
	told = quality.expected(nation) if nation else {}
	return [Line(f"Rule {code}", told.get(code), found) for code, found in quality.counts(on).items()]


def lines_of_apps(stored: marks.Loaded | None, nation: Nation | None) -> list[Line]:
	"""Lines of `social_care_demo_census`: functions that take the nation, or None where an app's part is not loaded."""
	found: list[Line] = []
	for path in frappe.get_hooks(CENSUS):
		app = path.split(".")[0]
		builders = {builder for builder in frappe.get_hooks(BUILDERS) if builder.split(".")[0] == app}
		there = bool(stored) and builders <= set(stored.builders)
		found += frappe.get_attr(path)(nation if there else None)
	return found


def census() -> list[Line]:
	"""Everything counted, beside what the settings of the loaded nation promise."""
	stored = marks.loaded()
	nation = Nation(stored.settings) if stored else None
	settings, on = (nation.settings, nation.settings.as_of) if nation else (None, date.today())
	planted = nation.expected() if nation else {}
	return [
		Line("Directorates", 27 if nation else None, directorates()),
		Line("Institutions", settings.institutions if nation else None, institutions()),
		Line("Children living in institutions", settings.children if nation else None, children_placed()),
		*(Line(defect.title, planted.get(defect.code), len(defect.find(on))) for defect in DEFECTS),
		*lines_of_rules(nation, on),
		Line("Placement histories with a gap or overlap", 0, broken_histories()),
		*lines_of_apps(stored, nation),
	]


def as_text(lines: list[Line]) -> str:
	"""The census as plain text."""
	rows = [f"{'':<46}{'expected':>10}{'found':>10}  ok"]
	for line in lines:
		expected = "" if line.expected is None else f"{line.expected:,}"
		rows.append(f"{line.title:<46}{expected:>10}{line.found:>10,}  {'yes' if line.ok else 'NO'}")
	return "\n".join(rows)
