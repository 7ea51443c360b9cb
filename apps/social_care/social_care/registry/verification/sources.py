"""How a registry is asked: the hook `social_care_identity_sources`, open to apps.

The hook's value is a list of paths of `Connector` objects (or of functions that return one). A connector knows one way of
asking and nothing of our tables: what becomes of an answer is decided by `judging` and `storing` alone.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import getdate, nowdate

from social_care.registry.verification import SOURCE, VerificationError

HOOK = "social_care_identity_sources"


@dataclass(frozen=True)
class Question:
	"""What is asked about one person. `key` and `check` come back with the answer; `values` are those that the source's
	fields let out, by fieldname, as plain texts."""

	key: str
	check: str
	national_number: str
	values: dict[str, str]


@dataclass
class Answer:
	"""What came back: raw cells by column (`key`, `check`, `national_number`, `result`, the fields, `death_date`), as the
	source wrote them. `number` is the row in the file, or the place in the answer."""

	number: int
	cells: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Connector:
	"""One way of asking. `kind` is stored with the source and unique in the bench; `title` its English text, translated when
	shown. `prepare` makes of questions what is sent; `ask` sends it under a key that is the same when it is sent again,
	and gives what came back, or raises SourceError; `read` makes answers of that. Without `ask` a file goes and comes."""

	kind: str
	title: str
	prepare: Callable[[Document, list[Question]], Any]
	read: Callable[[Any], Iterable[Answer]]
	ask: Callable[[Document, Any, str], Any] | None = None


class SourceError(Exception):
	"""A registry was not reached, or did not answer as agreed. The text is shown to the user: it holds no secret, no address
	and nothing of what was sent."""


def connectors() -> dict[str, Connector]:
	"""Those of all apps, by kind."""
	found = [frappe.get_attr(path) for path in frappe.get_hooks(HOOK)]
	made = [each if isinstance(each, Connector) else each() for each in found]
	return {connector.kind: connector for connector in made}


def connector_of(source: Document) -> Connector:
	"""The source's way of asking. Raises VerificationError where no app brings it any more."""
	found = connectors().get(source.connector)
	if not found:
		frappe.throw(
			_("No app of this site knows the way of asking «{0}».").format(_(source.connector)),
			VerificationError,
			title=_("Verification of Identity"),
		)
	return found


def in_force(name: str) -> Document:
	"""A source that may be asked today. Raises VerificationError for any other."""
	source, today = frappe.get_doc(SOURCE, name), getdate(nowdate())
	begins, ends = getdate(source.valid_from), getdate(source.valid_to) if source.valid_to else today
	if not begins <= today <= ends:
		frappe.throw(
			_("This source is not in force today."), VerificationError, title=_("Verification of Identity")
		)
	return source
