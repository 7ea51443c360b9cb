"""A roll of many rows compared and applied, against saving the same changes one document after the other.

	env/bin/python benchmarks/roll.py [--rows 5000] [--new 500] [--plain 200] [--site test.localhost]

Makes an institution with so many children less the new ones, downloads its roll, changes one cell of each row (of every
twentieth the name, too, which is written through to the person), adds the new children below (every second with a national
number), uploads and confirms it with the functions of the two jobs in this process, and prints the seconds of each step.
`--plain` children get the same change by `doc.save()`, and a tenth as many are registered by `doc.insert()`, in the same
process; the ratio says how many times longer all of them would have taken that way.
"""

import argparse
import io
import os
import sys
import time
from pathlib import Path

BENCH = Path(__file__).resolve().parent.parent
HOBBIES, NAME = "الهوايات والمواهب", "الاسم الأول"
NEW_NAME = ("ليلى", "سامي", "", "حسن")
GOVERNORATES = (
	"01",
	"02",
	"03",
	"04",
	"11",
	"12",
	"13",
	"14",
	"15",
	"16",
	"17",
	"18",
	"19",
	"21",
	"22",
	"23",
)
EVERY = 20
WORKED: dict[str, float] = {}


def main() -> None:
	parser = argparse.ArgumentParser(
		description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
	)
	parser.add_argument("--rows", type=int, default=5000)
	parser.add_argument("--new", type=int, default=500)
	parser.add_argument("--plain", type=int, default=200)
	parser.add_argument("--site", default="test.localhost")
	arguments = parser.parse_args()
	connect(arguments.site)
	changed = arguments.rows - arguments.new
	home, user = prepare(changed)
	steps = by_workbook(home, user, arguments.new)
	steps["plain"] = (
		by_saving(home, arguments.plain) * changed + by_inserting(home, arguments) * arguments.new
	)
	report(steps)


def connect(site: str) -> None:
	os.chdir(BENCH / "sites")
	import frappe

	frappe.init(site=site, sites_path=".")
	frappe.connect()
	frappe.set_user("Administrator")


def prepare(rows: int) -> tuple[str, str]:
	"""An institution with its children, written set by set: only reading and changing them is measured."""
	import frappe
	from social_care.tests import factories

	unit = factories.org_unit("Social Administration", factories.org_unit().name).name
	home = factories.institution(unit, licensed_capacity=1_000_000).name
	user = factories.staff("Institution Entry User", institution=home)
	pattern = factories.child(home, national_number="", national_number_status="In Process")
	action = frappe.db.get_value("Workflow Action", {"reference_name": pattern.name})
	for doctype, name in (("Person", pattern.person), ("Child", pattern.name), ("Workflow Action", action)):
		copies(doctype, name, rows - 1, home)
	frappe.db.commit()
	return home, user


def copies(doctype: str, name: str, number: int, home: str) -> None:
	"""Rows like the given one, with names of their own; a Child's person is the one of the same number."""
	import frappe

	row = frappe.db.sql(f"select * from `tab{doctype}` where name = %s", name, as_dict=True)[0]
	last = frappe.db.sql(f"select max(name) from `tab{doctype}`")[0][0]
	values = []
	for place in range(number):
		key = f"{home}-{place}"
		own = {"name": last + 1 + place if isinstance(last, int) else key} | OWN[doctype](row, key, place)
		values.append(tuple((row | own).values()))
	frappe.db.bulk_insert(doctype, list(row), values)


def named(row: dict, key: str, place: int) -> dict:
	from social_care.registry.arabic import join_name, normalise

	grandfather = f"{key.replace('-', ' ')} {place}"
	full = join_name(row["first_name"], row["father_name"], grandfather, row["family_name"])
	return {"grandfather_name": grandfather, "full_name": full, "search_name": normalise(full)}


OWN = {
	"Person": named,
	"Child": lambda row, key, place: named(row, key, place) | {"person": key},
	"Workflow Action": lambda _row, key, _place: {"reference_name": key},
}


