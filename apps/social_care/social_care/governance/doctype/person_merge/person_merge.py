from frappe import _, throw
from frappe.model.document import Document

from social_care import system_fields


class PersonMerge(Document):
	"""Two Person rows made one: by whom, why, with what was written, and whether it was undone (registry/merging)."""

	def onload(self) -> None:
		from social_care.registry.merging.merge import may_decide, moved
		from social_care.registry.merging.review import of_merge

		told = {"moved": moved(self), "may_decide": may_decide(self), "rows": of_merge(self)}
		self.set_onload("social_care", told)

	def validate(self) -> None:
		if not self.flags.by_system:
			system_fields.keep(self)

	def on_trash(self) -> None:
		throw(_("A merge is never deleted."), title=_("Not Deleted"))
