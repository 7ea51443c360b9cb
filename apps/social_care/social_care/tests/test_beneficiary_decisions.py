"""Decisions on beneficiaries: proposed by one, signed by another, moved once, and checked anew before."""

import frappe

from social_care.cash_support import burn_down, checking, decisions, lists
from social_care.tests import factories
from social_care.tests.beneficiary_cases import BeneficiaryCase, number

REASON = "مستوفون للشروط"


class DecisionCase(BeneficiaryCase):
	def setUp(self) -> None:
		super().setUp()
		self.other = factories.staff("Directorate Director", org_unit=self.here.directorate)
		own = {"level": "Directorate", "name": ["not in", [self.here.directorate, self.there.directorate]]}
		frappe.db.set_value("Org Unit", own, "governorate", None)  # of other tests
		self.act_as(self.manager)
		rows = [f"{number(27 * place)},منى سعيد {name},القاهرة,100" for place, name in enumerate(NAMES)]
		self.load(self.table(*rows, f"{number(27 * 50)},علي حسن محمود,الإسكندرية,100"))

	def proposed(self, **values) -> str:
		given = {
			"campaign": self.campaign,
			"org_unit": self.here.directorate,
			"outcome": "Move",
			"reason": REASON,
		}
		doc = decisions.propose(**(given | {"result": "No Finding"} | values))
		decisions.run(doc.name)
		return doc.name

	def decision(self, name: str):
		return frappe.get_doc("Beneficiary Decision", name)

	def states(self) -> dict[str, int]:
		found: dict[str, int] = {}
		for row in self.reviews("status"):
			found[row.status] = found.get(row.status, 0) + 1
		return found


NAMES = ("حسن", "محمود", "سالم", "فاروق", "عادل")


class TestFourEyes(DecisionCase):
	def test_one_proposes_and_another_moves(self) -> None:
		self.act_as(self.here.officer)
		name = self.proposed()
		self.assertEqual(self.states(), {"Verified": 5, "Listed": 1})
		self.assertEqual((self.decision(name).status, self.decision(name).rows_count), ("Proposed", 5))
		self.assertRefused(frappe.PermissionError, decisions.decide, name, True)
		self.act_as(self.here.chief)
		decisions.decide(name, True)
		decisions.run(name)
		self.assertEqual(self.states(), {"Moved Over": 5, "Listed": 1})
		self.assertEqual(
			frappe.db.count("Support Enrolment", {"programme": "TK", "review": ["is", "set"]}), 5
		)
		self.assertEqual((self.decision(name).status, self.decision(name).rows_done), ("Applied", 5))
		decisions.run(name)
		self.assertEqual(
			frappe.db.count("Support Enrolment", {"programme": "TK", "review": ["is", "set"]}), 5
		)

	def test_who_proposed_does_not_decide_even_as_director(self) -> None:
		self.act_as(self.here.chief)
		name = self.proposed()
		self.assertRefused(frappe.PermissionError, decisions.decide, name, True)
		self.act_as(self.other)
		decisions.decide(name, True)

	def test_a_refused_decision_lists_its_rows_again(self) -> None:
		self.act_as(self.here.officer)
		name = self.proposed()
		self.act_as(self.here.chief)
		self.assertRefused(decisions.DecisionError, decisions.decide, name, False)
		decisions.decide(name, False, "تراجع الحالات")
		decisions.run(name)
		self.assertEqual(self.states(), {"Listed": 6})
		self.assertFalse(self.reviews("name", decision=["is", "set"]))

	def test_other_places_neither_propose_nor_decide(self) -> None:
		self.act_as(self.there.officer)
		self.assertRefused(frappe.PermissionError, self.proposed)
		self.act_as(self.here.officer)
		name = self.proposed()
		self.act_as(self.there.chief)
		self.assertFalse(frappe.has_permission("Beneficiary Decision", "read", doc=name))
		self.assertRefused(frappe.PermissionError, decisions.decide, name, True)
		self.act_as(self.here.entry)
		self.assertRefused(frappe.PermissionError, self.proposed)

	def test_one_row_is_proposed_with_its_own_reason(self) -> None:
		row = self.reviews("name", org_unit=self.here.directorate)[0].name
		self.act_as(self.there.officer)
		self.assertRefused(frappe.PermissionError, decisions.propose_single, row, "Exclude", REASON)
		self.act_as(self.here.officer)
		doc = decisions.propose_single(row, "Exclude", REASON)
		decisions.run(doc.name)
		self.assertRefused(decisions.DecisionError, decisions.propose_single, row, "Move", REASON)
		self.act_as(self.here.chief)
		decisions.decide(doc.name, True)
		decisions.run(doc.name)
		self.assertEqual(self.states(), {"Excluded": 1, "Listed": 5})

	def test_what_a_decision_needs(self) -> None:
		self.act_as(self.here.officer)
		for wrong in (
			{"reason": " "},
			{"result": ""},
			{"result": "Does Not Qualify"},
			{"result": "", "finding": "Deceased"},
			{"result": "Any"},
			{"finding": "Any"},
			{"outcome": "Keep"},
		):
			self.assertRefused(decisions.DecisionError, self.proposed, **wrong)
		frappe.db.set_value("Beneficiary Review Campaign", self.campaign, "status", "Closed")
		self.assertRefused(decisions.DecisionError, self.proposed)


