"""S-98 and the doors beside the file itself: how private files are sent, imports by address, what stands in forms."""

from collections.abc import Iterator

import frappe
import pytest
from isolation.browser import URL, Browser
from isolation.records import Stage
from social_care.files import serving
from social_care.tests import factories
from werkzeug.wrappers import Request, Response

PAGE = b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"


@pytest.fixture
def old_file(stage: Stage) -> Iterator:
	"""Makes files of any kind on `stage.there.child`, as they may lie there from before the rules for content."""
	made = []

	def make(name: str, content: bytes = PAGE):
		made.append(
			factories.file(content, name, attached_to_doctype="Child", attached_to_name=stage.there.child)
		)
		frappe.db.commit()
		return made[-1]

	frappe.set_user("Administrator")
	yield make
	frappe.db.rollback()
	for file in made:
		frappe.delete_doc("File", file.name, force=True)
	frappe.db.commit()


class TestHeaders:
	@pytest.mark.parametrize(
		"name", ["a.svg", "a.html", "a.HTM", "a.xml", "a.xhtml", "a.js", "a.csv", "a.docx"]
	)
	def test_what_could_be_a_page_is_saved(self, stage: Stage, old_file, name: str) -> None:
		browser, url = stage.browser(stage.there.place.entry), old_file(name).file_url
		for answer in (browser.get(url), browser.ask("download_file", file_url=url)):
			assert answer.content == PAGE
			assert answer.headers["Content-Disposition"].startswith("attachment")
			assert answer.headers["X-Content-Type-Options"] == "nosniff"
		assert browser.get(url).headers["Content-Security-Policy"].startswith("sandbox")
		assert browser.get(url).headers["Content-Type"] == "application/octet-stream"

	def test_a_picture_is_shown_and_not_kept(self, stage: Stage) -> None:
		answer = stage.browser(stage.here.place.entry).get(stage.here.photo)
		assert answer.headers["Content-Type"] == "image/png"
		assert "Content-Disposition" not in answer.headers
		assert answer.headers["Cache-Control"] == "private, no-store"
		assert not {"ETag", "Last-Modified"} & set(answer.headers)

	def test_exports_are_not_kept_either(self, stage: Stage) -> None:
		answer = stage.browser(stage.here.place.chief).call(
			"frappe.desk.reportview.export_query",
			doctype="Child",
			fields=["name"],
			filters=[],
			file_format_type="CSV",
			title="Child",
			view="Report",
		)
		assert answer.status_code == 200
		assert answer.headers["Content-Disposition"].startswith("attachment; filename=")
		assert answer.headers["Cache-Control"] == "private, no-store"

	def test_names_of_saved_files_are_whole(self) -> None:
		"""The framework hands the header over as bytes, which the server would write as `b'…'`."""
		for given, sent in (
			(
				'attachment; filename="الأبناء.csv"',
				"attachment; filename=file.csv; filename*=UTF-8''%D8%A7%D9%84",
			),
			("filename=\"a.pdf\";filename*=utf-8''a.pdf", "inline; filename=a.pdf"),
			('attachment; filename="a b.csv"', 'attachment; filename="a b.csv"'),
		):
			response = Response(mimetype="application/pdf")
			response.headers["Content-Disposition"] = given.encode()
			serving.protect(response, Request.from_values("/api/method/x"))
			assert response.headers["Content-Disposition"].startswith(sent)

	@pytest.mark.parametrize(
		"headers",
		[
			{"Range": "bytes=0-9"},
			{"X-Use-X-Accel-Redirect": "True"},
			{"If-None-Match": "*"},
			{"If-Modified-Since": "Sat, 01 Jan 2050 00:00:00 GMT"},
		],
		ids=lambda headers: next(iter(headers)),
	)
	def test_no_header_opens_anothers_file(self, stage: Stage, headers: dict) -> None:
		outsider, insider = stage.browser(stage.there.place.entry), stage.browser(stage.here.place.entry)
		refused = outsider.session.get(URL + stage.here.photo, headers=headers, timeout=60)
		assert refused.status_code == 403
		assert "X-Accel-Redirect" not in refused.headers
		assert insider.session.get(URL + stage.here.photo, headers=headers, timeout=60).status_code in (
			200,
			206,
		)

	@pytest.mark.parametrize(
		"change", [str.upper, lambda url: url + "%20", lambda url: url.replace("/files/", "//files/")]
	)
	def test_no_other_writing_of_the_address_opens_it(self, stage: Stage, change) -> None:
		outsider = stage.browser(stage.there.place.entry)
		assert outsider.get(change(stage.here.photo)).status_code in (403, 404)


