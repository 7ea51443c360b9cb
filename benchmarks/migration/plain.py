"""The same rows by plain ways: the database's own loading, and the framework's Data Import."""

import os
import sys
import time
from pathlib import Path

from migration.site import PLAIN


def load_data(path: Path, rows: int) -> float:
	"""Seconds of the database's own loading: the same file, the columns that it fills, the same table and indexes."""
	import frappe
	import pymysql

	frappe.db.sql_ddl("drop table if exists `benchmark_bare`")
	frappe.db.sql_ddl("create table `benchmark_bare` like `tabBeneficiary Review`")
	connection = pymysql.connect(
		host=frappe.conf.db_host or "127.0.0.1",
		port=int(frappe.conf.db_port or 3306),
		user=frappe.conf.db_name,
		password=frappe.conf.db_password,
		database=frappe.conf.db_name,
		charset="utf8mb4",
		local_infile=True,
		autocommit=True,
	)
	with connection.cursor() as cursor:
		cursor.execute("set sql_mode = '', @number = 0")
		began = time.perf_counter()
		cursor.execute(
			"""load data local infile %s ignore into table `benchmark_bare` character set utf8mb4
			fields terminated by ';' optionally enclosed by '"' lines terminated by '\\r\\n' ignore 2 lines
			(beneficiary_number, national_number, full_name, birth_date, sex, governorate, unit_text, pension_kind,
				household_size, monthly_income, amount, @note)
			set name = concat('BARE-', lpad(@number := @number + 1, 7, '0')), campaign = 'BARE'""",
			(str(path),),
		)
		seconds = time.perf_counter() - began
		cursor.execute("select count(*) from `benchmark_bare`")
		count = cursor.fetchone()[0]
		cursor.execute("drop table `benchmark_bare`")
	connection.close()
	if count != rows:
		sys.exit(f"LOAD DATA took {count} of {rows} rows")
	return seconds


def data_import(number: int) -> float:
	"""Seconds a row of the framework's Data Import, of rows that have nothing wrong, into a type without rules."""
	import frappe
	from frappe.core.doctype.data_import.importer import Importer
	from social_care.tests import beneficiary_lists as planted

	make_plain_type()
	clean = (planted.row(index) for index in range(400, 10**9) if not planted.kind(index))
	lines = [
		"beneficiary_number,national_number,full_name,birth_date,sex,governorate,household_size,monthly_income"
	]
	for _place in range(number):
		cells = next(clean)
		day, month, year = cells[3].split("/")
		sex = "Male" if cells[4] == "ذكر" else "Female"
		lines.append(",".join([*cells[:3], f"{year}-{month}-{day}", sex, cells[1][7:9], *cells[8:10]]))
	values = {"file_name": "plain.csv", "is_private": 1, "content": "\n".join(lines)}
	file = frappe.get_doc({"doctype": "File", **values}).insert()
	values = {"reference_doctype": PLAIN, "import_type": "Insert New Records", "import_file": file.file_url}
	task = frappe.get_doc({"doctype": "Data Import", "mute_emails": 1, **values}).insert()
	frappe.db.commit()
	importer = Importer(PLAIN, data_import=task, console=True)
	began = time.perf_counter()
	with quiet():
		importer.import_data()
	seconds = time.perf_counter() - began
	count = frappe.db.count(PLAIN)
	frappe.db.delete("Data Import Log", {"data_import": task.name})
	frappe.delete_doc("Data Import", task.name, force=True)
	frappe.delete_doc("File", file.name, force=True)
	if count != number:
		sys.exit(f"Data Import took {count} of {number} rows")
	return seconds / number


def quiet():
	from contextlib import redirect_stdout

	return redirect_stdout(Path(os.devnull).open("w"))


def make_plain_type() -> None:
	import frappe

	fields = [
		*(
			data(name)
			for name in ("beneficiary_number", "national_number", "full_name", "sex", "governorate")
		),
		{"fieldname": "birth_date", "fieldtype": "Date", "label": "birth_date"},
		{"fieldname": "household_size", "fieldtype": "Int", "label": "household_size"},
		{"fieldname": "monthly_income", "fieldtype": "Currency", "label": "monthly_income"},
	]
	for field in fields[:3]:
		field["search_index"] = 1
	doc = {"doctype": "DocType", "name": PLAIN, "module": "Cash Support", "custom": 1, "fields": fields}
	doc |= {
		"autoname": "hash",
		"permissions": [{"role": "System Manager", "read": 1, "create": 1, "import": 1}],
	}
	frappe.get_doc(doc | {"allow_import": 1}).insert()


def data(name: str) -> dict:
	return {"fieldname": name, "fieldtype": "Data", "label": name}
