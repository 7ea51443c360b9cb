"""The desk's calls on Child beside a plain DocType of the same fields, and the dashboards: queries and milliseconds, in process.

	env/bin/python benchmarks/child_desk.py 10000 200000 --site test.localhost

For each number of rows both tables are filled set by set in one transaction, which is taken back at the end: the site is
as it was. «anew» is the dashboard of headquarters counted from files, «judged» the same from what data quality
keeps with the files. Files have states, sexes, birth dates, governorates and kinds of care in turn, every third a photograph. Printed are
the queries of one call, the median of its milliseconds, and the ratio of the medians. Dashboards and number cards have no twin.
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

ROUNDS = 7
SOME = 10_000
STATES = ("Draft", "Submitted by Institution", "Reviewed by Directorate", "Approved", "Returned")
CARE = ("Residential Institution", "Small Group Home", "Aftercare")
CARDS = "Number Card"
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
	fill_placements(frappe)
	officer = factories.staff("Directorate Data Officer", unit.name)
	entry = factories.staff("Institution Entry User", institution=home.name)
	for label, child in calls(frappe, "Child", opened, mark).items():
		plain = calls(frappe, PLAIN, twin, mark)[label]
		who = entry if label == "save" else officer
		line(size, label, timed(frappe, child, who), timed(frappe, plain, "Administrator"))
	head = factories.staff("Central Administration Head", "HQ")
	for label, call in figures(frappe).items():
		who = head if label in ("nation", "anew") else officer
		line(size, label, timed(frappe, call, who, rounds=3))
	taken = judge_some(frappe)
	line(size, "judged", timed(frappe, figures(frappe)["anew"], head, rounds=3))
	print(f"{size:8} {SOME:,} files judged in {taken:.1f} s", flush=True)
	frappe.set_user("Administrator")
	frappe.db.rollback()


def plain_values(factories, home: str, mark: str) -> dict:
	values = factories.child_values(home, father_name=mark)
	return {key: value for key, value in values.items() if key != "doctype"} | {"search_name": mark}


def fill(frappe, doctype: str, size: int, home: str, unit: str) -> None:
	"""Rows that lists read; none of them is opened. The database counts them out itself."""
	values = {
		"name": "concat('B-', lpad(i, 7, '0'))",
		**dict.fromkeys(("full_name", "search_name"), "concat('طفل ', i)"),
		"first_name": "'طفل'",
		"father_name": "'والد'",
		"sex": "elt(i % 2 + 1, 'Male', 'Female')",
		"birth_date": "date_add('2008-05-01', interval i % 6000 day)",
		"file_state": f"elt(i % {len(STATES)} + 1, {quoted(STATES)})",
		"life_state": "'Active'",
		"institution": "%(home)s",
		"org_unit": "%(unit)s",
		"governorate": "lpad(i % 4 + 1, 2, '0')",
		"care_type": f"elt(i % {len(CARE)} + 1, {quoted(CARE)})",
		"creation": "'2026-01-01'",
		"modified": "date_add('2026-01-01', interval i % 600 hour)",
		**dict.fromkeys(("owner", "modified_by"), "'Administrator'"),
		"photo": "if(i % 3, null, concat('/private/files/', i, '.png'))",
		"admission_date": "date_add('2025-01-01', interval i % 360 day)",
		"next_review_due": "'2026-01-01'",
	}
	columns = ", ".join(f"`{column}`" for column in values)
	frappe.db.sql("set session max_recursive_iterations = %s", size + 1)
	frappe.db.sql(
		f"""insert into `tab{doctype}` ({columns})
		with recursive numbers as (select 0 as i union all select i + 1 from numbers where i < %(last)s)
		select {", ".join(values.values()).replace(" % ", " %% ")} from numbers""",
		{"home": home, "unit": unit, "last": size - 1},
	)


def fill_placements(frappe) -> None:
	"""Where the children of `fill` live, for the trend of the nation."""
	frappe.db.sql(
		"""insert into `tabPlacement` (`name`, `creation`, `modified`, `owner`, `modified_by`, `child`, `setting`,
			`institution`, `org_unit`, `governorate`, `movement`, `from_date`, `is_current`)
		select concat('P', `name`), `creation`, `modified`, `owner`, `modified_by`, `name`, 'Institution',
			`institution`, `org_unit`, `governorate`, 'Admission', `admission_date`, 1
		from `tabChild` where `name` like 'B-%%'"""
	)


def quoted(words: tuple[str, ...]) -> str:
	return ", ".join(f"'{word}'" for word in words)


def calls(frappe, doctype: str, name: str, mark: str) -> dict[str, Callable[[], object]]:
	"""What the desk asks for."""
	from frappe.desk import reportview
	from frappe.desk.listview import get_group_by_count

	def asked(filters: list, start: int = 0) -> None:
		frappe.local.form_dict = frappe._dict(
			doctype=doctype,
			fields=list(SHOWN),
			filters=filters,
			start=start,
			page_length=20,
			order_by="modified desc",
		)
		reportview.get()

	def counted_rows(filters: list) -> None:
		frappe.local.form_dict = frappe._dict(doctype=doctype, filters=filters, fields=[], distinct="false")
		reportview.get_count()

	def sidebar() -> None:
		frappe.local.form_dict = frappe._dict()
		reportview.get_sidebar_stats(stats='["_user_tags"]', doctype=doctype, filters="[]")

	def save() -> None:
		doc = frappe.get_doc(doctype, name)
		doc.hobbies = frappe.generate_hash(length=8)
		doc.save()

	return {
		"list": lambda: asked([]),
		"later": lambda: asked([], start=1000),
		"state": lambda: asked([[doctype, "file_state", "=", "Draft"]]),
		"count": lambda: counted_rows([]),
		"sidebar": sidebar,
		"board": lambda: get_group_by_count(doctype, "[]", "file_state"),
		"search": lambda: asked([[doctype, "search_name", "like", f"%{mark}%"]]),
		"open": lambda: frappe.get_doc(doctype, name).check_permission("read"),
		"save": save,
	}


def figures(frappe) -> dict[str, Callable[[], object]]:
	"""The three dashboards (that of the nation counted anew, and as it is kept), and all number cards of the workspaces one after the other."""
	from social_care.registry.dashboards import directorate, headquarters, institution

	methods = frappe.get_all(
		CARDS,
		filters={"type": "Custom", "method": ["like", "social_care.%"]},
		pluck="method",
		order_by="name",
	)

	def anew() -> None:
		frappe.flags.figures_anew = True
		headquarters.dashboard()
		frappe.flags.figures_anew = False

	def cards() -> None:
		for method in methods:
			frappe.get_attr(method)()

	return {
		"home": institution.dashboard,
		"league": directorate.dashboard,
		"anew": anew,
		"nation": headquarters.dashboard,
		"cards": cards,
	}


def judge_some(frappe) -> float:
	"""Judge some files by the rules of data quality, as the nightly run does, without its commits; seconds. All files get a score."""
	from social_care.registry.quality import keeping, rules, run

	names = frappe.get_all("Child", pluck="name", order_by="name asc", limit=SOME)
	begin = time.perf_counter()
	for start in range(0, len(names), run.AT_ONCE):
		keeping.refresh("Child", names[start : start + run.AT_ONCE])
	taken = time.perf_counter() - begin
	frappe.db.sql(
		"update `tabChild` set `quality_asked` = 13, `quality_lacking` = 4 where `quality_asked` = 0"
	)
	finished = {"reason": run.CHANGED, "status": "Finished", "digest": rules.digest()}
	frappe.get_doc({"doctype": run.RUN, **finished}).insert(ignore_permissions=True)
	return taken


def timed(frappe, call: Callable[[], object], who: str, rounds: int = ROUNDS) -> tuple[int, float]:
	"""Queries of one call and the median of its milliseconds, each as a request of its own."""
	user = frappe.session.user
	frappe.set_user(who)
	sent, taken = 0, []
	for number in range(rounds + 1):
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


def line(size: int, label: str, child: tuple[int, float], plain: tuple[int, float] | None = None) -> None:
	twin = (
		f"{plain[0]:7}{child[1]:9.1f}{plain[1]:9.1f}{child[1] / plain[1]:7.2f}"
		if plain
		else f"{'':7}{child[1]:9.1f}"
	)
	print(f"{size:8} {label:8}{child[0]:9}{twin}", flush=True)


if __name__ == "__main__":
	main()
