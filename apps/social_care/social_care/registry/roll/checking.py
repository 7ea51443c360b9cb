"""The first job of an upload: read it, match its rows, write down every difference. Nothing of a file is changed."""

import json
from collections.abc import Callable
from typing import Any

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.translate import get_user_lang
from frappe.utils import create_batch, now
from pymysql.err import OperationalError

from social_care.registry.roll import photographs, reading, stored
from social_care.registry.roll.choices import choices_of
from social_care.registry.roll.columns import columns
from social_care.registry.roll.difference import CHANGED, NEW, NOT_POSSIBLE, WAITING, Comparer, Difference
from social_care.registry.roll.matching import Facts, Match, Roll
from social_care.registry.roll.package import UnfitWorkbookError
from social_care.registry.together.statements import insert_rows

AT_ONCE = 250
TRIES = 3
ENDED = (frappe.QueryDeadlockError, frappe.QueryTimeoutError, OperationalError)
PHOTOGRAPHS = "Photographs"
UPLOADED, CHECKING, CHECKED, CONFIRMED, APPLYING, APPLIED, FAILED = (
	"Uploaded",
	"Checking",
	"Checked",
	"Confirmed",
	"Applying",
	"Applied",
	"Failed",
)
COUNTED = {
	NEW: "rows_new",
	CHANGED: "rows_changed",
	WAITING: "rows_waiting",
	NOT_POSSIBLE: "rows_not_possible",
}
FIELDS = (
	"name",
	"owner",
	"creation",
	"modified",
	"modified_by",
	"roll_upload",
	"institution",
	"sheet_row",
	"kind",
	"child",
	"cells",
	"candidates",
	"note",
	"problems",
	"conflicts",
	"accepted",
	"outcome",
)


def check(upload: str) -> None:
	"""Job: from Uploaded to Checked, or Failed with the reason. Begun anew, it begins from the first row."""
	doc = begin(upload, (UPLOADED, CHECKING), CHECKING)
	if not doc:
		return
	try:
		tried(lambda: compare_photographs(doc) if doc.contents == PHOTOGRAPHS else compare_all(doc))
	except UnfitWorkbookError as error:
		frappe.db.rollback()
		fail(doc, str(error))
	except Exception:
		frappe.db.rollback()
		note_failure("checking", upload)
		fail(doc, _("The upload could not be checked. Please tell the system's administrator."))


def tried(step: Callable[[], Any]) -> Any:
	"""Do a step again where the database ended its transaction in favour of another."""
	for _try in range(TRIES - 1):
		try:
			return step()
		except ENDED:
			frappe.db.rollback()
	return step()


def begin(upload: str, states: tuple[str, ...], state: str) -> Document | None:
	"""Take the upload for a job, unless it is in another state by now."""
	status = frappe.db.get_value("Roll Upload", upload, "status", for_update=True)
	if status not in states:
		frappe.db.commit()
		return None
	frappe.db.set_value("Roll Upload", upload, {"status": state, "failure": ""})
	frappe.db.commit()  # others see that it has begun
	frappe.local.lang = get_user_lang(frappe.session.user)  # a job has no request that says it
	return frappe.get_doc("Roll Upload", upload)


def note_failure(step: str, upload: str) -> None:
	"""Where the program failed, for administrators; `social_care/errors` keeps no values."""
	frappe.log_error(f"Roll Upload: {step}", reference_doctype="Roll Upload", reference_name=upload)


def fail(doc: Document, sentence: str) -> None:
	"""End an upload with a sentence for the user."""
	frappe.clear_messages()
	frappe.db.set_value("Roll Upload", doc.name, {"status": FAILED, "failure": sentence})
	frappe.db.commit()


def content(doc: Document) -> tuple[bytes, str]:
	"""Bytes and name of the uploaded file."""
	found = {"attached_to_doctype": "Roll Upload", "attached_to_name": doc.name, "attached_to_field": "file"}
	file = frappe.get_doc("File", found)
	with open(file.get_full_path(), "rb") as stream:
		return stream.read(), file.file_name


def compare_all(doc: Document) -> None:
	"""Differences of all rows, in chunks that are kept one by one."""
	frappe.db.delete("Roll Upload Row", {"roll_upload": doc.name})
	sheet = reading.read(*content(doc), columns())
	choices = choices_of(sheet.columns)
	comparer = Comparer(sheet.columns, choices, sheet.order, doc.institution)
	matches = Roll(doc.institution).match(
		[(row.code, facts(row, sheet.columns, choices)) for row in sheet.rows]
	)
	twice = repeated(sheet.rows, matches)
	counts = dict.fromkeys((*COUNTED.values(), "rows_unchanged"), 0)
	done = 0
	for part in create_batch(list(zip(sheet.rows, matches, strict=True)), AT_ONCE):
		found = [refuse_repeated(each, twice) for each in compare_part(comparer, part)]
		count(found, counts)
		write(doc, [each for each in found if not each.is_empty])
		done += len(part)
		keep_progress(doc.name, done / len(sheet.rows))
	finish(doc, counts | {"rows_total": len(sheet.rows), "notices": notices(sheet)})


