"""Who writes rules, which rules can be written, and who is told of what they find."""

from unittest.mock import patch

import frappe
from frappe.client import get_list
from frappe.desk import reportview
from frappe.utils import add_days, nowdate

from social_care.api.guards.endpoints import get_count
from social_care.registry.quality import rules, run
from social_care.registry.quality.conditions import QualityRuleError
from social_care.registry.quality.evaluation import evaluate
from social_care.registry.quality.keeping import FAULT
from social_care.setup.quality import ensure_quality_rules
from social_care.tests import SocialCareTestCase, factories
from social_care.tests.quality_cases import rule

IN_CARE = [{"field": "life_state", "operator": "Is", "value": "Active"}]


def found(code: str, child: str) -> bool:
	rules.forget()
	return code in evaluate("Child", [child])[0].faults


class TestWriting(SocialCareTestCase):
	def test_a_functional_administrator_writes_rules_and_others_do_not(self) -> None:
		admin = factories.staff("Functional Administrator", "HQ")
		officer = factories.staff("Directorate Data Officer", factories.org_unit().name)
		self.act_as(admin)
		doc = rule("test_rule", field="nickname", severity="Note")
		doc.severity = "Warning"
		doc.save()
		self.act_as(officer)
		self.assertTrue(frappe.get_list(rules.RULE, filters={"name": "test_rule"}))
		self.assertRefused(frappe.PermissionError, rule, "test_other", field="nickname")
		doc = frappe.get_doc(rules.RULE, "test_rule")
		doc.enabled = 0
		self.assertRefused(frappe.PermissionError, doc.save)

	def test_nobody_writes_what_the_rules_find(self) -> None:
		child = factories.child(factories.institution(factories.org_unit().name).name)
		name = frappe.get_all(FAULT, filters={"child": child.name}, pluck="name")[0]
		self.act_as(factories.staff("Central Administration Head", "HQ"))
		fault = frappe.get_doc(FAULT, name)
		fault.severity = "Note"
		self.assertRefused(frappe.PermissionError, fault.save)
		self.assertRefused(frappe.PermissionError, frappe.delete_doc, FAULT, name)
		self.assertRefused(frappe.PermissionError, frappe.new_doc("Data Quality Day").insert)

	def test_what_cannot_be_checked_is_refused(self) -> None:
		wrong: list[dict] = [
			{"field": "no_such_field"},
			{"field": "placements_html"},
			{"record_type": "User", "field": "email"},
			{"field": "sex", "check": "Date Is Recent", "months": 3},
			{"field": "photo_date", "check": "Date Is Recent"},
			{"field": "photo_date", "check": "Date Is Recent", "months_setting": "no_such_setting"},
			{"field": "sex", "check": "Value Is Allowed"},
			{"field": "admission_date", "check": "Date Is Not Before Other Date", "other_field": "sex"},
			{"field": "monthly_allowance", "check": "Number Is in Range", "lowest": "1 or 1=1"},
			{"check": rules.NAMED, "named_check": "over_capacity"},
			{"check": rules.NAMED, "named_check": "1=1"},
			{"field": "nickname", "conditions": [{"field": "nickname", "operator": "Is Filled"}]},
			{"field": "nickname", "conditions": IN_CARE * 2},
			{"field": "nickname", "conditions": [{"field": "health_records", "operator": "Is Filled"}]},
			{"field": "nickname", "conditions": [{"field": "1=1 or name", "operator": "Is Filled"}]},
			{"field": "birth_date", "check": "Date Is Not in the Future", "weight": 2},
			{"field": "nickname", "valid_from": nowdate(), "valid_to": add_days(nowdate(), -1)},
		]
		for number, values in enumerate(wrong):
			with self.subTest(values=values):
				self.assertRefused(QualityRuleError, rule, f"test_{number}", **values)

	def test_values_are_values(self) -> None:
		child = factories.child(
			factories.institution(factories.org_unit().name).name, nickname="x' or '1'='1"
		)
		value = "x' or '1'='1"
		rule(
			"test_is",
			field="room_group",
			conditions=[{"field": "nickname", "operator": "Is", "value": value}],
		)
		rule(
			"test_not", field="room_group", conditions=[{"field": "nickname", "operator": "Is", "value": "%"}]
		)
		self.assertTrue(found("test_is", child.name))
		self.assertFalse(found("test_not", child.name))

	def test_a_rule_counts_on_its_days_and_where_it_is_enabled(self) -> None:
		child = factories.child(factories.institution(factories.org_unit().name).name)
		doc = rule("test_rule", field="nickname")
		self.assertTrue(found("test_rule", child.name))
		for values in (
			{"enabled": 0},
			{"valid_from": add_days(nowdate(), 1)},
			{"valid_to": add_days(nowdate(), -1)},
		):
			doc.db_set({"enabled": 1, "valid_from": None, "valid_to": None} | values)
			self.assertFalse(found("test_rule", child.name), values)

	def test_numbers_and_values(self) -> None:
		child = factories.child(factories.institution(factories.org_unit().name).name, monthly_allowance=700)
		rule(
			"test_range", field="monthly_allowance", check="Number Is in Range", lowest="100", highest="600.5"
		)
		rule("test_value", field="sex", check="Value Is Allowed", allowed_values="Female، Other")
		self.assertTrue(found("test_range", child.name) and found("test_value", child.name))
		child.db_set({"monthly_allowance": 600, "sex": "Other"})
		self.assertFalse(found("test_range", child.name) or found("test_value", child.name))

	def test_rules_of_other_apps_come_by_hook_and_are_left_alone(self) -> None:
		ours = frappe.get_hooks("social_care_quality_rules")
		theirs = [*ours, "social_care.tests.test_quality_rules.rules_of_another_app"]
		hooks = {"social_care_quality_rules": theirs}
		real = frappe.get_hooks
		with patch.object(
			frappe, "get_hooks", lambda *names, **more: hooks.get(*names) or real(*names, **more)
		):
			ensure_quality_rules()
			frappe.db.set_value(rules.RULE, "another_app", "severity", "Error")
			ensure_quality_rules()
		self.assertEqual(frappe.db.get_value(rules.RULE, "another_app", "severity"), "Error")
		self.assertTrue(run.is_waiting())


