"""The Read Log: chained, refused by framework and database, and every tampering by SQL named by the verification."""

import subprocess
import sys
import threading
import unittest
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import frappe

from social_care.reading import log, seals, triggers, verify
from social_care.reading.fixed import FixedRowError
from social_care.reading.log import LOG, Reading, row_name


def reading(number: int) -> Reading:
	return Reading("Form", "Child", f"CH-{9_000_000 + number}", f"CH-{9_000_000 + number}", "0,1")


def findings() -> set[tuple[str, str]]:
	return {(finding.what, finding.row) for finding in verify.verify().findings}


@contextmanager
def unprotected() -> Iterator[None]:
	"""Somebody with the database's password, who drops the triggers first and makes them again afterwards."""
	triggers.remove()
	try:
		yield
	finally:
		triggers.ensure()


class TestReadLog(unittest.TestCase):
	"""Without the savepoints of other tests: rows of the log are committed as they are written."""

	@classmethod
	def setUpClass(cls) -> None:
		"""Nothing of an earlier run: the tests' database begins anew each time, the file of seals and Redis do not."""
		frappe.set_user("Administrator")
		with unprotected():
			restore(LOG, [])
			restore(seals.SEAL, [])
		seals.file().unlink(missing_ok=True)
		frappe.cache.delete_key(log.HEADS)

	def setUp(self) -> None:
		frappe.set_user("Administrator")
		log._threads.__dict__.pop("chains", None)  # a chain of its own for each test
		self.before = findings()
		log.write([reading(number) for number in range(1, 7)], "test")
		newest = frappe.get_all(LOG, {"endpoint": "test"}, ["chain"], order_by="name desc", limit=50)
		written = {row.chain for row in newest}
		self.chain = log._threads.chains[frappe.local.site].name
		self.assertIn(self.chain, written)

	def name(self, number: int) -> str:
		return row_name(self.chain, number)

	def found(self) -> set[tuple[str, str]]:
		return findings() - self.before

	def tampered(self, change: Callable[[], None]) -> set[tuple[str, str]]:
		"""What is found after a change by SQL; the rows are then as before, so that other tests begin from a clean log."""
		rows = frappe.get_all(LOG, {"chain": self.chain}, ["*"], order_by="name asc")
		everything = frappe.db.sql(f"select * from `tab{LOG}`", as_dict=True)
		sealed = frappe.db.sql(f"select * from `tab{seals.SEAL}`", as_dict=True)
		with unprotected():
			change()
			frappe.db.commit()
			try:
				return {pair for pair in self.found() if pair[0] != verify.UNPROTECTED}
			finally:
				restore(LOG, everything)
				restore(seals.SEAL, sealed)
				self.assertEqual(rows, frappe.get_all(LOG, {"chain": self.chain}, ["*"], order_by="name asc"))

	def test_rows_as_they_were_written_are_found_right(self) -> None:
		self.assertEqual(self.found(), set())
		row = frappe.get_all(LOG, {"name": self.name(1)}, ["*"])[0]
		self.assertEqual(
			(row.user, row.channel, row.child, row.levels), ("Administrator", "Form", "CH-9000001", "0,1")
		)

	def test_a_row_is_neither_made_nor_changed_nor_removed_through_the_framework(self) -> None:
		doc = frappe.get_doc(LOG, self.name(2))
		doc.user = "somebody@else.invalid"
		for step in (
			doc.save,
			doc.delete,
			lambda: doc.db_set("user", "x"),
			lambda: frappe.delete_doc(LOG, doc.name, force=True, ignore_permissions=True),
			lambda: frappe.rename_doc(LOG, doc.name, "other", force=True),
			lambda: frappe.get_doc({"doctype": LOG, "name": "made", "user": "x"}).insert(
				ignore_permissions=True
			),
		):
			with self.assertRaises((FixedRowError, frappe.ValidationError)):
				step()
		self.assertEqual(self.found(), set())

	def test_the_database_refuses_too(self) -> None:
		for step in (
			lambda: frappe.db.set_value(LOG, self.name(2), "user", "x"),
			lambda: frappe.db.delete(LOG, {"name": self.name(2)}),
			lambda: frappe.db.sql("update `tabRead Log` set `address` = ''"),
			lambda: frappe.db.sql("delete from `tabRead Log Seal`") if seals.seal() or True else None,
		):
			with self.assertRaises(frappe.db.OperationalError) as refusal:
				step()
			self.assertEqual(refusal.exception.args[0], 1644)
			frappe.db.rollback()
		self.assertEqual(self.found(), set())

	def test_every_changed_column_shows(self) -> None:
		columns = [column for column in log.COLUMNS if column != "name"]
		for column in columns:
			value = 77 if column in ("number", "idx", "docstatus", "rows_shown") else "2001-02-03 04:05:06"
			changed = self.tampered(
				lambda column=column, value=value: frappe.db.sql(
					f"update `tab{LOG}` set `{column}` = %s where `name` = %s", (value, self.name(3))
				)
			)
			self.assertIn((verify.CHANGED, self.name(3)), changed, column)

	def test_a_removed_row_shows_wherever_it_stood(self) -> None:
		for number in (1, 3, 6):
			gone = self.tampered(lambda number=number: frappe.db.delete(LOG, {"name": self.name(number)}))
			self.assertEqual(gone, {(verify.MISSING, self.name(number))})

	def test_the_newest_row_shows_by_the_seal_alone(self) -> None:
		self.assertTrue(seals.seal())
		self.assertIsNone(frappe.cache.hget(log.HEADS, self.chain))
		gone = self.tampered(lambda: frappe.db.delete(LOG, {"name": ["in", [self.name(5), self.name(6)]]}))
		self.assertEqual(gone, {(verify.MISSING, self.name(5)), (verify.MISSING, self.name(6))})

	def test_a_chain_that_is_gone_shows(self) -> None:
		seals.seal()
		gone = self.tampered(lambda: frappe.db.delete(LOG, {"chain": self.chain}))
		self.assertEqual(gone, {(verify.MISSING, self.name(number)) for number in range(1, 7)})

	def test_rows_that_changed_places_show(self) -> None:
		def swap() -> None:
			for old, new in ((self.name(2), "x"), (self.name(4), self.name(2)), ("x", self.name(4))):
				frappe.db.sql(f"update `tab{LOG}` set `name` = %s where `name` = %s", (new, old))

		shown = self.tampered(swap)
		self.assertLessEqual({(verify.CHANGED, self.name(2)), (verify.CHANGED, self.name(4))}, shown)

	def test_rows_put_in_show(self) -> None:
		copied = ", ".join(f"`{column}`" for column in log.COLUMNS if column != "name")
		for name in (self.name(7), self.name(900), "aaaa", f"{self.chain}-00000002x"):
			put = self.tampered(
				lambda name=name: frappe.db.sql(
					f"insert into `tab{LOG}` (`name`, {copied}) select %s, {copied} from `tab{LOG}` where `name` = %s",
					(name, self.name(6)),
				)
			)
			self.assertEqual(put, {(verify.CHANGED, name)})

	def test_a_row_forged_without_the_key_shows(self) -> None:
		import hashlib

		def forge() -> None:
			seal = hashlib.sha256(b"whatever").hexdigest()
			sql = f"update `tab{LOG}` set `user` = 'x', `seal` = %s where `name` = %s"
			frappe.db.sql(sql, (seal, self.name(3)))

		self.assertIn((verify.CHANGED, self.name(3)), self.tampered(forge))

	def test_an_emptied_table_shows(self) -> None:
		seals.seal()
		gone = self.tampered(lambda: frappe.db.truncate(LOG))
		self.assertLessEqual({(verify.MISSING, self.name(number)) for number in range(1, 7)}, gone)

	def test_both_tables_emptied_show_by_the_file(self) -> None:
		made = seals.seal()

		def empty() -> None:
			frappe.db.truncate(LOG)
			frappe.db.truncate(seals.SEAL)

		gone = self.tampered(empty)
		self.assertLessEqual({(verify.MISSING, self.name(6)), (verify.MISSING, made)}, gone)

	def test_a_changed_seal_shows(self) -> None:
		made = seals.seal()
		sql = f"update `tab{seals.SEAL}` set `rows_in_all` = 1 where `name` = %s"
		self.assertIn((verify.CHANGED, made), self.tampered(lambda: frappe.db.sql(sql, made)))

	def test_a_missing_trigger_shows(self) -> None:
		with unprotected():
			self.assertIn((verify.UNPROTECTED, "social_care_read_log_no_delete"), self.found())
		self.assertEqual(self.found(), set())

	def test_sealing_twice_makes_one_seal(self) -> None:
		self.assertTrue(seals.seal())
		self.assertIsNone(seals.seal())
		self.assertEqual(self.found(), set())

	def test_many_threads_write_side_by_side(self) -> None:
		site, errors = frappe.local.site, []

		def work() -> None:
			frappe.init(site=site)
			frappe.connect()
			try:
				for number in range(25):
					log.write([reading(number)], "thread")
			except Exception as error:
				errors.append(error)
			finally:
				frappe.destroy()

		threads = [threading.Thread(target=work) for _thread in range(6)]
		before = frappe.db.count(LOG, {"endpoint": "thread"})
		for thread in threads:
			thread.start()
		for thread in threads:
			thread.join()
		frappe.db.rollback()
		self.assertEqual(errors, [])
		self.assertEqual(frappe.db.count(LOG, {"endpoint": "thread"}) - before, 6 * 25)
		self.assertEqual(self.found(), set())

	def test_the_command_names_the_row_and_fails(self) -> None:
		done = command()
		self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
		told = []

		def change() -> None:
			frappe.db.sql(f"update `tab{LOG}` set `user` = 'x' where `name` = %s", self.name(4))
			frappe.db.commit()
			told.append(command())

		self.tampered(change)
		self.assertEqual(told[0].returncode, 1)
		self.assertIn(f"changed: {self.name(4)}", told[0].stdout)

	def test_no_role_may_write_the_log(self) -> None:
		for doctype in (LOG, seals.SEAL):
			for row in frappe.get_meta(doctype).permissions:
				self.assertFalse(
					row.write or row.create or row.delete or row.submit or row.get("import"), row.role
				)


def command() -> subprocess.CompletedProcess:
	"""The verification as the administrator calls it."""
	words = ["frappe", "--site", frappe.local.site, "social-care", "verify-read-log", "--language", "en"]
	helper = [sys.executable, "-m", "frappe.utils.bench_helper", *words]
	return subprocess.run(helper, cwd=frappe.local.sites_path, capture_output=True, text=True, timeout=120)


def restore(doctype: str, rows: list[dict]) -> None:
	"""The table as it was."""
	frappe.db.truncate(doctype)
	if rows:
		frappe.db.bulk_insert(doctype, list(rows[0]), [tuple(row.values()) for row in rows])
	frappe.db.commit()