def compare_photographs(doc: Document) -> None:
	"""The same for an archive of photographs."""
	frappe.db.delete("Roll Upload Row", {"roll_upload": doc.name})
	counts = dict.fromkeys(COUNTED.values(), 0) | {"rows_unchanged": 0}

	def keep(found: list[Difference], share: float) -> None:
		count(found, counts)
		write(doc, [each for each in found if not each.is_empty])
		keep_progress(doc.name, share)

	finish(doc, counts | photographs.compare_all(doc, content(doc)[0], keep))


def finish(doc: Document, values: dict) -> None:
	"""The upload waits for decisions now."""
	frappe.db.set_value("Roll Upload", doc.name, values | {"status": CHECKED, "progress": 100})
	frappe.db.commit()


def facts(row: reading.Row, known: list, choices: dict) -> Facts:
	"""Who the row is about; a cell that cannot be read says nothing."""
	from social_care.registry.roll.cells import CellError, taken

	texts = {}
	for column in known:
		if column.key in IDENTIFYING:
			try:
				texts[column.key] = taken(row.cells.get(column.key), column, choices.get(column.key))
			except CellError:
				texts[column.key] = ""
	return Facts.of(texts)


IDENTIFYING = {
	"national_number",
	"first_name",
	"father_name",
	"grandfather_name",
	"family_name",
	"birth_date",
	"mother_full_name",
}


def repeated(rows: list[reading.Row], matches: list[Match]) -> dict[int, int]:
	"""Row numbers that are about the same child as another row, with that row's number."""
	seen: dict[str, int] = {}
	found = {}
	for row, match in zip(rows, matches, strict=True):
		key = match.key
		if not key:
			continue
		if key in seen:
			found |= {row.number: seen[key], seen[key]: row.number}
		seen.setdefault(key, row.number)
	return found


def refuse_repeated(found: Difference, twice: dict[int, int]) -> Difference:
	"""Of two rows about one child none is applied: nobody knows which is meant."""
	if found.number in twice and not found.is_empty:
		found.kind = NOT_POSSIBLE
		found.note = _("The same child stands also in row {0}.").format(twice[found.number])
	return found


def compare_part(comparer: Comparer, part: list[tuple[reading.Row, Match]]) -> list[Difference]:
	names = [match.child for _row, match in part if match.child]
	children, writable = stored.read(names), stored.reachable(names)
	return [
		comparer.compare(row, match, children.get(match.child), match.child in writable)
		for row, match in part
	]


def count(found: list[Difference], counts: dict[str, int]) -> None:
	for each in found:
		counts["rows_unchanged" if each.is_empty else COUNTED[each.kind]] += 1


def write(doc: Document, found: list[Difference]) -> None:
	"""Rows of the difference, many at once."""
	if found:
		stamp = now()
		rows = [dict(zip(FIELDS, _values(doc, each, stamp), strict=True)) for each in found]
		insert_rows("Roll Upload Row", rows)


def _values(doc: Document, each: Difference, stamp: str) -> tuple:
	return (
		frappe.generate_hash(length=12),
		doc.owner,
		stamp,
		stamp,
		doc.owner,
		doc.name,
		doc.institution,
		each.number,
		each.kind,
		each.child,
		json.dumps(each.cells, ensure_ascii=False),
		json.dumps(each.candidates),
		each.note,
		each.problems,
		each.conflicts,
		int(each.accepted),
		"",
	)


def keep_progress(upload: str, share: float) -> None:
	"""Keep what was done so far and show how far it is."""
	frappe.db.set_value("Roll Upload", upload, "progress", min(round(share * 100), 99))
	frappe.db.commit()


def notices(sheet: reading.Sheet) -> str:
	"""What the user should know of the headings."""
	lines = []
	if sheet.unknown:
		lines.append(
			_("These columns are not known and were left out: {0}").format("، ".join(sheet.unknown[:30]))
		)
	if sheet.repeated:
		lines.append(
			_("These columns stand twice; the first was read: {0}").format("، ".join(sheet.repeated[:30]))
		)
	if not sheet.order:
		lines.append(_("The workbook was not downloaded here: empty cells change nothing."))
	return "\n".join(lines)
