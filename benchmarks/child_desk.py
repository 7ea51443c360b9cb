"""List, search, open and save of Child beside a plain DocType of the same fields: queries and milliseconds, in process.

	env/bin/python benchmarks/child_desk.py 10000 200000 --site test.localhost

For each number of rows both tables are filled set by set in one transaction, which is taken back at the end: the site is
as it was. Printed are the queries of one call, the median of its milliseconds, and the ratio of the medians.
"""

import argparse
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

BENCH = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(BENCH / "apps" / "social_care"))
sys.path.insert(0, str(BENCH / "benchmarks"))
from save_child import PLAIN, connect, make_plain_doctype  # noqa: E402

ROUNDS = 15
FILLED = (
	*("name", "full_name", "search_name", "first_name", "father_name", "sex", "birth_date", "file_state"),
	*("life_state", "institution", "org_unit", "governorate", "care_type", "creation", "modified", "owner"),
	"modified_by",
)
SHOWN = ["name", "full_name", "sex", "birth_date", "institution", "file_state", "modified"]


def main() -> None:
	parser = argparse.ArgumentParser(
		description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
	)
	parser.add_argument("sizes", type=int, nargs="*", default=[10_000])
	parser.add_argument("--site", default="test.localhost")
	options = parser.parse_args()
	frappe = connect(options.site)
	make_plain_doctype(frappe)
	frappe.db.commit()
	print(f"{'rows':>8} {'call':8}{'queries':>9}{'plain':>7}{'ms':>9}{'plain':>9}{'ratio':>7}")
	try:
		for size in options.sizes:
			measure(frappe, size)
	finally:
		frappe.db.rollback()
		frappe.set_user("Administrator")
		frappe.delete_doc("DocType", PLAIN, force=True)
		frappe.db.commit()


def measure(frappe, size: int) -> None:
	"""One size: fill, call, print, take back."""
	from social_care.tests import factories

	frappe.set_user("Administrator")
	frappe.db.sql("delete from `tabSeries` where 0")  # opens the transaction that is taken back
	unit = factories.org_unit()
	home = factories.institution(unit.name, licensed_capacity=size)
	mark = factories.letters()
	opened = factories.child(home.name, father_name=mark).name
	twin = frappe.get_doc({"doctype": PLAIN, **plain_values(factories, home.name, mark)}).insert().name
	for doctype in ("Child", PLAIN):
		fill(frappe, doctype, size, home.name, unit.name)
	frappe.set_user(factories.staff("Directorate Data Officer", unit.name))
	for label, child in calls(frappe, "Child", opened, mark).items():
		plain = calls(frappe, PLAIN, twin, mark)[label]
		line(size, label, timed(frappe, child, "officer"), timed(frappe, plain, "Administrator"))
	frappe.set_user("Administrator")
	frappe.db.rollback()


def plain_values(factories, home: str, mark: str) -> dict:
	values = factories.child_values(home, father_name=mark)
	return {key: value for key, value in values.items() if key != "doctype"} | {"search_name": mark}


def fill(frappe, doctype: str, size: int, home: str, unit: str) -> None:
	"""Rows that lists read; none of them is opened."""
	day = "2015-05-05"
	rows = (
		[
			f"B-{number:07d}",
			f"طفل {number}",
			f"طفل {number}",
			"طفل",
			"والد",
			"Male",
			day,
			"Draft",
			"Active",
			home,
			unit,
			"01",
			"Residential Institution",
			"2026-01-01",
			"2026-01-01",
			"Administrator",
			"Administrator",
		]
		for number in range(size)
	)
	frappe.db.bulk_insert(doctype, list(FILLED), list(rows), chunk_size=5_000)


def calls(frappe, doctype: str, name: str, mark: str) -> dict[str, Callable[[], object]]:
	"""What the desk asks for."""
	from frappe.desk import reportview

	def asked(filters: list) -> None:
		frappe.local.form_dict = frappe._dict(
			doctype=doctype,
			fields=list(SHOWN),
			filters=filters,
			start=0,
			page_length=20,
			order_by="modified desc",
		)
		reportview.get()

	def save() -> None:
		doc = frappe.get_doc(doctype, name)
		doc.hobbies = frappe.generate_hash(length=8)
		doc.save()

	return {
		"list": lambda: asked([]),
		"search": lambda: asked([[doctype, "search_name", "like", f"%{mark}%"]]),
		"open": lambda: frappe.get_doc(doctype, name).check_permission("read"),
		"save": save,
	}


def timed(frappe, call: Callable[[], object], who: str) -> tuple[int, float]:
	"""Queries of one call and the median of its milliseconds, each as a request of its own."""
	user = frappe.session.user
	if who == "Administrator":
		frappe.set_user(who)
	sent, taken = 0, []
	for number in range(ROUNDS + 1):
		frappe.local.social_care_grants = frappe.local.social_care_rules = None
		begin, before = time.perf_counter(), counted(frappe)
		call()
		if number:
			taken.append((time.perf_counter() - begin) * 1000)
			sent = counted(frappe) - before
	frappe.set_user(user)
	return sent, statistics.median(taken)


def counted(frappe) -> int:
	"""Statements of this connection so far, as MariaDB counts them, without this one."""
	rows = frappe.db.sql("show session status like 'Questions'")
	counted.asked = getattr(counted, "asked", 0) + 1
	return int(rows[0][1]) - counted.asked


def line(size: int, label: str, child: tuple[int, float], plain: tuple[int, float]) -> None:
	print(
		f"{size:8} {label:8}{child[0]:9}{plain[0]:7}{child[1]:9.1f}{plain[1]:9.1f}{child[1] / plain[1]:7.2f}",
		flush=True,
	)


if __name__ == "__main__":
	main()
