import secrets

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import now_datetime

from social_care import system_fields
from social_care.registry.arabic import join_name, normalise
from social_care.services.runtime import receipt_telephone
from social_care.services.runtime.telephones import phone_key

SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's: no I, L, O, U
LENGTH = 9
KEPT = (
	*("received_on", "received_by", "requests", "channel", "page_key", "secret_digest"),
	*receipt_telephone.SIGNED,
)


class ServiceReceipt(Document):
	"""One visit of one applicant, at a counter or on the public page, with all requests that he made in it."""

	def autoname(self) -> None:
		"""The year and nine random signs (45 bits): a number that nobody guesses or counts."""
		self.name = f"{now_datetime():%y}-{new_code()}"

	def before_insert(self) -> None:
		self.received_on = now_datetime()
		self.received_by = frappe.session.user
		self.requests = 0

	def validate(self) -> None:
		self.keep_system_fields()
		receipt_telephone.check(self)
		self.applicant_name = join_name(self.applicant_name)
		self.search_name = normalise(self.applicant_name or "")
		self.phone_key = phone_key(self.applicant_phone)

	def write_with_request(self) -> None:
		"""Store a new receipt of the request that is being saved, which is its first.

		Its values are the request's: links, place and texts were asked of that document just now and are not asked again.
		"""
		self.flags.with_request = True
		self.set_user_and_timestamp()
		self.set_new_name()
		self.before_insert()
		self.requests = 1
		self.validate()
		self._validate()
		self.db_insert()
		self.run_method("after_insert")

	def keep_system_fields(self) -> None:
		"""Put back what a client sent for how the receipt came, and for what follows it without an account."""
		if self.get_doc_before_save():
			system_fields.keep(self, KEPT)
		elif not self.flags.with_request:
			system_fields.keep(self, ("page_key", "secret_digest"))

	def on_trash(self) -> None:
		frappe.throw(_("A receipt is never deleted."), frappe.PermissionError, title=_("Not Deleted"))


def new_code() -> str:
	return "".join(secrets.choice(SIGNS) for _sign in range(LENGTH))
