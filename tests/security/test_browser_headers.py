"""What every answer tells the browser: a policy, no guessing of types, no storing, no trace of the program."""

import json
import re

import frappe
import pytest
import requests
from isolation.browser import Browser
from isolation.records import Stage

PAGES = ("/login", "/app", "/app/child", "/printview?doctype=Child&name={child}", "/me", "/no-such-page-zq")
UNEXPECTED = "frappe.desk.listview.get_list_settings"  # without its argument


def policy(answer: requests.Response) -> dict[str, str]:
	"""The directives of the answer's Content-Security-Policy."""
	text = answer.headers["Content-Security-Policy"]
	return {name: value for name, _space, value in (part.strip().partition(" ") for part in text.split(";"))}


def page(browser: Browser, path: str) -> requests.Response:
	return browser.session.get(_url(path), headers={"Accept": "text/html"}, timeout=120)


def _url(path: str) -> str:
	from isolation.browser import URL

	return URL + path


class TestPages:
	@pytest.mark.parametrize("path", PAGES)
	def test_a_page_binds_the_browser(self, visitor: Browser, stage: Stage, path: str) -> None:
		answer = page(visitor, path.format(child=stage.here.child))
		rules = policy(answer)
		assert answer.headers["Content-Type"].startswith("text/html")
		assert rules["default-src"] == "'self'"
		assert rules["object-src"] == "'none'"
		assert rules["base-uri"] == rules["form-action"] == rules["frame-ancestors"] == "'self'"
		assert "unsafe-inline" not in rules["script-src"]
		assert "'self'" not in rules["script-src"], "a file that a user uploaded could run"
		assert answer.headers["X-Content-Type-Options"] == "nosniff"
		assert answer.headers["X-Frame-Options"] == "SAMEORIGIN"
		assert answer.headers["Referrer-Policy"] == "same-origin"
		assert answer.headers["Cross-Origin-Opener-Policy"] == "same-origin"
		assert "geolocation=()" in answer.headers["Permissions-Policy"]
		assert "no-store" in answer.headers["Cache-Control"]

	@pytest.mark.parametrize("path", PAGES)
	def test_the_number_is_used_once_and_stands_on_every_script(
		self, visitor: Browser, stage: Stage, path: str
	) -> None:
		answers = [page(visitor, path.format(child=stage.here.child)) for _ in range(2)]
		numbers = [
			re.search(r"'nonce-([^']+)'", answer.headers["Content-Security-Policy"])[1] for answer in answers
		]
		assert numbers[0] != numbers[1]
		assert len(numbers[0]) >= 22
		for answer, number in zip(answers, numbers, strict=True):
			tags = re.findall(r"<script\b[^>]*>", answer.text)
			assert tags
			assert [tag for tag in tags if f'nonce="{number}"' not in tag] == []

	def test_only_the_desk_compiles_scripts(self, guest: Browser, visitor: Browser) -> None:
		assert "unsafe-eval" not in policy(page(guest, "/login"))["script-src"]
		assert "unsafe-eval" in policy(page(visitor, "/app"))["script-src"]

	def test_inline_handlers_are_allowed_by_their_text_alone(self, visitor: Browser) -> None:
		allowed = policy(page(visitor, "/app"))["script-src-attr"].split()
		assert allowed[0] == "'unsafe-hashes'"
		assert all(entry.startswith("'sha256-") for entry in allowed[1:])

	def test_a_poisoned_host_adds_no_source(self, guest: Browser) -> None:
		answer = guest.session.get(_url("/login"), headers={"Host": "evil.example; script-src *"}, timeout=60)
		assert "evil" not in answer.headers.get("Content-Security-Policy", "")

	def test_tls_is_kept(self, guest: Browser) -> None:
		plain = page(guest, "/login")
		secure = guest.session.get(_url("/login"), headers={"X-Forwarded-Proto": "https"}, timeout=60)
		assert "Strict-Transport-Security" not in plain.headers
		assert "max-age=31536000" in secure.headers["Strict-Transport-Security"]


