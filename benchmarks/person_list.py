"""List, search and count of Person for a directorate's data officer: the same calls in a nation of ten thousand and of a million.

	env/bin/python benchmarks/person_list.py 10000 1000000 --site test.localhost

For each size people are made set by set, spread over 27 directorates, committed, and the database counts its tables anew; at the end
they are removed. Three of four are children with a file; the fourth is the mother of the three, in a family that the directorate reaches
by its children (with `--no-families` all are children). Names come from the frequencies of a name book. Printed are the queries of one call, its median and its 95th percentile
in milliseconds, and the ratio of the percentiles to the first size.
"""

import argparse
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

BENCH = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(BENCH / "apps" / "social_care"), str(BENCH / "benchmarks")]
from child_desk import counted, quoted  # noqa: E402
from save_child import connect  # noqa: E402

ROUNDS = 40
DIRECTORATES = 27
FIRST = (
	"محمد",
	"احمد",
	"يوسف",
	"عمر",
	"مريم",
	"ملك",
	"ادم",
	"حبيبه",
	"جنا",
	"عبدالرحمن",
	"ياسين",
	"سلمي",
	"زياد",
	"نور",
	"كريم",
	"هاجر",
	"شهد",
	"مصطفي",
	"مالك",
	"ليلي",
)
FATHERS = (
	"محمد",
	"احمد",
	"محمود",
	"مصطفي",
	"ابراهيم",
	"علي",
	"حسن",
	"خالد",
	"سعيد",
	"عبدالله",
	"رمضان",
	"طارق",
	"جمال",
	"هشام",
	"عادل",
	"سمير",
	"فتحي",
)
FAMILIES = (
	"السيد",
	"الشافعي",
	"البلتاجي",
	"الدمنهوري",
	"النجار",
	"الحداد",
	"عبدالعال",
	"المنشاوي",
	"الطنطاوي",
	"القاضي",
	"رضوان",
	"غنيم",
	"ابوزيد",
	"الفقي",
	"شاهين",
	"عفيفي",
	"الجندي",
	"سالم",
	"بدوي",
	"خليل",
	"مرسي",
	"البحيري",
	"الصعيدي",
)
KIN = 4  # so many people are a family: three children and their mother
MADE = {
	"Family Member": "BM-",
	"Family": "BF-",
	"Child": "BC-",
	"Person": "BP-",
}  # the beginnings of the names that are made here
SHOWN_COUNT = 1001  # as far as a list counts
SHOWN = ["name", "full_name", "birth_date", "modified"]


def main() -> None:
	parser = argparse.ArgumentParser(
		description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
	)
	parser.add_argument("sizes", type=int, nargs="*", default=[10_000, 1_000_000])
	parser.add_argument("--site", default="test.localhost")
	parser.add_argument("--no-families", action="store_true")
	options = parser.parse_args()
	frappe = connect(options.site)
	print(f"{'people':>9} {'call':14}{'queries':>8}{'median':>9}{'p95':>9}{'ratio':>7}")
	first: dict[str, float] = {}
	for size in options.sizes:
		try:
			measure(frappe, size, first, not options.no_families)
		finally:
			remove(frappe)


def measure(frappe, size: int, first: dict[str, float], in_families: bool) -> None:
	"""One size: fill, call, print."""
	from social_care.tests import factories

	frappe.set_user("Administrator")
	units = [factories.org_unit().name for _number in range(DIRECTORATES)]
	homes = [factories.institution(unit, licensed_capacity=size).name for unit in units]
	begin = time.perf_counter()
	fill(frappe, size, units, homes, in_families)
	settle(frappe)
	print(f"{size:9,} filled in {time.perf_counter() - begin:.0f} s", flush=True)
	officer = factories.staff("Directorate Data Officer", units[3])
	for label, call in calls(frappe).items():
		queries, taken = timed(frappe, call, officer)
		p95 = statistics.quantiles(taken, n=20)[-1]
		first.setdefault(label, p95)
		print(
			f"{size:9,} {label:14}{queries:8}{statistics.median(taken):9.1f}{p95:9.1f}{p95 / first[label]:7.2f}",
			flush=True,
		)
	frappe.set_user("Administrator")


