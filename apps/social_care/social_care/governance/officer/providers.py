"""What can wait for a data officer: the hook `social_care_data_officer_queue`, open to apps.

The hook's value is a list of paths of `Provider` objects (or of functions without arguments that return one). A provider says
what waits *now*, for the whole nation, in as many queries for many rows as for one; what is no longer said counts as done.
Nothing else is to be told: the list is compared with what waited before, every ten minutes and whenever an officer looks.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import frappe

HOOK = "social_care_data_officer_queue"


@dataclass(frozen=True)
class Waiting:
	"""A record that waits. `institution` says which directorate's officer it waits for, where `org_unit` (any unit below
	or at a directorate) is not given; a record of two directorates is told twice. `since`: the day from which it waits,
	today where None. The record's name holds no personal data, as all names of records."""

	record_type: str
	record_name: str
	institution: str | None = None
	org_unit: str | None = None
	since: object = None


@dataclass(frozen=True)
class Provider:
	"""One kind of work. `kind` is a short English name, stored with each row and unique in the bench; `title` is the English
	text of its heading, translated when shown. `rows` returns what waits; limited to the institutions named, where
	it is called with a list of names."""

	kind: str
	title: str
	rows: Callable[[list[str] | None], Iterable[Waiting]]


def providers() -> list[Provider]:
	"""Those of all apps, in the order of the hooks."""
	found = [frappe.get_attr(path) for path in frappe.get_hooks(HOOK)]
	return [each if isinstance(each, Provider) else each() for each in found]


def titles() -> dict[str, str]:
	"""{kind: heading in the reader's language}."""
	return {provider.kind: frappe._(provider.title) for provider in providers()}
