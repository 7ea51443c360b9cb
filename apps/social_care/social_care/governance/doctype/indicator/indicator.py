from frappe import _
from frappe.model.document import Document
from frappe.utils import cint

from social_care import system_fields
from social_care.governance.indicators import declared, keeping, public, run
from social_care.governance.indicators.computations import named
from social_care.governance.indicators.declared import refuse
from social_care.registry.quality import conditions

# What makes another indicator of it, whose values are not to be compared with the earlier ones.
DEFINITION = (
	*("kind", "computation_name", "record_type", "aggregate", "value_field", "counted", "date_field"),
	*("unit", "frequency"),
)


class Indicator(Document):
	"""What is measured, as data: meaning, definition, target, who answers for it (docs/indicators.md)."""

	def validate(self) -> None:
		system_fields.keep(self)
		if self.kind == keeping.BY_CONDITIONS:
			self.check_conditions()
		if self.kind == keeping.NAMED:
			self.check_name()
		if self.kind == keeping.NOT_YET and not self.missing:
			refuse(_("Say what is missing before the indicator can be measured."))
		self.set_state()
		self.count_version()
		self.check_public()

	def on_update(self) -> None:
		public.forget()
		if not self.flags.seeding and self.state == "Measured" and not self.disabled:
			run.enqueue(run.request(run.CHANGED, self.name))

	def check_conditions(self) -> None:
		"""The records can be counted, and every field that is named is one of theirs."""
		declared.check_type(self.record_type)
		for rows in (self.base_conditions, self.conditions):
			conditions.check_rows(self.record_type, declared.rows_of(rows))
		declared.check_date(self)
		declared.check_value(self)
		declared.check_dimensions(self)

	def check_name(self) -> None:
		"""A name may wait for the app that brings it; a new choice has to be there."""
		if self.computation_name in named() or self.flags.seeding:
			return
		if self.is_new() or self.has_value_changed("computation_name"):
			refuse(_("No app on this site brings this computation: {0}.").format(self.computation_name or ""))

	def check_public(self) -> None:
		if self.is_public and self.level:
			refuse(_("It looks at protected fields of files, so it is not shown in public."))
		if self.is_public and public.sums_people(self):
			refuse(_("A sum does not tell of how many people it is, so it is not shown in public."))

	def set_state(self) -> None:
		how = keeping.computation_of(self)
		self.state = "Measured" if how else "Not Yet Measurable"
		self.level = how.level if how else 0

	def count_version(self) -> None:
		before = self.get_doc_before_save()
		self.version = cint(before.version if before else 0) or 1
		if before and self.is_redefined(before):
			self.version += 1

	def is_redefined(self, before: Document) -> bool:
		tables = ("base_conditions", "conditions")
		return any(self.get(field) != before.get(field) for field in DEFINITION) or any(
			declared.rows_of(self.get(table)) != declared.rows_of(before.get(table)) for table in tables
		)
