"""How long kafalas last: the estimate of Kaplan and Meier by lifelines, with those who still live together counted as long as they
have. Points at which fewer children than the settings say are observed are not shown: they tell of single families, and of nothing else."""

from dataclasses import dataclass

import numpy
from frappe.utils import flt

from social_care_kafala.kafala.analysis.spells import Spell

POINTS = (6, 12, 24, 60)  # months after the hand-over


@dataclass(frozen=True)
class Point:
	"""At a month: share in % that lasted at least so long, its bounds of 95 %, and how many were observed then."""

	month: int
	share: float
	low: float
	high: float
	at_risk: int


@dataclass(frozen=True)
class Curve:
	"""The estimate of one group."""

	spells: int
	broke: int
	years: float
	fitted: object

	@property
	def rate(self) -> float | None:
		"""Breakdowns in a hundred years of kafala."""
		return flt(100 * self.broke / self.years, 2) if self.years else None

	def at(self, month: int) -> Point:
		"""The estimate at a month."""
		share = 100 * float(self.fitted.predict(month))
		table = self.fitted.confidence_interval_
		row = table[table.index <= month].iloc[-1]
		at_risk = int((self.fitted.durations >= month).sum())
		return Point(month, flt(share, 1), flt(100 * row.iloc[0], 1), flt(100 * row.iloc[1], 1), at_risk)

	def points(self, months: tuple[int, ...], least: int) -> list[Point]:
		"""Estimates at these months, as far as at least `least` children were observed."""
		found = [self.at(month) for month in months]
		return [point for point in found if point.at_risk >= max(least, 1)]


def curve(spells: list[Spell]) -> Curve:
	"""Fit the spells of one group, of which there is at least one."""
	from lifelines import KaplanMeierFitter  # takes a second to load

	lengths = numpy.array([spell.length for spell in spells], dtype=float)
	broke = numpy.array([spell.broke for spell in spells], dtype=bool)
	fitted = KaplanMeierFitter().fit(lengths, event_observed=broke)
	return Curve(len(spells), int(broke.sum()), float(lengths.sum() / 12), fitted)
