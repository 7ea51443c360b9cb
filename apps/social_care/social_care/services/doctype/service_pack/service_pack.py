import json

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.query_builder.functions import Max

from social_care import system_fields
from social_care.services.builder import form
from social_care.services.packs.definition import digest, faults_of

DRAFT = "Draft"
# what publishing writes, beside the form: status and makers of a version, and the records that it made
KEPT = ("status", "version", "artefacts", "published_by", "published_on", "publishing_note", "edited_by")


class PackFrozenError(frappe.ValidationError):
	"""A published version is not changed: requests run under it."""


class ServicePack(Document):
	"""One version of the configuration of a service. A draft may hold faults; a published one never changes.

	`definition` is all there is. The other fields and the tables of the form are a view of it.
	"""

	def autoname(self) -> None:
		self.version = next_version(self.service)

	def onload(self) -> None:
		form.show(self)

	def before_validate(self) -> None:
		self.keep_system_fields()
		form.take(self)

	def keep_system_fields(self) -> None:
		"""Put back what a client sent for them: they say what is published, who may publish, and what a version removes."""
		system_fields.keep(self, KEPT, but=() if self.get_doc_before_save() else ("status", "version"))
		if not self.get_doc_before_save():
			self.status = DRAFT

	def validate(self) -> None:
		self.read_definition()
		self.check_frozen()
		self.note_editor()

	def before_save(self) -> None:
		form.clear(self)

	def check_frozen(self) -> None:
		before = self.get_doc_before_save()
		if before and before.status != DRAFT and self.has_value_changed("definition_digest"):
			frappe.throw(
				_("A published version cannot be changed. Make a new version of it."),
				PackFrozenError,
				title=_("Service Pack"),
			)

	def read_definition(self) -> None:
		"""The definition is JSON; what the lists and the form show is taken from it."""
		pack = self.pack()
		if self.is_new():
			pack = {"format": 1, "code": self.service} | pack
		self.update(form.head_of(pack))
		self.pack_title = (self.title_ar or self.service)[:140]
		self.definition = json.dumps(pack, ensure_ascii=False, indent=1)
		self.definition_digest = digest(pack)

	def note_editor(self) -> None:
		"""Who wrote what stands here: another one publishes it, where the settings ask for four eyes."""
		if self.is_new() or self.has_value_changed("definition_digest"):
			self.edited_by = frappe.session.user

	def pack(self) -> dict:
		"""The definition as it is written. Raises where it is no JSON object."""
		try:
			pack = json.loads(self.definition or "{}")
		except json.JSONDecodeError as error:
			frappe.throw(
				_("The definition cannot be read: line {0}, column {1}.").format(error.lineno, error.colno),
				title=_("Service Pack"),
			)
		if not isinstance(pack, dict):
			frappe.throw(_("The definition has to be one JSON object."), title=_("Service Pack"))
		return pack

	def faults(self) -> list[str]:
		"""What is wrong with the definition, a line each, in the language of the session."""
		return [str(fault) for fault in faults_of(self.pack())]

	def on_trash(self) -> None:
		if self.status != DRAFT:
			frappe.throw(
				_("A published version is kept, because requests were handled under it."),
				PackFrozenError,
				title=_("Service Pack"),
			)


def next_version(service: str) -> int:
	"""The number of the next version of a service."""
	pack = frappe.qb.DocType("Service Pack")
	last = frappe.qb.from_(pack).select(Max(pack.version)).where(pack.service == service).run()
	return (last[0][0] or 0) + 1
