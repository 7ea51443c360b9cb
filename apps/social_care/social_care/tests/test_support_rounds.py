"""Rounds of support: nobody twice, nobody of Takaful and Karama, frozen by four eyes, paid after that and not before."""

import frappe
import pymysql
from frappe.utils import nowdate

from social_care.cash_support import lists, rounds
from social_care.tests import beneficiary_lists, factories
from social_care.tests.beneficiary_cases import BeneficiaryCase, number
from social_care.tests.queries import queries

PROGRAMME = "WFP-75"
HEAD = "الرقم القومي,اسم رب الأسرة,المحافظة,عدد أفراد الأسرة"


class RoundCase(BeneficiaryCase):
	def setUp(self) -> None:
		super().setUp()
		self.head = self.country.head
		frappe.db.set_value("Support Programme", PROGRAMME, {"amount_per_round": 500, "target_households": 4})
		frappe.clear_document_cache("Support Programme", PROGRAMME)
		self.act_as(self.manager)

	def round(self, month: str = "2026-01-10") -> str:
		return rounds.begin(PROGRAMME, month).name

	def fill(self, name: str, *indexes: int):
		rows = [f"{number(index)},منى سعيد حسن,القاهرة,4" for index in indexes]
		return self.load("\n".join([HEAD, *rows]), lists.HOUSEHOLDS, name)

	def died(self, index: int) -> None:
		"""The registry knows that the person has died."""
		values = {"first_name": "منى", "father_name": "سعيد", "grandfather_name": "حسن", "sex": "Female"}
		values |= {"national_number": number(index), "national_number_status": "Recorded"}
		values |= {"doctype": "Person", "birth_date": beneficiary_lists.born_on(index), "is_deceased": 1}
		doc = frappe.get_doc(values)
		doc.sex = "Male" if index % 2 else "Female"
		doc.insert(ignore_permissions=True)
		frappe.db.set_value("Person", doc.name, "is_deceased", 1)

	def entries(self, name: str) -> list[str]:
		return frappe.get_all(
			"Support Round Entry", {"support_round": name}, pluck="national_number", order_by="name"
		)

	def approved(self, *indexes: int, month: str = "2026-01-10") -> str:
		self.act_as(self.manager)
		name = self.round(month)
		self.fill(name, *indexes)
		rounds.submit(name)
		self.act_as(self.head)
		rounds.approve(name)
		return name


