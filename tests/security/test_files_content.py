"""S-53, S-78, S-98: what an upload may hold and be called, and that nothing is fetched from elsewhere."""

import base64
import io
import threading
import zipfile
import zlib
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import frappe
import pytest
from isolation.browser import Browser
from isolation.records import Stage
from PIL import Image
from social_care.files.names import clean_name

SCRIPT = b"<script>alert(1)</script>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"></svg>'
HTML = b"<!doctype html><html><body onload=alert(1)></body></html>"
MACRO = {"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<d/>", "word/vbaProject.bin": b"x"}
ENABLED = {
	"[Content_Types].xml": b'<Types ContentType="application/vnd.ms-word.document.macroEnabled.main+xml"/>',
	"word/document.xml": b"<d/>",
}
PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


def packed(parts: dict[str, bytes]) -> bytes:
	written = io.BytesIO()
	with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
		for name, content in parts.items():
			archive.writestr(name, content)
	return written.getvalue()


def packed_objects(content: bytes) -> bytes:
	"""Objects of a PDF as readers of today pack them."""
	return (
		b"3 0 obj<</Type/ObjStm/Filter/FlateDecode>>stream\n"
		+ zlib.compress(content)
		+ b"\nendstream endobj "
	)


def picture(kind: str = "PNG", size: tuple[int, int] = (8, 6), **options) -> bytes:
	written = io.BytesIO()
	Image.new("RGB", size, "red").save(written, kind, **options)
	return written.getvalue()


def located() -> bytes:
	"""A photograph that lies on its side and tells where it was taken."""
	exif = Image.Exif()
	exif[0x0112], exif[0x010F] = 6, "Camera of somebody"
	exif.get_ifd(0x8825)[2] = (30.0, 2.0, 39.0)
	return picture("JPEG", exif=exif)


@pytest.fixture
def entry(stage: Stage) -> Iterator[Browser]:
	"""An entry user; what he uploaded is removed again."""
	browser = stage.browser(stage.there.place.entry)
	known = set(frappe.get_all("File", filters={"owner": browser.user}, pluck="name"))
	yield browser
	frappe.db.rollback()
	for name in set(frappe.get_all("File", filters={"owner": browser.user}, pluck="name")) - known:
		frappe.delete_doc("File", name, force=True)
	frappe.db.commit()


