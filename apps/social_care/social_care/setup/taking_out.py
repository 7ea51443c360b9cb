"""For extensions: everything that a module holds, written to one private archive before its tables go.

The archive says what its columns mean. It is read again and counted before the first row is deleted; where that
fails, the removal stops.
"""

import csv
import hashlib
import io
import json
import zipfile
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import frappe
from frappe import _
from frappe.model import no_value_fields
from frappe.utils import now_datetime

CHUNK = 500
FOLDER = ("private", "exports")  # not private/files, which the web serves to who may
TOLD = {"Comment": ("reference_doctype", "reference_name"), "Version": ("ref_doctype", "docname")}
RISKY = ("=", "+", "-", "@", "\t", "\r")  # a spreadsheet would take such a text for a formula


class TakingOutError(frappe.ValidationError):
	"""Rows that could not be written down; so they must not be deleted."""


@dataclass
class Part:
	"""One file of the archive: of which DocType, and how many rows were written."""

	doctype: str
	rows: int = 0
	digest: str = ""


def take_out(app: str, module: str) -> Path:
	"""Write the rows, history and private files of a module's DocTypes; the path of the archive.

	Raises TakingOutError where the archive cannot be written, or does not hold as many rows as the tables.
	"""
	path = target(app)
	try:
		parts = write(path, app, module)
		check(path, parts)
	except (OSError, zipfile.BadZipFile) as error:
		raise TakingOutError(
			_("The rows of {0} could not be exported, so the app stays: {1}").format(
				app, type(error).__name__
			)
		) from error
	return path


def target(app: str) -> Path:
	"""A new archive that only the system's own user reads."""
	folder = Path(frappe.get_site_path(*FOLDER))
	try:
		folder.mkdir(mode=0o700, parents=True, exist_ok=True)
		path = folder / f"{app}-{now_datetime():%Y%m%d-%H%M%S-%f}.zip"
		path.touch(mode=0o600, exist_ok=False)
	except OSError as error:
		raise TakingOutError(
			_("The rows of {0} could not be exported, so the app stays: {1}").format(
				app, type(error).__name__
			)
		) from error
	return path


def write(path: Path, app: str, module: str) -> dict[str, Part]:
	"""Files of the archive by their names, with what was written into each."""
	parts: dict[str, Part] = {}
	doctypes = frappe.get_all(  # of an app that is to be removed, by whoever may remove it
		"DocType", filters={"module": module, "istable": 0, "is_virtual": 0}, pluck="name", order_by="name"
	)
	with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=4) as archive:
		for doctype in doctypes:
			write_rows(archive, doctype, parts)
		for told in TOLD:
			write_lines(archive, f"history/{frappe.scrub(told)}.jsonl", told, history(told, doctypes), parts)
		files = list(write_files(archive, doctypes))
		about = {
			"app": app,
			"module": module,
			"site": frappe.local.site,
			"written_on": str(now_datetime()),
			"parts": {name: vars(part) for name, part in parts.items()},
			"files": files,
			"meaning": {doctype: meaning(doctype) for doctype in doctypes},
		}
		archive.writestr("about.json", json.dumps(about, ensure_ascii=False, indent=1, default=str))
	return parts


def write_rows(archive: zipfile.ZipFile, doctype: str, parts: dict[str, Part]) -> None:
	"""The records whole, with their tables, a line each; and as a sheet with Arabic headings."""
	name = frappe.scrub(doctype)
	write_lines(archive, f"rows/{name}.jsonl", doctype, documents(doctype), parts)
	if not frappe.get_meta(doctype).issingle:
		write_sheet(archive, f"sheets/{name}.csv", doctype)


def write_lines(
	archive: zipfile.ZipFile, name: str, doctype: str, rows: Iterator[dict], parts: dict[str, Part]
) -> None:
	part, digest = Part(doctype), hashlib.sha256()
	with archive.open(name, "w", force_zip64=True) as file:
		for row in rows:
			line = json.dumps(row, ensure_ascii=False, default=str).encode() + b"\n"
			file.write(line)
			digest.update(line)
			part.rows += 1
	part.digest = digest.hexdigest()
	parts[name] = part


def documents(doctype: str) -> Iterator[dict]:
	"""Every record with its tables; two queries and one for each table, a chunk."""
	meta = frappe.get_meta(doctype)
	if meta.issingle:
		yield frappe.get_doc(doctype).as_dict()
		return
	tables = {df.fieldname: df.options for df in meta.get_table_fields()}
	for rows in chunks(doctype):
		names = [row.name for row in rows]
		held = {field: table_rows(table, doctype, field, names) for field, table in tables.items()}
		for row in rows:
			yield row | {field: found.get(row.name, []) for field, found in held.items()}


