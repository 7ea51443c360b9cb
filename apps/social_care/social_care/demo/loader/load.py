"""Loading a nation: stage by stage, each in chunks, all of it once."""

from collections.abc import Iterable, Iterator

import frappe

from social_care.demo import confirmed
from social_care.demo.generator.nation import Nation, Row
from social_care.demo.generator.settings import NationSettings
from social_care.demo.generator.staff import posts
from social_care.demo.generator.units import all_units
from social_care.demo.loader import marks
from social_care.demo.loader.people import set_passwords, share_with_themselves
from social_care.demo.loader.photographs import Drawings
from social_care.demo.loader.progress import Progress
from social_care.demo.loader.series import settle_series, settle_tree
from social_care.demo.loader.store import Store
from social_care.registry.case_work import due
from social_care.registry.quality import run

HOOK = "social_care_demo_builders"
SETTLERS = "social_care_demo_settlers"


def load(wanted: NationSettings, progress: Progress) -> dict[str, int]:
	"""Bring the nation into the site and return how many rows of each DocType are new; nothing if it is there.

	A load that was killed goes on where it was, with the day and the numbers it began with; an app that was installed
	later adds its part. OtherNation where the site holds a nation of other settings.
	"""
	found = marks.loaded()
	settings = _settle_settings(wanted, found)
	nation, store = (
		Nation(settings),
		Store(),
	)  # settings that cannot be met are refused before anything is written
	if not (found and found.complete):
		marks.remember(settings, complete=False)
		_load_core(nation, store, progress)
		_settle_users()
		_settle_counters()
		marks.remember(settings, complete=True)
	_load_extensions(nation, store, progress)
	if +store.inserted:
		run.run(
			run.request(run.CHANGED)
		)  # rows came past their rules: what data quality keeps of them is found now
		confirmed.confirm()
	progress.finish(f"{sum(store.inserted.values()):,} new rows")
	return dict(+store.inserted)


def _settle_settings(wanted: NationSettings, found: marks.Loaded | None) -> NationSettings:
	if not found:
		return wanted.changed(first_numbers=marks.next_numbers())
	stored = found.settings
	same = wanted.changed(as_of=stored.as_of, first_numbers=stored.first_numbers)
	if same.as_dict() != stored.as_dict():
		sentence = "This site holds a nation of other settings. Remove it first: bench --site {0} social-care-demo wipe"
		frappe.throw(sentence.format(frappe.local.site), marks.OtherNation)
	return stored


def _load_core(nation: Nation, store: Store, progress: Progress) -> None:
	settings = nation.settings
	_load_rows(
		progress, "Units of the ministry", nation.units(), "Org Unit", sum(1 for _ in all_units()), store
	)
	_load_rows(progress, "Institutions", nation.institutions(), "Institution", settings.institutions, store)
	_load_rows(progress, "Staff", nation.staff(), "User", sum(1 for _ in posts(nation.sites)), store)
	drawings = Drawings(settings.seed, settings.drawings)
	for _number in progress.track("Drawings", drawings.make(), settings.drawings):
		continue
	children = (_with_file(row, drawings) for row in nation.children())
	_load_rows(progress, "Children", children, "Child", settings.children, store)
	drawings.clear()
	due.refresh()


def _with_file(row: Row, drawings: Drawings) -> Row:
	return (row[0], drawings.hang(row[1])) if row[0] == "File" else row


def _load_rows(
	progress: Progress, label: str, rows: Iterable[Row], counted: str, total: int, store: Store
) -> None:
	for _name in progress.track(label, _store_rows(rows, counted, store), total):
		continue


def _store_rows(rows: Iterable[Row], counted: str, store: Store) -> Iterator[str]:
	"""Store rows; yields the name of each row of the DocType that the counter shows."""
	for doctype, row in rows:
		store.add(doctype, row)
		if doctype == counted:
			yield row["name"]
	store.flush()


def _load_extensions(nation: Nation, store: Store, progress: Progress) -> None:
	"""Rows of `social_care_demo_builders`: functions that take the nation and give (DocType, row) pairs."""
	for path in frappe.get_hooks(HOOK):
		done = marks.loaded().builders
		if path in done:
			continue
		rows = frappe.get_attr(path)(nation) or ()
		for doctype, row in progress.track(f"Part of {path.split('.')[0]}", rows):
			store.add(doctype, row)
		store.flush()
		_settle_part(path, nation, store)
		_settle_counters()
		marks.remember(nation.settings, complete=True, builders=[*done, path])


def _settle_part(path: str, nation: Nation, store: Store) -> None:
	"""What stands elsewhere because of a builder's rows: functions of `social_care_demo_settlers`, by the builder's path."""
	if store.inserted["User"]:
		_settle_users()
	for settler in frappe.get_hooks(SETTLERS).get(path, ()):
		frappe.get_attr(settler)(nation)


def _settle_users() -> None:
	share_with_themselves()
	set_passwords()
	frappe.db.commit()  # users are complete before the nation is said to be


def _settle_counters() -> None:
	settle_tree()
	settle_series()
	frappe.db.commit()  # counters stand before their part is said to be there
	frappe.clear_cache()