def fill(frappe, size: int, units: list[str], homes: list[str], in_families: bool = True) -> None:
	"""People, their files and, where asked for, families; the database counts them out itself."""
	frappe.db.sql("set session max_recursive_iterations = %s", size + 1)
	name = (
		f"concat_ws(' ', elt(i % {len(FIRST)} + 1, {quoted(FIRST)}), elt(i div 7 % {len(FATHERS)} + 1, {quoted(FATHERS)}),"
		f" elt(i div 11 % {len(FATHERS)} + 1, {quoted(FATHERS)}), elt(i div 13 % {len(FAMILIES)} + 1, {quoted(FAMILIES)}))"
	)
	shared = {
		"creation": "'2026-01-01'",
		"modified": "date_add('2020-01-01', interval i * 97 % 2000000 minute)",
		"owner": "'Administrator'",
		"modified_by": "'Administrator'",
		"full_name": name,
		"search_name": name,
		"sex": "elt(i % 2 + 1, 'Male', 'Female')",
		"birth_date": "date_add('2008-05-01', interval i * 31 % 6000 day)",
		"national_number": "concat('3', lpad(i, 13, '0'))",
	}
	person = "concat('BP-', lpad(i, 7, '0'))"
	insert(frappe, "Person", size, {"name": person} | shared)
	family = f"concat('BF-', lpad(i div {KIN}, 7, '0'))"
	at = f"i div {KIN} % {DIRECTORATES} + 1"
	insert(
		frappe,
		"Child",
		size,
		{
			"name": "concat('BC-', lpad(i, 7, '0'))",
			"person": person,
			"family": family if in_families else "null",
			**shared,
			"life_state": "'Active'",
			"file_state": "'Approved'",
			"org_unit": f"elt({at}, {quoted(tuple(units))})",
			"institution": f"elt({at}, {quoted(tuple(homes))})",
		},
		f"i % {KIN} > 0" if in_families else "1=1",
	)
	if not in_families:
		return
	mothers = f"i % {KIN} = 0"
	written = {key: shared[key] for key in ("creation", "modified", "owner", "modified_by")}
	insert(
		frappe, "Family", size, {"name": family, "family_title": name, "search_name": name} | written, mothers
	)
	member = {
		"name": "concat('BM-', lpad(i, 7, '0'))",
		"parent": family,
		"parenttype": "'Family'",
		"parentfield": "'members'",
		"idx": "1",
		"relation": "'Mother'",
		"person": person,
		"member_name": name,
	}
	insert(frappe, "Family Member", size, member | written, mothers)


def settle(frappe) -> None:
	"""Commit, and let the database count its tables anew, as it does by itself some time after a large change."""
	frappe.db.commit()
	for doctype in MADE:
		frappe.db.sql(f"analyze table `tab{doctype}`")


def remove(frappe) -> None:
	"""Take the rows away again, in parts."""
	frappe.db.rollback()
	for doctype, prefix in MADE.items():
		removed = 1
		while removed:
			frappe.db.sql(f"delete from `tab{doctype}` where `name` like %s limit 50000", f"{prefix}%")
			removed = frappe.db.sql("select row_count()")[0][0]
			frappe.db.commit()
	settle(frappe)


def insert(frappe, doctype: str, size: int, values: dict[str, str], where: str = "1=1") -> None:
	columns = ", ".join(f"`{column}`" for column in values)
	frappe.db.sql(
		f"""insert into `tab{doctype}` ({columns})
		with recursive numbers as (select 0 as i union all select i + 1 from numbers where i < %(last)s)
		select {", ".join(values.values()).replace(" % ", " %% ")} from numbers where {where.replace(" % ", " %% ")}""",
		{"last": size - 1},
	)


def calls(frappe) -> dict[str, Callable[[int], object]]:
	"""What the desk asks for; the number of the round chooses other words and pages."""
	from social_care.api import lists
	from social_care.registry.search import box_filters, pick

	def asked(filters: list, start: int = 0) -> None:
		frappe.local.form_dict = frappe._dict(
			doctype="Person",
			fields=list(SHOWN),
			filters=filters,
			start=start,
			page_length=20,
			order_by="modified desc",
		)
		lists.get()

	def counted_rows(filters: list, **most: int) -> None:
		frappe.local.form_dict = frappe._dict(
			doctype="Person", filters=filters, fields=[], distinct="false", **most
		)
		lists.get_count()

	def words(number: int) -> str:
		return f"{FIRST[number % len(FIRST)]} {FATHERS[number * 3 % len(FATHERS)]} {FAMILIES[number * 5 % len(FAMILIES)]}"

	return {
		"list": lambda number: asked([]),
		"later": lambda number: asked([], start=20 * number),
		"count": lambda number: counted_rows([], limit=SHOWN_COUNT),
		"count all": lambda number: counted_rows([]),
		"name": lambda number: asked(box_filters("Person", words(number))),
		"one word": lambda number: asked(box_filters("Person", FAMILIES[number % len(FAMILIES)])),
		"nobody": lambda number: asked(box_filters("Person", f"{words(number)} زكريا")),
		"count of name": lambda number: counted_rows(box_filters("Person", words(number)), limit=SHOWN_COUNT),
		"picker": lambda number: pick("Person", words(number), "name", 0, 10, {}),
		"number": lambda number: asked(box_filters("Person", f"3{(number * 27 + 3) * KIN + 1:013}")),
	}


def timed(frappe, call: Callable[[int], object], who: str) -> tuple[int, list[float]]:
	"""Queries of one call and the milliseconds of many, each as a request of its own."""
	frappe.set_user(who)
	sent, taken = 0, []
	for number in range(ROUNDS + 1):
		frappe.local.social_care_grants = frappe.local.social_care_rules = None
		before = counted(frappe)
		begin = time.perf_counter()
		call(number)
		if number:
			taken.append((time.perf_counter() - begin) * 1000)
			sent = counted(frappe) - before
	return sent, taken


if __name__ == "__main__":
	main()
