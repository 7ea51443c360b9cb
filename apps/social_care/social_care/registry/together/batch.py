"""What documents of one transaction write, collected, and written set by set."""

from collections.abc import Callable, Iterator
from typing import Any

import frappe
from frappe.model.document import Document
from frappe.model.naming import NamingSeries, getseries, is_autoincremented, parse_naming_series, set_new_name
from frappe.permissions import get_user_permissions
from frappe.utils import cint, cstr, now

from social_care import compat, permissions
from social_care.registry import duplicates
from social_care.registry.case_work import due, records
from social_care.registry.quality import events as quality
from social_care.registry.together import reading
from social_care.registry.together.documents import kind_of, links_of, shape
from social_care.registry.together.handlers import collected, handlers_of, unknown
from social_care.registry.together.statements import changes, insert_rows, next_numbers, update_rows
from social_care.workflow_actions import ActionsTogether

TABLES = ("Child", "Person", "Placement")
DATABASE = {"convert_dates_to_str": True, "ignore_virtual": True}


class Batch:
	"""Documents that are saved together, in the order of their `save()` and `insert()`.

	Each document is a whole: `begin` before it, `drop` when its rules refuse it, which forgets what it would have
	written. `write` puts everything down; before it nothing is in the tables but the numbers of naming series.
	"""

	def __init__(self) -> None:
		self.collected = collected(self) | {"social_care.permissions.check_links": self.check_links}
		self.actions = ActionsTogether(self)
		self.stored: dict[tuple[str, str], Document] = {}
		self.known: dict[tuple, Any] = {}
		self.places: dict[str, dict] = {}
		self.journal: list[tuple[str, Any]] = []
		self.begun = 0
		self.new: set[tuple[str, str]] = set()
		self.numbers: dict[str, int] = {}
		self.saving = list(frappe.flags.currently_saving or [])

	@classmethod
	def if_possible(cls) -> "Batch | None":
		"""A batch, unless saving sets something in motion that has to find each row in its table."""
		batch = cls()
		alone = frappe.session.user != "Administrator" and get_user_permissions(frappe.session.user)
		return None if alone or batch.unknown() else batch

	def unknown(self) -> list[str]:
		"""What has to find each row in its table."""
		return unknown(TABLES, set(self.collected))

	# documents

	def read(self, doctype: str, names: list[str]) -> dict[str, Document]:
		"""Stored documents by name, locked, with their tables; one query a table."""
		found = reading.read(doctype, names, self._kind(doctype), for_update=True)
		for name, doc in found.items():
			doc.flags.batch = self
			self.stored[doctype, name] = doc
		return found

	def document(self, doctype: str, name: str | None = None) -> Document:
		"""A stored document, or a new one with the form's first values."""
		if not name:
			doc = frappe.new_doc(doctype)
			doc.__class__ = self._kind(doctype)
			doc.flags.batch = self
			return doc
		if (doctype, name) not in self.stored:
			self.read(doctype, [name])
		return self.stored[doctype, name]

	def handlers(self, doctype: str, event: str) -> list[Callable]:
		"""What is called at an event, in the framework's order."""
		return self.once(
			("handlers", doctype, event),
			lambda: [
				self.collected.get(name) or frappe.get_attr(name) for name in handlers_of(doctype, event)
			],
		)

	def _kind(self, doctype: str) -> type[Document]:
		return self.once(("kind", doctype), lambda: kind_of(doctype))

	def has(self, doctype: str, name: str) -> bool:
		"""Whether the row is a new one of this batch."""
		return (doctype, name) in self.new

	def once(self, key: tuple, ask: Callable[[], Any]) -> Any:
		"""The answer to a question that is asked once in a batch. A refusal is not remembered."""
		if key not in self.known:
			self.known[key] = ask()
		return self.known[key]

	def begin(self) -> None:
		"""What follows belongs to one document and what is saved with it."""
		self.begun = len(self.journal)

	def drop(self) -> None:
		"""Forget what was collected since `begin`."""
		for kind, what in reversed(self.journal[self.begun :]):
			if kind == "insert":
				self.new.discard((what[0], what[1]["name"]))
			elif kind == "number":
				self.numbers[what] -= 1
		del self.journal[self.begun :]
		self.stored.clear()  # what the refused document has changed in memory

	def note(self, kind: str, what: Any) -> None:
		self.journal.append((kind, what))

	def noted(self, kind: str) -> Iterator[Any]:
		return (what for each, what in self.journal if each == kind)

	# what documents write

	def insert(self, doc: Document) -> None:
		"""As the framework inserts a row, which names and dates one that is not yet."""
		if not doc.name:
			set_new_name(doc)
		if not doc.creation:
			doc.creation = doc.modified = now()
			doc.modified_by = frappe.session.user
		self.new.add((doc.doctype, doc.name))
		self.note("insert", (doc.doctype, dict(doc.get_valid_dict(**DATABASE))))
		doc.set("__islocal", False)

	def update(self, doc: Document) -> None:
		after = dict(doc.get_valid_dict(**DATABASE))
		self.note("update", (doc.doctype, cstr(after.pop("name")), after, doc.flags.stored))

	def save_table(self, doc: Document, fieldname: str) -> bool:
		"""Rows of a table, where none was taken away; False where the framework has to do it."""
		before = {row.name: row for row in doc.get_doc_before_save().get(fieldname)}
		rows = doc.get(fieldname)
		if before.keys() - {row.name for row in rows}:
			return False
		for row in rows:
			values = dict(row.get_valid_dict(**DATABASE))
			if row.name not in before:
				self.note("insert", (row.doctype, values))
				row.set("__islocal", False)
			else:
				stored = next(old for old in doc.flags.stored[fieldname] if old["name"] == row.name)
				self.note("update", (row.doctype, cstr(values.pop("name")), values, stored))
		return True

	def keep_version(self, doc: Document) -> None:
		version = frappe.get_doc({"doctype": "Version", "__islocal": 1, "docstatus": 0, "idx": 0})
		if version.update_version_info(doc.get_doc_before_save(), doc):
			self.note("version", version)

	def forget(self, doc: Document) -> None:
		self.note("cache", (doc.doctype, doc.name))

	def number(self, doc: Document) -> str:
		"""The next name of a naming series; the series stays locked, and is counted on in memory."""
		if not doc.naming_series:
			doc.naming_series = doc.meta.get_field("naming_series").default
		key = f"{doc.naming_series}.#####"
		self.once(("series", key), NamingSeries(key).validate)
		return parse_naming_series(key.split("."), doc=doc, number_generator=self._next_number)

	def _next_number(self, prefix: str, digits: int) -> str:
		if prefix not in self.numbers:
			self.numbers[prefix] = cint(getseries(prefix, digits)) - 1
		self.numbers[prefix] += 1
		self.note("number", prefix)
		return f"{self.numbers[prefix]:0{digits}d}"

	# rules that ask or write other tables

	def check_links(self, doc: Document, method: str | None = None) -> None:
		"""The same links of new documents are asked once; stored ones that keep theirs are not asked."""
		before = doc.get_doc_before_save()
		if before and any(doc.is_changed(row) for row in doc.get_all_children()):
			permissions.check_links(doc, method)
		elif before:
			if links_of(before) != links_of(doc):
				permissions.check_links(doc, method)
		elif not doc.flags.ignore_permissions:
			links = ((field, row.get(field)) for row, field, _target in permissions.scoped_links(doc))
			self.once(("scope", doc.doctype, *links), lambda: permissions.check_links(doc, method))

	def attach_changed_files(self, doc: Document, method: str | None = None) -> None:
		"""Files are hung on the record when a field of files has changed."""
		from frappe.core.doctype.file.utils import attach_files_to_document

		before = doc.get_doc_before_save()
		fields = shape(doc.meta).files
		if any(doc.get(field) != (before.get(field) if before else None) for field in fields):
			attach_files_to_document(doc, method)

	def count_review_anew(self, placement: Document, _method: str | None = None) -> None:
		self.note("due", placement.child)

	def follow_name(self, child: Document, _method: str | None = None) -> None:
		if child.get_doc_before_save() and child.has_value_changed("full_name"):
			self.note("renamed", child.name)

	def look_again_at_record(self, doc: Document, _method: str | None = None) -> None:
		self.note("quality", quality.of_record(doc))

	def look_again_at_placement(self, placement: Document, _method: str | None = None) -> None:
		self.note("quality", quality.of_placement(placement))

	def receiving(self, institution: str, ask: Callable[[], dict]) -> dict:
		"""The answer of `ask` about an institution, whose `living` counts the children that this batch places there."""
		if institution not in self.places:
			self.places[institution] = ask()
		placed = sum(place == institution for place in self.noted("living"))
		self.note("living", institution)
		return frappe._dict(self.places[institution], living=self.places[institution]["living"] + placed)

	# writing

	def write(self) -> None:
		"""Put everything down."""
		self.actions.write()
		self._insert_all()
		self._update_all()
		self._write_versions()
		for prefix, current in self.numbers.items():
			frappe.db.sql("update `tabSeries` set `current` = %s where `name` = %s", (current, prefix))
		if children := sorted(set(self.noted("due"))):
			due.refresh(children)
		records.follow_names(list(self.noted("renamed")))
		clashing = list(self.noted("clash"))
		duplicates.open_clashes(clashing)
		duplicates.compare_later(clashing)
		quality.bring_up_to_date(self.noted("quality"))
		self._forget_all()
		self.journal = []

	def _insert_all(self) -> None:
		rows: dict[str, list[dict]] = {}
		for doctype, values in self.noted("insert"):
			rows.setdefault(doctype, []).append(values)
		for doctype, own in rows.items():
			insert_rows(doctype, own)

	def _update_all(self) -> None:
		rows: dict[str, dict[str, dict]] = {}
		for doctype, name, after, stored in self.noted("update"):
			rows.setdefault(doctype, {})[name] = changes(stored, after)  # of several updates the last
		for doctype, own in rows.items():
			update_rows(doctype, {name: changed for name, changed in own.items() if changed})

	def _write_versions(self) -> None:
		versions = list(self.noted("version"))
		counted = is_autoincremented("Version")
		names = next_numbers("Version", len(versions)) if counted else (hashed() for _version in versions)
		for version, name in zip(versions, names, strict=True):
			version.set_user_and_timestamp()
			version.name = name
		insert_rows("Version", [dict(version.get_valid_dict(**DATABASE)) for version in versions])

	def _forget_all(self) -> None:
		compat.forget_documents(list(self.noted("cache")))
		frappe.flags.currently_saving = self.saving


def hashed() -> str:
	"""A name as the framework gives it to rows that have no other."""
	return frappe.generate_hash(length=10)
