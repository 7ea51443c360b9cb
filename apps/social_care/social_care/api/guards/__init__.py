"""What every request is asked before the framework answers it, whichever of its endpoints it names.

The framework's permission hooks guard documents and lists. Some endpoints take a record's name, a column or a filter and
never ask them. These guards stand in front of all endpoints at once (hook `auth_hooks`, after the user is known), so
that an endpoint nobody thought of is guarded too; `endpoints.py` replaces the few whose answer itself has to change.
"""

import frappe

from social_care.api.guards import columns, policy, rows
from social_care.api.guards.request import PAGES, arguments_of, command


def guard_request() -> None:
	"""Refuse a request for an endpoint that is not open to the user, a row outside his scope, a column above his level."""
	name = command()
	if not name:
		return
	arguments = arguments_of()
	if name not in PAGES:
		policy.check(name, arguments)
	if frappe.session.user == "Administrator":
		return
	columns.check(arguments)
	if name not in rows.ANSWERED_ELSEWHERE:
		rows.check(arguments)
