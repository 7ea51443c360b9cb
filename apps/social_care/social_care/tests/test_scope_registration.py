"""Every DocType of the app and of apps that build on it is limited by scope, or says why not. Derived from the schema."""

import frappe

from social_care.permissions import is_scoped
from social_care.scope import NOTHING, condition, is_ours, scope_rule, scoped_parents
from social_care.tests import CountryTestCase, factories

PERSONAL = ("Child", "Person", "Family", "Placement", "Institution")
SCOPED_TARGETS = {"Child", "Person", "Family", "Institution", "Org Unit", "Placement"}


def our_doctypes() -> list[str]:
	"""Names of all DocTypes whose module belongs to social_care or to an app that requires it."""
	names = frappe.get_all("DocType", filters={"is_virtual": 0}, pluck="name", order_by="name")
	return [name for name in names if is_ours(frappe.get_meta(name))]


def problem(doctype: str) -> str:
	"""Why rows of a DocType would be open to everybody; "" where they are not."""
	meta = frappe.get_meta(doctype)
	if meta.issingle or doctype in frappe.get_hooks("social_care_reference_doctypes"):
		return ""
	if meta.istable:
		return (
			""
			if scoped_parents(doctype)
			or _only_in_open_parents(doctype)
			or condition(doctype, "nobody") == NOTHING
			else "a table of no scoped DocType"
		)
	if scope_rule(doctype) is None:
		return "no scope rule"
	return (
		""
		if _shows_nothing(doctype, condition(doctype, "nobody@test.invalid"))
		else "the rule does not limit"
	)


def _shows_nothing(doctype: str, where: str) -> bool:
	"""The country's rows are there, so a rule that lets somebody without assignments through shows some."""
	return bool(where) and not frappe.db.sql(f"select `name` from `tab{doctype}` where {where} limit 1")


def _only_in_open_parents(table: str) -> bool:
	holds = {"fieldtype": ["in", frappe.model.table_fields], "options": table}
	parents = frappe.get_all("DocField", filters=holds, pluck="parent")
	open_ones = frappe.get_hooks("social_care_reference_doctypes")
	return bool(parents) and all(frappe.get_meta(name).issingle or name in open_ones for name in parents)


class TestRegistration(CountryTestCase):
	def test_the_schema_is_found(self) -> None:
		found = our_doctypes()
		self.assertTrue(set(PERSONAL) <= set(found))
		self.assertGreater(len(found), 20)

	def test_every_doctype_is_limited_or_listed(self) -> None:
		open_ones = {name: why for name in our_doctypes() if (why := problem(name))}
		self.assertEqual(open_ones, {})

	def test_reference_tables_name_no_person_and_no_place_of_care(self) -> None:
		for name in frappe.get_hooks("social_care_reference_doctypes"):
			links = {df.options for df in frappe.get_meta(name).get_link_fields()}
			self.assertFalse(links & {"Child", "Person", "Family", "Institution", "Placement", "User"}, name)

	def test_every_link_to_a_person_or_place_makes_a_scope(self) -> None:
		reference = set(frappe.get_hooks("social_care_reference_doctypes"))
		for name in set(our_doctypes()) - reference:
			meta = frappe.get_meta(name)
			if not (meta.issingle or meta.istable) and SCOPED_TARGETS & {
				df.options for df in meta.get_link_fields()
			}:
				self.assertTrue(is_scoped(name), name)

	def test_nobody_shares_or_deletes_personal_rows(self) -> None:
		rows = [
			row for name in our_doctypes() for row in frappe.get_meta(name).permissions if is_scoped(name)
		]
		for row in rows:
			for right in ("share", "delete", "submit", "cancel"):
				self.assertFalse(
					row.get(right) and row.parent != "Staff Assignment",
					f"{row.parent}: {row.role} has {right}",
				)

	def test_no_field_of_a_person_is_in_the_global_search(self) -> None:
		for name in our_doctypes():
			if is_scoped(name):
				found = [df.fieldname for df in frappe.get_meta(name).fields if df.in_global_search]
				self.assertEqual(found, [], name)

	def test_rows_of_persons_are_not_renamed_or_shown_on_the_web(self) -> None:
		for name in our_doctypes():
			meta = frappe.get_meta(name)
			if is_scoped(name):
				self.assertFalse(meta.allow_rename or meta.has_web_view or meta.allow_guest_to_view, name)

	def test_only_our_roles_hold_rights_on_personal_rows(self) -> None:
		"""A role of the framework (All, Guest, Desk User) would open rows to who holds no assignment."""
		for name in PERSONAL:
			roles = {row.role for row in frappe.get_meta(name).permissions}
			self.assertFalse(roles & {"All", "Guest", "Desk User", "System Manager"}, name)


