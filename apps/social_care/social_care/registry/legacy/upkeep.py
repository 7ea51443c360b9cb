"""What happens by the clock: files of old registries and what their rows hold of persons go; the figures stay."""

import frappe
from frappe.utils import add_days, now_datetime

from social_care.cash_support import files
from social_care.registry.legacy import IMPORT, ROW
from social_care.registry.roll.limits import limit

AT_ONCE = 200


def forget_old() -> None:
	"""Scheduler, daily: after the days of the settings. A row that was not decided by then comes again with the next file."""
	before = add_days(now_datetime(), -limit("list_keep_days"))
	for doc in frappe.get_all(
		IMPORT, {"creation": ["<", before]}, ["name", "ending"], order_by="creation desc", limit=AT_ONCE
	):
		files.remove(doc)
	emptied = {"written": "", "cells": "", "candidates": "", "faults": "", "reason": ""}
	old = {"creation": ["<", before], "written": ["!=", ""]}
	frappe.db.set_value(ROW, old, emptied, update_modified=False)
