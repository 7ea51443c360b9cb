"""A number used once that tells the scripts of templates from everything else that stands in a page.

It is given to `<script>` tags of template *files* of the installed apps, before the template meets any data. A tag
that comes out of data (a title, a comment, a stored page, a setting) never gets it and does not run.
"""

import re
import secrets

import frappe
from frappe.utils.jinja import get_jenv
from jinja2 import TemplateNotFound
from jinja2.ext import Extension

from social_care import desk_symbols, desk_texts
from social_care.browser_safety.errors import hide_traces
from social_care.browser_safety.reflected import disarm

OPENING = re.compile(r"<script(?=[\s>])(?![^>]*\bnonce=)", re.IGNORECASE)
FIRST_SCRIPT = "social_care_first.bundle.js"
TOKEN_MARK = "<!-- csrf_token -->"


def nonce() -> str:
	"""The number of this request."""
	if not getattr(frappe.local, "script_nonce", None):
		frappe.local.script_nonce = secrets.token_urlsafe(18)
	return frappe.local.script_nonce


def with_nonce(html: str) -> str:
	"""The text of a template file with the number on each script tag."""
	return OPENING.sub(f'<script nonce="{nonce()}"', html)


class TemplateNonce(Extension):
	"""Marks the scripts of template files while they are read; texts that are no files stay as they are."""

	def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:
		"""Named sources are files. A page's own file comes unnamed: it is known by its text."""
		if desk_symbols.is_set(name):
			return with_nonce(desk_symbols.script_tag(source))
		if filename and filename.endswith(".html"):
			return with_token(with_nonce(source))
		own = self.environment.globals.get("social_care_page_file")
		if name is None and own and own in source:
			return source.replace(own, with_nonce(own))
		return source


def with_token(source: str) -> str:
	"""The framework would write the script that holds the session's token without the number."""
	if TOKEN_MARK not in source:
		return source
	return source.replace(TOKEN_MARK, "{{ social_care_token_script() }}")


def token_script() -> str:
	"""The script that holds the session's token."""
	token = frappe.local.session.data.csrf_token if frappe.local.session else None
	return f'<script nonce="{nonce()}">frappe.csrf_token = {frappe.as_json(token, indent=None)};</script>'


def begin_page(context: frappe._dict) -> None:
	"""`update_website_context` hook: from here on the files of this page get the number.

	Such a page is this reader's alone, so it is never kept for others.
	"""
	frappe.local.no_cache = 1
	hide_traces(context)
	disarm(context)
	is_desk = bool(context.get("include_js"))
	if is_desk:
		context.include_js = [*desk_texts.scripts(), FIRST_SCRIPT, *context.include_js]
		context.sounds = []  # public/js/sounds.js fetches them when they are played
	frappe.local.page_needs_eval = is_desk or context.get("doctype") == "Web Form"
	environment = get_jenv()
	environment.add_extension(TemplateNonce)
	environment.globals.update(
		social_care_page_file=own_file(environment, context.get("template")),
		social_care_token_script=token_script,
		include_script=include_script,
	)


def own_file(environment, template: str | None) -> str:
	"""The text of the page's own file, without what the framework cuts off its head."""
	if not template:
		return ""
	try:
		source = environment.loader.get_source(environment, template)[0]
	except TemplateNotFound:
		return ""
	return source.rpartition("\n---\n")[2].strip() if source.startswith("---") else source.strip()


def include_script(path: str, preload: bool = True) -> str:
	"""The framework's tag for a built script, with the number."""
	from frappe.utils.jinja_globals import include_script as tag

	# what is announced ahead of the page is loaded without the number, which only built files may
	return with_nonce(tag(path, preload and not path.startswith("/api/")))
