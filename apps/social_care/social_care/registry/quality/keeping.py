"""Kept faults and scores: brought up to date for some records, in as many queries for many as for one."""

import hashlib

import frappe
from frappe.utils import create_batch, now, nowdate

from social_care.registry.quality.evaluation import evaluate
from social_care.registry.quality.rules import rules
from social_care.registry.together.statements import update_rows

FAULT, LOG = "Data Quality Fault", "Correction Log"
AT_ONCE = 2000
COLUMNS = (
	*("name", "creation", "modified", "owner", "modified_by", "found_on"),
	*("rule", "severity", "kind", "level", "fix_field"),
	*("record_type", "record_name", "child", "institution", "own_institution"),
)


def refresh(record_type: str, names: list[str]) -> tuple[int, int]:
	"""Evaluate the records anew and write what differs; how many faults were opened and closed."""
	opened = closed = 0
	for part in create_batch(sorted(set(names)), AT_ONCE):
		more, less = _refresh(record_type, part)
		opened, closed = opened + more, closed + less
	return opened, closed


def _refresh(record_type: str, names: list[str]) -> tuple[int, int]:
	rows = evaluate(record_type, names)
	found = {_name(rule, record_type, row.name): (rule, row) for row in rows for rule in row.faults}
	kept = {
		row.name: row
		for row in frappe.get_all(  # what is kept of all records named, whoever reads it
			FAULT,
			filters={"record_type": record_type, "record_name": ["in", names]},
			fields=["name", "institution", "level", "severity"],
			order_by=None,
		)
	}
	new = [key for key in found if key not in kept]
	gone = [key for key in kept if key not in found]
	_insert(record_type, [found[key] for key in new])
	if gone:
		_note_corrections(gone)
		frappe.db.delete(FAULT, {"name": ["in", gone]})
	_follow(record_type, {key: found[key] for key in found.keys() & kept.keys()}, kept)
	if record_type == "Child":
		_keep_scores(rows)
	return len(new), len(gone)


def _name(rule: str, record_type: str, record: str) -> str:
	"""The row's name, the same whoever finds the fault: two who find it at once write it once."""
	return hashlib.sha256(f"{rule}|{record_type}|{record}".encode()).hexdigest()[:20]


def _insert(record_type: str, found: list[tuple]) -> None:
	by_name = {rule.name: rule for rule in rules(record_type)}
	at, user = now(), frappe.session.user
	values = []
	for name, row in found:
		rule = by_name[name]
		values.append(
			(
				*(_name(name, record_type, row.name), at, at, user, user, nowdate()),
				*(name, rule.severity, rule.kind, rule.level, rule.field),
				*(record_type, row.name, row.child, row.institution, None if row.child else row.institution),
			)
		)
	if values:
		frappe.db.bulk_insert(FAULT, list(COLUMNS), values, ignore_duplicates=True)


def _note_corrections(names: list[str]) -> None:
	"""What is over goes into the Correction Log: rule, record and days, by whoever ended it; no values."""
	frappe.db.sql(
		f"""insert into `tab{LOG}` (`name`, `creation`, `modified`, `owner`, `modified_by`, `rule`, `severity`, `record_type`,
			`record_name`, `fix_field`, `found_on`, `ended_on`, `corrected_by`, `institution`, `child`, `own_institution`, `level`)
		select left(sha2(concat(`name`, %(now)s, uuid()), 256), 20), %(now)s, %(now)s, %(user)s, %(user)s, `rule`, `severity`,
			`record_type`, `record_name`, `fix_field`, `found_on`, %(now)s, %(user)s, `institution`, `child`, `own_institution`,
			`level`
		from `tab{FAULT}` where `name` in %(names)s""",
		{"now": now(), "user": frappe.session.user, "names": names},
	)


def _follow(record_type: str, found: dict[str, tuple], kept: dict) -> None:
	"""The place of the record and the words of the rule, where they have changed since."""
	by_name = {rule.name: rule for rule in rules(record_type)}
	changed: dict[str, dict] = {}
	for key, (name, row) in found.items():
		rule = by_name[name]
		now_is = {"institution": row.institution, "level": rule.level, "severity": rule.severity}
		differs = {field: value for field, value in now_is.items() if kept[key][field] != value}
		if differs:
			changed[key] = differs | ({} if row.child else {"own_institution": row.institution})
	update_rows(FAULT, changed)


def _keep_scores(rows: list[frappe._dict]) -> None:
	changed = {
		row.name: {"quality_asked": int(row.asked), "quality_lacking": int(row.lacking)}
		for row in rows
		if (row.kept_asked, row.kept_lacking) != (int(row.asked), int(row.lacking))
	}
	update_rows("Child", changed)


def remove_left_over() -> int:
	"""Faults of rules that no longer count and of records that are gone; how many."""
	counting = {rule.name for rule in rules()}
	kept = frappe.db.sql(
		f"select `rule`, `record_type`, count(*) as number from `tab{FAULT}` group by `rule`, `record_type`",
		as_dict=True,
	)
	over = {row.rule for row in kept} - counting
	removed = sum(row.number for row in kept if row.rule in over)
	if over:
		frappe.db.delete(FAULT, {"rule": ["in", sorted(over)]})
	for record_type in {row.record_type for row in kept if row.rule in counting}:
		gone = frappe.db.sql_list(
			f"""select fault.`name` from `tab{FAULT}` fault left join `tab{record_type}` record
			on record.`name` = fault.`record_name` where fault.`record_type` = %s and record.`name` is null""",
			record_type,
		)
		removed += len(gone)
		if gone:
			frappe.db.delete(FAULT, {"name": ["in", gone]})
	return removed
