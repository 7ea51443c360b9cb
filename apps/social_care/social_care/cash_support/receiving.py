"""A list arrives: who may, what it is, whether it was here before, and how it is to be read."""

from pathlib import Path
from typing import BinaryIO

import frappe
from frappe import _
from frappe.model.document import Document

from social_care.cash_support import files, lists, loading, reading, rights, rounds
from social_care.registry.roll import package

BATCH, BROKEN = loading.BATCH, loading.BROKEN


class KnownFileError(package.UnfitWorkbookError):
	"""The same file was loaded before."""


def receive(contents: str, about: str, file_name: str, source: BinaryIO) -> Document:
	"""Keep a list and begin to load it. `about` is the campaign, programme or round; nothing for deaths.

	Raises UnfitWorkbookError with a sentence for the user before anything of it is kept.
	"""
	values = _about(contents, about)
	unit = rights.check_loader(contents)
	ending = Path(file_name.lower()).suffix
	if ending not in reading.ENDINGS:
		package.refuse(_("Upload a workbook (xlsx) or a text table (csv)."))
	doc = frappe.new_doc(BATCH)
	doc.update(values | {"contents": contents, "org_unit": unit, "ending": ending, "status": "Uploaded"})
	doc.uploaded_by = frappe.session.user
	doc.insert(ignore_permissions=True)  # asked above
	try:
		_examine(doc, files.store(doc, source))
	except Exception:
		files.remove(doc)
		raise
	loading.enqueue(doc.name)
	return doc


def _examine(doc: Document, digest: str) -> None:
	_refuse_known(doc, digest)
	layout = reading.examine(files.path(doc), doc.contents)
	doc.digest, doc.layout = digest, layout.text()
	if layout.unknown:
		doc.notices = _("Columns that were left out: {0}").format("، ".join(layout.unknown[:20]))
	doc.save(ignore_permissions=True)


def _refuse_known(doc: Document, digest: str) -> None:
	"""A batch that ended half-way is no hindrance: rows that it took are known one by one."""
	same = {
		field: doc.get(field) or ["is", "not set"] for field in ("campaign", "programme", "support_round")
	}
	known = frappe.db.get_value(
		BATCH,
		same
		| {"contents": doc.contents, "digest": digest, "name": ["!=", doc.name], "status": ["!=", BROKEN]},
		["name", "creation"],
	)
	if known:
		day = frappe.format(known[1], "Date")
		frappe.throw(
			_("This file was loaded already, on {0}, as {1}.").format(day, known[0]),
			KnownFileError,
			title=_("Upload"),
		)


def _about(contents: str, about: str) -> dict[str, str]:
	"""What the list belongs to, looked up; a closed campaign and a frozen round take none."""
	if contents not in lists.CONTENTS:
		frappe.throw(_("There is no list of this kind."), title=_("Upload"))
	if contents == lists.BENEFICIARIES:
		campaign = frappe.get_doc("Beneficiary Review Campaign", about)
		if campaign.status != "Open":
			frappe.throw(_("The campaign is closed."), title=_("Upload"))
		return {"campaign": campaign.name}
	if contents == lists.MEMBERS:
		return {"programme": frappe.get_doc("Support Programme", about).name}
	if contents == lists.HOUSEHOLDS:
		rounds.check_open(about, lock=True)  # it is not submitted before the batch is there
		return {"support_round": about, "programme": frappe.db.get_value("Support Round", about, "programme")}
	return {}
