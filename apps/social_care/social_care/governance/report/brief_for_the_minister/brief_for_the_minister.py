"""The brief for the minister: one page of figures, their course, what is overdue and governorates; nobody is named."""

from frappe import _
from frappe.utils import format_datetime, now_datetime

from social_care.governance import brief
from social_care.governance.brief import Part
from social_care.prints.layout import Layout
from social_care.registry import figures, small_numbers
from social_care.scope import NOTHING

KINDS = {"on": {"fieldtype": "Date"}} | {key: {"align": "right"} for key in ("now", "beside", "change")}
WIDTHS = {"figure": 330, "now": 130, "beside": 130, "change": 110, "on": 110, "note": 330}


def execute(filters: dict | None = None) -> tuple:
	"""A row a figure, under the title of its part. Whoever has no place is told so and nothing else."""
	if figures.places("Child") == NOTHING:
		return get_columns(), [], _("The brief tells of your places, and you have none today.")
	rows = [row for part in brief.parts() for row in _under_title(part)]
	return get_columns(), rows, _note()


def get_columns() -> list[dict]:
	labels = {
		"figure": _("Figure"),
		"now": _("Now"),
		"beside": _("Published or Before"),
		"change": _("Difference"),
		"on": _("Date"),
		"note": _("Source or Remark"),
	}
	return [_column(name, label) | {"width": WIDTHS[name]} for name, label in labels.items()]


def _under_title(part: Part) -> list[dict]:
	return [{"figure": part.title, "bold": 1, "is_title": 1}, *part.rows] if part.rows else []


def _note() -> str | None:
	return small_numbers.note(small_numbers.limit())


def print_layout(filters: dict) -> Layout:
	"""One page, with a table for each part, of the minute in which it was made."""
	note = _note()
	return Layout(
		period=as_of_now(),
		landscape=False,
		facts=[],
		notes=[note] if note else [],
		tables=[_table(part) for part in brief.parts() if part.rows],
		instead=True,
		compact=True,
	)


def as_of_now() -> str:
	return _("As of {0}").format(format_datetime(now_datetime(), "dd/MM/yyyy HH:mm"))


def _table(part: Part) -> dict:
	"""A part as the print shows it, whose columns have names of their own there."""
	columns = [_column(name, label) for name, label in part.labels.items()]
	return {"title": part.title, "columns": columns, "rows": part.rows}


def _column(name: str, label: str) -> dict:
	return {"fieldname": name, "label": label, "fieldtype": "Data"} | KINDS.get(name, {})
