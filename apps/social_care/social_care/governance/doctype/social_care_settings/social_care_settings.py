from itertools import pairwise

import frappe
from frappe import _
from frappe.model.document import Document

from social_care.accounts import second_factor
from social_care.governance.change_requests import rules as change_rules
from social_care.governance.indicators import public
from social_care.registry import follow_up
from social_care.registry.quality.conditions import several
from social_care.setup.desk import show_framework_workspaces


class SocialCareSettings(Document):
	"""What a decree or a minister's decision may change."""

	def validate(self) -> None:
		self.check_fields()
		self.check_change_rules()
		self.check_age_bands()
		self.check_follow_up_months()
		self.check_case_work()
		self.check_indicators()

	def on_update(self) -> None:
		public.forget()
		if self.has_value_changed("hide_framework_workspaces"):
			show_framework_workspaces(not self.hide_framework_workspaces)
		if self.has_value_changed("second_factor"):
			second_factor.switch(bool(self.second_factor))

	def check_fields(self) -> None:
		"""Field rules name fields of the child's file."""
		known = set(frappe.get_meta("Child").get_fieldnames_with_value())
		known |= {df.fieldname for df in frappe.get_meta("Child").get_table_fields()}
		for row in [*self.required_to_submit, *self.protected_fields, *self.confirmed_fields]:
			if row.field not in known:
				frappe.throw(_("{0} is no field of the child's file.").format(row.field), title=_("Settings"))

	def check_change_rules(self) -> None:
		"""A rule of requests names a plain field or a level, and somebody who decides."""
		meta = frappe.get_meta("Child")
		for row in self.change_rules:
			if bool(row.field) == bool(row.level) or not (row.directorate or row.headquarters):
				frappe.throw(
					_(
						"Row {0} of the fields changed by request: name a field or a level, and who decides."
					).format(row.idx),
					title=_("Settings"),
				)
			if row.field and not change_rules.fields_of(row, meta):
				frappe.throw(_("{0} cannot be changed by a request.").format(row.field), title=_("Settings"))

	def check_age_bands(self) -> None:
		"""Bands follow one another without gap or overlap."""
		bands = sorted(self.age_bands, key=lambda band: band.age_from)
		for band, following in pairwise(bands):
			if band.age_below != following.age_from:
				frappe.throw(
					_("The age bands leave a gap or overlap at {0} years.").format(band.age_below),
					title=_("Age Bands"),
				)

	def check_follow_up_months(self) -> None:
		"""Lists of months are whole numbers with commas between them."""
		for field in ("aftercare_follow_up_months", "reintegration_follow_up_months"):
			try:
				follow_up.parse_months(self.get(field))
			except ValueError:
				sentence = _("{0}: write months as whole numbers with commas, for example 1,3,6,12.")
				frappe.throw(sentence.format(_(self.meta.get_label(field))), title=_("Settings"))

	def check_case_work(self) -> None:
		"""A rule of case work begins once a day and has a period."""
		seen: set[tuple] = set()
		for row in self.case_work_rules:
			key = (row.rule, str(row.valid_from))
			if key in seen or not row.period:
				frappe.throw(
					_(
						"Row {0} of the periods of case work: give a period, and each rule only one a day."
					).format(row.idx),
					title=_("Case Work"),
				)
			seen.add(key)

	def check_indicators(self) -> None:
		"""Lists of indicators name those that there are."""
		for field in ("brief_indicators", "scorecard_indicators"):
			named = set(several(self.get(field)))
			known = set(frappe.get_all("Indicator", {"name": ["in", list(named) or [""]]}, pluck="name"))
			if gone := sorted(named - known):
				frappe.throw(_("There is no indicator {0}.").format(", ".join(gone)), title=_("Settings"))
