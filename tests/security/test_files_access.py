"""S-08 to S-11, S-27, S-28: a file is opened, listed, copied, changed and hung only by who may do so with its row.

Every attack is one request, as its author would send it; whether it worked is seen in the database and by what the
attacker can open afterwards, not by the answer alone.
"""

import base64
from collections.abc import Callable, Iterator

import frappe
import pytest
import requests
from isolation.browser import URL, Browser
from isolation.records import Stage, Victim
from social_care.tests import factories

WHO = ("entry", "chief", "citizen", "former", "guest")
Attack = Callable[[Browser, str, str, str], requests.Response]


@pytest.fixture
def attacker(request: pytest.FixtureRequest, stage: Stage) -> Browser:
	"""Somebody with no right to `stage.here`: the same roles elsewhere, or no role at all."""
	name = request.param
	return (
		stage.browser(getattr(stage.country.there, name))
		if name in ("entry", "chief")
		else request.getfixturevalue(name)
	)


everybody = pytest.mark.parametrize("attacker", WHO, indirect=True)


def own_row(browser: Browser, stage: Stage) -> tuple[str, str]:
	"""A record that the attacker may write to: his child, or his own account."""
	if browser.user in (stage.country.there.entry, stage.country.there.chief):
		return "Child", stage.there.child
	return "User", browser.user or "Guest"


# Ways to make a row of one's own that points to a file whose address (`url`) or record name (`file`) is known.
POINTING: dict[str, Attack] = {
	"upload_file": lambda b, url, file, own: b.call("upload_file", file_url=url, is_private=1),
	"upload_file onto one's own row": lambda b, url, file, own: b.call(
		"upload_file", file_url=url, is_private=1, doctype=own[0], docname=own[1]
	),
	"by its full name": lambda b, url, file, own: b.call("frappe.handler.upload_file", file_url=url),
	"as a public file": lambda b, url, file, own: b.call("upload_file", file_url=url, is_private=0),
	"with the host name": lambda b, url, file, own: b.call("upload_file", file_url=URL + url, is_private=1),
	"percent-encoded": lambda b, url, file, own: b.call(
		"upload_file", file_url=url.replace("private", "%70rivate"), is_private=1
	),
	"through a parent folder": lambda b, url, file, own: b.call(
		"upload_file", file_url=f"/files/../..{url}", is_private=0
	),
	"with a doubled slash": lambda b, url, file, own: b.call(
		"upload_file", file_url=url.replace("/files/", "/files//"), is_private=1
	),
	"old upload": lambda b, url, file, own: b.call(
		"uploadfile", from_form=1, doctype=own[0], docname=own[1], file_url=url, filename="x.png"
	),
	"REST": lambda b, url, file, own: b.post("/api/resource/File", {"file_url": url, "is_private": 1}),
	"REST, own row": lambda b, url, file, own: b.post(
		"/api/resource/File",
		{"file_url": url, "attached_to_doctype": own[0], "attached_to_name": own[1], "is_private": 1},
	),
	"client.insert": lambda b, url, file, own: b.call(
		"frappe.client.insert", doc={"doctype": "File", "file_url": url, "is_private": 1}
	),
	"client.insert_many": lambda b, url, file, own: b.call(
		"frappe.client.insert_many", docs=[{"doctype": "File", "file_url": url, "is_private": 1}]
	),
	"the desk's save": lambda b, url, file, own: b.call(
		"frappe.desk.form.save.savedocs",
		action="Save",
		doc={"doctype": "File", "__islocal": 1, "name": "new-file-1", "file_url": url, "is_private": 1},
	),
	"an Attach field": lambda b, url, file, own: b.put(
		f"/api/resource/{own[0]}/{own[1]}", {"photo" if own[0] == "Child" else "user_image": url}
	),
	"an Attach field by set_value": lambda b, url, file, own: b.call(
		"frappe.client.set_value",
		doctype=own[0],
		name=own[1],
		fieldname="photo" if own[0] == "Child" else "user_image",
		value=url,
	),
	"one's own picture": lambda b, url, file, own: b.call(
		"frappe.core.doctype.user.user.update_profile_info", profile_info={"user_image": url}
	),
	"a web form": lambda b, url, file, own: b.call(
		"frappe.website.doctype.web_form.web_form.accept",
		web_form="edit-profile",
		data={"name": b.user, "first_name": "x", "user_image": url},
	),
	"add_attachments": lambda b, url, file, own: b.call(
		"frappe.utils.file_manager.add_attachments", doctype=own[0], name=own[1], attachments=[file]
	),
	"a mail": lambda b, url, file, own: b.call(
		"frappe.core.doctype.communication.email.make",
		doctype=own[0],
		name=own[1],
		content="x",
		subject="x",
		recipients="outside@test.invalid",
		attachments=[file],
		send_email=0,
	),
	"a mail about nothing": lambda b, url, file, own: b.call(
		"frappe.core.doctype.communication.email.make",
		content="x",
		subject="x",
		recipients="outside@test.invalid",
		attachments=[file],
		send_email=0,
	),
	"taking the row over": lambda b, url, file, own: b.put(
		f"/api/resource/File/{file}", {"attached_to_doctype": own[0], "attached_to_name": own[1]}
	),
	"a copy by its picture tool": lambda b, url, file, own: b.call(
		"run_doc_method",
		method="optimize_file",
		docs={"doctype": "File", "file_url": url, "file_name": "x.png", "file_size": 1, "owner": b.user},
	),
}


