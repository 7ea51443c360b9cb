"""What runs behind the desk: backups, sessions, mail, logs, workflows (S-90, S-93 to S-95, S-97, S-112 to S-116)."""

import json
import os
import stat
import subprocess
from email.mime.multipart import MIMEMultipart
from pathlib import Path

import frappe
import pytest
from frappe.database.db_manager import DbManager
from frappe.model.base_document import get_controller
from frappe.utils import add_days, backups, now_datetime
from isolation.records import Stage
from social_care.hardening.retention import DAYS, ensure_retention
from social_care.hardening.settings import ensure_encrypted_backups

from security.administrators import administrator, system_manager

NASTY = """it's "a" $HOME `touch {0}` $(touch {0}); touch {0} #"""


def program(folder: Path, name: str, text: str) -> Path:
	"""A program of this name in front of the real one."""
	path = folder / name
	path.write_text(f"#!/bin/sh\n{text}\n")
	path.chmod(path.stat().st_mode | stat.S_IXUSR)
	return path


@pytest.fixture
def programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
	"""A folder whose programs are found first."""
	folder = tmp_path / "bin"
	folder.mkdir()
	monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")
	return folder


def test_a_backup_passes_names_and_passwords_on_as_they_are(tmp_path: Path, programs: Path) -> None:
	trap, seen = tmp_path / "trap", tmp_path / "seen"
	nasty = NASTY.format(trap)
	program(programs, "mysqldump", f'printf "%s\\n" "$@" > {seen}')
	backup = backups.BackupGenerator(
		nasty,
		nasty,
		nasty,
		db_host="127.0.0.1",
		db_port=1,
		db_type="mariadb",
		backup_path=str(tmp_path / "it's"),
	)
	backup.set_backup_file_name()
	backup.take_dump()
	assert not trap.exists()
	assert f"-p{nasty}" in seen.read_text().splitlines()
	assert nasty in seen.read_text().splitlines()


def test_so_does_restoring(tmp_path: Path, programs: Path) -> None:
	trap, seen = tmp_path / "trap", tmp_path / "seen"
	nasty = NASTY.format("trap")
	program(programs, "mysql", f'printf "%s\\n" "$@" "$MYSQL_PWD" > {seen}; cat >> {seen}')
	program(programs, "pv", 'cat "$1"')
	source = tmp_path / "du'mp $(touch trap).sql"
	source.write_text("select 1;\n")
	DbManager.restore_database(nasty, str(source), nasty, nasty)
	assert not trap.exists()
	assert not Path("trap").exists()
	assert seen.read_text().splitlines().count(nasty) == 2
	assert seen.read_text().endswith("select 1;\n")


def test_a_backup_is_encrypted_and_its_key_elsewhere(tmp_path: Path) -> None:
	ensure_encrypted_backups()
	frappe.clear_cache(doctype="System Settings")
	key = backups.get_or_generate_backup_encryption_key()
	assert key
	made = backups.new_backup(force=True, ignore_files=True, backup_path=str(tmp_path))
	dump = Path(made.backup_path_db)
	assert not dump.read_bytes().startswith(b"\x1f\x8b")
	gpg = ["gpg", "--batch", "--yes", "--pinentry-mode", "loopback", "--passphrase", key, "-d", str(dump)]
	assert subprocess.run(gpg, capture_output=True, check=True).stdout.startswith(b"\x1f\x8b")
	assert key not in Path(made.backup_path_conf).read_text()


def test_one_that_cannot_be_encrypted_does_not_stay(tmp_path: Path, programs: Path) -> None:
	ensure_encrypted_backups()
	program(programs, "gpg", "exit 2")
	folder = tmp_path / "backups"
	with pytest.raises(Exception, match="Command failed"):
		backups.new_backup(force=True, ignore_files=True, backup_path=str(folder))
	assert not [path for path in folder.iterdir() if path.suffix == ".gz"]


def test_an_empty_key_counts_as_none(monkeypatch: pytest.MonkeyPatch) -> None:
	written = {}
	monkeypatch.setattr(
		"frappe.installer.update_site_config", lambda key, value: written.update({key: value})
	)
	monkeypatch.setitem(frappe.local.conf, "backup_encryption_key", "")
	ensure_encrypted_backups()
	assert written["backup_encryption_key"]


