"""Periods of indicators: both days counted; the running one ends today."""

from dataclasses import dataclass
from datetime import date

from frappe.utils import add_days, add_months, get_first_day, getdate, nowdate

MONTHS = {"Monthly": 1, "Quarterly": 3, "Half-Yearly": 6, "Yearly": 12}
DAILY, WEEKLY = "Daily", "Weekly"
FREQUENCIES = (DAILY, WEEKLY, *MONTHS)
SATURDAY = 5  # the first day of the week in Egypt, as `date.weekday` counts


@dataclass(frozen=True)
class Period:
	"""Days from `start` to `end`; `until` is the last day that has begun, which is what can be counted."""

	start: date
	end: date

	@property
	def until(self) -> date:
		return min(self.end, getdate(nowdate()))

	@property
	def is_over(self) -> bool:
		return self.end < getdate(nowdate())

	@property
	def year_before(self) -> date:
		"""The day from which twelve months, until the period's last day, are counted."""
		return getdate(add_days(add_months(self.until, -12), 1))

	def as_filter(self) -> list:
		return ["between", [str(self.start), str(self.until)]]

	def year_as_filter(self) -> list:
		return ["between", [str(self.year_before), str(self.until)]]


def period_of(frequency: str, day: date | str) -> Period:
	"""The period of a frequency in which a day lies."""
	day = getdate(day)
	if frequency == DAILY:
		return Period(day, day)
	if frequency == WEEKLY:
		start = getdate(add_days(day, -((day.weekday() - SATURDAY) % 7)))
		return Period(start, getdate(add_days(start, 6)))
	months = MONTHS[frequency]
	start = getdate(get_first_day(add_months(day, -((day.month - 1) % months))))
	return Period(start, getdate(add_days(add_months(start, months), -1)))


def before(frequency: str, period: Period, number: int) -> list[Period]:
	"""The periods before one, the latest first."""
	found = []
	for _step in range(number):
		period = period_of(frequency, add_days(period.start, -1))
		found.append(period)
	return found
