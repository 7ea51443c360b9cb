"""No address, name or archive leads out of the folder that it belongs to (S-42 to S-45, S-95)."""

import io
import os
import tarfile
from collections.abc import Iterator
from pathlib import Path

import frappe
import pytest
from frappe.core.doctype.package_import import package_import
from frappe.model.utils import InvalidIncludePath, render_include
from frappe.modules import export_file
from isolation.browser import Browser
from social_care.hardening import paths

from security import raw
from security.administrators import administrator, system_manager

MARK = b"a picture of somebody else"
CLIMBS = ("../", "%2e%2e/", "..%2f", "%2e%2e%2f", ".%2e/", "a/../../")


@pytest.fixture
def private_picture() -> Iterator[str]:
	"""A binary file in the site's private folder, as a path from the framework's `www` folder."""
	file = Path(frappe.get_site_path("private", "files", f"{frappe.generate_hash(length=10)}.png")).resolve()
	file.write_bytes(b"\x89PNG\x00" + MARK)
	yield os.path.relpath(file, frappe.get_app_path("frappe", "www"))
	file.unlink()


@pytest.mark.parametrize("climb", CLIMBS)
def test_a_guest_reads_no_file_through_a_page(private_picture: str, climb: str) -> None:
	steps, rest = private_picture.count("../"), private_picture.rpartition("../")[2]
	extra = climb.count("a/")
	status, content = raw.get("/" + climb * steps + rest if not extra else "/a/" + "../" * (steps + 1) + rest)
	assert status == 404
	assert MARK not in content


def test_nor_a_text_of_the_bench() -> None:
	target = os.path.relpath("common_site_config.json", frappe.get_app_path("frappe", "www"))
	status, content = raw.get(f"/{target}")
	assert status == 404
	assert b"redis_cache" not in content


@pytest.mark.parametrize("path", ["/app//app", "/services//x"])
def test_an_empty_segment_is_no_page(path: str) -> None:
	assert raw.get(path)[0] == 404


def test_pages_without_dots_go_on() -> None:
	assert raw.get("/login")[0] == 200
	assert raw.get("/assets/frappe/images/frappe-framework-logo.png")[0] == 200


def test_an_administrator_fetches_backups_and_nothing_else() -> None:
	browser = administrator()
	folder = Path(frappe.get_site_path("private", "backups"))
	folder.mkdir(parents=True, exist_ok=True)
	backup = folder / f"{frappe.generate_hash(length=10)}.sql.gz"
	backup.write_bytes(MARK)
	try:
		assert raw.get(f"/backups/{backup.name}", raw.cookies_of(browser.session)) == (200, MARK)
	finally:
		backup.unlink()
	for path in ("/backups/../../site_config.json", "/backups/%2e%2e/%2e%2e/site_config.json"):
		status, content = raw.get(path, raw.cookies_of(browser.session))
		assert status == 404
		assert frappe.conf.db_password.encode() not in content


@pytest.mark.parametrize("path", ["/../x", "/files/../../x", "/a\\..\\b", "/a\0b", "/backups/.."])
def test_the_app_itself_knows_a_climbing_path(path: str) -> None:
	assert paths.climbs(path)
	assert not paths.climbs(path.replace("..", "a..b").replace("\0", ""))


@pytest.mark.parametrize(
	"target",
	[
		"frappe/../../../../sites/common_site_config.json",
		"frappe/../../frappe/pyproject.toml",
		"sites/common_site_config.json",
		"frappe//etc/passwd",
	],
)
def test_an_include_stays_in_its_app(target: str) -> None:
	with pytest.raises(InvalidIncludePath):
		render_include('{% include "' + target + '" %}')
	assert "frappe" in render_include('{% include "frappe/public/js/lib/../frappe/assets.js" %}')


def test_a_stored_script_includes_nothing() -> None:
	manager, name = system_manager(), f"Include {frappe.generate_hash(length=8)}"
	include = '{% include "frappe/../../../../sites/common_site_config.json" %}'
	report = {"name": name, "report_name": name, "ref_doctype": "ToDo", "report_type": "Report Builder"}
	answer = manager.post("/api/resource/Report", report | {"is_standard": "No", "javascript": include})
	assert answer.status_code == 403
	script = manager.call("frappe.desk.query_report.get_script", report_name=name)
	assert "redis_cache" not in script.text
	client_script = {"name": name, "dt": "ToDo", "enabled": 1, "script": include}
	assert manager.post("/api/resource/Client Script", client_script).status_code == 403


@pytest.mark.parametrize("doctype", ["Package", "Package Release", "Package Import", "Server Script"])
@pytest.mark.parametrize("person", [system_manager, administrator])
def test_nobody_makes_records_that_write_files(person, doctype: str) -> None:
	name = frappe.generate_hash(length=8)
	values = {"name": name, "package_name": "escape", "script_type": "API", "api_method": name, "script": "1"}
	answer = person().post(f"/api/resource/{doctype}", values)
	assert answer.status_code == 403, answer.text[:300]
	assert not frappe.db.exists(doctype, name)


@pytest.mark.parametrize("names", [("..", "x"), ("a/../../b",), ("",), ("x", "../../y")])
def test_names_that_are_paths_are_no_folders(names: tuple[str, ...]) -> None:
	with pytest.raises(frappe.PermissionError):
		export_file.folder_inside("/tmp/packages", *names)
	assert export_file.folder_inside("/tmp/packages", "report", "one") == "/tmp/packages/report/one"


@pytest.mark.parametrize("package_name", ["../x", "x/y", ".", "", "x y", "-x"])
def test_a_package_has_a_plain_name(package_name: str) -> None:
	from frappe.core.doctype.package.package import check_package_name

	with pytest.raises(frappe.ValidationError):
		check_package_name(package_name)
	check_package_name("care-pack_1")


def archive(folder: Path, *members: tarfile.TarInfo) -> str:
	path = folder / "pack-1.0.0.tar.gz"
	with tarfile.open(path, "w:gz") as tar:
		for member in members:
			tar.addfile(member, io.BytesIO(b"x" * member.size))
	return str(path)


def member(name: str, **values) -> tarfile.TarInfo:
	info = tarfile.TarInfo(name)
	info.size = 0 if values else 1
	for key, value in values.items():
		setattr(info, key, value)
	return info


@pytest.mark.parametrize(
	"bad",
	[
		member("../escaped.txt"),
		member("pack/../../escaped.txt"),
		member("/tmp/escaped.txt"),
		member("other/escaped.txt"),
		member("pack/link", type=tarfile.SYMTYPE, linkname="/etc"),
		member("pack/device", type=tarfile.CHRTYPE),
	],
	ids=lambda info: info.name,
)
def test_an_archive_with_anything_else_is_not_unpacked(tmp_path: Path, bad: tarfile.TarInfo) -> None:
	folder = tmp_path / "packages"
	folder.mkdir()
	with pytest.raises(frappe.ValidationError):
		package_import.unpack(archive(tmp_path, member("pack/good.txt"), bad), str(folder), "pack")
	assert not list(folder.rglob("*"))
	package_import.unpack(archive(tmp_path, member("pack/good.txt")), str(folder), "pack")
	assert (folder / "pack/good.txt").is_file()


def test_a_clerk_sends_no_packages(reader: Browser) -> None:
	assert reader.post("/api/resource/Package", {"name": "x"}).status_code == 403