class TestImports:
	"""An importer who may import his own rows reads no sheet of another record by its address."""

	@pytest.fixture
	def importer(self, stage: Stage) -> Iterator[Browser]:
		user = stage.there.place.chief
		role = {"parent": user, "parenttype": "User", "parentfield": "roles", "role": "System Manager"}
		frappe.get_doc({"doctype": "Has Role", **role}).db_insert()
		frappe.db.commit()
		frappe.clear_cache(user=user)
		yield stage.browser(user)
		frappe.db.delete("Has Role", role)
		frappe.db.commit()
		frappe.clear_cache(user=user)

	def test_no_preview_of_anothers_sheet(self, stage: Stage, importer: Browser) -> None:
		secret = f"zqsheet{frappe.generate_hash(length=6)}"
		values = {"attached_to_doctype": "Child", "attached_to_name": stage.here.child}
		sheet = factories.file(f"الاسم\n{secret}\n".encode(), "sheet.csv", **values)
		frappe.db.commit()
		try:
			answers = [
				importer.post(
					"/api/resource/Data Import",
					{
						"reference_doctype": "ToDo",
						"import_type": "Insert New Records",
						"import_file": sheet.file_url,
					},
				),
				importer.call(
					"run_doc_method",
					method="get_preview_from_template",
					docs={
						"doctype": "Data Import",
						"name": "zq",
						"reference_doctype": "ToDo",
						"import_type": "Insert New Records",
					},
					args={"import_file": sheet.file_url},
				),
			]
			for answer in answers:
				assert answer.status_code in (403, 404, 417, 500)
				assert secret not in answer.text
			with pytest.raises(frappe.PermissionError):
				frappe.set_user(importer.user)
				frappe.get_doc("File", sheet.name).get_content()
		finally:
			frappe.set_user("Administrator")
			frappe.db.rollback()
			frappe.delete_doc("File", sheet.name, force=True)
			frappe.db.commit()


class TestForms:
	"""A form shows the attachments of those fields that its reader may read, and its timeline names none."""

	FORMS = {
		"opening": lambda b, child: b.call("frappe.desk.form.load.getdoc", doctype="Child", name=child),
		"reloading": lambda b, child: b.call(
			"frappe.desk.form.load.get_docinfo", doctype="Child", name=child
		),
		"the list of files": lambda b, child: b.get("/api/resource/File", fields=["*"], limit_page_length=0),
	}

	@pytest.mark.parametrize("way", FORMS)
	def test_above_ones_level(self, stage: Stage, reader: Browser, way: str) -> None:
		"""Papers of health are of level 2, which the reader has not; photographs of level 1, which he has."""
		child, entry = stage.here.child, stage.browser(stage.here.place.entry)
		values = {
			"attached_to_doctype": "Child",
			"attached_to_name": child,
			"attached_to_field": "attachment",
		}
		paper = factories.file(b"health", "health.txt", **values)
		frappe.db.commit()
		try:
			text = self.FORMS[way](reader, child).text
			assert stage.here.photo in text
			assert paper.file_url not in text
			assert paper.file_url in self.FORMS[way](entry, child).text
			assert reader.get(paper.file_url).status_code == 403
			assert entry.get(paper.file_url).status_code == 200
		finally:
			frappe.delete_doc("File", paper.name, force=True)
			frappe.db.commit()

	def test_the_timeline_names_no_file(self, stage: Stage) -> None:
		browser = stage.browser(stage.there.place.entry)
		name = f"zqname{frappe.generate_hash(length=6)}"
		values = {"doctype": "Child", "docname": stage.there.child}
		row = browser.upload(b"text", f"{name}.txt", **values).json()["message"]
		assert browser.delete(f"/api/resource/File/{row['name']}").status_code == 202
		frappe.db.rollback()
		texts = frappe.get_all(
			"Comment",
			filters={"reference_name": stage.there.child, "comment_type": ["like", "Attachment%"]},
			pluck="content",
		)
		assert len(texts) >= 2
		assert not any(name in text or row["file_url"] in text for text in texts)
