"""The census: how many directorates, institutions and children, and every defect expected against found."""

from dataclasses import dataclass
from datetime import date

import frappe

from social_care.demo.census.defects import DEFECTS
from social_care.demo.generator.nation import Nation
from social_care.demo.loader import marks


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
	return frappe.db.sql(
		"""select count(*) from `tabOrg Unit` where `level` = 'Directorate' and ifnull(`valid_to`, curdate()) >= curdate()"""
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
		Line("Placement histories with a gap or overlap", 0, broken_histories()),
	]


def as_text(lines: list[Line]) -> str:
	"""The census as plain text."""
	rows = [f"{'':<46}{'expected':>10}{'found':>10}  ok"]
	for line in lines:
		expected = "" if line.expected is None else f"{line.expected:,}"
		rows.append(f"{line.title:<46}{expected:>10}{line.found:>10,}  {'yes' if line.ok else 'NO'}")
	return "\n".join(rows)
