"""Everything that can be called by name: whitelisted functions under every path, and methods of documents."""

import importlib
import inspect
import pkgutil
import re
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import frappe
import frappe.handler

# Modules that offer nothing over HTTP, or that only run on a command line or in tests.
NOT_IMPORTED = re.compile(r"\.(tests|patches|commands|demo)(\.|$)|\.test_|parallel_test")


@dataclass(frozen=True)
class Endpoint:
	"""A callable path with the function behind it; `doctype` for a document's method."""

	path: str
	function: Callable
	doctype: str = ""

	@property
	def verbs(self) -> tuple[str, ...]:
		return tuple(frappe.allowed_http_methods_for_whitelisted_func.get(self.function, ("GET", "POST")))


def find() -> list[Endpoint]:
	"""Functions, their other names, short names, and documents' methods."""
	import_everything()
	found = [*functions(), *short_names(), *document_methods()]
	return sorted(found, key=lambda one: (one.doctype, one.path))


def import_everything() -> None:
	"""Load every module of every installed app, so that all functions are known; a broken one fails the test."""
	for app in frappe.get_installed_apps():
		package = importlib.import_module(app)
		for module in pkgutil.walk_packages(package.__path__, f"{app}."):
			if not NOT_IMPORTED.search(module.name):
				importlib.import_module(module.name)


def functions() -> Iterator[Endpoint]:
	"""Every module attribute that is a whitelisted function: a function imported elsewhere can be called there, too."""
	allowed = set(frappe.whitelisted)
	apps = set(frappe.get_installed_apps())
	for name, module in sorted(sys.modules.items()):
		if name.partition(".")[0] in apps and module:
			for key, value in sorted(vars(module).items()):
				if inspect.isfunction(value) and value in allowed:
					yield Endpoint(f"{name}.{key}", value)


def short_names() -> Iterator[Endpoint]:
	"""Names without a dot, which the framework looks up in its handler."""
	allowed = set(frappe.whitelisted)
	for key, value in sorted(vars(frappe.handler).items()):
		if inspect.isfunction(value) and value in allowed:
			yield Endpoint(key, value)


def document_methods() -> Iterator[Endpoint]:
	"""Whitelisted methods of controllers, inherited ones included."""
	allowed = set(frappe.whitelisted)
	for doctype in frappe.get_all("DocType", pluck="name", order_by="name"):
		controller = frappe.get_meta(doctype).is_virtual or frappe.get_doc({"doctype": doctype}).__class__
		for key, value in inspect.getmembers(controller, inspect.isfunction):
			if value in allowed:
				yield Endpoint(key, value, doctype)


def innermost(function: Callable) -> Callable:
	"""The function under decorators that hide its parameters."""
	seen = set()
	while function not in seen:
		seen.add(function)
		function = inspect.unwrap(function)
		hidden = [
			cell.cell_contents
			for cell in function.__closure__ or ()
			if inspect.isfunction(cell.cell_contents)
		]
		wraps = {parameter.kind for parameter in inspect.signature(function).parameters.values()}
		if len(hidden) == 1 and wraps <= {inspect.Parameter.VAR_POSITIONAL, inspect.Parameter.VAR_KEYWORD}:
			function = hidden[0]
	return function


def parameters(endpoint: Endpoint) -> list[inspect.Parameter]:
	"""Parameters that a request can give."""
	found = inspect.signature(innermost(endpoint.function)).parameters.values()
	kinds = (inspect.Parameter.VAR_POSITIONAL, inspect.Parameter.VAR_KEYWORD)
	return [one for one in found if one.kind not in kinds and one.name != "self"]


def reads_the_request(endpoint: Endpoint) -> bool:
	"""Whether the function takes what it wants from the request itself."""
	function = innermost(endpoint.function)
	kinds = {one.kind for one in inspect.signature(function).parameters.values()}
	return (
		inspect.Parameter.VAR_KEYWORD in kinds or "form_dict" in _source(function) or not parameters(endpoint)
	)


def _source(function: Callable) -> str:
	try:
		return inspect.getsource(function)
	except OSError:
		return ""
