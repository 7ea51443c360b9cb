"""Who lived in which institution on a day, counted from placements and not from today's state.

Placements are half-open intervals, so a child who moved on a day is counted where he moved to. Children are counted
at the places of the reader, by the placement's own unit and institution; no row leaves these functions.
"""

import frappe
from frappe.utils import getdate, nowdate

from social_care.registry import figures
from social_care.registry.placements import INSTITUTION

PLACED = (
	"`tabPlacement`.`setting` = %(setting)s and `tabPlacement`.`from_date` <= %(day)s"
	" and (`tabPlacement`.`to_date` is null or `tabPlacement`.`to_date` > %(day)s)"
)
COLUMNS = ("governorate", "institution")
TOTAL = {"bold": 1, "is_total": 1}  # marks the row of sums on the screen and in prints


def day_of(filters: dict):
	"""The day that a report is asked for; today where none or a later one is given."""
	asked = getdate(filters.get("as_of")) if filters.get("as_of") else getdate(nowdate())
	return min(asked, getdate(nowdate()))


def is_past(filters: dict) -> bool:
	return day_of(filters) < getdate(nowdate())


def count(groups: dict[str, str], measures: dict[str, str], filters: dict) -> list[dict]:
	"""Children in institutions on the day of `filters`, one row a group.

	`groups` and `measures` are {name: SQL} over `tabPlacement` and `tabChild`; SQL comes from code alone. `filters`
	may name governorate and institution.
	"""
	values = {"setting": INSTITUTION, "day": day_of(filters)}
	parts = [PLACED, figures.places("Placement")]
	for column in COLUMNS:
		if filters.get(column):
			parts.append(f"`tabPlacement`.`{column}` = %({column})s")
			values[column] = filters[column]
	columns = ", ".join(f"{sql} as `{name}`" for name, sql in (groups | measures).items())
	query = f"""select {columns} from `tabPlacement` join `tabChild` on `tabChild`.`name` = `tabPlacement`.`child`
		where {" and ".join(f"({part})" for part in parts if part)} group by {", ".join(groups.values())}"""
	return frappe.db.sql(query, values, as_dict=True)


def occupancy(children: int, capacity: int | None) -> float:
	"""Children in percent of the licensed places; 0 where no place is licensed."""
	return round(100 * children / capacity, 1) if capacity else 0