def pointing_to(url: str) -> list[str]:
	frappe.db.rollback()
	return sorted(frappe.get_all("File", filters={"file_url": url}, pluck="name"))


@pytest.mark.parametrize("attacker", ["entry", "citizen", "former"], indirect=True)
@pytest.mark.parametrize("way", POINTING)
def test_no_row_of_ones_own_points_to_anothers_file(stage: Stage, attacker: Browser, way: str) -> None:
	victim, own = stage.here, own_row(attacker, stage)
	before = [(pointing_to(url), stored(url)) for url in (victim.photo, victim.attachment)]
	for url, file in ((victim.photo, victim.names[3]), (victim.attachment, victim.names[4])):
		answer = POINTING[way](attacker, url, file, own)
		assert victim.mark not in answer.text
		assert attacker.get(url).status_code == 403
	assert [(pointing_to(url), stored(url)) for url in (victim.photo, victim.attachment)] == before


def stored(url: str) -> list[dict]:
	fields = ["owner", "is_private", "attached_to_doctype", "attached_to_name", "attached_to_field"]
	return frappe.get_all("File", filters={"file_url": url}, fields=fields, order_by="name")


def opened(browser: Browser, url: str) -> bool:
	"""Whether the browser gets the bytes by one of the ways to open an address."""
	answers = [
		browser.get(url),
		browser.ask("download_file", file_url=url),
		browser.ask("frappe.handler.download_file", file_url=url),
		browser.ask("frappe.core.doctype.file.file.download_file", file_url=url),
		browser.session.get(URL + url, headers={"Range": "bytes=0-9"}, timeout=60),
		browser.session.head(URL + url, timeout=60),
	]
	return any(answer.status_code in (200, 206) for answer in answers)


class TestOpening:
	@everybody
	def test_nobody_else(self, stage: Stage, attacker: Browser) -> None:
		assert not opened(attacker, stage.here.photo)
		assert not opened(attacker, stage.here.attachment)

	def test_who_may_read_the_row(self, stage: Stage) -> None:
		browser = stage.browser(stage.here.place.entry)
		assert browser.get(stage.here.photo).content[:4] == b"\x89PNG"
		assert stage.here.mark.encode() in browser.get(stage.here.attachment).content
		assert browser.ask("download_file", file_url=stage.here.photo).content[:4] == b"\x89PNG"

	@pytest.mark.parametrize("attacker", ["entry", "citizen"], indirect=True)
	def test_an_upload_for_a_new_record_goes_with_the_record(self, stage: Stage, attacker: Browser) -> None:
		"""The row left behind by an upload before the first save opens nothing to its owner once the record is there."""
		left = frappe.get_doc("File", stage.here.names[3])
		row = frappe.copy_doc(left)
		row.update({"attached_to_name": "new-child-zq", "attached_to_field": None, "content": None})
		row.name, row.owner = frappe.generate_hash(length=10), attacker.user
		row.db_insert()
		frappe.db.commit()
		try:
			assert not opened(attacker, stage.here.photo)
		finally:
			frappe.db.delete("File", {"name": row.name})
			frappe.db.commit()


