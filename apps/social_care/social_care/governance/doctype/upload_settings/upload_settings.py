import frappe
from frappe import _
from frappe.model.document import Document

# Kinds whose content is a program or a page: no administrator can allow them.
NEVER = {
	"html",
	"htm",
	"xhtml",
	"svg",
	"xml",
	"js",
	"mjs",
	"php",
	"exe",
	"msi",
	"bat",
	"cmd",
	"sh",
	"ps1",
	"jar",
}
NEVER |= {"docm", "xlsm", "xlsb", "pptm", "dotm", "xltm", "hta", "vbs", "swf", "lnk", "mht", "mhtml"}


class ForbiddenKindError(frappe.ValidationError):
	"""A kind of file that is never accepted."""


class UploadSettings(Document):
	"""Which files users may upload."""

	def validate(self) -> None:
		self.tidy_kinds()
		self.refuse_programs()

	def tidy_kinds(self) -> None:
		words = (self.allowed_file_extensions or "").replace(",", "\n").splitlines()
		kinds = [word.strip(" .").lower() for word in words if word.strip(" .")]
		self.allowed_file_extensions = "\n".join(dict.fromkeys(kinds))

	def refuse_programs(self) -> None:
		forbidden = sorted(NEVER & set(self.allowed_file_extensions.split("\n")))
		if forbidden:
			frappe.throw(
				_("Files of these kinds can run as programs and are never accepted: {0}").format(
					", ".join(forbidden)
				),
				ForbiddenKindError,
				title=_("Upload Settings"),
			)