class TestCheckedAnew(DecisionCase):
	"""What is known later counts before anybody is moved."""

	def dead(self, *numbers: str) -> None:
		self.act_as(self.manager)
		rows = [f"{digits},1/2/2026" for digits in numbers]
		self.load("\n".join(["الرقم القومي,تاريخ الوفاة", *rows]), lists.DEATHS, "")

	def test_a_death_between_proposal_and_signature_leaves_the_row_out(self) -> None:
		self.act_as(self.here.officer)
		name = self.proposed()
		self.dead(number(0))
		checking.request(self.campaign)
		checking.run(self.campaign)
		kept = frappe.get_doc("Beneficiary Review Campaign", self.campaign)
		self.assertEqual((kept.check_status, kept.checked_rows, kept.changed_rows), ("Finished", 6, 1))
		self.act_as(self.here.chief)
		decisions.decide(name, True)
		decisions.run(name)
		self.assertEqual(self.states(), {"Moved Over": 4, "Listed": 2})
		row = self.reviews("finding", "death_date", "status", national_number=number(0))[0]
		self.assertEqual((row.finding, str(row.death_date), row.status), ("Deceased", "2026-02-01", "Listed"))
		self.assertEqual(self.decision(name).rows_left_out, 1)

	def test_a_death_that_nobody_has_checked_is_seen_by_the_second_signature(self) -> None:
		self.act_as(self.here.officer)
		name = self.proposed()
		self.dead(number(0))
		self.act_as(self.here.chief)
		decisions.decide(name, True)
		decisions.run(name)
		self.assertEqual(self.states(), {"Moved Over": 4, "Listed": 2})
		row = self.reviews("finding", "status", national_number=number(0))[0]
		self.assertEqual((row.finding, row.status), ("Deceased", "Listed"))

	def test_so_is_that_of_one_row_which_may_be_excluded_all_the_same(self) -> None:
		for outcome, digits, state in (("Move", number(0), "Listed"), ("Exclude", number(27), "Excluded")):
			self.act_as(self.here.officer)
			row = self.reviews("name", national_number=digits)[0].name
			name = decisions.propose_single(row, outcome, REASON).name
			decisions.run(name)
			self.dead(digits)
			self.act_as(self.here.chief)
			decisions.decide(name, True)
			decisions.run(name)
			found = self.reviews("finding", "status", name=row)[0]
			self.assertEqual((found.finding, found.status), ("Deceased", state))

	def test_a_row_that_fails_is_moved_with_its_own_reason(self) -> None:
		self.dead(number(0))
		checking.request(self.campaign)
		checking.run(self.campaign)
		self.act_as(self.here.officer)
		row = self.reviews("name", national_number=number(0))[0].name
		name = decisions.propose_single(row, "Move", REASON).name
		decisions.run(name)
		self.act_as(self.here.chief)
		decisions.decide(name, True)
		decisions.run(name)
		self.assertEqual(self.reviews("status", name=row)[0].status, "Moved Over")

	def test_checking_again_changes_nothing(self) -> None:
		before = self.reviews()
		checking.request(self.campaign)
		checking.run(self.campaign)
		self.assertEqual(self.reviews(), before)

	def test_nobody_is_in_the_programme_twice(self) -> None:
		self.act_as(self.here.officer)
		name = self.proposed()
		self.act_as(self.manager)
		self.load(f"الرقم القومي,الاسم,المحافظة\n{number(27)},منى سعيد محمود,01", lists.MEMBERS, "TK")
		self.act_as(self.here.chief)
		decisions.decide(name, True)
		decisions.run(name)
		self.assertEqual(self.states(), {"Moved Over": 4, "Listed": 2})
		self.assertEqual(
			frappe.db.count("Support Enrolment", {"programme": "TK", "national_number": number(27)}), 1
		)

	def test_the_old_programme_ends_with_the_move(self) -> None:
		self.load(f"الرقم القومي,الاسم,المحافظة\n{number(27)},منى سعيد محمود,01", lists.MEMBERS, "SSP")
		self.act_as(self.here.officer)
		name = self.proposed()
		self.act_as(self.here.chief)
		decisions.decide(name, True)
		decisions.run(name)
		ended = {"programme": "SSP", "national_number": number(27), "valid_to": frappe.utils.nowdate()}
		self.assertTrue(frappe.db.exists("Support Enrolment", ended))

	def test_only_headquarters_checks_anew(self) -> None:
		self.act_as(self.here.officer)
		self.assertRefused(frappe.PermissionError, checking.request, self.campaign)


class TestBurnDown(DecisionCase):
	def test_it_counts_at_the_reader_s_places(self) -> None:
		self.act_as(self.here.officer)
		name = self.proposed()
		self.act_as(self.here.chief)
		decisions.decide(name, True)
		decisions.run(name)
		told = burn_down.progress(self.campaign)
		self.assertEqual([row.governorate for row in told["governorates"]], ["01"])
		self.assertEqual((told["totals"]["remaining"], told["totals"]["moved"]), (0, 5))
		self.assertEqual([left for _day, left in told["days"]], [5, 0])
		self.act_as(self.manager)
		told = burn_down.progress(self.campaign)
		self.assertEqual(
			{row.governorate: int(row.remaining) for row in told["governorates"]}, {"01": 0, "02": 1}
		)
		self.assertEqual([left for _day, left in told["days"]], [6, 1])

	def test_the_report_is_the_same(self) -> None:
		from social_care.api.guards.endpoints import run_report

		self.act_as(self.there.chief)
		told = run_report("Progress of a Beneficiary Campaign", filters={"campaign": self.campaign})
		rows = [row for row in told["result"] if isinstance(row, dict)]
		self.assertEqual([(row["listed_in_all"], int(row["remaining"])) for row in rows], [(1, 1)])
		self.act_as(self.here.entry)
		self.assertRefused(
			frappe.PermissionError,
			run_report,
			"Progress of a Beneficiary Campaign",
			filters={"campaign": self.campaign},
		)