class TestArchives:
	@everybody
	@pytest.mark.parametrize(
		"method",
		[
			"frappe.core.api.file.zip_files",
			"frappe.core.doctype.file.file.zip_files",
			"frappe.core.doctype.file.utils.zip_files",
		],
	)
	def test_no_archive_of_anothers_file(self, stage: Stage, attacker: Browser, method: str) -> None:
		for files in (
			stage.here.names[3:5],
			[stage.here.names[4]],
			[stage.there.names[4], stage.here.names[4]],
		):
			answer = attacker.call(method, files=files)
			assert answer.status_code in (403, 404, 417, 500), answer.status_code
			assert not answer.content.startswith(b"PK")

	def test_ones_own_archive(self, stage: Stage) -> None:
		browser = stage.browser(stage.here.place.entry)
		answer = browser.call("frappe.core.api.file.zip_files", files=[stage.here.names[4]])
		assert answer.content.startswith(b"PK")


LISTS: dict[str, Callable[[Browser, Victim], requests.Response]] = {
	"REST": lambda b, v: b.get("/api/resource/File", fields=["*"], limit_page_length=0),
	"client.get_list": lambda b, v: b.call(
		"frappe.client.get_list", doctype="File", fields=["file_name", "file_url"], limit_page_length=0
	),
	"client.get_value": lambda b, v: b.call(
		"frappe.client.get_value", doctype="File", fieldname="file_url", filters={"attached_to_name": v.child}
	),
	"the list view": lambda b, v: b.call(
		"frappe.desk.reportview.get", doctype="File", fields=["`tabFile`.`file_name`"], filters=[]
	),
	"a folder": lambda b, v: b.call(
		"frappe.core.api.file.get_files_in_folder", folder="Home/Attachments", start=0, page_length=5000
	),
	"a folder by another name": lambda b, v: b.call(
		"frappe.core.doctype.file.file.get_files_in_folder",
		folder="Home/Attachments",
		start=0,
		page_length=5000,
	),
	"the search of files": lambda b, v: b.call("frappe.core.api.file.get_files_by_search_text", text=v.mark),
	"attached pictures": lambda b, v: b.call(
		"frappe.core.api.file.get_attached_images", doctype="Child", names=[v.child]
	),
	"link search": lambda b, v: b.call("frappe.desk.search.search_link", doctype="File", txt=v.mark),
	"export": lambda b, v: b.call(
		"frappe.desk.reportview.export_query",
		doctype="File",
		fields=["file_name", "file_url"],
		filters=[],
		file_format_type="CSV",
		title="File",
	),
}


@everybody
@pytest.mark.parametrize("way", LISTS)
def test_lists_hold_no_file_of_anothers_row(stage: Stage, attacker: Browser, way: str) -> None:
	text = LISTS[way](attacker, stage.here).text
	for secret in (stage.here.mark, stage.here.photo, stage.here.attachment, stage.here.child):
		assert secret not in text


def test_lists_hold_the_files_of_ones_rows(stage: Stage) -> None:
	browser = stage.browser(stage.here.place.entry)
	rows = browser.get(
		"/api/resource/File", fields=["name"], filters=[["attached_to_name", "=", stage.here.child]]
	).json()["data"]
	assert {stage.here.names[3], stage.here.names[4]} <= {row["name"] for row in rows}


@pytest.fixture
def loose(stage: Stage) -> Iterator[str]:
	"""A public and unattached file of somebody else; its record name."""
	frappe.set_user("Administrator")
	name = f"zq-{frappe.generate_hash(length=8)}.txt"
	file = frappe.get_doc({"doctype": "File", "file_name": name, "content": name, "is_private": 0}).insert()
	frappe.db.commit()
	yield file.name
	frappe.db.rollback()
	if frappe.db.exists("File", file.name):
		frappe.delete_doc("File", file.name, force=True)
	frappe.db.commit()


