"""A request and a job that fail, in the running processes: what they held is in no place where errors are kept."""

import json
import time
from pathlib import Path

import frappe
from frappe.utils.background_jobs import get_job
from isolation.browser import Browser
from isolation.records import Stage

PARTS = ("zqmark", "30105120100017", "ليلى")
MARK = "-".join(PARTS)


def log_sizes() -> dict[Path, int]:
	"""Log files of the bench and of its sites."""
	bench = Path(frappe.local.sites_path).resolve().parent
	folders = (bench / "logs", bench / "var" / "log", bench / "sites" / frappe.local.site / "logs")
	return {file: file.stat().st_size for folder in folders for file in folder.glob("*.log*")}


def added(before: dict[Path, int]) -> str:
	"""What was written to log files since."""
	texts = []
	for file, size in log_sizes().items():
		known = before.get(file, 0)
		texts.append(file.read_bytes()[known if size >= known else 0 :].decode(errors="replace"))
	return "\n".join(texts)


def error_logs(since: str) -> str:
	"""Error Logs of the database and of the queue that is still to be inserted."""
	frappe.db.rollback()
	rows = frappe.get_all("Error Log", filters={"creation": [">=", since]}, fields=["method", "error"])
	waiting = frappe.cache.lrange("insert_queue_for_Error Log", 0, -1)
	return json.dumps(rows, ensure_ascii=False) + b"".join(waiting).decode().encode().decode("unicode_escape")


def assert_nothing_told(text: str) -> None:
	for part in PARTS:
		assert part not in text, f"…{text[max(text.find(part) - 200, 0) : text.find(part) + 50]}…"


def test_a_request_that_fails(stage: Stage) -> None:
	since, before = frappe.utils.now(), log_sizes()
	browser: Browser = stage.browser(stage.here.place.entry)
	planted = {"doctype": "Child", "name": stage.here.child, "identity_papers": MARK, "nickname": MARK}
	answer = browser.call("frappe.desk.form.save.savedocs", doc=json.dumps(planted), action="Save")
	assert answer.status_code == 500, answer.text[:500]
	kept = error_logs(since)
	assert "savedocs" in kept
	assert_nothing_told(kept)
	assert_nothing_told(added(before))
	assert_nothing_told(answer.text)


def test_a_job_that_fails(stage: Stage) -> None:
	since, before = frappe.utils.now(), log_sizes()
	name = f"errors-{frappe.generate_hash(length=8)}"
	method = "frappe.utils.background_jobs.run_doc_method"
	frappe.set_user("Administrator")
	frappe.enqueue(method, queue="short", job_id=name, doctype="Child", name=MARK, doc_method="reload")
	end = time.monotonic() + 60
	while not (job := get_job(name)) or not job.is_failed:
		assert time.monotonic() < end, job and job.get_status()
		time.sleep(0.3)
	result = job.latest_result()
	kept = (job.exc_info or "") + (result.exc_string if result else "")
	assert "run_doc_method" in kept
	assert "DoesNotExistError" in kept
	assert_nothing_told(kept)
	logged = error_logs(since)
	assert "DoesNotExistError" in logged
	assert_nothing_told(logged)
	assert_nothing_told(added(before))
