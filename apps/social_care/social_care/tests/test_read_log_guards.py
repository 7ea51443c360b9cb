"""What guards the Read Log: triggers as they were made, seals that are bounded and told of when they are late, and an answer that closes."""

import json
import unittest
from contextlib import suppress
from unittest import mock

import frappe
from frappe.utils import add_to_date, now_datetime
from werkzeug.wrappers import Response

from social_care.reading import log, observe, seals, telling, triggers, verify
from social_care.reading.log import LOG
from social_care.tests.queries import queries
from social_care.tests.test_read_log import reading, restore, unprotected

TRIGGER = "social_care_read_log_no_delete"
HARMLESS = {
	"another statement": "before delete on `tabRead Log` for each row set @nothing = 1",
	"another moment": f"after delete on `tabRead Log` for each row {triggers.STATEMENT}",
	"another event": f"before insert on `tabSingles` for each row {triggers.STATEMENT}",
	"another table": f"before delete on `tabSingles` for each row {triggers.STATEMENT}",
}


class TestTriggers(unittest.TestCase):
	def setUp(self) -> None:
		triggers.ensure()

	def tearDown(self) -> None:
		frappe.db.rollback()
		triggers.ensure()

	def test_a_trigger_of_our_name_that_refuses_nothing_is_missing_and_made_anew(self) -> None:
		for kind, text in HARMLESS.items():
			with self.subTest(kind):
				frappe.db.sql_ddl(f"drop trigger `{TRIGGER}`")
				frappe.db.sql_ddl(f"create trigger `{TRIGGER}` {text}")
				self.assertEqual(triggers.missing(), [TRIGGER])
				self.assertIn(verify.UNPROTECTED, {finding.what for finding in verify.verify().findings})
				triggers.ensure()
				self.assertEqual(triggers.missing(), [])

	def test_what_is_right_is_left_alone(self) -> None:
		with mock.patch.object(frappe.db, "sql_ddl") as ddl:
			triggers.ensure()
		ddl.assert_not_called()


class TestSeals(unittest.TestCase):
	def setUp(self) -> None:
		frappe.set_user("Administrator")
		with unprotected():
			restore(LOG, [])
			restore(seals.SEAL, [])
		seals.file().unlink(missing_ok=True)
		frappe.cache.delete_key(log.HEADS)
		log._threads.__dict__.pop("chains", None)

	tearDown = setUp

	def findings(self) -> list[tuple[str, str]]:
		return [(finding.what, finding.row) for finding in verify.verify().findings]

	def grown(self, rows: int) -> dict:
		log.write([reading(number) for number in range(rows)], "test")
		self.assertTrue(seals.seal())
		return seals.last_seal()

	def test_rows_in_all_are_counted_over_seals_and_chains(self) -> None:
		self.assertEqual(self.grown(3)["rows_in_all"], 3)
		self.assertEqual(self.grown(2)["rows_in_all"], 5)
		log._threads.__dict__.pop("chains", None)
		last = self.grown(4)
		self.assertEqual((last["rows_in_all"], last["chains"]), (9, 1))
		self.assertIsNone(seals.seal())
		self.assertEqual(self.findings(), [])

	def test_a_chain_that_was_quiet_for_long_goes_on_where_it_was_sealed(self) -> None:
		self.grown(3)
		with unprotected():  # as if long ago
			frappe.db.sql(f"update `tab{LOG}` set `read_at` = '2020-01-01'")
			frappe.db.sql(f"update `tab{seals.SEAL}` set `sealed_at` = '2020-01-01 01:00:00'")
			frappe.db.commit()
		chains = log._threads.__dict__.pop("chains")
		self.assertEqual(self.grown(4)["rows_in_all"], 7)
		log._threads.chains = chains
		last = self.grown(2)
		self.assertEqual(last["rows_in_all"], 9)
		chain = chains[frappe.local.site]
		self.assertEqual(json.loads(last["heads"]), {chain.name: [5, chain.head]})

	def test_sealing_reads_no_more_with_more_seals(self) -> None:
		def counted() -> int:
			with queries() as made:
				self.grown(1)
			return len(made)

		self.grown(1)
		first = counted()
		for _seal in range(4):
			self.grown(1)
		self.assertEqual(counted(), first)

	def test_a_torn_line_of_the_file_is_told_and_harms_no_other(self) -> None:
		self.grown(1)
		with open(seals.file(), "a", encoding="utf-8") as target:
			target.write('{"name": "SEAL-0000')
		self.grown(1)
		self.assertEqual(self.findings(), [(verify.CHANGED, f"{'/'.join(seals.FILE)}:2")])
		with open(seals.file(), "ab") as target:
			target.write(b"\xff\xfe\n[]\n")
		self.assertEqual(len(self.findings()), 3)

	def test_rows_that_wait_for_a_seal_are_told(self) -> None:
		at = add_to_date(now_datetime(), minutes=-verify.LONGEST_WAIT - 1)
		with mock.patch.object(log, "now_datetime", return_value=at):
			log.write([reading(1), reading(2)], "test")
		log.write([reading(3)], "test")
		answer = verify.verify()
		self.assertEqual([(f.what, f.row) for f in answer.findings], [(verify.UNSEALED, "2")])
		frappe.local.lang, before = "ar", frappe.local.lang
		try:
			text = telling.as_text(answer)
		finally:
			frappe.local.lang = before
		for english in (verify.UNSEALED, "rows have waited", "Findings"):
			self.assertNotIn(english, text)
		self.assertNotIn("عُدلت سطور", text)
		seals.seal()
		self.assertEqual(self.findings(), [])


class TestWithholding(unittest.TestCase):
	"""An answer whose reading could not be noted is closed whatever else fails."""

	def test_it_is_closed_before_it_is_worded(self) -> None:
		response = Response("a child's name", headers={"Content-Disposition": "attachment"})
		with mock.patch.object(observe, "_", side_effect=RuntimeError):
			observe.withhold(response)
		self.assertEqual((response.status_code, response.mimetype), (503, "application/json"))
		self.assertEqual(json.loads(response.get_data()), {"exc_type": "ReadingNotNoted"})
		self.assertNotIn("Content-Disposition", response.headers)

	def test_it_is_closed_though_the_failure_cannot_be_told(self) -> None:
		frappe.set_user("Administrator")
		response = Response("a child's name")
		with (
			mock.patch.object(observe, "_asked", side_effect=RuntimeError),
			mock.patch.object(frappe, "logger", side_effect=OSError("no space left")),
			suppress(OSError),
		):
			observe.observe(response, None)
		self.assertEqual(response.status_code, 503)
		self.assertNotIn(b"name", response.get_data())
