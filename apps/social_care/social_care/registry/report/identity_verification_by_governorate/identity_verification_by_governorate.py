"""How far the identity of children in care is confirmed by registries, by governorate, at the places of the reader."""

import frappe
from frappe import _
from frappe.utils import nowdate

from social_care.prints.layout import Layout, as_of
from social_care.registry import figures
from social_care.registry.verification import (
	CONFIRMED,
	DIED,
	DIFFERS,
	NOT_ASKED,
	NOT_FOUND,
	WAITING,
)

STATES = {
	"not_asked": (NOT_ASKED, "Not Asked"),
	"waiting": (WAITING, "Waiting for an Answer"),
	"confirmed": (CONFIRMED, "Confirmed"),
	"differs": (DIFFERS, "Differing"),
	"missing": (NOT_FOUND, "Not Found"),
	"died": (DIED, "Died"),
}
SUMS = ("children", "numbered", *STATES, "expired")


def execute(filters: dict | None = None) -> tuple[list[dict], list[dict], str | None, dict | None]:
	"""Columns, one row a governorate and their sum, the line below, and the chart of the share confirmed."""
	rows = get_data(frappe._dict(filters or {}))
	return get_columns(), rows, None, get_chart(rows)


def get_columns() -> list[dict]:
	def whole(field: str, label: str) -> dict:
		return {"fieldname": field, "label": label, "fieldtype": "Int", "width": 120}

	return [
		{"fieldname": "governorate_name", "label": _("Governorate"), "fieldtype": "Data", "width": 160},
		whole("children", _("Children in Care")),
		whole("numbered", _("With a National Number")),
		*(whole(field, _(label)) for field, (_state, label) in STATES.items()),
		whole("expired", _("Confirmed Too Long Ago")),
		{"fieldname": "share", "label": _("Confirmed (%)"), "fieldtype": "Percent", "width": 120},
	]


def get_data(filters: dict) -> list[dict]:
	"""Sums alone, so counted for whoever sees the place; one query. A confirmation that counts no more is not in the share."""
	rows = [_with_share(row) for row in _counted(filters.get("source"))]
	if len(rows) < 2:
		return rows
	total = {field: sum(row[field] for row in rows) for field in SUMS}
	return [*rows, _with_share({"governorate_name": _("Total"), **total, "bold": 1})]


def _with_share(row: dict) -> dict:
	current = int(row["confirmed"]) - int(row["expired"])
	return {**row, "share": round(100 * current / row["children"], 1) if row["children"] else 0}


def _counted(source: str | None) -> list[dict]:
	states = ", ".join(
		f"sum(ifnull(person.`identity_state`, %(not_asked)s) = {frappe.db.escape(state)} and {_by(state)}) as `{field}`"
		for field, (state, _label) in STATES.items()
	)
	where = figures.places("Child")
	return frappe.db.sql(
		f"""select governorate.`governorate_name`, count(*) as children,
			sum(ifnull(person.`national_number`, '') != '') as numbered, {states},
			sum(person.`identity_state` = %(confirmed)s and {_by(CONFIRMED)} and person.`identity_state_on` <
				date_sub(%(today)s, interval source.`confirmed_months` month)) as expired
		from `tabChild` join `tabPerson` person on person.`name` = `tabChild`.`person`
		left join `tabGovernorate` governorate on governorate.`name` = `tabChild`.`governorate`
		left join `tabIdentity Source` source on source.`name` = person.`identity_source`
		where `tabChild`.`life_state` = 'Active'{f" and ({where})" if where else ""}
		group by governorate.`name` order by governorate.`name`""",  # of this module and social_care.scope
		{"source": source or "", "not_asked": NOT_ASKED, "confirmed": CONFIRMED, "today": nowdate()},
		as_dict=True,
	)


def _by(state: str) -> str:
	"""Of one source alone, where the filters name it; who was not asked was asked of none."""
	return "1" if state == NOT_ASKED else "(%(source)s = '' or person.`identity_source` = %(source)s)"


def get_chart(rows: list[dict]) -> dict | None:
	"""Share confirmed by governorate."""
	places = [row for row in rows if not row.get("bold")]
	if len(places) < 2:
		return None
	return {
		"data": {
			"labels": [row["governorate_name"] for row in places],
			"datasets": [{"name": _("Confirmed (%)"), "values": [row["share"] for row in places]}],
		},
		"type": "bar",
	}


def print_layout(filters: dict) -> Layout:
	return Layout(period=as_of(None), landscape=True)
