"""The framework's File, made to ask: whose content it gives out, where it hangs, what is written on the disk."""

import hashlib
from pathlib import Path

import frappe
from frappe import _
from frappe.core.doctype.file.file import File
from frappe.core.doctype.file.utils import decode_file_content, generate_file_name
from frappe.utils import call_hook_method, cint, get_hook_method

from social_care.files import contents, rights, sources
from social_care.files.names import clean_name

HANGING = ("attached_to_doctype", "attached_to_name", "attached_to_field")
# Values that only the server writes: deleting trusts the thumbnail, moving trusts the hash.
KEPT = ("thumbnail_url", "content_hash", "is_folder", "is_home_folder", "is_attachments_folder")


class ScopedFile(File):
	"""File whose content, list and row follow the record it hangs on, and which stays private and where it is."""

	def before_insert(self) -> None:
		self.file_name = clean_name(self.file_name) if self.file_name else None
		if not sources.is_trusted():
			self.update(dict.fromkeys(set(KEPT) - {"is_folder"}))
		if self.is_folder:
			super().before_insert()
			return
		sources.check_new(self)
		self.keep_private()  # before the content is written, because it decides into which folder
		if self.file_url:
			self.point_to_stored()
		else:
			super().before_insert()

	def point_to_stored(self) -> None:
		"""Another row of a file that is stored already."""
		self.set_folder_name()
		self.set_file_name()
		self.validate_attachment_limit()
		self.file_name = clean_name(self.file_name)
		self.content_hash = frappe.db.get_value("File", {"file_url": self.file_url}, "content_hash")
		self.content_hash = self.content_hash or address_hash(self.file_url)

	def keep_private(self) -> None:
		"""Private where the address, the record or another row of the address says so."""
		if (
			(self.file_url or "").startswith(sources.PRIVATE)
			and (self.is_new() or rights.scoped_rows(self.file_url))
		) or rights.on_scoped_type(self):
			self.is_private = 1

	def save_file(
		self,
		content: bytes | str | None = None,
		decode: bool = False,
		ignore_existing_file_check: bool = False,
		overwrite: bool = False,
	) -> dict | None:
		"""Check and write the content. Equal content of somebody else's is never joined to it."""
		data = content or self.get_content()
		data = decode_file_content(data) if decode else data
		data = data.encode() if isinstance(data, str) else data
		if overwrite:
			self.flags.original_content = self.get_content()
		self.is_private = cint(self.is_private)
		self._content = contents.checked(self.file_name, data)
		self.file_size = self.check_max_file_size()
		call_hook_method("before_write_file", file_size=self.file_size)
		if overwrite:
			return {"file_name": Path(self.write_file()).name, "file_url": self.file_url}
		self.file_name = generate_file_name(self.file_name, is_private=self.is_private)
		write = get_hook_method("write_file")
		return write(self) if write else self.save_file_on_filesystem()

	def save_file_on_filesystem(self) -> dict[str, str]:
		"""A private file lies under a name that tells nothing and cannot be guessed; users see the name they gave."""
		given = self.file_name
		if self.is_private:
			self.file_name = frappe.generate_hash(length=24) + Path(given).suffix.lower()
		try:
			return super().save_file_on_filesystem()
		finally:
			self.file_name = given
			self.content_hash = address_hash(self.file_url)

	def validate(self) -> None:
		self.file_name = clean_name(self.file_name)
		if not self.is_new():
			self.keep_what_the_server_wrote()
			self.check_move()
		self.keep_private()
		super().validate()

	def keep_what_the_server_wrote(self) -> None:
		"""Take back what a request says of the address and of the marks that deleting and moving trust."""
		before = self.get_doc_before_save()
		if before and not sources.is_trusted():
			self.update({field: before.get(field) for field in ("file_url", *KEPT)})

	def check_move(self) -> None:
		"""A stored file of a scoped row is not hung elsewhere: that would open it to whoever reads the other row."""
		before = self.get_doc_before_save()
		moved = before and any((before.get(field) or "") != (self.get(field) or "") for field in HANGING)
		if not moved or frappe.session.user == "Administrator":
			return
		if rights.on_scoped_type(before) or rights.on_scoped_type(self) or rights.scoped_rows(self.file_url):
			frappe.throw(
				_("A stored file cannot be moved to another record."),
				frappe.PermissionError,
				title=_("Attachment"),
			)
		sources.check_target(self)

	def is_downloadable(self) -> bool:
		return rights.may_read(self, frappe.session.user)

	def get_content(self, *args, **kwargs) -> bytes | str:
		if not self.get("content"):
			sources.check_reading(self)
		return super().get_content(*args, **kwargs)

	@frappe.whitelist()
	def optimize_file(self) -> None:
		"""The stored picture made smaller; what a request says of the row, or brings as its content, is not used."""
		self.reload()
		self.check_permission("write")
		super().optimize_file()

	def unzip(self) -> list[File]:
		self.check_permission("write")
		sources.check_reading(self)
		contents.check_archive(Path(self.get_full_path()).read_bytes())
		return super().unzip()

	def make_thumbnail(self, *args, **kwargs) -> str | None:
		"""Thumbnails lie among the public files, so only public files have one; nothing is fetched from elsewhere."""
		stored = sources.STORED.fullmatch(self.file_url or "")
		return super().make_thumbnail(*args, **kwargs) if stored and not self.is_private else None

	def add_comment_in_reference_doc(self, comment_type: str, text: str) -> None:
		"""The timeline of a protected record names no file: everybody who opens the record reads it."""
		if rights.on_scoped_type(self):
			text = _("A file was attached.") if comment_type == "Attachment" else _("A file was removed.")
		super().add_comment_in_reference_doc(comment_type, text)


def address_hash(file_url: str) -> str:
	"""Mark of the rows of one stored file; of the address, so that it says nothing of equal content elsewhere."""
	return hashlib.sha256(file_url.encode()).hexdigest()[:32]