class TestPublicFiles:
	CHANGES: dict[str, Callable[[Browser, str], requests.Response]] = {
		"renaming": lambda b, f: b.put(f"/api/resource/File/{f}", {"file_name": "other.txt"}),
		"hiding": lambda b, f: b.put(f"/api/resource/File/{f}", {"is_private": 1}),
		"hanging": lambda b, f: b.put(
			f"/api/resource/File/{f}", {"attached_to_doctype": "User", "attached_to_name": b.user}
		),
		"set_value": lambda b, f: b.call(
			"frappe.client.set_value", doctype="File", name=f, fieldname="file_name", value="other.txt"
		),
		"another address": lambda b, f: b.put(f"/api/resource/File/{f}", {"file_url": "/files/other.txt"}),
		"deleting": lambda b, f: b.delete(f"/api/resource/File/{f}"),
		"client.delete": lambda b, f: b.call("frappe.client.delete", doctype="File", name=f),
		"remove_attach": lambda b, f: b.call("frappe.desk.form.utils.remove_attach", fid=f),
		"deleting many": lambda b, f: b.call(
			"frappe.desk.reportview.delete_items", doctype="File", items=[f]
		),
		"saving as its owner": lambda b, f: b.call(
			"frappe.client.save",
			doc={
				**frappe.get_doc("File", f).as_dict(convert_dates_to_str=True),
				"owner": b.user,
				"is_private": 1,
			},
		),
		"moving": lambda b, f: b.call(
			"frappe.core.api.file.move_file",
			file_list=[{"name": f}],
			new_parent="Home/Attachments",
			old_parent="Home",
		),
	}

	@pytest.mark.parametrize("attacker", ["entry", "citizen"], indirect=True)
	@pytest.mark.parametrize("way", CHANGES)
	def test_only_the_owner_changes_one(self, attacker: Browser, loose: str, way: str) -> None:
		before = frappe.get_doc("File", loose).as_dict()
		self.CHANGES[way](attacker, loose)
		frappe.db.rollback()
		assert frappe.db.exists("File", loose)
		assert frappe.get_doc("File", loose).as_dict() == before

	@pytest.mark.parametrize("attacker", ["entry", "citizen"], indirect=True)
	def test_everybody_opens_it_and_lists_only_his_own(self, attacker: Browser, loose: str) -> None:
		file = frappe.get_doc("File", loose)
		assert attacker.get(file.file_url).text == file.file_name
		rows = attacker.get("/api/resource/File", fields=["name", "owner", "is_folder"], limit_page_length=0)
		assert loose not in rows.text

	def test_the_owner_renames_and_deletes_his(self, stage: Stage) -> None:
		browser = stage.browser(stage.there.place.entry)
		name = browser.upload(b"mine", f"{frappe.generate_hash(length=8)}.txt", is_private="0").json()[
			"message"
		]["name"]
		assert browser.put(f"/api/resource/File/{name}", {"file_name": "renamed.txt"}).status_code == 200
		assert browser.delete(f"/api/resource/File/{name}").status_code == 202


def count_on(doctype: str, name: str) -> int:
	frappe.db.rollback()
	return frappe.db.count("File", {"attached_to_doctype": doctype, "attached_to_name": name})


def loose_of(browser: Browser) -> str:
	"""A file of one's own that hangs nowhere, where one may upload at all."""
	answer = browser.upload(b"loose", "loose.txt")
	return answer.json()["message"]["name"] if answer.status_code == 200 else "none"