class TestFilling(RoundCase):
	def test_who_is_excluded_does_not_come_in(self) -> None:
		self.load(f"الرقم القومي,الاسم,المحافظة\n{number(2)},منى سعيد حسن,01", lists.MEMBERS, "TK")
		self.load(f"الرقم القومي,تاريخ الوفاة\n{number(3)},1/2/2026", lists.DEATHS, "")
		name = self.round()
		batch = self.fill(name, 1, 2, 3, 1, 4)
		self.assertEqual(self.entries(name), [number(1), number(4)])
		self.assertEqual((batch.rows_taken, batch.rows_rejected), (2, 3))
		codes = {frappe.parse_json(row.faults)["national_number"] for row in self.rejected(batch)}
		self.assertEqual(codes, {"in_programme", "dead", "in_round"})

	def test_the_database_itself_takes_nobody_twice(self) -> None:
		name = self.round()
		self.fill(name, 1)
		entry = frappe.get_all("Support Round Entry", {"support_round": name}, ["*"])[0]
		again = frappe.get_doc({"doctype": "Support Round Entry", **entry, "name": "another"})
		self.assertRefused((frappe.UniqueValidationError, pymysql.IntegrityError), again.db_insert)

	def test_the_next_round_takes_over_the_living(self) -> None:
		self.approved(1, 2, 3)
		self.act_as(self.manager)
		self.load(f"الرقم القومي,تاريخ الوفاة\n{number(3)},1/2/2026", lists.DEATHS, "")
		name = self.round("2026-02-01")
		self.assertEqual(rounds.take_over(name), 2)
		self.assertEqual(rounds.take_over(name), 2)
		self.assertEqual(self.entries(name), [number(1), number(2)])

	def test_rounds_follow_the_plan(self) -> None:
		self.round("2026-01-01")
		self.assertRefused(rounds.RoundError, self.round, "2026-01-20")
		self.round("2026-02-01")
		self.round("2026-03-01")
		self.assertRefused(rounds.RoundError, self.round, "2026-04-01")
		self.assertRefused(rounds.RoundError, rounds.begin, "TK", "2026-01-01")

	def test_who_died_by_the_registry_is_left_out_like_the_others(self) -> None:
		self.approved(1, 2)
		self.act_as(self.manager)
		self.died(2)
		name = self.round("2026-02-01")
		self.assertEqual(rounds.take_over(name), 1)
		batch = self.fill(name, 2, 3)
		self.assertCountEqual(self.entries(name), [number(1), number(3)])
		self.assertEqual(frappe.parse_json(self.rejected(batch)[0].faults), {"national_number": "dead"})

	def test_taken_over_households_get_the_amount_of_today(self) -> None:
		self.approved(1)
		self.act_as(self.manager)
		frappe.db.set_value("Support Programme", PROGRAMME, "amount_per_round", 650)
		name = self.round("2026-02-01")
		rounds.take_over(name)
		self.assertEqual(frappe.db.get_value("Support Round Entry", {"support_round": name}, "amount"), 650)

	def test_a_list_is_received_while_nobody_submits_the_round(self) -> None:
		name = self.round()
		with queries() as asked:
			self.fill(name, 1)
		said = [str(query).lower() for query in asked]
		received = next(
			n for n, query in enumerate(said) if "insert into" in query and "import batch" in query
		)
		locks = [
			query for query in said[:received] if "`tabsupport round`" in query and "for update" in query
		]
		self.assertTrue(locks)


