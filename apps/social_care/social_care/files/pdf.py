"""A PDF, and whether it brings programs: scripts that a reader runs, calls of other programs, film and sound with them."""

import re
import zlib

STREAM = re.compile(rb"stream\r?\n.*?endstream", re.S)
OBJECTS = re.compile(
	rb"/ObjStm\b[^>]*>>\s*stream\r?\n(.*?)endstream", re.S
)  # objects that are packed together
ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")
PROGRAMS = re.compile(rb"/(JavaScript|JS|Launch|RichMedia)(?![A-Za-z0-9])")
MOST = 20 * 1024 * 1024  # bytes that packed objects are opened to, all together


def is_pdf(data: bytes) -> bool:
	"""Whether the bytes are a PDF without programs."""
	whole = data.startswith(b"%PDF-") and b"%%EOF" in data[-2048:]
	return whole and not has_program(data)


def has_program(data: bytes) -> bool:
	"""Names of programs outside of streams, however they are spelled, and in objects that are packed."""
	parts = [STREAM.sub(b" ", data), *_packed(data)]
	return any(PROGRAMS.search(_spelled(part)) for part in parts)


def _spelled(part: bytes) -> bytes:
	"""«/J#61vaScript» as «/JavaScript»."""
	return ESCAPED.sub(lambda found: bytes([int(found[1], 16)]), part)


def _packed(data: bytes) -> list[bytes]:
	found, left = [], MOST
	for packed in OBJECTS.findall(data):
		try:
			part = zlib.decompressobj().decompress(packed, left)
		except zlib.error:
			continue  # packed in another way; readers of today pack so
		found.append(part)
		left -= len(part)
		if left <= 0:
			break
	return found
