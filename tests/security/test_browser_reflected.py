"""What a page repeats of an address, and what the framework gives to everybody: texts, and nothing of others."""

import json
import re

import frappe
import pytest
from isolation.browser import URL, Browser
from isolation.records import Stage

MARK = "zq\"'</script><img src=x onerror=zq()>\\"


def page(browser: Browser, path: str, **query: str):
	return browser.session.get(URL + path, params=query, headers={"Accept": "text/html"}, timeout=120)


class TestReflected:
	"""S-80."""

	@pytest.mark.parametrize(
		"path",
		[
			"/list?doctype=Note",
			"/search",
			"/blog",
			"/login",
			"/message",
			"/printview?doctype=Note&name=x",
			"/no-such",
		],
	)
	def test_the_words_of_an_address_are_texts(self, guest: Browser, visitor: Browser, path: str) -> None:
		for browser in (guest, visitor):
			asked = dict.fromkeys(
				("txt", "q", "query", "category", "search", "message", "title", "redirect-to"), MARK
			)
			answer = page(browser, path, **asked)
			assert "<img src=x" not in answer.text, path
			assert "</script><img" not in answer.text, path

	def test_a_text_between_quotes_of_a_script_stays_there(self, citizen: Browser) -> None:
		from social_care.browser_safety.reflected import escaped

		assert not set("<>\"'`\\\n") & set(escaped(MARK + "\n"))

	def test_a_path_in_a_refusal_is_a_text(self, guest: Browser) -> None:
		answer = page(guest, "/app/x%22%3E%3Cimg%20src=x%20onerror=zq()%3E")
		assert "<img src=x" not in answer.text


class TestFirstScript:
	"""The desk's data stands inside a script of the page."""

	def test_no_text_ends_it(self, visitor: Browser) -> None:
		text = page(visitor, "/app").text
		boot = re.search(r"frappe\.boot = JSON\.parse\((\".*?\")\);\n", text)[1]
		assert "<" not in boot
		assert json.loads(json.loads(boot))["user"]["name"] == visitor.user


class TestGivenToEverybody:
	def test_letter_heads_are_those_one_may_use(self, stage: Stage, visitor: Browser) -> None:
		"""S-103."""
		from social_care.boot import own_letter_heads

		frappe.set_user("Guest")
		try:
			assert own_letter_heads({"letter_heads": {"x": {"header": "y"}}}) == {}
		finally:
			frappe.set_user("Administrator")

	def test_a_guest_reads_no_help_article(self, guest: Browser) -> None:
		"""S-104."""
		frappe.set_user("Administrator")
		category = frappe.get_doc(
			{"doctype": "Help Category", "category_name": "zq " + frappe.generate_hash(length=6)}
		).insert()
		article = frappe.get_doc(
			{
				"doctype": "Help Article",
				"title": "zq article",
				"category": category.name,
				"content": "zq secret",
			}
		).insert()
		frappe.db.commit()
		try:
			for answer in (
				guest.get(f"/api/resource/Help Article/{article.name}"),
				guest.get("/api/resource/Help Article", fields=["content"]),
			):
				assert answer.status_code == 403 or answer.json()["data"] == []
				assert "zq secret" not in answer.text
		finally:
			article.delete()
			category.delete()
			frappe.db.commit()

	def test_a_citizen_lists_no_address_of_others(self, citizen: Browser) -> None:
		"""S-105."""
		frappe.set_user("Administrator")
		values = {"address_title": "zq place", "address_type": "Office", "address_line1": "zq secret street"}
		address = frappe.get_doc({"doctype": "Address", **values, "city": "x", "country": "Egypt"}).insert()
		frappe.db.commit()
		try:
			for answer in (
				citizen.call("frappe.www.list.get", doctype="Address"),
				citizen.call("frappe.www.list.get_list_data", doctype="Address"),
				page(citizen, "/addresses"),
				citizen.get("/api/resource/Address", fields=["*"]),
			):
				assert "zq secret" not in answer.text, answer.text[:300]
		finally:
			address.delete()
			frappe.db.commit()

	def test_a_guest_sends_no_mail_of_his_own_words(self, guest: Browser) -> None:
		"""S-108."""
		answer = guest.call("frappe.www.contact.send_message", sender="zq@example.org", message="<b>zq</b>")
		assert answer.status_code in (403, 404), answer.text[:300]