class TestFrozen(RoundCase):
	def test_two_sign_and_then_it_is_paid(self) -> None:
		name = self.round()
		self.assertRefused(rounds.RoundError, rounds.submit, name)
		self.fill(name, 1, 2)
		self.assertRefused(rounds.RoundError, rounds.pay, name, nowdate(), "أمر صرف 7")
		rounds.submit(name)
		self.assertRefused(frappe.PermissionError, rounds.approve, name)
		self.act_as(self.head)
		self.assertRefused(rounds.RoundError, rounds.pay, name, nowdate(), "أمر صرف 7")
		rounds.approve(name)
		rounds.pay(name, nowdate(), "أمر صرف 7")
		doc = frappe.get_doc("Support Round", name)
		self.assertEqual((doc.status, doc.households, doc.total_amount), ("Paid", 2, 1000))

	def test_who_prepared_or_submitted_does_not_approve(self) -> None:
		self.act_as(self.head)
		name = self.round()
		self.act_as(self.manager)
		self.fill(name, 1)
		rounds.submit(name)
		self.act_as(self.head)
		self.assertRefused(frappe.PermissionError, rounds.approve, name)

	def test_who_filled_it_does_not_approve(self) -> None:
		first = self.approved(1)
		self.act_as("Administrator")
		other = factories.staff("Central Administration Head", org_unit="HQ")
		for month, step in (
			("2026-02-01", lambda name: self.fill(name, 2)),
			("2026-03-01", rounds.take_over),
		):
			self.act_as(self.manager)
			name = self.round(month)
			self.act_as(self.head)
			step(name)
			self.act_as(self.manager)
			rounds.submit(name)
			self.act_as(self.head)
			self.assertRefused(frappe.PermissionError, rounds.approve, name)
			self.act_as(other)
			rounds.approve(name)
		self.assertNotEqual(first, name)

	def test_nothing_of_it_changes_after_the_approval(self) -> None:
		name = self.approved(1, 2)
		entry = frappe.get_doc("Support Round Entry", {"support_round": name})
		for user in (self.head, self.manager, "Administrator"):
			self.act_as(user)
			self.assertRefused(rounds.FrozenRoundError, self.fill, name, 7)
			self.assertRefused(rounds.FrozenRoundError, rounds.take_over, name)
			for change in (entry.save, entry.delete, self.new(name)):
				self.assertRefused((frappe.PermissionError, rounds.FrozenRoundError), change)
		entry.reload()
		entry.flags.ignore_permissions = True
		self.assertRefused(rounds.FrozenRoundError, entry.save)
		self.assertEqual(len(self.entries(name)), 2)

	def new(self, name: str):
		values = {"doctype": "Support Round Entry", "support_round": name, "programme": PROGRAMME}
		return lambda: frappe.get_doc(values | {"national_number": number(9), "full_name": "س ص"}).insert()

	def test_a_change_past_the_program_stops_the_payment(self) -> None:
		name = self.approved(1, 2)
		frappe.db.sql(
			"update `tabSupport Round Entry` set amount = 9000 where support_round = %s limit 1", name
		)
		self.act_as(self.manager)
		self.assertRefused(rounds.RoundError, rounds.pay, name, nowdate(), "أمر صرف 7")

	def test_a_death_before_the_approval_stops_it(self) -> None:
		name = self.round()
		self.fill(name, 1, 2)
		rounds.submit(name)
		self.load(f"الرقم القومي,تاريخ الوفاة\n{number(2)},1/2/2026", lists.DEATHS, "")
		self.act_as(self.head)
		self.assertRefused(rounds.RoundError, rounds.approve, name)
		rounds.send_back(name)
		self.assertEqual(frappe.db.get_value("Support Round", name, ["status", "households"]), ("Draft", 1))
		self.assertEqual(self.entries(name), [number(1)])
		self.act_as(self.manager)
		rounds.submit(name)
		self.act_as(self.head)
		rounds.approve(name)

	def test_so_do_a_death_in_the_registry_and_another_programme(self) -> None:
		name = self.round()
		self.fill(name, 1, 2, 3)
		rounds.submit(name)
		self.died(2)
		self.act_as(self.head)
		self.assertRefused(rounds.RoundError, rounds.approve, name)
		self.act_as(self.manager)
		frappe.db.set_value("Person", {"national_number": number(2)}, "is_deceased", 0)
		self.load(f"الرقم القومي,الاسم,المحافظة\n{number(3)},منى سعيد حسن,01", lists.MEMBERS, "TK")
		self.act_as(self.head)
		self.assertRefused(rounds.RoundError, rounds.approve, name)
		rounds.send_back(name)
		self.assertEqual(self.entries(name), [number(1), number(2)])

	def test_directorates_see_their_households_and_decide_nothing(self) -> None:
		name = self.approved(1, 2)
		unit = frappe.db.get_value("Support Round Entry", {"support_round": name}, "org_unit")
		for place in (self.here, self.there):
			self.act_as(place.chief)
			seen = frappe.get_list("Support Round Entry", {"support_round": name}, pluck="name")
			self.assertEqual(len(seen), 2 if place.directorate == unit else 0)
			for step in (rounds.submit, rounds.approve, rounds.take_over):
				self.assertRefused(frappe.PermissionError, step, name)


class TestReached(RoundCase):
	def test_a_household_of_three_rounds_is_reached_once(self) -> None:
		from social_care.cash_support.report.support_programmes_and_rounds import (
			support_programmes_and_rounds as report,
		)

		self.approved(1, 2, month="2026-01-01")
		self.approved(1, 2, 3, month="2026-02-01")
		self.act_as(self.manager)
		self.fill(self.round("2026-03-01"), 5)
		row = next(row for row in report.get_data() if row["name"] == PROGRAMME)
		self.assertEqual((row["reached"], row["share"], row["rounds"], row["amount"]), (3, 75.0, 2, 2500))
		self.act_as(self.there.chief)  # the households live in Cairo
		row = next(row for row in report.get_data() if row["name"] == PROGRAMME)
		self.assertEqual((row["reached"], row["rounds"]), (0, 0))
