"""The site: what the list is compared with, what is left of a run, and a sum over all of it."""

import json
import os
import sys
from collections import Counter
from contextlib import suppress
from pathlib import Path

BENCH = Path(__file__).resolve().parent.parent.parent
TITLE, PLAIN = "Benchmark of Migration", "Benchmark Plain Row"
TABLES = {
	"Beneficiary Review": "campaign",
	"Beneficiary Rejected Row": "batch",
	"Support Enrolment": "programme",
	"Beneficiary Decision": "campaign",
	"Beneficiary Import Batch": "campaign",
}
# Times of the clock.
LEFT_OUT = {
	*("creation", "modified", "started_on", "finished_on", "proposed_on", "decided_on", "digest", "idx"),
	*("_user_tags", "_comments", "_assign", "_liked_by", "_seen"),
}
SERIES = ("BIB-", "BDN-", "BRC-")


def connect(site: str) -> None:
	os.chdir(BENCH / "sites")
	import frappe

	if getattr(frappe.local, "db", None):
		with suppress(Exception):  # the server may be gone
			frappe.db.close()
	frappe.init(site=site, sites_path=".")
	frappe.connect()
	frappe.set_user("Administrator")


def prepare(rows: int) -> None:
	"""Directorates, a limit of income, persons, deaths and members, set by set."""
	import frappe
	from social_care.cash_support.storing import insert
	from social_care.registry.arabic import normalise
	from social_care.tests import beneficiary_lists as planted
	from social_care.tests import factories
	from social_care.tests.beneficiary_cases import limit

	there = set(frappe.get_all("Org Unit", {"level": "Directorate"}, pluck="governorate"))
	for code in sorted(set(planted.CODES) - there):
		factories.org_unit(governorate=code, unit_code=f"BENCH-{code}")
	limit()
	at = frappe.utils.now()
	mark = ("Administrator", "Administrator", at, at)
	standard = ("name", "owner", "modified_by", "creation", "modified")
	persons = [
		(f"BENCH-{place:07d}", *mark, name, normalise(name), born, sex, digits)
		for place, (digits, name, born, sex) in enumerate(planted.persons(rows))
	]
	columns = ("full_name", "search_name", "birth_date", "sex", "national_number")
	insert("Person", (*standard, *columns), persons)
	deaths = [
		(f"BENCH-{place:07d}", *mark, digits, day) for place, (digits, day) in enumerate(planted.deaths(rows))
	]
	insert("Recorded Death", (*standard, "national_number", "death_date"), deaths)
	members = [
		(f"BENCH-{place:07d}", *mark, "TK", digits, name, "2020-01-01")
		for place, (digits, name, _born) in enumerate(planted.members(rows))
	]
	insert(
		"Support Enrolment", (*standard, "programme", "national_number", "full_name", "valid_from"), members
	)
	for doctype in ("Person", "Support Enrolment", "Recorded Death"):
		frappe.db.sql_ddl(f"analyze table `tab{doctype}`")  # as a site of some age knows its tables
	frappe.db.commit()


def wipe() -> None:
	"""Take everything of a benchmark away, also of one that was ended."""
	import frappe

	take_back(None)
	for doctype in ("Person", "Recorded Death", "Support Enrolment"):
		frappe.db.sql(f"delete from `tab{doctype}` where `name` like 'BENCH-%'")
	frappe.db.sql("delete from `tabOrg Unit` where `name` like 'BENCH-%'")
	frappe.db.sql_ddl("drop table if exists `benchmark_bare`")
	if frappe.db.exists("DocType", PLAIN):
		frappe.delete_doc("DocType", PLAIN, force=True)
		frappe.db.sql_ddl(f"drop table if exists `tab{PLAIN}`")
	frappe.db.commit()


def take_back(marks: dict[str, int] | None) -> None:
	"""Remove the campaign with all its rows; with `marks` the counters of names are set back, too."""
	import frappe

	for campaign in frappe.get_all("Beneficiary Review Campaign", {"title": TITLE}, pluck="name"):
		batches = frappe.get_all("Beneficiary Import Batch", {"campaign": campaign}, pluck="name")
		frappe.db.sql(
			"delete from `tabSupport Enrolment` where `review` like %s", f"{batches[0] if batches else '-'}-%"
		)
		frappe.db.delete("Beneficiary Rejected Row", {"batch": ["in", batches or [""]]})
		for doctype in ("Beneficiary Review", "Beneficiary Decision", "Beneficiary Import Batch"):
			frappe.db.delete(doctype, {"campaign": campaign})
		frappe.db.delete("Beneficiary Review Campaign", {"name": campaign})
	for series, current in (marks or {}).items():
		frappe.db.sql("update `tabSeries` set `current` = %s where `name` = %s", (current, series))
	frappe.db.commit()


def remember_series() -> dict[str, int]:
	import frappe

	return {
		series: (frappe.db.sql("select `current` from `tabSeries` where `name` = %s", series) or [(0,)])[0][0]
		for series in SERIES
	}


def check_found(rows: int) -> None:
	"""Every planted defect was found and none besides."""
	import frappe
	from social_care.tests import beneficiary_lists as planted

	expected = planted.expected(rows)
	campaign = frappe.db.get_value("Beneficiary Review Campaign", {"title": TITLE})
	batch = frappe.get_doc("Beneficiary Import Batch", {"campaign": campaign})
	found = Counter(
		dict(
			frappe.db.sql(
				"""select `finding`, count(*) from `tabBeneficiary Review` where `campaign` = %s and `finding` != ''
				group by `finding`""",
				campaign,
			)
		)
	)
	faults = Counter()
	for (text,) in frappe.db.sql(
		"select `faults` from `tabBeneficiary Rejected Row` where `batch` = %s", batch.name
	):
		faults.update(json.loads(text).values())
	for name, ours, theirs in (
		("findings", found, expected["found"]),
		("rejected", faults, expected["rejected"]),
		("known", batch.rows_known, expected["again"]["again"]),
	):
		if ours != theirs:
			sys.exit(f"{name}: found {ours}, planted {theirs}")
	done = frappe.db.count("Beneficiary Review", {"campaign": campaign, "status": "Moved Over"})
	print(
		f"as planted: {found.total():,} findings of {len(found)} kinds, {faults.total():,} rejected for {len(faults)} reasons,"
		f" {batch.rows_known:,} known; {done:,} moved",
		flush=True,
	)


def checksums() -> dict[str, tuple]:
	"""Number of rows and a sum over all columns, in any order, of each table."""
	import frappe

	campaign = frappe.db.get_value("Beneficiary Review Campaign", {"title": TITLE})
	batch = frappe.db.get_value("Beneficiary Import Batch", {"campaign": campaign})
	keys = {"campaign": campaign, "batch": batch, "programme": "TK"}
	found = {}
	for doctype, key in TABLES.items():
		columns = [column for column in frappe.db.get_table_columns(doctype) if column not in LEFT_OUT]
		parts = ", ".join(f"ifnull(`{column}`, '∅')" for column in sorted(columns))
		found[doctype] = frappe.db.sql(
			f"""select count(*), sum(conv(left(md5(concat_ws('|', {parts})), 12), 16, 10)) from `tab{doctype}`
			where `{key}` = %s""",
			keys[key],
		)[0]
	return found
