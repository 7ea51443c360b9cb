"""S-05, S-06, S-23, S-24, S-110: what a list may be asked for, and by which column it may be guessed."""

from collections.abc import Callable

import frappe
import pytest
from isolation.browser import Browser
from isolation.records import Stage

# Each of these, put where a column belongs, tells something about another table, column or the server.
SQL = (
	"(select max(national_number) from tabPerson)",
	"`name`, (select max(national_number) from tabPerson)",
	"name` from tabUser -- ",
	"version()",
	"if(finding_place like 'z%', 1, 2)",
	"replace(finding_place, 'q', 'q')",
	"concat(finding_place, 'x')",
	"max(finding_place)",
	"min(`tabChild`.`finding_place`)",
	"count(distinct finding_place)",
	"group_concat(finding_place)",
	"sleep(0)",
	"name\n,version()",
	"name as `x(name)`, finding_place",
	"finding_place as `x(name)`",
	"@@version",
	"_user_tags /* */ + version()",
)
ANSWERS = (403, 417)


def no_sql(answer, stage: Stage) -> None:
	"""The request was refused, in order, and the answer tells nothing."""
	assert answer.status_code in ANSWERS, (answer.status_code, answer.text[:300])
	assert stage.here.mark not in answer.text


@pytest.mark.parametrize("expression", SQL)
def test_the_calendar_takes_columns_only(stage: Stage, reader: Browser, expression: str) -> None:
	"""Its columns come under a name of their own (`field_map`)."""
	for part in ("title", "start"):
		columns = {"start": "creation", "end": "modified", "title": "name"} | {part: expression}
		answer = reader.call(
			"frappe.desk.calendar.get_events",
			doctype="Child",
			start="2000-01-01",
			end="2100-01-01",
			field_map=columns,
		)
		no_sql(answer, stage)


def test_the_calendar_still_works(stage: Stage, reader: Browser) -> None:
	columns = {"start": "creation", "end": "modified", "title": "first_name"}
	rows = reader.message(
		"frappe.desk.calendar.get_events",
		doctype="Child",
		start="2000-01-01",
		end="2100-01-01",
		field_map=columns,
	)
	assert stage.here.child in {row["name"] for row in rows}
	assert stage.there.child not in {row["name"] for row in rows}


@pytest.mark.parametrize("expression", SQL)
def test_the_next_record_is_sorted_by_columns_only(stage: Stage, reader: Browser, expression: str) -> None:
	answer = reader.call(
		"frappe.desk.form.utils.get_next",
		doctype="Child",
		value=stage.here.child,
		prev="0",
		sort_field=expression,
		sort_order="desc",
	)
	no_sql(answer, stage)


@pytest.fixture
def as_reader(reader: Browser):
	"""This process as the reader, behind the request's guard: only the framework itself is asked."""
	frappe.set_user(reader.user)
	yield
	frappe.set_user("Administrator")


PLACES: dict[str, Callable[[str], dict]] = {
	"field": lambda text: {"fields": ["name", text]},
	"order": lambda text: {"order_by": text},
	"order, second": lambda text: {"order_by": f"name asc, {text} desc"},
	"group": lambda text: {"group_by": text, "fields": ["count(name) as rows_"]},
	"filter": lambda text: {"filters": [["Child", text, "=", "x"]]},
	"filter, either": lambda text: {"or_filters": [[text, "like", "x%"]]},
	"filter, dictionary": lambda text: {"filters": {text: "x"}},
	"filter, if null": lambda text: {"filters": [[f"ifnull({text}, '')", "=", "x"]]},
}


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("expression", SQL)
def test_the_framework_takes_columns_only(as_reader, place: str, expression: str) -> None:
	with pytest.raises((frappe.DataError, frappe.PermissionError)):
		frappe.get_list("Child", **PLACES[place](expression))


@pytest.mark.parametrize("place", [place for place in PLACES if place != "field"])
@pytest.mark.parametrize("column", ["finding_place", "`finding_place`", "`tabChild`.`finding_place`"])
def test_the_framework_guards_the_level_of_a_column(as_reader, place: str, column: str) -> None:
	with pytest.raises((frappe.DataError, frappe.PermissionError)):
		frappe.get_list("Child", **PLACES[place](column))


