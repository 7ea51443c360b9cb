"""The web process of `engine/web.py`: what it serves from the disk, and what it never does."""

import gzip
import http.client
import json
import os
import re
import unittest
from pathlib import Path
from urllib.parse import urlsplit

SITE = os.environ["TEST_SITE"]
SITES = Path(os.environ["BENCH_ROOT"]) / "sites"
PUBLIC = SITES / SITE / "public" / "files"

FONT = re.compile(r"url\(\"?(/assets/social_care/dist/fonts/[^)\"]+)")


def fetch(path: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
	"""Status, headers (names in small letters) and body; the path is sent exactly as it is given."""
	address = urlsplit(os.environ["TEST_URL"])
	connection = http.client.HTTPConnection(address.hostname, address.port, timeout=60)
	try:
		connection.putrequest("GET", path, skip_host="Host" in headers)
		for name, value in headers.items():
			connection.putheader(name, value)
		connection.endheaders()
		answer = connection.getresponse()
		return answer.status, {k.lower(): v for k, v in answer.getheaders()}, answer.read()
	finally:
		connection.close()


class TestAssets(unittest.TestCase):
	def test_built_files_may_be_kept_for_ever(self) -> None:
		built = json.loads((SITES / "assets" / "assets.json").read_text())
		status, headers, body = fetch(built["desk.bundle.js"])
		self.assertEqual(status, 200)
		self.assertGreater(len(body), 1000)
		self.assertIn("immutable", headers["cache-control"])

	def test_built_files_lie_compressed(self) -> None:
		built = json.loads((SITES / "assets" / "assets.json").read_text())["desk.bundle.js"]
		plain = len(fetch(built)[2])
		for kind in ("br", "gzip"):
			with self.subTest(kind):
				_status, headers, body = fetch(built, **{"Accept-Encoding": kind})
				self.assertEqual(headers["content-encoding"], kind)
				self.assertIn("immutable", headers["cache-control"])
				self.assertLess(len(body), plain / 3)

	def test_fonts_are_ours_and_may_be_kept_for_ever(self) -> None:
		style = json.loads((SITES / "assets" / "assets-rtl.json").read_text())["rtl_social_care.bundle.css"]
		fonts = FONT.findall(fetch(style)[2].decode())
		self.assertEqual(len(fonts), 4)
		sizes = []
		for font in fonts:
			status, headers, body = fetch(font)
			self.assertEqual(status, 200, font)
			self.assertIn("immutable", headers["cache-control"])
			sizes.append(len(body))
		self.assertLess(sum(sizes), 140_000)

	def test_other_files_are_asked_for_again(self) -> None:
		status, headers, _body = fetch("/assets/frappe/images/frappe-favicon.svg")
		self.assertEqual(status, 200)
		self.assertNotIn("immutable", headers["cache-control"])

	def test_nothing_outside_is_served(self) -> None:
		for path in (
			"/assets/../common_site_config.json",
			"/assets/%2e%2e/common_site_config.json",
			"/assets/frappe/../../apps.txt",
			"/assets//etc/passwd",
			"/assets/frappe/node_modules/esbuild/package.json",
			"/assets/frappe/js/",
			"/assets/no-such-file.js",
		):
			with self.subTest(path):
				self.assertEqual(fetch(path)[0], 404)


class TestCompression(unittest.TestCase):
	def test_pages_are_compressed_for_who_takes_it(self) -> None:
		_status, headers, plain = fetch("/login")
		self.assertNotIn("content-encoding", headers)
		_status, headers, packed = fetch("/login", **{"Accept-Encoding": "br;q=1.0, gzip;q=0.8"})
		self.assertEqual((headers["content-encoding"], headers["vary"]), ("gzip", "Accept-Encoding"))
		self.assertEqual(int(headers["content-length"]), len(packed))
		self.assertLess(len(packed), len(plain) / 2)
		self.assertIn("</html>", gzip.decompress(packed).decode())

	def test_who_refuses_it_gets_plain_text(self) -> None:
		_status, headers, body = fetch("/login", **{"Accept-Encoding": "gzip;q=0"})
		self.assertNotIn("content-encoding", headers)
		self.assertIn(b"</html>", body)

	def test_short_answers_stay_as_they_are(self) -> None:
		_status, headers, body = fetch("/api/method/ping", **{"Accept-Encoding": "gzip"})
		self.assertNotIn("content-encoding", headers)
		self.assertEqual(json.loads(body)["message"], "pong")

	def test_the_same_page_is_not_always_of_the_same_length(self) -> None:
		"""Its length tells nobody whether a guess stands in it (BREACH)."""
		lengths = {len(fetch("/no-such-page", **{"Accept-Encoding": "gzip"})[2]) for _ in range(4)}
		self.assertGreater(len(lengths), 1)


class TestPublicFiles(unittest.TestCase):
	def put(self, name: str, content: bytes) -> str:
		"""Lay a file where users' public files lie; its address."""
		PUBLIC.mkdir(parents=True, exist_ok=True)
		(PUBLIC / name).write_bytes(content)
		self.addCleanup((PUBLIC / name).unlink)
		return f"/files/{name}"

	def test_a_picture_opens_in_place(self) -> None:
		status, headers, body = fetch(self.put("web-test.png", b"\x89PNG"))
		self.assertEqual((status, body), (200, b"\x89PNG"))
		self.assertEqual(headers["content-type"], "image/png")
		self.assertNotIn("content-disposition", headers)

	def test_a_page_from_a_user_never_runs_here(self) -> None:
		for name in (
			"web-test.html",
			"web-test.SVG",
			"web-test.xhtml",
			"web-test.xml",
			"web-test.css",
			"web-test",
		):
			with self.subTest(name):
				status, headers, _body = fetch(self.put(name, b"<script>alert(1)</script>"))
				self.assertEqual(status, 200)
				self.assertEqual(headers["content-disposition"], "attachment")
				self.assertTrue(headers["content-security-policy"].startswith("sandbox"))
				self.assertEqual(headers["x-content-type-options"], "nosniff")

	def test_a_pdf_opens_in_the_browsers_viewer_without_scripts(self) -> None:
		status, headers, _body = fetch(self.put("web-test.pdf", b"%PDF-1.4"))
		self.assertEqual((status, headers["content-type"]), (200, "application/pdf"))
		self.assertNotIn("content-disposition", headers)
		self.assertIn("script-src 'none'", headers["content-security-policy"])
		self.assertNotIn("sandbox", headers["content-security-policy"])

	def test_nothing_outside_is_served(self) -> None:
		for path in (
			"/files/../../site_config.json",
			"/files/..%2f..%2fsite_config.json",
			"/files/%2e%2e/%2e%2e/site_config.json",
			"/files//etc/passwd",
			"/private/files/web-test.png",
		):
			with self.subTest(path):
				status, _headers, body = fetch(path)
				self.assertIn(status, (403, 404))
				self.assertNotIn(b"db_password", body)


class TestSites(unittest.TestCase):
	def test_host_names_of_the_site_and_of_this_machine_are_answered(self) -> None:
		for host in (SITE, "127.0.0.1", "localhost"):
			with self.subTest(host):
				status, _headers, body = fetch("/api/method/ping", Host=host)
				self.assertEqual((status, json.loads(body)["message"]), (200, "pong"))

	def test_an_unknown_host_name_gets_nothing(self) -> None:
		for host in ("nobody.example", "../..", SITE + ".nobody.example"):
			with self.subTest(host):
				status, _headers, _body = fetch("/api/method/ping", Host=host)
				self.assertEqual(status, 400)

	def test_a_client_chooses_no_site_by_header(self) -> None:
		status, _headers, body = fetch("/api/method/ping", **{"X-Frappe-Site-Name": "no-such.site"})
		self.assertEqual((status, json.loads(body)["message"]), (200, "pong"))

	def test_without_a_pin_the_host_name_chooses_among_sites_only(self) -> None:
		from engine.web import site_for

		default = json.loads((SITES / "common_site_config.json").read_text())["default_site"]
		self.assertEqual(site_for(f"{SITE}:8000"), SITE)
		for host in ("", "nobody.example", "../sites", "assets", SITE + "/..", "[::1]:8000"):
			with self.subTest(host):
				self.assertEqual(site_for(host), default)