def test_a_session_is_kept_as_data_and_never_run(tmp_path: Path) -> None:
	browser, trap = system_manager(), tmp_path / "trap"
	sid = browser.session.cookies["sid"]

	def stored(text: str) -> None:
		frappe.db.sql("update tabSessions set sessiondata=%s where sid=%s", (text, sid))
		frappe.db.commit()
		frappe.cache.hdel("session", sid)

	frappe.db.rollback()
	text = frappe.db.sql("select sessiondata from tabSessions where sid=%s", sid)[0][0]
	assert json.loads(text)["user"] == browser.user
	frappe.cache.hdel("session", sid)
	assert browser.message("frappe.auth.get_logged_user") == browser.user
	stored(f"[c for c in ().__class__.__base__.__subclasses__()] or open('{trap}', 'w')")
	browser.call("frappe.auth.get_logged_user")
	stored(f"dict(user=print.__self__.open('{trap}', 'w'))")
	browser.call("frappe.auth.get_logged_user")
	stored("{'user': 'Administrator', 'user_type': 'System User'}")
	assert browser.ask("frappe.auth.get_logged_user").json().get("message") != "Administrator"
	assert not trap.exists()


def test_a_line_break_in_a_files_name_begins_no_header() -> None:
	from frappe.email.email_body import (
		add_attachment,  # logs into the site's folder as soon as it is imported
	)

	letter = MIMEMultipart()
	add_attachment("a.txt\r\nBcc: someone@test.invalid\r\n\r\nbody", b"text", parent=letter)
	part = letter.get_payload()[0]
	assert set(part.keys()) == {
		"Content-Type",
		"MIME-Version",
		"Content-Transfer-Encoding",
		"Content-Disposition",
	}
	assert "\n" not in part.get_filename()


def test_a_state_in_use_keeps_its_docstatus(stage: Stage) -> None:
	frappe.set_user("Administrator")
	state = frappe.db.get_value("Child", stage.here.child, "file_state")
	workflow = frappe.get_doc("Workflow", "Child File")
	next(row for row in workflow.states if row.state == state).doc_status = "1"
	try:
		with pytest.raises(frappe.ValidationError, match=r"\d"):
			workflow.save()
		assert frappe.db.get_value("Child", stage.here.child, "docstatus") == 0
	finally:
		frappe.db.rollback()
		frappe.clear_cache(doctype="Child")
	frappe.get_doc("Workflow", "Child File").save()
	frappe.db.rollback()


def test_the_wizard_does_nothing_once_a_site_is_set_up() -> None:
	before = frappe.db.get_singles_dict("System Settings")
	values = {"full_name": "<script>alert(1)</script>", "email": "wizard@test.invalid", "password": "x"}
	administrator().call(
		"frappe.desk.page.setup_wizard.setup_wizard.setup_complete",
		args={"country": "<b>x</b>", "language": "English", **values},
	)
	frappe.db.rollback()
	assert frappe.db.get_singles_dict("System Settings") == before
	assert not frappe.db.exists("User", "wizard@test.invalid")


def run_console(browser, script: str):
	console = {"doctype": "System Console", "type": "SQL", "console": script}
	return browser.call("frappe.desk.doctype.system_console.system_console.execute_code", doc=console)


def test_nobody_runs_the_console_from_a_browser_and_its_log_stays() -> None:
	script = f"select 'zq{frappe.generate_hash(length=8)}'"
	log = frappe.get_doc({"doctype": "Console Log", "script": script}).insert()
	frappe.db.commit()
	for person in (administrator(), system_manager()):
		assert run_console(person, script).status_code in (403, 404)
		assert person.delete(f"/api/resource/Console Log/{log.name}").status_code == 403
		assert person.put(f"/api/resource/Console Log/{log.name}", {"script": "x"}).status_code == 403
	frappe.db.rollback()
	assert frappe.get_all("Console Log", filters={"script": script}, pluck="name") == [log.name]


def test_copies_of_deleted_records_go_after_a_time() -> None:
	ensure_retention()
	settings = frappe.get_doc("Log Settings")
	days = {row.ref_doctype: row.days for row in settings.logs_to_clear}
	assert days["Deleted Document"] == DAYS["Deleted Document"]
	ensure_retention()
	assert len(frappe.get_doc("Log Settings").logs_to_clear) == len(settings.logs_to_clear)
	names = {}
	for age in (days["Deleted Document"] + 1, 1):
		copy = frappe.get_doc(
			{"doctype": "Deleted Document", "deleted_doctype": "ToDo", "data": "{}"}
		).insert()
		created = add_days(now_datetime(), -age)
		frappe.db.set_value("Deleted Document", copy.name, "creation", created, update_modified=False)
		names[age] = copy.name
	get_controller("Deleted Document").clear_old_logs(days=days["Deleted Document"])
	assert [bool(frappe.db.exists("Deleted Document", name)) for name in names.values()] == [False, True]
	assert "log_settings.run_log_clean_up" in str(frappe.get_hooks("scheduler_events"))
	frappe.db.rollback()
