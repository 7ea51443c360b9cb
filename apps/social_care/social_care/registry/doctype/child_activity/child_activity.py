from frappe import _

from social_care.registry.case_work.records import CaseRecord, check_day, refuse


class ChildActivity(CaseRecord):
	"""An activity or programme that a child takes part in, inside the institution or in the community."""

	def validate(self) -> None:
		self.keep_system_fields()
		if self.is_new() or self.has_value_changed("activity_date"):
			check_day(self, "activity_date")
		if (self.hours or 0) > 24:
			refuse(_("An activity of one day has at most 24 hours."), _("Child Activity"))