def rules_of_another_app() -> list[dict]:
	return [
		{
			"rule_code": "another_app",
			"record_type": "Child",
			"kind": "Required",
			"check": rules.FILLED,
			"field": "nickname",
			"sentence_ar": "جملة",
			"sentence_en": "Sentence",
			"conditions": IN_CARE,
		}
	]


class TestReading(SocialCareTestCase):
	"""A fault is told to whoever sees the record and reads the fields of the rule, in every way of asking."""

	def setUp(self) -> None:
		super().setUp()
		self.cairo, self.giza = (factories.org_unit(governorate=code).name for code in ("01", "21"))
		self.home, self.far = (factories.institution(unit).name for unit in (self.cairo, self.giza))
		self.child, self.other = (factories.child(home, parentage="").name for home in (self.home, self.far))
		frappe.db.set_value("Institution", self.home, "licensed_capacity", 0)
		factories.child(self.home)

	def told(self, user: str) -> set[tuple[str, str]]:
		"""(record, rule) by list, REST, report view; all the same, and as many as are counted."""
		self.act_as(user)
		fields = ["name", "rule", "record_name"]
		rows = frappe.get_list(FAULT, fields=fields, limit_page_length=0)
		shown = {(row.record_name, row.rule) for row in rows}
		by_client = get_list(FAULT, fields=fields, limit_page_length=0)
		self.assertEqual({(row.record_name, row.rule) for row in by_client}, shown)
		self.assertEqual(get_count(FAULT), len(shown))
		frappe.local.form_dict = frappe._dict(doctype=FAULT, fields=fields, start=0, page_length=999)
		listed = reportview.get()
		self.assertEqual(len(listed["values"]) if listed else 0, len(shown))
		return shown

	def of(self, user: str, record: str) -> set[str]:
		return {code for name, code in self.told(user) if name == record}

	def opened(self, record: str, code: str) -> bool:
		name = frappe.db.get_value(FAULT, {"record_name": record, "rule": code})
		self.assertTrue(name)
		return bool(frappe.get_doc(FAULT, name).has_permission("read"))

	def test_the_level_of_a_rule_s_fields(self) -> None:
		director = factories.staff("Institution Director", institution=self.home)
		manager = factories.staff("Social Administration Manager", self.cairo)
		all_rules = set(frappe.get_all(FAULT, filters={"child": self.child}, pluck="rule"))
		self.assertIn("child_parentage", all_rules)
		self.assertEqual(self.of(director, self.child), all_rules)
		self.assertTrue(self.opened(self.child, "child_parentage"))
		levels = {0, *frappe.get_meta("Child").get_permlevel_access("read", user=manager)}
		expected = set(
			frappe.get_all(
				FAULT, filters={"child": self.child, "level": ["in", sorted(levels)]}, pluck="rule"
			)
		)
		self.assertNotIn("child_parentage", expected)
		self.assertEqual(self.of(manager, self.child), expected)
		self.assertFalse(self.opened(self.child, "child_parentage"))
		self.assertTrue(self.opened(self.child, "child_decision_number"))

	def test_other_places_and_nobody(self) -> None:
		for user in (
			factories.staff("Institution Director", institution=self.home),
			factories.staff("Directorate Data Officer", self.cairo),
		):
			self.assertEqual({name for name, _rule in self.told(user)} & {self.other, self.far}, set())
			self.assertFalse(self.opened(self.other, "child_photo"))
		nobody = factories.user("nobody").name
		self.act_as(nobody)
		self.assertRefused(frappe.PermissionError, frappe.get_list, FAULT)

	def test_faults_of_an_institution_s_own_record(self) -> None:
		officer = factories.staff("Directorate Data Officer", self.cairo)
		self.assertEqual(self.of(officer, self.home), {"institution_over_capacity"})
		self.assertNotIn(self.home, {name for name, _rule in self.told(self.stranger())})

	def stranger(self) -> str:
		self.act_as("Administrator")
		return factories.staff("Directorate Data Officer", self.giza)

	def test_a_case_worker_is_told_of_his_own_children(self) -> None:
		worker = factories.user("worker").name
		factories.assign(worker, "Case Manager", self.cairo, scope="Assigned Cases")
		self.assertEqual(self.told(worker), set())
		self.act_as("Administrator")
		frappe.db.set_value("Child", self.child, "case_manager", worker)
		self.assertEqual({name for name, _rule in self.told(worker)}, {self.child})

	def test_who_loses_the_child_loses_its_faults(self) -> None:
		director = factories.staff("Institution Director", institution=self.home)
		self.assertTrue(self.of(director, self.child))
		self.act_as("Administrator")
		factories.transfer(self.child, self.far)
		self.assertEqual(self.of(director, self.child), set())
