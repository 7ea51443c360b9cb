"""What an answer gives away: in its text, bytes, headers, in a PDF, in an archive or a workbook."""

import io
import re
import zipfile

from pypdf import PdfReader

from security.sweep.people import Answer


def contents(answer: Answer) -> bytes:
	"""Everything that can be read in an answer."""
	parts = [answer.headers.encode(), answer.body]
	if answer.body[:2] == b"PK":
		parts += unzipped(answer.body)
	elif b"%PDF" in answer.body[:1024]:
		parts.append(text_of_pdf(answer.body))
	return b"\n".join(parts)


def unzipped(body: bytes) -> list[bytes]:
	"""Names and contents of the members of an archive (a workbook is one)."""
	with zipfile.ZipFile(io.BytesIO(body)) as archive:
		return [part for name in archive.namelist() for part in (name.encode(), archive.read(name))]


def text_of_pdf(body: bytes) -> bytes:
	"""The text of every page."""
	return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(body)).pages).encode()


def marks_in(answer: Answer, pattern: re.Pattern[bytes]) -> set[str]:
	"""Everything in an answer that looks like a mark."""
	return {found.decode() for found in pattern.findall(contents(answer))}


def around(answer: Answer, text: str) -> str:
	"""The piece of an answer in which a mark stands, for whoever has to find out why."""
	whole = contents(answer).decode(errors="replace")
	place = max(whole.find(text), 0)
	return whole[max(place - 90, 0) : place + 40]
