"""What the guards in front of the endpoints let through, and what they stop."""

import frappe

from social_care.api import files
from social_care.api.guards import columns, endpoints, rows
from social_care.api.guards.columns import ColumnError
from social_care.tests import CountryTestCase, factories

DESK = (
	{
		"fields": ["`tabChild`.`name`", "`tabChild`.`full_name`", "`tabChild`.`_user_tags`"],
		"order_by": "`tabChild`.`modified` desc",
	},
	{
		"fields": [
			"count(`tabChild`.`name`) as _aggregate_column",
			"count(distinct `tabChild`.name) as total_count",
		]
	},
	{
		"fields": [
			"`tabEducation Record`.`grade` as 'Education Record:grade'",
			"name as value",
			"1",
			"'Child' as doctype",
		]
	},
	{"fields": "*", "filters": {"sex": "Male", "birth_date": ["between", ["2010-01-01", "2012-01-01"]]}},
	{
		"fields": ["*"],
		"filters": [["Child", "full_name", "like", "%a, b (c)%", False]],
		"order_by": "modified desc, name asc",
	},
	{
		"fields": ["institution.institution_name as institution_institution_name"],
		"group_by": "`tabChild`.`sex`",
	},
	{
		"filters": [["full_name", "like", "%"], ["Education Record", "grade", "=", 3]],
		"or_filters": [["name", "=", "x"]],
	},
	{"filters": {}, "or_filters": [], "fields": None, "order_by": None, "group_by": ""},
	{"stats": ["_user_tags", "sex"], "field": "owner", "searchfield": "name", "filter_fields": ["sex"]},
)
REFUSED = (
	{"fields": ["(select full_name from `tabChild` limit 1)"]},
	{"fields": ["`name`, (select 1)"]},
	{"fields": ["`tabChild`.`name` from `tabChild` -- "]},
	{"fields": ["sleep(5)"]},
	{"fields": ["concat(first_name, mother_full_name)"]},
	{"fields": ["if(full_name like 'a%', 1, 0)"]},
	{"fields": ["name\nunion select 1"]},
	{"fields": ["name) union select (1"]},
	{"fields": ["full_name/**/from"]},
	{"fields": ["person.full_name"]},
	{"fields": ["current_placement.decision_number"]},
	{"order_by": "(case when 1 then name else sex end)"},
	{"order_by": "rand()"},
	{"order_by": "name; drop table x"},
	{"group_by": "name having 1=1"},
	{"filters": ["1=1 or 1=1"]},
	{"filters": [["Child", "ifnull(full_name, '')", "=", ""]]},
	{"filters": {"name` = 1 or `name": "x"}},
	{"filters": [["User", "reset_password_key", "like", "a%"]]},
)


class TestColumns(CountryTestCase):
	def test_what_the_desk_sends_passes(self) -> None:
		self.act_as(self.here.chief)
		for arguments in DESK:
			with self.subTest(str(arguments)):
				columns.check({"doctype": "Child", **arguments})
				columns.check(
					{"doctype": "Child", **{key: frappe.as_json(value) for key, value in arguments.items()}}
				)

	def test_sql_does_not(self) -> None:
		self.act_as(self.here.chief)
		for arguments in REFUSED:
			with self.subTest(str(arguments)):
				self.assertRefused(ColumnError, columns.check, {"doctype": "Child", **arguments})

	def test_columns_above_the_level_do_not(self) -> None:
		self.act_as(self.there.officer)
		columns.check({"doctype": "Institution", "fields": ["licence_number"]})
		for where in (
			{"fields": ["max(bank_account) as found"]},
			{"filter_fields": ["bank_account"]},
			{"stats": ["bank_account"]},
			{"filters": {"bank_account": ["like", "1%"]}},
			{"order_by": "bank_account asc"},
		):
			self.assertRefused(ColumnError, columns.check, {"doctype": "Institution", **where})

	def test_a_plain_column_is_left_to_the_framework_which_leaves_it_out(self) -> None:
		"""The desk asks for the picture of each row whatever the user's level."""
		self.act_as(self.there.officer)
		columns.check(
			{
				"doctype": "Institution",
				"fields": ["`tabInstitution`.`bank_account`"],
				"fieldname": "bank_account",
			}
		)
		rows_of_list = frappe.get_list("Institution", fields=["name", "bank_account"])
		self.assertTrue(rows_of_list)
		self.assertFalse(any("bank_account" in row for row in rows_of_list))

	def test_a_tables_columns_have_the_level_of_the_parent(self) -> None:
		columns_of_table = {
			"doctype": "Health Record",
			"parent": "Child",
			"fields": ["max(finding) as found"],
		}
		self.act_as(self.here.chief)
		columns.check(columns_of_table)
		self.assertRefused(ColumnError, columns.check, columns_of_table | {"parent": "Family"})

	def test_charts_that_the_browser_makes_up(self) -> None:
		self.act_as(self.there.officer)
		chart = {"document_type": "Institution", "group_by_based_on": "bank_account", "filters_json": "[]"}
		self.assertRefused(ColumnError, columns.check, {"chart": frappe.as_json(chart)})
		chart = {
			"document_type": "Institution",
			"group_by_based_on": "status",
			"filters_json": '[["Institution", "bank_account", "=", "1"]]',
		}
		self.assertRefused(ColumnError, columns.check, {"doc": frappe.as_json(chart)})
		columns.check({"chart": frappe.as_json(chart | {"filters_json": "[]"})})

	def test_secrets_of_accounts_are_in_no_list(self) -> None:
		self.act_as(self.here.chief)
		for column in ("reset_password_key", "api_key"):
			for where in ({"fields": [column]}, {"filters": {column: ["like", "a%"]}}, {"order_by": column}):
				self.assertRefused(ColumnError, columns.check, {"doctype": "User", **where})


