"""Work on finished PDFs: page sizes and numbers, headers and footers laid over, password, one writer for many."""

import io

from pypdf import PageObject, PdfReader, PdfWriter
from pypdf.generic import (
	ArrayObject,
	DecodedStreamObject,
	DictionaryObject,
	FloatObject,
	NameObject,
	StreamObject,
)

ARABIC_INDIC = "٠١٢٣٤٥٦٧٨٩"
LATIN = "0123456789"
STAMP = "/SocialCareStamp"


def numbers(count: int, digits: str = LATIN) -> list[str]:
	"""1 … count, written with the given ten digits."""
	table = str.maketrans(LATIN, digits)
	return [str(number).translate(table) for number in range(1, count + 1)]


def page_sizes(pdf: bytes) -> list[dict[str, float]]:
	"""Width and height of every page in points."""
	boxes = (page.mediabox for page in PdfReader(io.BytesIO(pdf)).pages)
	return [{"width": float(box.width), "height": float(box.height)} for box in boxes]


def merge(body: bytes, stamps: bytes) -> bytes:
	"""`body` with each page of `stamps` laid over its page; bookmarks, links and tags of `body` stay."""
	writer = PdfWriter(clone_from=io.BytesIO(body))
	for page, stamp in zip(writer.pages, PdfReader(io.BytesIO(stamps)).pages, strict=True):
		_lay_over(writer, page, stamp)
	return _bytes(writer)


def _lay_over(writer: PdfWriter, page: PageObject, stamp: PageObject) -> None:
	"""Draw `stamp` on `page` as one form, so that the page's own content is neither parsed nor rewritten."""
	resources = page.setdefault(NameObject("/Resources"), DictionaryObject()).get_object()
	forms = resources.setdefault(NameObject("/XObject"), DictionaryObject()).get_object()
	forms[NameObject(STAMP)] = writer._add_object(_form(writer, stamp))
	contents = page.raw_get("/Contents")
	parts = contents.get_object() if isinstance(contents.get_object(), ArrayObject) else [contents]
	before, after = _stream(b"q\n"), _stream(f"\nQ\nq {STAMP} Do Q\n".encode())
	page[NameObject("/Contents")] = ArrayObject(
		[writer._add_object(before), *parts, writer._add_object(after)]
	)


def _form(writer: PdfWriter, stamp: PageObject) -> StreamObject:
	form = _stream(stamp.get_contents().get_data()).flate_encode()
	form[NameObject("/Type")] = NameObject("/XObject")
	form[NameObject("/Subtype")] = NameObject("/Form")
	form[NameObject("/BBox")] = ArrayObject(FloatObject(value) for value in stamp.mediabox)
	form[NameObject("/Resources")] = stamp["/Resources"].clone(writer)
	return form


def _stream(data: bytes) -> DecodedStreamObject:
	stream = DecodedStreamObject()
	stream.set_data(data)
	return stream


def encrypt(pdf: bytes, password: str) -> bytes:
	"""`pdf`, to be opened with `password` only."""
	writer = PdfWriter(clone_from=io.BytesIO(pdf))
	writer.encrypt(password, algorithm="AES-256")
	return _bytes(writer)


def append(pdf: bytes, output: PdfWriter) -> PdfWriter:
	"""`output`, with the pages of `pdf` added to it."""
	output.append_pages_from_reader(PdfReader(io.BytesIO(pdf)))
	return output


def _bytes(writer: PdfWriter) -> bytes:
	stream = io.BytesIO()
	writer.write(stream)
	return stream.getvalue()