# Ways to hang a new file on a record.
HANGING: dict[str, Callable[[Browser, str, str], requests.Response]] = {
	"upload_file": lambda b, dt, dn: b.upload(b"outside", "outside.txt", doctype=dt, docname=dn),
	"by its full name": lambda b, dt, dn: b.session.post(
		f"{URL}/api/method/frappe.handler.upload_file",
		data={"doctype": dt, "docname": dn, "is_private": 1},
		files={"file": ("outside.txt", b"outside")},
		timeout=60,
	),
	"uploadfile": lambda b, dt, dn: b.call(
		"uploadfile", from_form=1, doctype=dt, docname=dn, filename="outside.txt", filedata="eA=="
	),
	"attach_file": lambda b, dt, dn: b.call(
		"frappe.client.attach_file",
		doctype=dt,
		docname=dn,
		filename="outside.txt",
		filedata="x",
		is_private=1,
	),
	"REST": lambda b, dt, dn: b.post(
		"/api/resource/File",
		{"file_name": "outside.txt", "content": "x", "attached_to_doctype": dt, "attached_to_name": dn},
	),
	"client.insert": lambda b, dt, dn: b.call(
		"frappe.client.insert",
		doc={
			"doctype": "File",
			"file_name": "outside.txt",
			"content": base64.b64encode(b"x").decode(),
			"decode": 1,
			"attached_to_doctype": dt,
			"attached_to_name": dn,
		},
	),
	"hanging a loose one": lambda b, dt, dn: b.put(
		f"/api/resource/File/{loose_of(b)}",
		{"attached_to_doctype": dt, "attached_to_name": dn},
	),
	"add_attachments": lambda b, dt, dn: b.call(
		"frappe.utils.file_manager.add_attachments",
		doctype=dt,
		name=dn,
		attachments=[loose_of(b)],
	),
}


class TestTargets:
	@pytest.mark.parametrize("attacker", ["entry", "former", "guest"], indirect=True)
	@pytest.mark.parametrize("way", HANGING)
	def test_not_on_a_record_out_of_scope(self, stage: Stage, attacker: Browser, way: str) -> None:
		before = count_on("Child", stage.here.child)
		answer = HANGING[way](attacker, "Child", stage.here.child)
		assert count_on("Child", stage.here.child) == before, answer.text[:300]

	@pytest.mark.parametrize("way", HANGING)
	def test_not_on_a_record_that_one_only_reads(self, stage: Stage, reader: Browser, way: str) -> None:
		before = count_on("Child", stage.here.child)
		answer = HANGING[way](reader, "Child", stage.here.child)
		assert count_on("Child", stage.here.child) == before, answer.text[:300]
		assert answer.status_code in (403, 404), answer.text[:300]

	@pytest.mark.parametrize("way", HANGING)
	@pytest.mark.parametrize("attacker", ["entry", "citizen", "guest"], indirect=True)
	@pytest.mark.parametrize("target", [("Admission Reason", "AR-03"), ("User", "Administrator")])
	def test_not_on_a_table_without_scope(self, attacker: Browser, target: tuple[str, str], way: str) -> None:
		before = count_on(*target)
		answer = HANGING[way](attacker, *target)
		assert count_on(*target) == before, answer.text[:300]

	@pytest.mark.parametrize("way", HANGING)
	@pytest.mark.parametrize(
		"target",
		[
			("Institution", "new-institution-1"),
			("Child", "CH-NOT-YET"),
			("No Such Type", "new-no-such-type-1"),
		],
	)
	def test_not_on_a_record_that_is_not_there(self, stage: Stage, target: tuple[str, str], way: str) -> None:
		"""Neither for a new record of a type one may not make, nor ahead of a name that somebody else will get."""
		browser, before = stage.browser(stage.there.place.entry), count_on(*target)
		answer = HANGING[way](browser, *target)
		assert count_on(*target) == before, answer.text[:300]
		assert answer.status_code in (403, 404, 417, 500), answer.text[:300]

	def test_on_a_new_record_of_ones_own(self, stage: Stage) -> None:
		browser = stage.browser(stage.there.place.entry)
		answer = browser.upload(b"first", "first.txt", doctype="Child", docname="new-child-zqfiles")
		row = answer.json()["message"]
		assert row["is_private"] == 1
		assert browser.get(row["file_url"]).content == b"first"
		assert not opened(stage.browser(stage.here.place.entry), row["file_url"])
		assert browser.delete(f"/api/resource/File/{row['name']}").status_code == 202

	def test_on_ones_own_record(self, stage: Stage) -> None:
		browser = stage.browser(stage.there.place.entry)
		before = count_on("Child", stage.there.child)
		row = browser.upload(b"kept", "kept.txt", doctype="Child", docname=stage.there.child).json()[
			"message"
		]
		assert count_on("Child", stage.there.child) == before + 1
		assert browser.delete(f"/api/resource/File/{row['name']}").status_code == 202
		assert not opened(browser, row["file_url"])