class MadeDocType(CountryTestCase):
	"""Makes DocTypes that the directors of directorates read and write, and takes them away."""

	keeps_rows = True

	def make(self, fields: list[dict]) -> str:
		name = f"Forgotten {frappe.generate_hash(length=6)}"
		rights = [{"role": "Directorate Director", "read": 1, "write": 1, "create": 1}]
		definition = {
			"doctype": "DocType",
			"name": name,
			"module": "Registry",
			"custom": 1,
			"fields": fields,
			"permissions": rights,
		}
		frappe.get_doc(definition).insert()
		self.addCleanup(self.remove, name)
		self.forget()
		return name

	def remove(self, name: str) -> None:
		frappe.set_user("Administrator")
		frappe.delete_doc("DocType", name, force=True)
		frappe.db.commit()


class TestForgottenDocType(MadeDocType):
	"""A DocType of ours that nobody registered denies everything, and the test above names it."""

	def test_without_any_place_it_is_closed(self) -> None:
		name = self.make([{"fieldname": "note", "fieldtype": "Data", "label": "Note"}])
		row = frappe.get_doc({"doctype": name, "note": "x"}).insert()
		self.act_as(self.here.chief)
		self.assertEqual(frappe.get_list(name), [])
		self.assertFalse(frappe.has_permission(name, "read", doc=row.name))
		self.assertRefused(frappe.PermissionError, frappe.get_doc({"doctype": name, "note": "y"}).insert)
		self.assertEqual(condition(name, self.country.head), NOTHING)

	def test_one_with_a_child_is_scoped_by_itself(self) -> None:
		name = self.make([{"fieldname": "child", "fieldtype": "Link", "options": "Child", "label": "Child"}])
		rows = {
			place.institution: frappe.get_doc(
				{"doctype": name, "child": factories.child(place.institution).name}
			)
			.insert()
			.name
			for place in (self.here, self.there)
		}
		self.act_as(self.here.chief)
		self.assertEqual(frappe.get_list(name, pluck="name"), [rows[self.here.institution]])
		self.assertFalse(frappe.has_permission(name, "read", doc=rows[self.there.institution]))
		self.assertEqual(problem(name), "")

	def test_listing_it_as_open_is_noticed(self) -> None:
		from unittest.mock import patch

		name = self.make([{"fieldname": "note", "fieldtype": "Data", "label": "Note"}])
		with patch("social_care.scope.rules.is_ours", return_value=False):
			self.forget()
			self.assertEqual(problem(name), "no scope rule")


class TestTwoAssignments(MadeDocType):
	"""What hangs on a record is read where the role that reads it was given, not wherever the record may be opened."""

	def test_by_whatever_the_row_hangs(self) -> None:
		reader = factories.staff("Directorate Director", org_unit=self.here.directorate)
		self.addCleanup(self.take_back_assignments, reader)  # making a type commits
		factories.assign_unchecked(reader, "Institution Social Worker", self.there.institution)
		for kind in ("Child", "Person", "Family"):
			field = kind.lower()
			name = self.make([{"fieldname": field, "fieldtype": "Link", "options": kind, "label": kind}])
			rows = {place.institution: self.row(name, field, place) for place in (self.here, self.there)}
			self.act_as(reader)
			opened = {row.get(field) for row in rows.values()}
			found = frappe.get_list(kind, {"name": ["in", list(opened)]}, pluck="name")
			self.assertEqual(set(found), opened, kind)
			self.assertEqual(frappe.get_list(name, pluck="name"), [rows[self.here.institution].name], kind)
			self.assertTrue(frappe.has_permission(name, "read", doc=rows[self.here.institution].name))
			self.assertFalse(frappe.has_permission(name, "read", doc=rows[self.there.institution].name))
			self.act_as("Administrator")

	def take_back_assignments(self, user: str) -> None:
		"""Or no service could be published on this site: levels would spread over the two places."""
		frappe.db.delete("Staff Assignment", {"user": user})
		frappe.db.commit()

	def row(self, name: str, field: str, place):
		child = factories.child(place.institution, family=factories.family().name)
		value = child.name if field == "child" else child.get(field)
		return frappe.get_doc({"doctype": name, field: value}).insert()