def by_workbook(home: str, user: str, new: int) -> dict[str, float]:
	import frappe
	from social_care.registry.roll import applying, checking, decisions, downloading, receiving, screen

	frappe.set_user(user)
	frappe.local.lang = "ar"
	steps = {}
	data, steps["download"] = timed(downloading.workbook, home)
	data = edited(data, new)
	doc, steps["upload"] = timed(receiving.store_roll, home, "roll.xlsx", data)
	frappe.db.commit()
	_none, steps["compare"] = timed(checking.check, doc.name)
	decisions.confirmed(decisions.own_upload(doc.name))
	frappe.db.commit()
	_none, steps["apply"] = timed(applying.apply, doc.name)
	state = screen.state(doc.name)
	if state["rows_refused"] or not state["rows_applied"]:
		sys.exit(f"not applied: {state}")
	print(f"{state['rows_applied']} rows applied, {state['rows_new']} of them new")
	return steps


def edited(data: bytes, new: int) -> bytes:
	from openpyxl import load_workbook

	book = load_workbook(io.BytesIO(data))
	sheet = book.worksheets[0]
	columns = {cell.value: cell.column for cell in sheet[1]}
	for row in range(2, sheet.max_row + 1):
		if not sheet.cell(row, 1).value:
			break
		sheet.cell(row, columns[HOBBIES]).value = f"رسم {row}"
		if row % EVERY == 0:
			sheet.cell(row, columns[NAME]).value = "محمد"
	for number in range(new):
		for heading, value in newcomer(number).items():
			sheet.cell(row + number, columns[heading]).value = value
	stream = io.BytesIO()
	book.save(stream)
	return stream.getvalue()


def newcomer(number: int) -> dict[str, str]:
	"""The cells of a new child."""
	from social_care.tests import factories

	values = dict(zip(("الاسم الأول", "اسم الأب", "اسم الجد", "اسم العائلة"), NEW_NAME, strict=True))
	values |= {"اسم الجد": factories.letters(), "النوع": "أنثى", "تاريخ الميلاد": "4/5/2016"}
	if number % 2:  # one governorate has few numbers a day
		place = GOVERNORATES[number // 2 % len(GOVERNORATES)]
		values["الرقم القومي"] = factories.national_number("2016-05-04", "Female", place)
	return values | {"تاريخ الدخول": "1/2/2020"}


def by_saving(home: str, number: int) -> float:
	"""Mean seconds of a save."""
	import frappe

	names = frappe.get_all(
		"Child", filters={"institution": home}, pluck="name", limit=number, order_by="name"
	)
	started = time.perf_counter()
	for place, name in enumerate(names):
		child = frappe.get_doc("Child", name)
		child.hobbies = f"سباحة {place}"
		if place % EVERY == 0:
			child.first_name = "محمود"
		child.save()
		frappe.db.commit()
	return (time.perf_counter() - started) / len(names)


def by_inserting(home: str, arguments: argparse.Namespace) -> float:
	"""Mean seconds of a registration."""
	import frappe
	from social_care.tests import factories

	number = max(arguments.plain // 10, 1) if arguments.new else 0
	values = [
		factories.child_values(home, birth_date="2016-05-04", sex="Female", father_name="سامي")
		for _ in range(number)
	]
	started = time.perf_counter()
	for each in values:
		frappe.get_doc(each).insert()
		frappe.db.commit()
	return (time.perf_counter() - started) / (number or 1)


def timed(function, *arguments):
	started, worked = time.perf_counter(), time.process_time()
	answer = function(*arguments)
	WORKED[function.__name__] = time.process_time() - worked
	return answer, time.perf_counter() - started


def report(steps: dict[str, float]) -> None:
	for step in ("download", "upload", "compare", "apply"):
		print(f"{step:10}{steps[step]:8.1f} s")
	worked = WORKED["check"] + WORKED["apply"]
	both, plain = steps["compare"] + steps["apply"], steps["plain"]
	print(f"of which this process worked {worked:.1f} s for comparing and applying")
	print(f"compared and applied {both:.1f} s; by saving {plain:.1f} s; ratio {plain / both:.1f}")


if __name__ == "__main__":
	main()