class TestBehindTheDoor:
	"""The same by the framework's own functions: the rule stands in the file's class, not in the list of endpoints."""

	@pytest.fixture(autouse=True)
	def as_outsider(self, stage: Stage) -> Iterator[None]:
		frappe.set_user(stage.there.place.entry)
		yield
		frappe.set_user("Administrator")
		frappe.db.rollback()

	@pytest.mark.parametrize(
		"values",
		[
			{},
			{"is_private": 0},
			{"attached_to_doctype": "User", "attached_to_name": "entry.there@test.invalid"},
			{"attached_to_doctype": "Child", "attached_to_name": "new-child-1"},
		],
		ids=str,
	)
	def test_pointing(self, stage: Stage, values: dict) -> None:
		for url in (stage.here.photo, stage.here.attachment):
			with pytest.raises(frappe.PermissionError):
				frappe.get_doc({"doctype": "File", "file_url": url, **values}).insert()
			with pytest.raises(frappe.PermissionError):
				frappe.get_doc({"doctype": "File", "file_url": url, **values}).insert(ignore_permissions=True)

	def test_a_name_in_place_of_an_address(self, stage: Stage) -> None:
		name = stage.here.photo.rpartition("/")[2]
		with pytest.raises(frappe.ValidationError):
			frappe.get_doc({"doctype": "File", "file_name": name, "is_private": 1}).insert()

	def test_attaching_and_mailing(self, stage: Stage) -> None:
		from frappe.core.doctype.communication.email import _make
		from frappe.utils.file_manager import add_attachments

		own = {"doctype": "Child", "name": stage.there.child}
		with pytest.raises(frappe.PermissionError):
			add_attachments(own["doctype"], own["name"], [stage.here.names[3]])
		with pytest.raises(frappe.PermissionError):
			_make(**own, content="x", subject="x", attachments=[stage.here.names[3]])

	def test_an_own_file_is_not_carried_out_of_its_record(self, stage: Stage) -> None:
		"""Whoever may open a child's file does not hang it where scope says nothing: it would outlast his right."""
		for values in ({}, {"attached_to_doctype": "User", "attached_to_name": frappe.session.user}):
			with pytest.raises(frappe.PermissionError):
				frappe.get_doc({"doctype": "File", "file_url": stage.there.attachment, **values}).insert()
		values = {"attached_to_doctype": "Placement", "attached_to_name": stage.there.placement}
		doc = {"doctype": "File", "file_url": stage.there.attachment, **values}
		assert frappe.get_doc(doc).insert(ignore_permissions=True).is_private == 1

	def test_content(self, stage: Stage) -> None:
		from frappe.core.doctype.file.file import File

		for name in stage.here.names[3:5]:
			with pytest.raises(frappe.PermissionError):
				frappe.get_doc("File", name).get_content()
			with pytest.raises(frappe.PermissionError):
				File.zip_files([name])
			with pytest.raises(frappe.PermissionError):
				frappe.get_doc("File", name).unzip()

	def test_sharing(self, stage: Stage) -> None:
		frappe.set_user("Administrator")
		with pytest.raises(frappe.PermissionError):
			frappe.get_doc(
				{
					"doctype": "DocShare",
					"share_doctype": "File",
					"share_name": stage.here.names[3],
					"user": stage.there.place.entry,
					"read": 1,
				}
			).insert()


def test_a_new_child_is_saved_with_its_photograph(stage: Stage) -> None:
	"""The form's way: the picture is uploaded for a record that is not saved yet, and written through to the person."""
	browser, place = stage.browser(stage.there.place.entry), stage.there.place
	new = f"new-child-{frappe.generate_hash(length=8)}"
	picture = browser.upload(factories.image(), "p.png", doctype="Child", docname=new, fieldname="photo")
	values = factories.child_values(place.institution, photo=picture.json()["message"]["file_url"])
	answer = browser.call(
		"frappe.desk.form.save.savedocs",
		action="Save",
		doc=frappe.as_json({"doctype": "Child", "__islocal": 1, "name": new, **values}),
	)
	assert answer.status_code == 200, answer.text[:300]
	assert browser.get(answer.json()["docs"][0]["photo"]).content.startswith(b"\x89PNG")
