import frappe

from social_care.registry.case_work import savings
from social_care.registry.case_work.records import CaseWorkError
from social_care.registry.file_review import FourEyesError
from social_care.tests import CountryTestCase, factories
from social_care.tests.case_work import saved


class TestSavings(CountryTestCase):
	def setUp(self) -> None:
		super().setUp()
		self.child = factories.child(self.here.institution).name
		self.act_as(self.here.entry)
		saved(self.child, 100).insert()

	def withdraw(self, amount: float) -> str:
		self.act_as(self.here.entry)
		return saved(self.child, amount, "Withdrawal").insert().name

	def test_a_withdrawal_counts_with_the_second_signature(self) -> None:
		name = self.withdraw(30)
		self.assertEqual(savings.balance(self.child), 100)
		self.assertRefused(FourEyesError, savings.sign, name)
		self.act_as(self.here.director)
		for _click in range(2):
			savings.sign(name)
		self.assertEqual(savings.balance(self.child), 70)
		doc = frappe.get_doc("Child Savings Entry", name)
		self.assertEqual((doc.balance_after, doc.second_signature), (70, self.here.director))

	def test_never_below_zero(self) -> None:
		self.assertRefused(CaseWorkError, saved(self.child, 100.01, "Withdrawal").insert)
		first, second = self.withdraw(60), self.withdraw(60)
		self.act_as(self.here.director)
		savings.sign(first)
		self.assertRefused(CaseWorkError, savings.sign, second)
		self.assertEqual(savings.balance(self.child), 40)

	def test_nothing_is_rewritten_or_sent_along(self) -> None:
		name = self.withdraw(10)
		self.act_as(self.here.director)
		doc = frappe.get_doc("Child Savings Entry", name)
		doc.amount = 1
		self.assertRefused(CaseWorkError, doc.save)
		doc = frappe.get_doc("Child Savings Entry", name)
		doc.update({"status": "Posted", "balance_after": 5, "second_signature": self.here.director})
		doc.save()
		self.assertEqual(
			frappe.db.get_value("Child Savings Entry", name, "status"), "Waiting for Second Signature"
		)
		forged = saved(
			self.child, 10, "Withdrawal", status="Posted", first_signature=self.here.entry
		).insert()
		self.assertEqual(
			(forged.status, forged.first_signature), ("Waiting for Second Signature", self.here.director)
		)

	def test_wrong_amounts(self) -> None:
		for amount in (0, -5):
			self.assertRefused(frappe.ValidationError, saved(self.child, amount).insert)

	def test_elsewhere_and_without_the_level(self) -> None:
		name = self.withdraw(10)
		self.act_as(self.there.director)
		self.assertRefused(frappe.PermissionError, savings.sign, name)
		self.act_as("Administrator")
		psychologist = factories.staff("Institution Psychologist", institution=self.here.institution)
		self.act_as(psychologist)
		self.assertRefused(frappe.PermissionError, saved(self.child, 5).insert)
