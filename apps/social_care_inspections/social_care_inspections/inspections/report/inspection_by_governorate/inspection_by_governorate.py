"""The sector adviser's page on paper: grades, trend, overdue visits, violations and their age by governorate, and what needs him first."""

from frappe import _
from social_care.prints.layout import Layout, as_of

from social_care_inspections.inspections.figures import adviser, parts, questions
from social_care_inspections.inspections.figures.questions import GRADES


def execute(filters: dict | None = None) -> tuple[list[dict], list[dict], None, dict]:
	rows = adviser.lines(questions.homes())
	return get_columns(), rows, None, get_chart(rows)


def get_columns() -> list[dict]:
	first = {"fieldname": "name", "label": _("Governorate"), "fieldtype": "Data", "width": 150}
	return [first, *(column(key, label) for key, label in adviser.labels().items())]


def column(key: str, label: str) -> dict:
	kind = {"fieldtype": "Float", "precision": 1} if key == "score" else {"fieldtype": "Int"}
	return {"fieldname": key, "label": label, "width": 110, **kind}


def get_chart(rows: list[dict]) -> dict | None:
	"""Institutions of each governorate by grade."""
	if not rows:
		return None
	datasets = [
		{"name": _("Grade {0}").format(_(grade)), "values": [row[grade] for row in rows]} for grade in GRADES
	]
	return {
		"data": {"labels": [row["name"] for row in rows], "datasets": datasets},
		"type": "bar",
		"barOptions": {"stacked": 1},
	}


def print_layout(filters: dict) -> Layout:
	"""Below the lines: the trend, and the institutions, violations and visits that come first."""
	found = [parts.critical_institutions(), parts.oldest_violations(), parts.overdue_visits()]
	return Layout(
		period=as_of(None), landscape=True, tables=[trend(), *(as_printed(part) for part in found if part)]
	)


def trend() -> dict:
	part = parts.trend() or {"title": _("Average Score by Quarter"), "points": []}
	rows = [{"c0": point["label"], "c1": point["value"]} for point in part["points"]]
	return printed(part["title"], [_("Quarter Beginning"), _("Score (Percent)")], rows)


def as_printed(part: dict) -> dict:
	"""A table of the desk for paper: records by what they are called."""
	rows = [
		{f"c{place}": cell["label"] if isinstance(cell, dict) else cell for place, cell in enumerate(cells)}
		for cells in part["rows"]
	]
	return printed(part["title"], part["headings"], rows)


def printed(title: str, headings: list[str], rows: list[dict]) -> dict:
	columns = [
		{"fieldname": f"c{place}", "label": label, "fieldtype": "Data"}
		for place, label in enumerate(headings)
	]
	return {"title": title, "columns": columns, "rows": rows}
