"""The job that makes the questions of a batch: persons in chunks, each committed with the batch's position."""

import frappe
from frappe.utils import add_days, add_months, now, now_datetime, nowdate

from social_care.registry.together.statements import insert_rows
from social_care.registry.verification import (
	ANEW,
	BATCH,
	CONFIRMED,
	DIFFERS,
	NOT_ASKED,
	NOT_FOUND,
	QUESTION,
	SOURCE,
	WAITING,
	WATCHED,
	counting,
)
from social_care.registry.verification.fingerprints import fingerprint

AT_ONCE = 1000
IN_CARE = ("Active", "In Kafala", "In Aftercare", "Absconded")


def make(batch: frappe._dict) -> None:
	"""All questions that are left to make; then the batch is ready."""
	source = frappe.get_doc(SOURCE, batch.source)
	while names := _next(batch, source):
		_ask_about(batch, names)
		batch.position = names[-1]
		frappe.db.set_value(BATCH, batch.name, {"position": batch.position, **counting.of(batch.name)})
		frappe.db.commit()  # the bound of a chunk
	counts = counting.of(batch.name)
	status = "Ready" if counts["persons"] else "Finished"
	frappe.db.set_value(BATCH, batch.name, {"status": status, "position": "", "progress": 0, **counts})
	counting.tell(batch.name)
	frappe.db.commit()  # the end of the job


def _next(batch: frappe._dict, source) -> list[str]:
	"""Persons with a number and a file in care below the unit who are to be asked about, in the order of their names."""
	return frappe.db.sql(
		f"""select person.`name` from `tabPerson` person
		where person.`name` > %(after)s and ifnull(person.`merged_into`, '') = '' and ifnull(person.`national_number`, '') != ''
			and ({_whom(batch)})
			and exists (select 1 from `tabChild` file join `tabOrg Unit` unit on unit.`name` = file.`org_unit`
				join `tabOrg Unit` asked on asked.`name` = %(unit)s
				where file.`person` = person.`name` and file.`life_state` in %(in_care)s
					and unit.`lft` >= asked.`lft` and unit.`rgt` <= asked.`rgt`)
			and (person.`identity_state` = %(not_asked)s or not exists (select 1 from `tab{QUESTION}` open_one
				where open_one.`person` = person.`name` and open_one.`state` = %(waiting)s and open_one.`asked_on` >= %(still)s))
		order by person.`name` limit {AT_ONCE}""",  # of this module's own words
		{
			"after": batch.position or "",
			"unit": batch.org_unit,
			"in_care": IN_CARE,
			"not_asked": NOT_ASKED,
			"waiting": WAITING,
			"confirmed": CONFIRMED,
			"again": (NOT_FOUND, DIFFERS),
			"since": batch.changed_since,
			"expired": add_months(nowdate(), -(source.confirmed_months or 0)),
			"still": add_days(now_datetime(), -(source.wait_days or 0)),
		},
		pluck=True,
	)


def _whom(batch: frappe._dict) -> str:
	"""The filters of a batch, any of which is enough."""
	parts = {
		"unverified": "person.`identity_state` in (%(not_asked)s, %(waiting)s)",
		"not_found": "person.`identity_state` in %(again)s",
		"expired": "person.`identity_state` = %(confirmed)s and person.`identity_state_on` < %(expired)s",
		"changed_since": "person.`modified` >= %(since)s",
	}
	return " or ".join(f"({part})" for field, part in parts.items() if batch.get(field)) or "0"


def _ask_about(batch: frappe._dict, names: list[str]) -> None:
	"""One question each; an earlier one that waits is not waited for any more. A confirmation stands until the answer."""
	columns = ", ".join(f"`{column}`" for column in ("name", "identity_state", *WATCHED))
	persons = frappe.db.sql(
		f"select {columns} from `tabPerson` where `name` in %(names)s order by `name` for update",
		{"names": names},
		as_dict=True,
	)
	frappe.db.set_value(QUESTION, {"person": ["in", names], "state": WAITING}, "state", ANEW)
	insert_rows(QUESTION, [_question(batch, person) for person in persons])
	unknown = [
		person.name for person in persons if (person.identity_state or NOT_ASKED) in (NOT_ASKED, WAITING)
	]
	if unknown:
		values = {"identity_state": WAITING, "identity_state_on": nowdate(), "identity_source": batch.source}
		frappe.db.set_value("Person", {"name": ["in", unknown]}, values, update_modified=False)


def _question(batch: frappe._dict, person: frappe._dict) -> dict:
	at, by = now(), batch.made_by
	return {
		"name": frappe.generate_hash(length=16),
		"creation": at,
		"modified": at,
		"owner": by,
		"modified_by": by,
		"person": person.name,
		"batch": batch.name,
		"source": batch.source,
		"state": WAITING,
		"asked_on": at,
		"national_number": person.national_number,
		"fingerprint": fingerprint(person),
	}
