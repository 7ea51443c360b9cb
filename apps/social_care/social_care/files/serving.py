"""How answers that carry a file reach the browser: never as a page of this site, and never kept by anybody between.

The engine's web process (and nginx, see docs/files.md) does the same for public files, which the framework never sees.
"""

import ast
import re
from urllib.parse import quote

from werkzeug.wrappers import Request, Response

PRIVATE = "/private/files/"
# Kinds that a browser shows without running anything; all others are saved.
SHOWN = {
	"pdf": "application/pdf",
	"png": "image/png",
	"jpg": "image/jpeg",
	"jpeg": "image/jpeg",
	"webp": "image/webp",
	"gif": "image/gif",
	"txt": "text/plain; charset=utf-8",
}
SANDBOX = "sandbox; default-src 'none'; style-src 'unsafe-inline'"
# Browsers show a PDF with a viewer of their own, which a sandbox switches off.
VIEWER = "script-src 'none'; frame-ancestors 'self'"


def protect(response: Response | None, request: Request) -> None:
	"""Hook after_request: headers of private files and of everything that is sent to be saved."""
	if response is None:
		return
	if request.path.startswith(PRIVATE):
		_as_file(response, request.path.rpartition(".")[2].lower())
	if request.path.startswith(PRIVATE) or "Content-Disposition" in response.headers:
		_mend_disposition(response)
		response.headers["X-Content-Type-Options"] = "nosniff"
		response.headers["Cache-Control"] = "private, no-store"
		response.headers.pop("ETag", None)
		response.headers.pop("Last-Modified", None)


def _as_file(response: Response, ending: str) -> None:
	if response.status_code >= 400:
		return
	shown = SHOWN.get(ending)
	response.headers["Content-Type"] = shown or "application/octet-stream"
	response.headers["Content-Security-Policy"] = VIEWER if ending == "pdf" else SANDBOX
	if not shown:
		response.headers["Content-Disposition"] = "attachment"


def _mend_disposition(response: Response) -> None:
	"""The framework gives this header as bytes, which newer versions of Werkzeug write as Python shows them."""
	value = response.headers.get("Content-Disposition", "")
	if not value.startswith(("b'", 'b"')):
		return
	text = ast.literal_eval(value).decode()
	kind, name = text.partition(";")[0].strip(), re.search(r'filename="?([^";]*)', text)
	if "=" in kind:
		kind = "inline" if response.mimetype == SHOWN["pdf"] else "attachment"
	response.headers.set("Content-Disposition", kind, **_names(name[1] if name else ""))


def _names(name: str) -> dict[str, str]:
	"""A name as browsers expect it: with its other letters encoded beside a plain one."""
	if not name or name.isascii():
		return {"filename": name} if name else {}
	ending = name.rpartition(".")[2]
	return {
		"filename": f"file.{ending}" if ending.isascii() else "file",
		"filename*": f"UTF-8''{quote(name)}",
	}
