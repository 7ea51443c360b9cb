import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import cint, getdate, nowdate

from social_care import system_fields
from social_care.organisation.readiness import places


class ReadinessSurveyError(frappe.ValidationError):
	"""Numbers of a survey that cannot be, or a second survey of one day."""


class ReadinessSurvey(Document):
	"""What a unit or an institution has to work with the system: computers, network, accounts, trained users, on a day."""

	def validate(self) -> None:
		system_fields.keep(self)
		places.set_place(self)
		self.check_numbers()
		self.check_only_one()
		self.judge()

	def on_update(self) -> None:
		self.tell_institution()

	def check_numbers(self) -> None:
		"""No day to come, and no more computers that work than there are."""
		if getdate(self.surveyed_on) > getdate(nowdate()):
			self._refuse(_("The day of the survey lies in the future."))
		if cint(self.working_computers) > cint(self.computers):
			self._refuse(_("More computers work than there are."))

	def check_only_one(self) -> None:
		"""One survey of a place a day; the unit's row is locked meanwhile."""
		frappe.db.get_value("Org Unit", self.org_unit, "name", for_update=True)
		same = {"org_unit": self.org_unit, "surveyed_on": self.surveyed_on, "name": ["!=", self.name or ""]}
		same["institution"] = self.institution or ["is", "not set"]
		if frappe.db.exists("Readiness Survey", same):
			self._refuse(_("There is a survey of this place and day already."))

	def judge(self) -> None:
		"""Whether the place is fully mechanised by the measures of the settings, and what it lacks."""
		self.accounts = places.accounts(self.institution, self.org_unit)
		lacking = [label for label, is_there in self.measures() if not is_there]
		self.is_ready, self.missing = int(not lacking), "\n".join(lacking)

	def measures(self) -> list[tuple[str, bool]]:
		"""What a mechanised place has: its English name, and whether it is there."""
		needed = max(1, cint(frappe.get_cached_doc("Social Care Settings").readiness_computers))
		return [
			("Working Computers", cint(self.working_computers) >= needed),
			("Internet", bool(self.has_internet)),
			("Accounts in Use", cint(self.accounts) > 0),
			("Trained Users", cint(self.trained_users) > 0),
		]

	def tell_institution(self) -> None:
		"""The newest survey says what the institution's own record tells of its equipment."""
		newer = {"institution": self.institution, "surveyed_on": [">", self.surveyed_on]}
		if self.institution and not frappe.db.exists("Readiness Survey", newer):
			fields = ("computers", "working_computers", "has_internet", "has_printer")
			frappe.db.set_value(
				"Institution", self.institution, {field: cint(self.get(field)) for field in fields}
			)

	def _refuse(self, sentence: str) -> None:
		frappe.throw(sentence, ReadinessSurveyError, title=_("Readiness Survey"))