class TestStoredTextsGetNoNumber:
	"""A page that shows what users wrote: only the template's own scripts bear the number."""

	def test_a_script_in_a_stored_page_does_not_run(self, guest: Browser) -> None:
		frappe.set_user("Administrator")
		route = "zq-stored-page-" + frappe.generate_hash(length=6)
		values = {"title": route, "route": route, "published": 1, "content_type": "HTML"}
		planted = "<p>zq</p><script>window.stored = 1</script><script nonce='zq' src='/files/zq.js'></script>"
		stored = frappe.get_doc({"doctype": "Web Page", **values, "main_section_html": planted}).insert()
		frappe.db.commit()
		try:
			answer = page(guest, f"/{route}")
			assert answer.status_code == 200
			number = re.search(r"'nonce-([^']+)'", answer.headers["Content-Security-Policy"])[1]
			assert "window.stored = 1" in answer.text
			assert f'<script nonce="{number}">window.stored' not in answer.text
			assert "unsafe-inline" not in policy(answer)["script-src"]
		finally:
			stored.delete()
			frappe.db.commit()


class TestData:
	def test_data_is_no_page(self, visitor: Browser) -> None:
		for path in (
			"/api/method/frappe.auth.get_logged_user",
			"/api/resource/Child",
			"/api/resource/No Such",
		):
			answer = visitor.get(path)
			assert policy(answer)["default-src"] == "'none'"
			assert answer.headers["X-Content-Type-Options"] == "nosniff"
			assert "no-store" in answer.headers["Cache-Control"]

	def test_a_file_that_could_run_is_never_opened_in_place(self, stage: Stage) -> None:
		from social_care.browser_safety.headers import bind_file
		from werkzeug.wrappers import Response

		for kind in (
			"text/html",
			"image/svg+xml",
			"application/xhtml+xml",
			"text/xml",
			"application/atom+xml",
		):
			response = Response(b"x", mimetype=kind, headers={"Content-Disposition": 'inline; filename="a"'})
			bind_file(response, kind)
			assert response.headers["Content-Disposition"] == 'attachment; filename="a"'
			assert "sandbox" in response.headers["Content-Security-Policy"]

	def test_a_private_picture_runs_nothing(self, stage: Stage) -> None:
		answer = stage.browser(stage.here.place.entry).get(stage.here.photo)
		assert answer.status_code == 200
		rules = policy(answer)
		assert "'none'" in (rules.get("script-src"), rules.get("default-src"))
		assert "no-store" in answer.headers["Cache-Control"]


class TestErrors:
	"""S-84."""

	def trace_free(self, answer: requests.Response) -> None:
		assert "Traceback" not in answer.text, answer.text[:500]
		assert ".py" not in answer.text, answer.text[:500]

	@pytest.fixture(params=[0, 1])
	def allowed(self, request: pytest.FixtureRequest):
		"""Both positions of the setting that lets the framework show traces."""
		before = frappe.db.get_single_value("System Settings", "allow_error_traceback")
		self.allow(request.param)
		yield
		self.allow(before)

	def allow(self, value: int) -> None:
		frappe.db.set_single_value("System Settings", "allow_error_traceback", value)
		frappe.db.commit()
		frappe.clear_cache()

	def test_an_error_shows_no_trace(
		self, allowed, visitor: Browser, guest: Browser, citizen: Browser
	) -> None:
		for browser in (visitor, citizen, guest):
			for answer in (
				browser.call("frappe.client.get", doctype="Child", name={"x": [1]}),
				browser.call("frappe.no.such.method"),
				browser.call("frappe.client.get_list", doctype="ToDo", filters=[["no_such", "=", 1]]),
				browser.get("/api/resource/Child", fields="not json"),
				browser.call(UNEXPECTED),
			):
				assert answer.status_code >= 400, answer.text[:300]
				self.trace_free(answer)

	def test_the_desk_still_knows_an_error_from_a_success(self, visitor: Browser) -> None:
		answer = visitor.call("frappe.client.insert", doc={"doctype": "ToDo"})
		assert answer.status_code >= 400
		assert answer.json()["exc"] == '[""]'
		assert ":" not in answer.json().get("exception", "")

	def test_an_error_that_nobody_expected_is_told(self, visitor: Browser) -> None:
		answer = visitor.call("frappe.desk.form.load.getdoc", doctype="Child")  # without its second argument
		assert answer.status_code == 500, answer.text[:300]
		assert json.loads(answer.json()["_server_messages"])

	def test_an_html_error_shows_no_trace(self, allowed, visitor: Browser, guest: Browser) -> None:
		for browser in (visitor, guest):
			for path in (
				f"/api/method/{UNEXPECTED}",
				"/printview?doctype=No+Such&name=1",
				"/api/method/no.such",
			):
				answer = page(browser, path)
				assert answer.headers["Content-Type"].startswith("text/html")
				self.trace_free(answer)
