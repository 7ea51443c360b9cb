"""Marks in every column of every protected row of both directorates, found from the schema.

Rows are written straight into the database: a DocType made tomorrow needs nothing here. What is written is taken back
by `Planting.take_back`; the children themselves stay, as those of other tests.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

import frappe
from frappe.model.base_document import BaseDocument
from isolation.records import Stage, Victim, make_victim
from social_care.reading import triggers
from social_care.scope import is_ours, is_scoped
from social_care.tests import factories
from social_care.tests.places import Place

from security.sweep.marks import DATES, TEXTS, Marks, is_markable
from security.sweep.probes import LATER

SHARED = {"Institution", "Staff Assignment"}
# A row of these gives rights to somebody, or makes a process do something.
NOT_PLANTED = {
	"DocShare",
	"User Permission",
	"Document Share Key",
	"Webhook",
	"Auto Repeat",
	"Email Unsubscribe",
	"File",
}
NAME_OF = {
	"attached_to_doctype": "attached_to_name",
	"document_type": "document_name",
	"ref_doctype": "docname",
	"reference_doctype": "reference_name",
	"reference_type": "reference_name",
}


@dataclass
class Planting:
	"""What was planted, and how to take it back."""

	marks: Marks = field(default_factory=Marks)
	made: list[tuple[str, str]] = field(default_factory=list)
	changed: list[tuple[str, str, dict]] = field(default_factory=list)

	def plant(self, side: str, place: Place) -> None:
		"""Fill one directorate: of each kind a row that probes name, and a quiet one beside it."""
		victim = make_victim(place)
		self._known_rows(side, place, victim)
		self._quiet_rows(side, place, make_victim(place))
		for doctype in protected_doctypes():
			for quiet in (False, True)[len(self.marks.rows[side].get(doctype, [])) :]:
				self._raw(side, place, doctype, {}, quiet=quiet)
		for doctype in protected_doctypes():
			for name in list(self.marks.rows[side][doctype]):
				self._mark_row(side, place, doctype, name)
		for doctype in hanging_doctypes():
			self._hang(side, place, doctype, victim.child)
		self._versions(side, victim)
		self._search_index(side, victim)
		self._desk_columns(side, victim)

	def _quiet_rows(self, side: str, place: Place, victim: Victim) -> None:
		assignment = frappe.db.get_value("Staff Assignment", {"user": place.chief})
		self.marks.add_row(side, "Staff Assignment", assignment, quiet=True)
		for doctype in ("Child", "Person", "Family", "Placement"):
			self.marks.add_row(side, doctype, getattr(victim, doctype.lower()), quiet=True)

	def _known_rows(self, side: str, place: Place, victim: Victim) -> None:
		rows = {
			"Child": victim.child,
			"Person": victim.person,
			"Family": victim.family,
			"Placement": victim.placement,
			"Institution": place.institution,
			"Staff Assignment": frappe.db.get_value("Staff Assignment", {"user": place.officer}),
		}
		for doctype, name in rows.items():
			self.marks.add_row(side, doctype, name)

	def _raw(self, side: str, place: Place, doctype: str, values: dict, quiet: bool = False) -> str:
		"""A row with every required column filled, past its controller."""
		doc = frappe.new_doc(doctype)
		doc.name = self.marks.fresh("Int" if has_number_as_name(doctype) else "Data")
		for df in doc.meta.get("fields", {"fieldtype": ["in", ["Link", "Select", "Check", *DATES]]}):
			if not df.get("is_virtual"):
				doc.set(df.fieldname, self._plain_value(side, place, df))
		for df in parts_of_keys(doctype):
			number = len(self.made) + 1
			doc.set(
				df.fieldname,
				frappe.utils.add_days(frappe.utils.nowdate(), -number) if df.fieldtype in DATES else number,
			)
		doc.update({"owner": place.entry, "modified_by": place.entry} | values)
		self._insert(doc)
		self.made.append((doctype, doc.name))
		self.marks.add_row(side, doctype, str(doc.name), quiet)
		return doc.name

	def _insert(self, doc) -> None:
		"""Whatever its controller says; of a second row with the same links one link leads nowhere."""
		frappe.db.savepoint("planted")
		try:
			BaseDocument.db_insert(doc)
		except (frappe.UniqueValidationError, frappe.DuplicateEntryError):
			frappe.db.rollback(save_point="planted")
			link = next(df for df in reversed(columns_of_keys(doc.doctype)) if df.fieldtype == "Link")
			doc.set(link.fieldname, self.marks.fresh("Data"))
			BaseDocument.db_insert(doc)

	def _plain_value(self, side: str, place: Place, df):
		if df.fieldtype in DATES:
			return frappe.utils.nowdate()
		if df.fieldtype != "Link":
			return (df.options or "").strip().split("\n")[0] if df.fieldtype == "Select" else 0
		given = {"Org Unit": place.directorate, "User": place.entry, "Institution": place.institution}
		if df.options in given or self.marks.name(side, df.options):
			return given.get(df.options) or self.marks.name(side, df.options)
		return None if is_scoped(df.options) else frappe.db.get_value(df.options, {}, order_by="creation")

	def _mark_row(self, side: str, place: Place, doctype: str, name: str) -> None:
		meta = frappe.get_meta(doctype)
		self._mark_columns(side, doctype, name, doctype, 0, self._own_columns(meta))
		for table in meta.get_table_fields():
			rows = frappe.get_all(
				table.options, filters={"parent": name, "parentfield": table.fieldname}, pluck="name"
			)
			if not rows:
				where = {"parent": name, "parenttype": doctype, "parentfield": table.fieldname, "idx": 1}
				rows = [self._raw(side, place, table.options, where)]
			for row in rows:
				columns = frappe.get_meta(table.options).fields
				self._mark_columns(side, table.options, row, doctype, table.permlevel or 0, columns)

	def _own_columns(self, meta) -> list:
		key = (meta.autoname or "").removeprefix("field:")
		return [df for df in meta.fields if df.fieldname != key]

	def _mark_columns(
		self, side: str, doctype: str, name: str, parent: str, table_level: int, columns: list
	) -> None:
		shared = doctype in SHARED
		values = {}
		for df in columns:
			levels = {df.permlevel or 0, table_level}
			if df.fieldtype in ("Attach", "Attach Image"):
				values[df.fieldname] = self._file(side, parent, name, doctype, df, levels)
			elif is_markable(df, shared, table_level):
				values[df.fieldname] = self.marks.make(
					df.fieldtype, side, doctype, df.fieldname, parent, levels
				)
		self._write(doctype, name, values)

	def _write(self, doctype: str, name: str, values: dict) -> None:
		if values:
			old = frappe.db.get_value(doctype, name, list(values), as_dict=True)
			self.changed.append((doctype, name, dict(old)))
			frappe.db.set_value(doctype, name, values, update_modified=False)

	def _file(self, side: str, parent: str, name: str, doctype: str, df, levels: set[int]) -> str:
		"""A stored file in an Attach column: mark in its name and in its content, and its address is one."""
		owner = name if doctype == parent else frappe.db.get_value(doctype, name, "parent")
		make = self.marks.make
		content = (
			factories.image()
			+ make("Data", side, "File", f"content of {df.fieldname}", parent, levels).encode()
		)
		title = make("Data", side, "File", f"name of {df.fieldname}", parent, levels)
		where = {"attached_to_doctype": parent, "attached_to_name": owner, "attached_to_field": df.fieldname}
		file = factories.file(content, f"{title}.png", **where)
		self.marks.add_row(side, "File", file.name)
		if owner in self.marks.known:  # a quiet row's: no probe asks for it
			self.marks.add(file.file_url.rpartition("/")[2], side, "File", "file_url", parent, levels)
		else:
			self.marks.addresses[side].append(file.file_url)
		return file.file_url

	def _hang(self, side: str, place: Place, doctype: str, child: str) -> None:
		"""A row of the framework that hangs on the child: a comment, a task, a message."""
		meta = frappe.get_meta(doctype)
		pairs = {
			key: value for kind, name in pairs_of(meta) for key, value in ((kind, "Child"), (name, child))
		}
		row = self._raw(side, place, doctype, pairs)
		columns = [df for df in meta.fields if df.fieldname not in pairs and df.fieldtype in TEXTS]
		self._mark_columns(side, doctype, row, "Child", 0, columns)

	def _versions(self, side: str, victim: Victim) -> None:
		"""What versions say of each restricted column: the old and the new value."""
		changed = []
		for df in frappe.get_meta("Child").fields:
			if df.fieldtype in TEXTS and not df.get("is_virtual"):
				values = [
					self.marks.make("Data", side, "Version", df.fieldname, "Child", {df.permlevel or 0})
					for _ in "on"
				]
				changed.append([df.fieldname, *values])
		name = frappe.db.get_value("Version", {"docname": victim.child, "ref_doctype": "Child"})
		self._write("Version", name, {"data": frappe.as_json({"changed": changed})})

	def _search_index(self, side: str, victim: Victim) -> None:
		"""The child in the index of the global search, as if its type were searched."""
		mark = self.marks.make("Data", side, "__global_search", "content", "Child", {1})
		content = f"{mark} ||| {self.marks.of(side, 'Child', 'nickname')}"
		columns = "(`doctype`, `name`, `content`, `title`)"
		values = ("Child", victim.child, content, mark)
		frappe.db.sql(f"replace into `__global_search` {columns} values (%s, %s, %s, %s)", values)
		settings = "Global Search Settings"
		where = {"parent": settings, "parenttype": settings, "parentfield": "allowed_in_global_search"}
		row = frappe.get_doc({"doctype": "Global Search DocType", "document_type": "Child", **where})
		row.name = self.marks.fresh("Data")
		row.db_insert()
		self.made.append((row.doctype, row.name))
		frappe.cache.hdel("global_search", "search_priorities")

	def _desk_columns(self, side: str, victim: Victim) -> None:
		"""The columns that the desk keeps beside a row."""
		mark = self.marks.make("Data", side, "Child", "_user_tags", "Child", set())
		comment = self.marks.make("Data", side, "Child", "_comments", "Child", set())
		self._write(
			"Child",
			victim.child,
			{"_user_tags": f",{mark}", "_comments": frappe.as_json([{"comment": comment}])},
		)

	def take_back(self) -> None:
		"""Remove the rows that were only planted and put back what other tests use."""
		frappe.set_user("Administrator")
		for side in self.marks.rows.values():
			for name in side.get("File", []):
				frappe.delete_doc("File", name, force=True, ignore_missing=True)
		for doctype, name in reversed(self.made):
			frappe.db.delete(doctype, {"name": name})
		for doctype, name, values in reversed(self.changed):
			frappe.db.set_value(doctype, name, values, update_modified=False)
		frappe.delete_doc("DocType", LATER, force=True, ignore_missing=True)
		frappe.db.sql("delete from `__global_search` where `content` like %s", f"%zm{self.marks.run}%")
		frappe.db.commit()
		triggers.ensure()
		frappe.clear_cache()


def plant(stage: Stage) -> Planting:
	"""Plant both sides and commit."""
	planting = Planting()
	triggers.remove()  # rows of the read log are marked and taken back as all others
	make_later_doctype()
	try:
		for side in ("here", "there"):
			planting.plant(side, getattr(stage, side).place)
	except Exception:
		planting.take_back()
		raise
	frappe.set_user("Administrator")
	frappe.db.commit()
	return planting


def make_later_doctype() -> None:
	"""A DocType such as an administrator makes on the site, with a place on the map; it is protected from then on."""
	if frappe.db.exists("DocType", LATER):
		return
	roles = ("Institution Entry User", "Directorate Director", "Social Administration Manager")
	fields = [
		{"fieldname": "place_title", "fieldtype": "Data", "label": "Title"},
		{"fieldname": "institution", "fieldtype": "Link", "options": "Institution", "label": "Institution"},
		{"fieldname": "latitude", "fieldtype": "Float", "label": "Latitude"},
		{"fieldname": "longitude", "fieldtype": "Float", "label": "Longitude"},
	]
	rights = [{"role": role, "read": 1, "report": 1} for role in roles]
	made = {"doctype": "DocType", "name": LATER, "module": "Custom", "custom": 1, "autoname": "hash"}
	frappe.get_doc(made | {"fields": fields, "permissions": rights}).insert()


def protected_doctypes() -> list[str]:
	"""Every DocType of ours, and of apps that build on ours, whose rows belong to somebody."""
	kept = {"istable": 0, "issingle": 0, "is_virtual": 0}
	names = frappe.get_all("DocType", filters=kept, pluck="name", order_by="name")
	return [name for name in names if (is_ours(frappe.get_meta(name)) or is_custom(name)) and is_scoped(name)]


def has_number_as_name(doctype: str) -> bool:
	"""Whether rows of the DocType are counted by the database instead of named."""
	return "int" in frappe.db.sql(f"show columns from `tab{doctype}` like 'name'")[0][1]


def columns_of_keys(doctype: str) -> list:
	"""Fields that make a row one of its kind, together with other columns."""
	rows = frappe.db.sql(f"show index from `tab{doctype}` where Non_unique = 0", as_dict=True)
	return [df for row in rows if (df := frappe.get_meta(doctype).get_field(row.Column_name))]


def parts_of_keys(doctype: str) -> list:
	"""Whole numbers and days among them."""
	return [df for df in columns_of_keys(doctype) if df.fieldtype in ("Int", *DATES)]


def is_custom(doctype: str) -> bool:
	return bool(frappe.get_meta(doctype).custom)


def hanging_doctypes() -> list[str]:
	"""DocTypes of the framework whose rows hang on any record."""
	kept = {"istable": 0, "issingle": 0, "is_virtual": 0, "custom": 0}
	names = frappe.get_all("DocType", filters=kept, pluck="name", order_by="name")
	return [
		name
		for name in names
		if name not in NOT_PLANTED
		and not is_ours(frappe.get_meta(name))
		and any(pairs_of(frappe.get_meta(name)))
	]


def pairs_of(meta) -> Iterator[tuple[str, str]]:
	"""Columns that together point to a record: its DocType and its name."""
	kinds = {df.fieldname for df in meta.get_link_fields() if df.options == "DocType"}
	for df in meta.fields:
		if df.fieldtype == "Dynamic Link" and df.options in kinds:
			yield df.options, df.fieldname
	for kind in kinds & set(NAME_OF):
		named = meta.get_field(NAME_OF[kind])
		if named and named.fieldtype != "Dynamic Link":
			yield kind, named.fieldname
