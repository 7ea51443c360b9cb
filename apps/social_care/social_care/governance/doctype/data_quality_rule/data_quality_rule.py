import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import getdate

from social_care import system_fields
from social_care.registry.quality import checks, conditions, rules, run
from social_care.registry.quality.conditions import refuse
from social_care.registry.quality.records import record_types

DATES = (
	"Date Is Not in the Future",
	"Date Has Not Passed",
	"Date Is Not Before Other Date",
	"Date Is Recent",
)


class DataQualityRule(Document):
	"""What is asked of records of one type, as data: whom it concerns, the check, and what the user is told (docs/data-quality.md)."""

	def validate(self) -> None:
		system_fields.keep(self)
		self.check_record_type()
		self.check_dates()
		conditions.check_rows(self.record_type, [row.as_dict() for row in self.conditions])
		self.check_parameters()
		self.check_weight()
		self.level = rules.level_of(self)

	def on_update(self) -> None:
		self.check_anew()

	def on_trash(self) -> None:
		frappe.db.delete("Data Quality Fault", {"rule": self.name})
		self.check_anew()

	def check_anew(self) -> None:
		"""All records are checked by the rules as they stand now; until that is done figures are counted anew."""
		rules.forget()
		if not self.flags.seeding:
			run.enqueue(run.request(run.CHANGED))

	def check_record_type(self) -> None:
		if self.record_type not in record_types():
			refuse(_("There are no rules for records of this type: {0}.").format(_(self.record_type)))

	def check_dates(self) -> None:
		if self.valid_from and self.valid_to and getdate(self.valid_to) < getdate(self.valid_from):
			refuse(_("The rule ends before it begins."))

	def check_parameters(self) -> None:
		"""What the check needs is there and is of the kind that it looks at."""
		if self.check == rules.NAMED:
			return self.check_named()
		df = conditions.check_field(self.record_type, self.field)
		if self.fix_field:
			conditions.check_field(self.record_type, self.fix_field)
		if self.check in DATES and df.fieldtype not in ("Date", "Datetime"):
			refuse(_("{0} is no date.").format(_(df.label)))
		if self.check in rules.NEEDS and not any(self.get(field) for field in rules.NEEDS[self.check]):
			labels = [_(self.meta.get_label(field)) for field in rules.NEEDS[self.check]]
			refuse(_("The check needs: {0}").format(frappe.utils.comma_or(labels, add_quotes=False)))
		self.check_compared(df)
		return None

	def check_named(self) -> None:
		known = checks.named().get(self.named_check)
		if not known or known.record_type != self.record_type:
			refuse(_("There is no such check of these records: {0}.").format(self.named_check or ""))

	def check_compared(self, df) -> None:
		"""The other date is a date, bounds are numbers, a field is not its own condition, a setting exists."""
		if self.check == "Date Is Not Before Other Date":
			other = conditions.check_field(self.record_type, self.other_field)
			if other.fieldtype not in ("Date", "Datetime"):
				refuse(_("{0} is no date.").format(_(other.label)))
		for bound in (self.lowest, self.highest):
			if bound and not _is_number(bound):
				refuse(_("{0} is no number.").format(bound))
		if self.check == rules.FILLED and self.field in {row.field for row in self.conditions}:
			refuse(_("{0} cannot be asked for and be a condition.").format(_(df.label)))
		if self.months_setting and not frappe.get_meta("Social Care Settings").get_field(self.months_setting):
			refuse(_("Social Care Settings has no field {0}.").format(self.months_setting))

	def check_weight(self) -> None:
		if self.weight and (self.check != rules.FILLED or self.record_type != "Child"):
			refuse(_("Only fields that a child's file is to have are weighed."))


def _is_number(text: str) -> bool:
	try:
		float(text)
	except ValueError:
		return False
	return True