REFUSED = {
	"page.html": HTML,
	"page.htm": HTML,
	"drawing.svg": SVG,
	"data.xml": b"<?xml version='1.0'?><x/>",
	"program.exe": b"MZ\x90\x00",
	"script.js": b"alert(1)",
	"no ending": b"text",
	"page.pdf": HTML,
	"page.pdf.html": PDF,
	"page.png": HTML,
	"drawing.png": SVG,
	"picture.png": picture("JPEG"),
	"picture.jpg": picture("PNG"),
	"tail.webp": picture("PNG"),
	"page.txt": HTML,
	"drawing.csv": SVG,
	"picture.txt": picture(),
	"program.txt": b"MZ\x00\x01\x02",
	"text.pdf": b"only text",
	"half.pdf": b"junk %PDF-1.4 %%EOF",
	"script.pdf": PDF.replace(b"<<>>endobj", b"<</S/JavaScript/JS(app.alert(1))>>endobj"),
	"spelled.pdf": PDF.replace(b"<<>>endobj", b"<</S/J#61vaScr#69pt>>endobj"),
	"launch.pdf": PDF.replace(b"<<>>endobj", b"<</S/Launch/F(cmd.exe)>>endobj"),
	"packed.pdf": PDF.replace(b"trailer", packed_objects(b"<</S/JavaScript/JS(1)>>") + b"trailer"),
	"text.docx": b"only text",
	"macro.docx": packed(MACRO),
	"enabled.docx": packed(ENABLED),
	"sheet.docx": packed({"[Content_Types].xml": b"<Types/>", "xl/workbook.xml": b"<w/>"}),
	"macro.docm": packed(MACRO),
	"basic.odt": packed(
		{"mimetype": b"application/vnd.oasis.opendocument.text", "Basic/Standard/x.xml": b"x"}
	),
	"sheet.odt": packed({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet"}),
	"archive.xlsx": packed({"readme.txt": b"x"}),
	"archive.zip": packed({"readme.txt": b"x"}),
}
ACCEPTED = {
	"paper.pdf": PDF,
	"scan.pdf": PDF.replace(b"trailer", b"2 0 obj<<>>stream\n/JS /JavaScript endstream endobj trailer"),
	"PAPER.PDF": PDF,
	"photo.jpg": picture("JPEG"),
	"photo.jpeg": picture("JPEG"),
	"photo.png": picture(),
	"photo.webp": picture("WEBP"),
	"text.docx": packed({"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<d/>"}),
	"sheet.xlsx": packed({"[Content_Types].xml": b"<Types/>", "xl/workbook.xml": b"<w/>"}),
	"text.odt": packed({"mimetype": b"application/vnd.oasis.opendocument.text"}),
	"sheet.ods": packed({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet"}),
	"أسماء.csv": "الاسم،العمر\nأحمد،7\n".encode(),
	"قديم.csv": "الاسم".encode("cp1256"),
	"wide.txt": "نص".encode("utf-16"),
}


class TestKinds:
	@pytest.mark.parametrize("name", REFUSED)
	def test_refused_in_every_place(self, entry: Browser, name: str) -> None:
		content = REFUSED[name]
		encoded = base64.b64encode(content).decode()
		row = {"doctype": "File", "file_name": name, "content": encoded, "decode": 1, "is_private": 1}
		answers = [
			entry.upload(content, name),
			entry.upload(content, name, is_private="0"),
			entry.post("/api/resource/File", row),
			entry.call("frappe.client.insert", doc=row),
		]
		assert [answer.status_code for answer in answers] == [417] * 4, [
			answer.text[:200] for answer in answers
		]
		assert "UnfitFileError" in answers[0].text

	@pytest.mark.parametrize("name", ACCEPTED)
	def test_accepted(self, entry: Browser, name: str) -> None:
		answer = entry.upload(ACCEPTED[name], name)
		assert answer.status_code == 200, answer.text[:300]
		assert entry.get(answer.json()["message"]["file_url"]).content == ACCEPTED[name]

	def test_the_administrators_choose_the_kinds_but_never_programs(self, entry: Browser) -> None:
		settings = frappe.get_doc("Upload Settings")
		before = settings.allowed_file_extensions
		try:
			settings.update({"allowed_file_extensions": "pdf\n .ZIP "}).save()
			frappe.db.commit()
			assert settings.allowed_file_extensions == "pdf\nzip"
			assert entry.upload(packed({"readme.txt": b"x"}), "archive.zip").status_code == 200
			assert entry.upload(b"text", "text.txt").status_code == 417
			with pytest.raises(frappe.ValidationError):
				settings.update({"allowed_file_extensions": "pdf\nsvg"}).save()
		finally:
			settings.reload()
			settings.update({"allowed_file_extensions": before}).save()
			frappe.db.commit()

	def test_only_administrators_change_the_settings(self, entry: Browser, citizen: Browser) -> None:
		for browser in (entry, citizen):
			answer = browser.put(
				"/api/resource/Upload Settings/Upload Settings", {"allowed_file_extensions": "exe"}
			)
			assert answer.status_code == 403

	def test_an_archive_is_unpacked_by_the_same_rules(self, entry: Browser) -> None:
		frappe.set_user(entry.user)
		try:
			values = {"doctype": "File", "file_name": "a.zip", "is_private": 1}
			bomb = packed({f"{number}.txt": bytes(40_000_000) for number in range(8)})
			file = frappe.get_doc(values | {"content": bomb}).insert()
			with pytest.raises(frappe.ValidationError):
				file.unzip()
		finally:
			frappe.set_user("Administrator")
			frappe.db.rollback()


class TestPictures:
	def test_the_camera_tells_nothing(self, entry: Browser) -> None:
		answer = entry.upload(located(), "photo.jpg").json()["message"]
		with Image.open(io.BytesIO(entry.get(answer["file_url"]).content)) as image:
			assert not image.getexif()
			assert image.size == (6, 8)  # turned as the camera meant it

	@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
	def test_other_formats_neither(self, entry: Browser, kind: str) -> None:
		exif = Image.Exif()
		exif[0x010F] = "Camera of somebody"
		answer = entry.upload(picture(kind, exif=exif), f"photo.{kind.lower()}").json()["message"]
		assert b"Camera of somebody" not in entry.get(answer["file_url"]).content

	def test_a_picture_of_too_many_pixels_is_refused_unopened(self, entry: Browser) -> None:
		answer = entry.upload(picture(size=(9000, 9000)), "large.png", optimize=1)
		assert answer.status_code == 417
		assert "UnfitFileError" in answer.text


class TestNames:
	UNSAFE = (
		"<img src=x onerror=alert(1)>.txt",
		"a/b\\c.txt",
		"50% ?x=1#y&z.txt",
		"تقرير\u202etxt.exe.txt",
		"quote\"and'tick`.txt",
		"line\r\nbreak\x00.txt",
		"." * 5 + ".txt",
		"ط" * 300 + ".txt",
	)

	@pytest.mark.parametrize("name", UNSAFE, ids=range(len(UNSAFE)))
	def test_stored_with_safe_characters(self, entry: Browser, name: str) -> None:
		row = entry.post("/api/resource/File", {"file_name": name, "content": "x", "is_private": 1}).json()[
			"data"
		]
		assert_safe(row["file_name"])
		entry.put(f"/api/resource/File/{row['name']}", {"file_name": name})
		entry.call(
			"frappe.client.set_value", doctype="File", name=row["name"], fieldname="file_name", value=name
		)
		frappe.db.rollback()
		assert_safe(frappe.db.get_value("File", row["name"], "file_name"))

	def test_a_public_name_too(self, entry: Browser) -> None:
		row = entry.post(
			"/api/resource/File", {"file_name": "<b>50%?#.txt", "content": "x", "is_private": 0}
		).json()["data"]
		assert_safe(row["file_name"])
		assert entry.get(row["file_url"]).text == "x"

	def test_ordinary_names_stay(self) -> None:
		for name in ("شهادة ميلاد (1).pdf", "report-2026_v2.xlsx", "a.b.c.txt"):
			assert clean_name(name) == name


def assert_safe(name: str) -> None:
	assert not set(name) & set("<>\"'`/\\?%#&\r\n\x00\u202e"), name
	assert name.endswith(".txt") and len(name.encode()) < 200 and not name.startswith(".")


class Inside(BaseHTTPRequestHandler):
	"""A server that only this machine reaches."""

	asked: list[str] = []

	def do_GET(self) -> None:
		self.asked.append(self.path)
		self.send_response(200)
		self.end_headers()
		self.wfile.write(picture())

	def log_message(self, *_arguments) -> None:
		pass


@pytest.fixture
def inside() -> Iterator[str]:
	"""The address of a picture on a server inside."""
	server = HTTPServer(("127.0.0.1", 0), Inside)
	threading.Thread(target=server.serve_forever, daemon=True).start()
	Inside.asked.clear()
	yield f"http://127.0.0.1:{server.server_port}/picture.png"
	server.shutdown()


class TestFetching:
	def test_a_file_of_another_server_is_no_file(self, entry: Browser, inside: str) -> None:
		values = {"file_url": inside, "file_name": "picture.png", "is_private": 1}
		answers = [
			entry.call("upload_file", **values),
			entry.post("/api/resource/File", values),
			entry.call("frappe.client.insert", doc={"doctype": "File", **values}),
			entry.call("upload_file", file_url=inside.replace("http", "HTTP"), is_private=0),
		]
		assert [answer.status_code for answer in answers] == [417] * 4, [
			answer.text[:200] for answer in answers
		]
		assert not frappe.db.exists("File", {"file_url": ["like", f"{inside}%"]})

	def test_nothing_is_fetched_for_a_row_that_says_so(self, entry: Browser, inside: str) -> None:
		row = entry.upload(picture(), "photo.png").json()["message"]
		entry.put(f"/api/resource/File/{row['name']}", {"file_url": inside, "thumbnail_url": inside})
		for method in ("optimize_file", "make_thumbnail", "get_content"):
			entry.call("run_doc_method", dt="File", dn=row["name"], method=method)
			entry.call("run_doc_method", method=method, docs={**row, "file_url": inside, "doctype": "File"})
		frappe.db.rollback()
		assert frappe.db.get_value("File", row["name"], "file_url") == row["file_url"]
		stored = frappe.get_doc("File", row["name"])
		stored.file_url = inside
		assert stored.make_thumbnail() is None
		assert Inside.asked == []

	def test_the_server_inside_would_have_been_asked(self, inside: str) -> None:
		"""What the framework does by itself; proves that the two tests above can fail."""
		from frappe.core.doctype.file.utils import get_web_image

		get_web_image(inside)
		assert Inside.asked == ["/picture.png"]


class TestServersOwnMarks:
	"""Deleting a file removes what its row calls its thumbnail; the hash says which rows share one file."""

	def test_deleting_ones_own_row_deletes_nothing_else(self, stage: Stage, entry: Browser) -> None:
		victim = frappe.get_doc("File", stage.here.names[4])
		row = entry.post(
			"/api/resource/File",
			{"file_name": "x.txt", "content": "x", "is_private": 1, "thumbnail_url": victim.file_url},
		).json()["data"]
		values = {
			"thumbnail_url": victim.file_url,
			"content_hash": victim.content_hash,
			"file_url": victim.file_url,
		}
		entry.put(f"/api/resource/File/{row['name']}", values)
		entry.put(f"/api/resource/File/{row['name']}", {"is_private": 0})
		assert entry.delete(f"/api/resource/File/{row['name']}").status_code == 202
		frappe.db.rollback()
		assert victim.exists_on_disk()
		assert frappe.db.get_value("File", victim.name, ["file_url", "is_private"]) == (victim.file_url, 1)

	def test_a_deleted_file_leaves_the_disk(self, entry: Browser) -> None:
		same = b"the same words in two files"
		rows = [entry.upload(same, "same.txt").json()["message"] for _number in range(2)]
		assert rows[0]["file_url"] != rows[1]["file_url"]
		frappe.db.rollback()
		files = [frappe.get_doc("File", row["name"]) for row in rows]
		assert entry.delete(f"/api/resource/File/{files[0].name}").status_code == 202
		assert not files[0].exists_on_disk()
		assert files[1].exists_on_disk()