def chunks(doctype: str) -> Iterator[list[dict]]:
	"""All rows in the order of their names."""
	table, last = frappe.qb.DocType(doctype), ""
	while True:
		query = frappe.qb.from_(table).select("*").where(table.name > last).orderby(table.name).limit(CHUNK)
		rows = query.run(as_dict=True)
		if not rows:
			return
		yield rows
		last = rows[-1].name


def table_rows(table: str, doctype: str, field: str, names: list[str]) -> dict[str, list[dict]]:
	row = frappe.qb.DocType(table)
	query = frappe.qb.from_(row).select("*").orderby(row.parent).orderby(row.idx)
	query = query.where((row.parenttype == doctype) & (row.parentfield == field) & row.parent.isin(names))
	found = defaultdict(list)
	for one in query.run(as_dict=True):
		found[one.parent].append(one)
	return found


def history(told: str, doctypes: list[str]) -> Iterator[dict]:
	"""Comments and versions of the records."""
	row, kind = frappe.qb.DocType(told), TOLD[told][0]
	query = frappe.qb.from_(row).select("*").where(row[kind].isin(doctypes or [""])).orderby(row.name)
	yield from query.run(as_dict=True)


def write_sheet(archive: zipfile.ZipFile, name: str, doctype: str) -> None:
	"""What a person reads: stored columns under their Arabic labels, in the order of the form."""
	fields = [df for df in frappe.get_meta(doctype).fields if stored(df)]
	with archive.open(name, "w", force_zip64=True) as file:
		text = io.TextIOWrapper(file, encoding="utf-8-sig", newline="")
		sheet = csv.writer(text)
		sheet.writerow([_("Code", lang="ar"), *(_(df.label or df.fieldname, lang="ar") for df in fields)])
		for rows in chunks(doctype):
			sheet.writerows([row.name, *(shown(df, row.get(df.fieldname)) for df in fields)] for row in rows)
		text.flush()
		text.detach()


def stored(df) -> bool:
	return df.fieldtype not in no_value_fields and not df.get("is_virtual")


def shown(df, value: object) -> object:
	"""A choice in Arabic; nothing that a spreadsheet would calculate."""
	if value is None:
		return ""
	if df.fieldtype == "Select":
		return _(value, lang="ar") if value else ""
	return f"'{value}" if isinstance(value, str) and value.startswith(RISKY) else value


def write_files(archive: zipfile.ZipFile, doctypes: list[str]) -> Iterator[dict]:
	"""Attachments, each once; a file that is missing on the disk is named as missing."""
	fields = ["name", "file_name", "file_url", "attached_to_doctype", "attached_to_name", "attached_to_field"]
	rows = frappe.get_all(  # of an app that is to be removed
		"File", filters={"attached_to_doctype": ["in", doctypes or [""]]}, fields=fields, order_by="name asc"
	)
	written: set[str] = set()
	for row in rows:
		path = disk_path(row.file_url)
		row.missing = not path
		if path and row.file_url not in written:
			written.add(row.file_url)
			archive.write(path, f"files/{path.name}")
		yield row


def disk_path(url: str | None) -> Path | None:
	kinds = {"/private/files/": ("private", "files"), "/files/": ("public", "files")}
	for begin, folder in kinds.items():
		if (url or "").startswith(begin):
			path = Path(frappe.get_site_path(*folder)) / Path(url).name
			return path if path.is_file() else None
	return None


def meaning(doctype: str) -> dict:
	"""What the columns of a DocType and of its tables are called, hold and point to."""
	meta = frappe.get_meta(doctype)
	tables = {df.fieldname: df.options for df in meta.get_table_fields()}
	return {
		"label": _(doctype, lang="ar"),
		"columns": columns(doctype),
		"tables": {field: {"doctype": table, "columns": columns(table)} for field, table in tables.items()},
	}


def columns(doctype: str) -> dict[str, dict]:
	return {
		df.fieldname: {
			"label": _(df.label or "", lang="ar"),
			"type": df.fieldtype,
			"options": df.options,
			"choices": choices(df),
		}
		for df in frappe.get_meta(doctype).fields
		if stored(df)
	}


def choices(df) -> dict[str, str]:
	"""Arabic of each choice."""
	if df.fieldtype != "Select":
		return {}
	return {word: _(word, lang="ar") for word in (df.options or "").split("\n") if word}


def check(path: Path, parts: dict[str, Part]) -> None:
	"""Read the archive again: every line is there, unchanged, and there are as many as rows in the tables."""
	with zipfile.ZipFile(path) as archive:
		for name, part in parts.items():
			content = archive.read(name)
			same = hashlib.sha256(content).hexdigest() == part.digest and content.count(b"\n") == part.rows
			if not same or (name.startswith("rows/") and part.rows != rows_of(part.doctype)):
				frappe.throw(
					_("The export of {0} is not whole, so the app stays.").format(part.doctype),
					TakingOutError,
				)


def rows_of(doctype: str) -> int:
	return 1 if frappe.get_meta(doctype).issingle else frappe.db.count(doctype)
