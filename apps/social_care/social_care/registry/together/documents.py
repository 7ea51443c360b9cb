"""A document of a batch: its controller, with what it asks and writes row by row done for the batch."""

from collections.abc import Iterable
from dataclasses import dataclass

import frappe
from frappe.model.base_document import get_controller
from frappe.model.document import Document
from frappe.model.meta import Meta

from social_care.organisation.grants import request_cache

STAMPS = {"modified", "modified_by"}


class Together:
	"""In front of a controller class. `flags.batch` is the batch; without it the document writes for itself.

	`flags.stored` is the row as it was read, with its tables; a new document has none. Tables whose rows are as they were
	read are not written, so their rows keep their stamps.
	"""

	def load_doc_before_save(self, **options) -> None:
		if self.flags.stored:
			self._doc_before_save = type(self)(self.flags.stored)
		else:
			super().load_doc_before_save(**options)

	def check_permission(self, permtype: str = "read", permlevel=None) -> None:
		"""In a batch asked for all stored rows at once, by whoever has them read; of new ones once for the same links."""
		if not self.flags.batch or self.flags.ignore_permissions:
			super().check_permission(permtype, permlevel)
		elif not self.flags.stored:
			self.flags.batch.once(
				("right", self.doctype, permtype, *links_of(self)),
				lambda: super(Together, self).check_permission(permtype, permlevel),
			)

	def _validate_links(self) -> None:
		"""Links that are new, and those that other fields are fetched from; the same ones are looked up once."""
		if self.flags.ignore_links:
			return
		for row in (self, *self._changed_table_rows()):
			fetch_links(row, self)

	def _changed_table_rows(self) -> Iterable[Document]:
		return (row for row in self.get_all_children() if not self.flags.stored or self.is_changed(row))

	def is_changed(self, row: Document) -> bool:
		"""Whether a row of a table is new or holds other values than were read."""
		stored = next((old for old in self.flags.stored[row.parentfield] if old["name"] == row.name), None)
		return not stored or any(
			row.get(field) != value for field, value in stored.items() if field not in STAMPS
		)

	def has_other_rows(self, fieldname: str) -> bool:
		"""Whether a table has gained, lost or changed rows since it was read."""
		rows, stored = self.get(fieldname), self.flags.stored[fieldname]
		return len(rows) != len(stored) or any(self.is_changed(row) for row in rows)

	def update_child_table(self, fieldname: str, df=None) -> None:
		if self.flags.stored and not self.has_other_rows(fieldname):
			return
		if self.flags.batch and self.flags.batch.save_table(self, fieldname):
			return
		super().update_child_table(fieldname, df)

	def run_method(self, method: str, *args, **kwargs):
		"""The framework's, with the handlers whose work the batch collects called there."""
		if not (batch := self.flags.batch):
			return super().run_method(method, *args, **kwargs)
		own = getattr(self, method, None)
		found = own(*args, **kwargs) if callable(own) else None
		for handler in batch.handlers(self.doctype, method):
			handler(self, method, *args, **kwargs)
		return found

	def autoname(self) -> None:
		own = getattr(super(), "autoname", None)
		if own:
			own()
		elif self.flags.batch and (self.meta.autoname or "").startswith("naming_series:"):
			self.name = self.flags.batch.number(self)

	def db_insert(self, *args, **kwargs) -> None:
		if self.flags.batch:
			self.flags.batch.insert(self)
		else:
			super().db_insert(*args, **kwargs)

	def db_update(self) -> None:
		if self.flags.batch and self.flags.stored:
			self.flags.batch.update(self)
		else:
			super().db_update()

	def save_version(self) -> None:
		if not self.flags.batch:
			super().save_version()
		elif self.meta.track_changes and not self.flags.ignore_version and self._doc_before_save:
			self.flags.batch.keep_version(self)

	def clear_cache(self) -> None:
		if self.flags.batch:
			self.flags.batch.forget(self)
		else:
			super().clear_cache()


class SteadyMeta(Meta):
	"""A DocType that looks for the same fields once: nobody changes it while its documents are saved."""

	@classmethod
	def of(cls, doctype: str) -> "SteadyMeta":
		meta = cls.__new__(cls)
		meta.__dict__.update(frappe.get_meta(doctype).__dict__, _known={})
		return meta

	def get(self, key, filters=None, *args, **kwargs):
		if not isinstance(filters, dict):
			return super().get(key, filters, *args, **kwargs)
		asked = (key, repr(filters), args, *kwargs.items())
		if asked not in self._known:
			self._known[asked] = super().get(key, filters, *args, **kwargs)
		return self._known[asked]


def kind_of(doctype: str) -> type[Document]:
	"""The class of a document of a batch."""
	bases = (Together, get_controller(doctype))
	return type(f"Together{frappe.scrub(doctype)}", bases, {"meta": SteadyMeta.of(doctype)})


@dataclass(frozen=True)
class Shape:
	"""Fields of a DocType, looked for once a request."""

	links: tuple
	fetched: dict[str, list]
	files: tuple[str, ...]


def shape(meta) -> Shape:
	known = request_cache("social_care_shapes")
	if meta.name not in known:
		links = (*meta.get_link_fields(), *meta.get_dynamic_link_fields())
		fetched = {df.fieldname: meta.get_fields_to_fetch(df.fieldname) for df in links}
		files = [df.fieldname for df in meta.fields if df.fieldtype in ("Attach", "Attach Image")]
		known[meta.name] = Shape(links, fetched, tuple(files))
	return known[meta.name]


def links_of(row: Document) -> tuple[tuple[str, str], ...]:
	"""Its links that are set, with their values."""
	return tuple(
		(df.fieldname, row.get(df.fieldname)) for df in shape(row.meta).links if row.get(df.fieldname)
	)


def fetch_links(row: Document, doc: Document) -> None:
	"""Check new links of a row of `doc` as the framework does, and fetch what other fields take from linked rows."""
	batch, before = doc.flags.batch, _before(row, doc)
	asked = {}
	for df in shape(row.meta).links:
		value = row.get(df.fieldname)
		is_new = not before or before.get(df.fieldname) != value
		if not value or (batch and batch.has(df.options, value)):
			continue
		if is_new or shape(row.meta).fetched[df.fieldname]:
			asked |= {df.fieldname: value} | (
				{df.options: row.get(df.options)} if df.fieldtype != "Link" else {}
			)
	if asked:
		_look_up(row, asked, batch)


def _look_up(row: Document, asked: dict, batch) -> None:
	def ask() -> dict:
		probe = frappe.get_doc({"doctype": row.doctype, **asked})
		probe.update({key: row.get(key) for key in ("idx", "parentfield", "parenttype") if row.get(key)})
		probe._action = "save"
		Document._validate_links(probe)
		return {df.fieldname: probe.get(df.fieldname) for df in _fetched(row, asked)} | {
			field: probe.get(field) for field in asked
		}

	key = ("links", row.doctype, *asked.items())
	found = batch.once(key, ask) if batch else ask()
	kept = {df.fieldname for df in _fetched(row, asked) if df.fetch_if_empty and row.get(df.fieldname)}
	row.update({field: value for field, value in found.items() if field not in kept})


def _fetched(row: Document, asked: dict) -> list:
	return [df for field in asked for df in shape(row.meta).fetched.get(field, ())]


def _before(row: Document, doc: Document) -> Document | None:
	"""The row as it is stored. The document before saving is loaded before links are asked."""
	stored = doc.get_doc_before_save()
	if not stored or row is doc:
		return stored
	return next((old for old in stored.get(row.parentfield) if old.name == row.name), None)