def test_a_name_given_to_a_field_hides_no_column(as_reader) -> None:
	with pytest.raises(frappe.PermissionError):
		frappe.get_list("Child", fields=["name as finding_place"], order_by="finding_place")


@pytest.mark.parametrize("text", ["1=1", "1=1 or 1=1", "name in (select name from tabUser)", "1=1 -- "])
def test_no_text_is_a_filter(stage: Stage, reader: Browser, text: str) -> None:
	"""S-05, by every endpoint that reads the filters by itself."""
	for method, arguments in {
		"frappe.desk.listview.get_group_by_count": {"current_filters": [text], "field": "sex"},
		"frappe.desk.reportview.get_stats": {"stats": ["sex"], "filters": [text]},
		"frappe.desk.reportview.get_sidebar_stats": {"stats": ["sex"], "filters": [text]},
		"frappe.desk.reportview.get": {"fields": ["name"], "filters": [text]},
		"frappe.desk.reportview.get_count": {"fields": [], "filters": [text]},
		"frappe.desk.reportview.export_query": {
			"fields": ["name"],
			"filters": [text],
			"file_format_type": "CSV",
		},
		"frappe.client.get_list": {"or_filters": [text]},
		"frappe.client.get_count": {"filters": [text]},
		"frappe.desk.search.search_link": {"txt": "", "filters": [text]},
		"frappe.desk.calendar.get_events": {
			"start": "2000-01-01",
			"end": "2100-01-01",
			"field_map": {"start": "creation", "end": "creation", "title": "name"},
			"filters": [text],
		},
	}.items():
		no_sql(reader.call(method, doctype="Child", **arguments), stage)


def test_the_desks_own_lists_are_answered(as_reader) -> None:
	"""What list, report, search, chart, tree and calendar ask for."""
	for arguments in (
		{"fields": ["*"]},
		{"fields": "name, first_name"},
		{"fields": ["`tabChild`.`name`", "`tabChild`.`_user_tags`", "`tabChild`.idx"]},
		{"fields": ["distinct name", "sex as value", "'x' as kind"]},
		{
			"fields": ["count(*) as count", "`sex` as name"],
			"group_by": "`tabChild`.sex",
			"order_by": "count desc",
		},
		{"fields": ["creation as _unit", "SUM(1)", "COUNT(*)"], "group_by": "_unit", "order_by": "_unit asc"},
		{"fields": ["count(distinct `tabChild`.name) as total_count"]},
		{"fields": ["`tabEducation Record`.`school_name` as 'Education Record:school_name'"]},
		{
			"fields": ["`tabChild`.`name`", "locate('o\\'b', `tabChild`.`name`) as `_relevance`"],
			"order_by": "_relevance, `tabChild`.`modified` desc, `tabChild`.idx desc",
		},
		{
			"fields": ["institution.institution_name as place"],
			"order_by": "`tabChild`.`sex` asc, tabChild.name",
		},
		{"filters": [["ifnull(`sex`,'')", "=", ""], ["docstatus", "<", 2], ["Child", "name", "like", "%"]]},
		{"filters": [["Education Record", "school_name", "is", "set"]]},
	):
		assert isinstance(frappe.get_list("Child", limit=2, **arguments), list), arguments


def test_a_list_is_made_for_the_user_it_names(stage: Stage, citizen: Browser) -> None:
	"""S-110: Administrator's own rights do not count where a list is made for somebody else."""
	frappe.set_user("Administrator")
	with pytest.raises(frappe.PermissionError):
		frappe.get_list("Child", user=citizen.user)


def test_neighbours_are_hidden_from_the_user_it_names(stage: Stage, reader: Browser) -> None:
	"""S-23 and S-110 together."""
	frappe.set_user("Administrator")
	fields = ["name", "finding_place", "finder_name", "mother_full_name"]
	rows = frappe.get_list("Child", user=reader.user, filters={"name": stage.here.child}, fields=fields)
	assert [set(row) for row in rows] == [{"name"}]
