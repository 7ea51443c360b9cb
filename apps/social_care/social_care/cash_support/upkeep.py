"""What happens by the clock: work whose worker died goes on, rejected rows that are old go."""

import frappe
from frappe.utils import add_days, now_datetime

from social_care.cash_support import checking, decisions, loading
from social_care.registry.roll.limits import limit


def resume_batches() -> None:
	"""Scheduler, every ten minutes."""
	loading.resume()
	decisions.resume()
	checking.resume()


def remove_old_batches() -> None:
	"""Scheduler, daily: rejected rows hold personal data as they were written, so they go after the days of the settings."""
	before = add_days(now_datetime(), -limit("list_keep_days"))
	frappe.db.delete(loading.REJECTED, {"creation": ["<", before]})
