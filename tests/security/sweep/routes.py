"""Addresses that are no functions: records and lists by REST, documents' methods, pages, prints, files."""

import json
from collections.abc import Iterator
from urllib.parse import quote

import frappe
from frappe.website.router import get_pages
from social_care.scope import scoped_parents

from security.sweep.endpoints import Endpoint, parameters
from security.sweep.marks import TEXTS, Marks
from security.sweep.probes import FALSE, Probe, Target, value_of


def of_document(endpoint: Endpoint, target: Target) -> Iterator[Probe]:
	"""A document's method by name, on a document that the browser sends, and by REST."""
	label, doctype = f"{endpoint.doctype}.{endpoint.path}", endpoint.doctype
	name = target.marks.name(target.side, doctype) or doctype
	given = {}
	for one in parameters(endpoint):
		value = value_of(one.name, "name", target, str(one.annotation), one.default is not one.empty)
		given |= {one.name: value} if value is not None else {}
	by_name = {"dt": doctype, "dn": name, "method": endpoint.path, "args": json.dumps(given)}
	yield Probe(label, "method", "POST", "/api/method/run_doc_method", form=by_name)
	sent = {"docs": json.dumps(crafted(doctype, target)), "method": endpoint.path, "args": json.dumps(given)}
	yield Probe(label, "method of a sent document", "POST", "/", form=sent | {"cmd": "runserverobj"})
	path = f"/api/resource/{quote(doctype)}/{quote(name)}"
	yield Probe(label, "method by REST", "GET", path, query=given | {"run_method": endpoint.path})
	yield Probe(label, "method by REST", "POST", path, form=given | {"run_method": endpoint.path})


def crafted(doctype: str, target: Target) -> dict:
	"""A document that nobody stored, which points at the target wherever it can."""
	doc: dict = {"doctype": doctype, "name": "x", "__islocal": 1}
	for df in frappe.get_meta(doctype).fields:
		if df.fieldtype == "Link":
			doc[df.fieldname] = (
				target.doctype if df.options == "DocType" else target.marks.name(target.side, df.options)
			)
		elif df.fieldtype in ("Dynamic Link", "Data"):
			doc[df.fieldname] = target.name
	return {key: value for key, value in doc.items() if value}


def of_lists(marks: Marks) -> Iterator[Probe]:
	"""The list of every DocType that has planted rows, all columns; tables through their parents."""
	for doctype in marks.rows["here"]:
		path, label = f"/api/resource/{quote(doctype)}", f"/api/resource/{doctype}"
		query = {"fields": '["*"]', "limit_page_length": "500", "order_by": "creation desc"}
		parents = scoped_parents(doctype) if frappe.get_meta(doctype).istable else [""]
		for parent in parents:
			yield Probe(label, "list", "GET", path, query=query | ({"parent": parent} if parent else {}))


def of_records(target: Target) -> Iterator[Probe]:
	"""Every planted row of one side: read, change, remove, link to, print, open."""
	for doctype, names in target.marks.rows[target.side].items():
		path, label = f"/api/resource/{quote(doctype)}/{quote(names[0])}", f"/api/resource/{doctype}/…"
		yield Probe(label, "record", "GET", path)
		text = next((df.fieldname for df in frappe.get_meta(doctype).fields if df.fieldtype in TEXTS), "idx")
		yield Probe(label, "change", "PUT", path, data=json.dumps({text: "changed"}))
		yield Probe(label, "removal", "DELETE", path)
		yield Probe(label, "print", "GET", "/printview", query={"doctype": doctype, "name": names[0]})
		if not frappe.get_meta(doctype).istable:
			linked = {
				key: value
				for key, value in crafted(doctype, target).items()
				if key not in ("name", "__islocal")
			}
			yield Probe(
				f"/api/resource/{doctype}", "insert", "POST", path.rpartition("/")[0], data=json.dumps(linked)
			)


def of_columns(target: Target, columns: list[str]) -> Iterator[Probe]:
	"""Filters by columns of Child, which must not tell what stands there."""
	path, label = "/api/resource/Child", "/api/resource/Child"
	for column in columns:
		right = target.marks.of(target.side, "Child", column)
		queries = [
			{"filters": json.dumps([[column, "=", text]]), "fields": '["name"]'} for text in (right, FALSE)
		]
		twin = Probe(label, "filter", "GET", path, query=queries[1])
		yield Probe(label, "filter", "GET", path, query=queries[0], twin=twin)


def of_files(marks: Marks, side: str) -> Iterator[Probe]:
	"""The address of every planted file, and the same below other folders."""
	for address in marks.addresses[side]:
		yield Probe("/private/files/…", "file", "GET", address)
		yield Probe("/private/files/…", "file", "GET", address.replace("/private", ""))
		yield Probe("/private/files/…", "file", "GET", address.replace("/private/", "/private/../private/"))
		yield Probe("download_file", "file", "GET", "/api/method/download_file", query={"file_url": address})


def of_pages(target: Target) -> Iterator[Probe]:
	"""Every page of the site, asked about the target."""
	about = {
		"doctype": target.doctype,
		"name": target.name,
		"docname": target.name,
		"dt": target.doctype,
		"q": target.mark,
	}
	forms = frappe.get_all("Web Form", filters={"published": 1}, pluck="route")
	views = [
		route for route in frappe.get_all("DocType", filters={"has_web_view": 1}, pluck="route") if route
	]
	rules = [rule["from_route"].split("<")[0].strip("/") for rule in frappe.get_hooks("website_route_rules")]
	own = [
		f"{doctype}/{target.name}" for doctype in ("Child", "child", "app/child", "print/Child", "list/Child")
	]
	for route in sorted({*get_pages(), *forms, *views, *rules, *own, "backups/x.sql.gz", "me", "desk"}):
		yield Probe(f"/{route}", "page", "GET", f"/{quote(route)}", query=about)


def of_later_versions(target: Target) -> Iterator[Probe]:
	"""Addresses of the newer REST interface; where the framework has none, they are not found."""
	for start in ("/api/v1/resource", "/api/v2/document"):
		yield Probe(
			f"{start}/Child", "list", "GET", f"{start}/Child", query={"fields": '["*"]', "limit": "500"}
		)
		yield Probe(f"{start}/Child/…", "record", "GET", f"{start}/Child/{target.name}")
		yield Probe(
			f"{start}/Child/…", "change", "PUT", f"{start}/Child/{target.name}", data='{"nickname": "x"}'
		)
		yield Probe(f"{start}/Child/…", "removal", "DELETE", f"{start}/Child/{target.name}")
	yield Probe(
		"/api/v2/doctype/Child", "meta", "GET", "/api/v2/doctype/Child/count", query={"filters": "{}"}
	)
	method = f"/api/v2/document/Child/{target.name}/method/get_title"
	yield Probe("/api/v2/document/Child/…/method", "method", "GET", method)
	given = json.dumps({"doctype": "Child", "name": target.name})
	yield Probe(
		"/api/v2/method/frappe.client.get", "name", "POST", "/api/v2/method/frappe.client.get", data=given
	)
