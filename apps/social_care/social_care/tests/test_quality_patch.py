"""What a site had chosen for complete files in its settings goes over into the rules, once."""

import frappe

from social_care.patches import move_completeness_to_rules as patch_
from social_care.registry.quality import rules
from social_care.tests import SocialCareTestCase

OLD = "Completeness Item"


class TestPatch(SocialCareTestCase):
	"""The old table is made as it was; making it ends the transaction, so the rules are put back by hand."""

	keeps_rows = True

	def setUp(self) -> None:
		super().setUp()
		self.before = {doc.name: doc for doc in map(self.read, frappe.get_all(rules.RULE, pluck="name"))}
		frappe.db.sql_ddl(
			f"create table if not exists `tab{OLD}` (`name` varchar(140) primary key, `field` varchar(140),"
			" `weight` int, `from_age` int)"
		)
		self.addCleanup(self.put_back)
		for row in (
			("a", "photo", 5, 0),
			("b", "education_records", 1, 4),
			("c", "nickname", 2, 3),
			("d", "gone", 1, 0),
		):
			frappe.db.sql(
				f"insert into `tab{OLD}` (`name`, `field`, `weight`, `from_age`) values (%s, %s, %s, %s)", row
			)

	def read(self, name: str):
		return frappe.get_doc(rules.RULE, name)

	def put_back(self) -> None:
		for name in frappe.get_all(rules.RULE, pluck="name"):
			frappe.delete_doc(rules.RULE, name, force=True)
		for doc in self.before.values():
			doc.db_insert()
			for row in doc.conditions:
				row.db_insert()
		frappe.db.delete("Data Quality Run")
		rules.forget()
		frappe.db.sql_ddl(f"drop table `tab{OLD}`")

	def test_weights_ages_and_fields_of_the_site_stay(self) -> None:
		patch_.execute()
		patch_.execute()
		weights = {rule.name: rule.weight for rule in rules.rules("Child") if rule.weight}
		self.assertEqual(weights, {"child_photo": 5, "child_education": 1, "child_nickname": 2})
		ages = {
			name: [row.value for row in self.read(name).conditions if row.field == "birth_date"]
			for name in weights
		}
		self.assertEqual(ages, {"child_photo": [], "child_education": ["4"], "child_nickname": ["3"]})
		self.assertEqual(self.read("child_nickname").sentence_ar, "اسم الشهرة: غير مسجل.")
