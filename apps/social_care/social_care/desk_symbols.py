"""The desk's icons, kept by the browser.

The framework writes the drawings of all icons into the page itself, which no browser keeps: a quarter of what a second
visit costs. Here they are a script of their own whose address changes with its content.
"""

import re

import frappe
from frappe.utils.jinja import get_jenv
from jinja2 import TemplateNotFound
from werkzeug.wrappers import Response

from social_care.desk_texts import KEPT, version_of

ADDRESS = "/api/method/social_care.api.texts.desk_symbols"
SETS = ("timeless", "espresso", "lucide")  # names of the framework's sets, over its versions
FILE = re.compile(rf"public/icons/({'|'.join(SETS)})/icons\.svg$")


def is_set(template: str | None) -> bool:
	"""Whether an included template is one of the framework's sets of icons."""
	return bool(template and FILE.search(template))


def script_tag(source: str) -> str:
	"""What stands in the page in place of a set; the script puts the set where it stands."""
	return f'<script src="{ADDRESS}?version={version_of(source)}"></script>'


def answer(version: str) -> Response:
	"""The set of this version as a script, to be kept; one that is not there (any more) is nothing, and not kept."""
	found = next((source for source in _sources() if version_of(source) == version), None)
	script = f"document.currentScript.insertAdjacentHTML('afterend', {frappe.as_json(found, indent=None)});"
	response = Response(script if found else "", content_type="text/javascript; charset=utf-8")
	if found:
		response.headers["Cache-Control"] = KEPT
	return response


def _sources() -> list[str]:
	environment, found = get_jenv(), []
	for name in SETS:
		try:
			found.append(environment.loader.get_source(environment, f"public/icons/{name}/icons.svg")[0])
		except TemplateNotFound:
			continue
	return found
