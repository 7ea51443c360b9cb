"""Clocks, steps and weights of closings, as the settings say them."""

from datetime import date

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import cint, flt, getdate

from social_care_inspections.inspections.closings.solver import Weights
from social_care_inspections.inspections.closings.states import SETTINGS


class ClosingSettingsError(frappe.ValidationError):
	"""Settings that no closing could work with."""


class ClosingRules(Document):
	"""The settings themselves: what they say can be read."""

	def validate(self) -> None:
		for field in ("school_year_begins", "school_year_ends"):
			self.check_day(field)
		if not follow_up_days(self):
			self.refuse(_("Write at least one number of days for the follow-up, separated by commas."))

	def check_day(self, field: str) -> None:
		if self.get(field) and not month_day(self.get(field)):
			self.refuse(
				_("{0} is written as month and day, for example 09-20.").format(_(self.meta.get_label(field)))
			)

	def refuse(self, message: str) -> None:
		frappe.throw(message, ClosingSettingsError, title=_(SETTINGS))


def settings() -> Document:
	return frappe.get_cached_doc(SETTINGS)


def weights() -> Weights:
	found = settings()
	return Weights(
		*(
			flt(found.get(field))
			for field in ("school_change_km", "small_home_km", "school_reach_km", "most_km")
		)
	)


def follow_up_days(found: Document | None = None) -> list[int]:
	"""Days after the move on which a child is visited, ascending."""
	parts = ((found or settings()).follow_up_days or "").replace("،", ",").split(",")
	return sorted({cint(part) for part in parts if cint(part) > 0})


def month_day(text: str | None) -> tuple[int, int] | None:
	"""(month, day) of `MM-DD`; None where it is not one."""
	try:
		month, day = (int(part) for part in (text or "").split("-"))
		date(2000, month, day)
	except ValueError:
		return None
	return month, day


def in_school_year(day) -> bool:
	"""Whether school is held on a day, by the beginning and the end of the year in the settings."""
	begins, ends = (month_day(settings().get(field)) for field in ("school_year_begins", "school_year_ends"))
	if not begins or not ends:
		return False
	today = (getdate(day).month, getdate(day).day)
	return begins <= today <= ends if begins <= ends else today >= begins or today <= ends
