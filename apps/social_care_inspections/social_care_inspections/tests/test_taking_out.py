"""The app's rows are written down before they go: all of them, with their meaning, readable by nobody else; or nothing goes."""

import csv
import io
import json
import zipfile
from pathlib import Path
from unittest.mock import patch

import frappe
from social_care.setup import taking_out
from social_care.setup.workflow_tables import WorkflowTables
from social_care.tests.queries import queries

from social_care_inspections.inspections.visits import states
from social_care_inspections.setup import install
from social_care_inspections.tests.test_campaign import CampaignTestCase

VISIT = states.DOCTYPE


class TestTakingOut(CampaignTestCase):
	def taken(self) -> zipfile.ZipFile:
		path = taking_out.take_out(install.APP, install.MODULE)
		self.addCleanup(path.unlink)
		self.path = path
		return zipfile.ZipFile(path)

	def lines(self, archive: zipfile.ZipFile, doctype: str) -> dict[str, dict]:
		rows = archive.read(f"rows/{frappe.scrub(doctype)}.jsonl").decode().splitlines()
		return {row["name"]: row for row in map(json.loads, rows)}

	def test_every_doctype_with_every_row(self) -> None:
		archive = self.taken()
		doctypes = frappe.get_all("DocType", {"module": install.MODULE, "istable": 0}, pluck="name")
		for doctype in doctypes:
			self.assertEqual(len(self.lines(archive, doctype)), taking_out.rows_of(doctype), doctype)
		self.assertGreaterEqual(len(self.lines(archive, VISIT)), len(self.rows[VISIT]))

	def test_a_record_is_whole(self) -> None:
		archive = self.taken()
		row = next(row for row in self.rows[VISIT] if row["grade"] and row["status"] == states.APPROVED)
		found, doc = self.lines(archive, VISIT)[row["name"]], frappe.get_doc(VISIT, row["name"])
		self.assertEqual(found["findings"], doc.findings)
		self.assertEqual([one["score"] for one in found["answers"]], [one.score for one in doc.answers])
		self.assertEqual([one["user"] for one in found["inspectors"]], [one.user for one in doc.inspectors])

	def test_it_says_what_the_columns_mean(self) -> None:
		about = json.loads(self.taken().read("about.json"))
		visit = about["meaning"][VISIT]
		self.assertEqual(visit["columns"]["status"]["choices"][states.APPROVED], "معتمد")
		self.assertEqual(visit["columns"]["institution"]["options"], "Institution")
		self.assertEqual(visit["tables"]["answers"]["doctype"], "Inspection Answer")
		self.assertTrue(visit["tables"]["answers"]["columns"]["score"]["label"])

	def test_a_sheet_is_arabic_and_calculates_nothing(self) -> None:
		name = self.rows[VISIT][0]["name"]
		frappe.db.set_value(VISIT, name, "findings", "=HYPERLINK(1)")
		text = self.taken().read("sheets/institution_visit.csv").decode("utf-8-sig")
		heads, *rows = csv.reader(io.StringIO(text))
		self.assertFalse([head for head in heads if head.isascii()], heads)
		self.assertIn("'=HYPERLINK(1)", next(row for row in rows if row[0] == name))

	def test_attachments_and_history_go_along(self) -> None:
		name = self.rows[VISIT][0]["name"]
		doc = frappe.get_doc(VISIT, name)
		doc.add_comment("Comment", "ملاحظة على الزيارة")
		file = {"doctype": "File", "file_name": "taken-out.txt", "content": "محضر", "is_private": 1}
		attached = frappe.get_doc(file | {"attached_to_doctype": VISIT, "attached_to_name": name}).insert()
		self.addCleanup(Path(attached.get_full_path()).unlink, missing_ok=True)
		archive = self.taken()
		self.assertIn("ملاحظة على الزيارة", archive.read("history/comment.jsonl").decode())
		self.assertEqual(archive.read(f"files/{Path(attached.file_url).name}").decode(), "محضر")

	def test_nobody_else_reads_it_and_the_web_does_not_serve_it(self) -> None:
		self.taken()
		self.assertEqual(self.path.stat().st_mode & 0o777, 0o600)
		self.assertEqual(self.path.parent, Path(frappe.get_site_path("private", "exports")))

	def test_queries_grow_with_chunks_and_not_with_rows(self) -> None:
		with queries() as asked:
			list(taking_out.documents(VISIT))
		self.assertLess(len(asked), 12)

	def test_nothing_goes_where_the_export_fails(self) -> None:
		before = frappe.db.count(VISIT)
		for broken in (
			patch.object(taking_out, "FOLDER", ("site_config.json", "exports")),  # a file stands in the way
			patch.object(taking_out, "rows_of", lambda doctype: 10**9),
			patch.object(taking_out.zipfile, "ZipFile", side_effect=OSError("no space")),
		):
			with broken, patch.object(WorkflowTables, "remove") as removed:
				self.assertRefused(taking_out.TakingOutError, install.before_uninstall)
				removed.assert_not_called()
		self.assertEqual(frappe.db.count(VISIT), before)
		for left in Path(frappe.get_site_path("private", "exports")).glob("*.zip"):
			left.unlink()
