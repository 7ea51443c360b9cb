"""Texts of the framework (pages, JSON) leave compressed where the browser takes gzip; built assets lie compressed already.

Compression tells an attacker who can make a browser ask many times, and see how long each answer is, what a secret beside
his own words is (BREACH). As in other frameworks each answer therefore bears a random name of random length.
"""

import gzip
import io
import re
import secrets
from collections.abc import Callable, Iterable

from werkzeug.http import parse_accept_header
from werkzeug.wrappers import Response

KINDS = re.compile(r"(text/|image/svg|application/(json|javascript|xml|[\w.-]+\+(json|xml))$)")
SHORTEST = 1000  # bytes; what is shorter does not get smaller
LEVEL = 5
LONGEST_NAME = 100
WHOLE = (200, 201, 400, 401, 403, 404, 409, 417, 429, 500)

Wsgi = Callable[[dict, Callable], Iterable[bytes]]


def compressed(application: Wsgi) -> Wsgi:
	"""The application with its texts compressed for who asks for it."""

	def answer(environ: dict, start_response: Callable) -> Iterable[bytes]:
		response = Response.from_app(application, environ)
		if is_text(response):
			response.vary.add("Accept-Encoding")
			if takes_gzip(environ) and (response.content_length or 0) >= SHORTEST:
				response.set_data(gzipped(response.get_data()))
				response.headers["Content-Encoding"] = "gzip"
		return response(environ, start_response)

	return answer


def is_text(response: Response) -> bool:
	"""Whether the answer is a whole text of known length that nobody compressed before."""
	return (
		response.status_code in WHOLE
		and "Content-Encoding" not in response.headers
		and bool(KINDS.match(response.mimetype or ""))
	)


def takes_gzip(environ: dict) -> bool:
	"""Whether the client takes gzip, and did not ask for the head alone."""
	accepted = parse_accept_header(environ.get("HTTP_ACCEPT_ENCODING", ""))
	return environ.get("REQUEST_METHOD") != "HEAD" and accepted["gzip"] > 0


def gzipped(data: bytes) -> bytes:
	"""The data as a gzip file with a random name."""
	stream = io.BytesIO()
	name = "x" * secrets.randbelow(LONGEST_NAME)
	with gzip.GzipFile(name, "wb", LEVEL, stream, mtime=0) as file:
		file.write(data)
	return stream.getvalue()
