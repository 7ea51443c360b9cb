"""Calls of the roll: its workbook, an upload, the differences, what is accepted of them."""

import frappe
from frappe import _

from social_care.api.sent import sent_file
from social_care.registry.roll import decisions, downloading, photographs, receiving, result, screen


@frappe.whitelist()
def download(institution: str) -> None:
	"""The roll as a workbook."""
	_send(_("children-roll"), downloading.workbook(institution))


@frappe.whitelist(methods=["POST"])
def upload(institution: str) -> dict:
	"""A workbook, sent as `file`; answers {"name", "status"} of the upload, which is compared in the background."""
	return _kept(receiving.receive(institution, *_uploaded()))


@frappe.whitelist(methods=["POST"])
def upload_photographs(institution: str) -> dict:
	"""An archive of photographs, as `upload`."""
	return _kept(photographs.receive(institution, *_uploaded()))


@frappe.whitelist()
def state(upload: str) -> dict:
	"""How far an upload is."""
	return screen.state(upload)


@frappe.whitelist()
def difference(upload: str, start: int = 0, kind: str = "") -> dict:
	"""A page of the rows that would change something or cannot be taken, as far as the reader may see them."""
	return screen.page(upload, int(start), kind)


@frappe.whitelist(methods=["POST"])
def decide(upload: str, row: str, accepted: int | None = None, cells: str | dict | None = None) -> dict:
	"""Accept a row or single cells of it, or leave them out."""
	return decisions.decide(
		upload, row, None if accepted is None else bool(int(accepted)), frappe.parse_json(cells)
	)


@frappe.whitelist(methods=["POST"])
def choose(upload: str, row: str, child: str = "") -> dict:
	"""Say whose row a waiting one is."""
	return decisions.choose(upload, row, child)


@frappe.whitelist(methods=["POST"])
def confirm(upload: str) -> dict:
	"""Apply what is accepted."""
	return {"status": decisions.confirm(upload)}


@frappe.whitelist()
def result_workbook(upload: str) -> None:
	"""The rows with remarks, each beside its cell, to be corrected and uploaded again."""
	_send(_("roll-remarks"), result.workbook(upload))


def _kept(doc) -> dict:
	return {"name": doc.name, "status": doc.status}


def _uploaded() -> tuple[str, bytes]:
	file = sent_file()
	return file.filename or "", file.stream.read()


def _send(name: str, data: bytes) -> None:
	frappe.response.update({"type": "binary", "filename": f"{name}.xlsx", "filecontent": data})