class TestRows(CountryTestCase):
	def setUp(self) -> None:
		super().setUp()
		self.near = factories.child(self.here.institution).name
		self.far = factories.child(self.there.institution).name
		self.act_as(self.here.chief)

	def test_names_outside_are_refused_however_they_are_called(self) -> None:
		for arguments in (
			{"doctype": "Child", "name": self.far},
			{"dt": "Child", "dn": self.far},
			{"reference_doctype": "Child", "anything": self.far},
			{"doctype": "Child", "docnames": frappe.as_json([self.near, self.far])},
			{"doctype": "Child", "items": [{"name": self.far}]},
			{"args": frappe.as_json({"doctype": "Child", "name": self.far})},
			{"args": {"a": {"b": {"c": {"d": {"doctype": "Child", "docname": self.far}}}}}},
			{"reference_doctype": "Child", "items": [*(f"A{number:05}" for number in range(2500)), self.far]},
		):
			with self.subTest(str(arguments)):
				self.assertRefused(frappe.PermissionError, rows.check, arguments)

	def test_own_names_missing_names_and_searches_pass(self) -> None:
		for arguments in (
			{"doctype": "Child", "name": self.near},
			{"doctype": "Child", "name": "new-child-1"},
			{"doctype": "Child", "filters": frappe.as_json([["name", "=", self.far]])},
			{
				"doctype": "Child",
				"user_settings": frappe.as_json({"List": {"filters": [["Child", "name", "=", self.far]]}}),
			},
			{"doctype": "ToDo", "name": self.far},
			{"name": self.far},
			{},
		):
			with self.subTest(str(arguments)):
				rows.check(arguments)

	def test_the_refusal_names_nobody(self) -> None:
		error = self.assertRefused(frappe.PermissionError, rows.check, {"doctype": "Child", "name": self.far})
		self.assertNotIn(self.far, str(error))


class TestReports(CountryTestCase):
	def test_a_refusal_names_the_report_in_the_readers_language(self) -> None:
		self.act_as(self.here.entry)
		frappe.local.lang = "ar"
		self.addCleanup(setattr, frappe.local, "lang", "en")
		for call in (endpoints.get_report_script, endpoints.run_report):
			with self.assertRaises(frappe.PermissionError) as refused:
				call("Data Officers of the Directorates")
			self.assertIn("مسئولو", str(refused.exception))
			self.assertNotIn("Officers", str(refused.exception))

	def test_who_may_read_it_reads_it(self) -> None:
		self.act_as(self.here.chief)
		self.assertIn("script", endpoints.get_report_script("Institution Roll"))
		self.assertIn(
			"result", endpoints.run_report("Institution Roll", {"institution": self.here.institution})
		)


class TestForms(CountryTestCase):
	def test_who_made_and_changed_a_form_is_named(self) -> None:
		self.act_as("Administrator")
		frappe.db.set_value("User", self.here.entry, "full_name", "منى حسن")
		self.act_as(self.here.entry)
		name = factories.child(self.here.institution).name
		frappe.db.set_value("Child", name, "modified_by", self.here.officer, update_modified=False)
		frappe.local.response = frappe._dict(docs=[])
		files.getdoc("Child", name)
		named = frappe.response["docinfo"]["user_info"]
		self.assertEqual(named[self.here.entry].fullname, "منى حسن")
		self.assertIn(self.here.officer, named)
