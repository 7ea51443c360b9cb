"""Pictures, fonts and style sheets of a print, from this site's disk and nowhere else.

The answer to anything in doubt is None: another host, another kind of file, a path that leaves its folder,
a private file that the session's user may not read.
"""

import mimetypes
import os
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

import frappe
from frappe.permissions import has_controller_permissions

from social_care.printing.job import ORIGIN, Resource

MAX_BYTES = 20 * 1024 * 1024
KINDS = ("image/", "font/", "text/css")
FONTS = {".woff": "font/woff", ".woff2": "font/woff2", ".ttf": "font/ttf", ".otf": "font/otf"}


def resolve(url: str) -> Resource | None:
	"""The content behind an absolute URL of a print, or None."""
	parts = urlsplit(url)
	path = unquote(parts.path)
	mime = _kind(path)
	if parts.scheme not in ("http", "https") or parts.hostname not in _own_hosts() or not mime:
		return None
	if "\0" in path or "\\" in path or ".." in path.split("/"):
		return None
	if path.startswith("/assets/"):
		return _read(Path(frappe.local.sites_path, path.lstrip("/")), mime)
	if path.startswith("/files/"):
		return _read_inside(_folder("public"), path.removeprefix("/files/"), mime)
	if path.startswith("/private/files/") and mime.startswith("image/"):
		name = parse_qs(parts.query).get("fid", [None])[0]
		if may_read(path, name):
			return _read_inside(_folder("private"), path.removeprefix("/private/files/"), mime)
	return None


def may_read(file_url: str, name: str | None = None) -> bool:
	"""Whether the session's user may read a File with this URL (of this name, if given), by Frappe's rule for
	downloads and every app's `has_permission` hook."""
	filters = {"file_url": file_url, **({"name": name} if name else {})}
	# All rows are wanted: each is then asked for its own permission.
	for found in frappe.get_all("File", filters=filters, pluck="name", order_by="creation"):
		file = frappe.get_doc("File", found)
		if _readable(file):
			return True
	return False


def _readable(file) -> bool:
	try:
		return bool(file.is_downloadable()) and has_controller_permissions(file, "read") is not False
	except (frappe.PermissionError, frappe.DoesNotExistError):
		frappe.clear_last_message()
		return False


def _own_hosts() -> set[str | None]:
	"""Names under which a print may speak of this site."""
	hosts = {urlsplit(ORIGIN).hostname, frappe.local.site, urlsplit(frappe.utils.get_url()).hostname}
	if getattr(frappe.local, "request", None):
		hosts.add(urlsplit(f"//{frappe.local.request.host}").hostname)
	return hosts


def _kind(path: str) -> str | None:
	extension = os.path.splitext(path)[1].lower()
	mime = FONTS.get(extension) or mimetypes.guess_type(f"x{extension}")[0]
	return mime if mime and mime.startswith(KINDS) else None


def _folder(visibility: str) -> Path:
	return Path(frappe.get_site_path(visibility, "files"))


def _read_inside(folder: Path, relative: str, mime: str) -> Resource | None:
	"""The file, if it really lies in `folder`, links followed."""
	file = (folder / relative).resolve()
	return _read(file, mime) if file.is_relative_to(folder.resolve()) else None


def _read(file: Path, mime: str) -> Resource | None:
	if not file.is_file() or file.stat().st_size > MAX_BYTES:
		return None
	return Resource(file.read_bytes(), mime)
