"""The desk's texts in the user's language, kept by the browser.

The framework writes all of them into the page itself, which no browser keeps: more than a megabyte at every visit for
Arabic. Here they are a script of their own whose address changes with its content.
"""

import hashlib
import json

import frappe
from werkzeug.wrappers import Response

ADDRESS = "/api/method/social_care.api.texts.desk_texts"
KEPT = f"private, max-age={365 * 24 * 60 * 60}, immutable"


def take_out(bootinfo) -> None:
	"""`boot_session` hook: in the page only the address of the texts is left.

	A framework that does not send them with the page is left alone.
	"""
	texts = bootinfo.get("__messages")
	if texts:
		bootinfo["__messages"] = {}
		bootinfo["social_care_texts"] = f"{ADDRESS}?version={version_of(as_text(texts))}"


def note_address(bootinfo) -> None:
	"""Remember for the page that is being made which texts it needs."""
	frappe.local.social_care_texts = bootinfo.get("social_care_texts")


def scripts() -> list[str]:
	"""What the desk's page loads before its other scripts."""
	address = getattr(frappe.local, "social_care_texts", None)
	return [address] if address else []


def answer(version: str) -> Response:
	"""The texts of the user's language as a script, to be kept if it is the version that was asked for."""
	from frappe.translate import get_messages_for_boot

	frappe.set_user_lang(frappe.session.user)
	text = as_text(get_messages_for_boot())
	response = Response(
		f"frappe._messages = frappe.boot.__messages = {text};",
		content_type="text/javascript; charset=utf-8",
	)
	if version == version_of(text):
		response.headers["Cache-Control"] = KEPT
	return response


def as_text(texts: dict[str, str]) -> str:
	"""The texts as JSON, always the same for the same texts."""
	return json.dumps(texts, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def version_of(text: str) -> str:
	return hashlib.sha256(text.encode()).hexdigest()[:16]
