"""Whatever sequence of hand-overs and endings: a child is never without a place, and never in two."""

import itertools

import frappe
from frappe.utils import add_days, add_years, getdate, nowdate
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from social_care.tests import factories

from social_care_kafala.kafala.endings import words
from social_care_kafala.kafala.path import states
from social_care_kafala.tests import cases
from social_care_kafala.tests.endings import DOCTYPE, RULING, STUDY, EndingTestCase

REFUSED = (frappe.ValidationError, frappe.PermissionError)
# What is tried next, and how many days after what was tried before.
ACTIONS = ("hand over", "return", "removal", "of age", "transfer", "declined", "too early", "twice")
STEPS = st.lists(st.tuples(st.sampled_from(ACTIONS), st.integers(0, 40)), min_size=2, max_size=5)


class TestAnySequence(EndingTestCase):
	def setUp(self) -> None:
		super().setUp()
		self.settings(movement_backdate_days=4000)
		self.act_as("Administrator")
		self.files = [self.kafala]
		for _number in range(2):
			self.files.append(self.file(adults=[cases.adult("Husband"), cases.adult("Wife")]))

	@settings(
		max_examples=6,
		deadline=None,
		derandomize=True,
		database=None,
		phases=[Phase.generate],
		suppress_health_check=list(HealthCheck),
	)
	@given(STEPS)
	def test_never_a_gap_never_an_overlap(self, steps: list[tuple[str, int]]) -> None:
		frappe.db.savepoint("one_sequence")
		try:
			self.begin()
			for action, gap in steps:
				self.day = min(add_days(self.day, gap), nowdate())
				frappe.db.savepoint("one_action")
				try:
					self.take(action)
				except REFUSED:
					frappe.db.rollback(save_point="one_action")
				self.check()
		finally:
			frappe.db.rollback(save_point="one_sequence")

	def begin(self) -> None:
		"""A young person of 22 who has been in the institution for 300 days."""
		self.act_as("Administrator")
		born, came = add_years(nowdate(), -22), add_days(nowdate(), -300)
		self.child = factories.child(self.here.institution, birth_date=born, admission_date=came)
		self.day, self.moves = came, 0
		for file in self.files:
			cases.at(file, states.DEPOSIT, child=None, handed_over_on=None)

	def take(self, action: str) -> None:
		running = self.running()
		if running:
			TAKEN.get(action, lambda _test, _file: None)(self, running)
		elif action == "hand over":
			self.hand_over()

	def running(self) -> str | None:
		return frappe.db.get_value(
			states.DOCTYPE, {"child": self.child.name, "status": states.FOLLOW_UP}, "name"
		)

	def idle(self) -> str:
		"""A family without a child; none is left after three hand-overs."""
		found = next(
			(
				f.name
				for f in self.files
				if frappe.db.get_value(states.DOCTYPE, f.name, "status") == states.DEPOSIT
			),
			None,
		)
		if not found:
			raise frappe.ValidationError
		return found

	def hand_over(self) -> None:
		self.act_as("Administrator")
		file = frappe.get_doc(states.DOCTYPE, self.idle())
		self.place(self.child.name, file, self.day)
		cases.at(file, states.FOLLOW_UP, child=self.child.name, handed_over_on=self.day)

	def study(self, file: str, kind: str, **values):
		self.act_as(self.specialist)
		base = {"doctype": DOCTYPE, "family_file": file, "ending_kind": kind, "is_unjustified": "No"}
		doc = frappe.get_doc(base | STUDY | values).insert()
		doc = self.act(doc, "Put the Ending to the Directorate")
		return self.act(doc, "Decide on the Ending", self.here.chief, **RULING, planned_on=self.day)

	def to_home(self, file: str, kind: str):
		return self.study(file, kind, to_institution=self.second)

	def give_back(self, file: str) -> None:
		self.returned(self.to_home(file, words.RETURN))

	def removal(self, file: str) -> None:
		self.returned(self.to_home(file, words.REMOVAL))

	def of_age(self, file: str) -> None:
		self.act(self.study(file, words.OF_AGE), "Carry Out the Ending", self.here.chief)

	def transfer(self, file: str) -> None:
		self.act_as("Administrator")
		following = frappe.get_doc(states.DOCTYPE, self.idle())
		cases.at(following, states.CARD, child=self.child.name, handed_over_on=self.day)
		doc = self.study(file, words.TRANSFER, next_file=following.name)
		self.act(doc, "Carry Out the Ending", self.here.chief)
		self.act_as("Administrator")
		cases.at(following, states.FOLLOW_UP)

	def declined(self, file: str) -> None:
		doc = self.to_home(file, words.RETURN)
		self.answered(doc, "Decline Movement", self.second_director, decline_reason="لا مكان")
		self.act(doc, "Withdraw the Ending", self.here.chief, withdrawal_reason="لا مكان")

	def too_early(self, file: str) -> None:
		"""Carried out while the institution has not answered."""
		self.act(self.to_home(file, words.RETURN), "Carry Out the Ending", self.here.chief)

	def twice(self, file: str) -> None:
		doc = self.to_home(file, words.RETURN)
		self.returned(doc)
		self.act(doc, "Carry Out the Ending", self.here.chief)

	def check(self) -> None:
		rows = self.history()
		self.assertEqual([row.is_current for row in rows], [0] * (len(rows) - 1) + [1])
		for row, following in itertools.pairwise(rows):
			self.assertEqual(row.to_date, following.from_date)
			self.assertLess(getdate(row.from_date), getdate(row.to_date))
		self.assertFalse(rows[-1].to_date)
		lives = rows[-1].setting == "Kafala Family"
		self.assertEqual(bool(self.running()), lives)
		open_endings = {"child": self.child.name, "status": words.DECIDED}
		self.assertFalse(frappe.db.exists(DOCTYPE, open_endings) and not lives)


TAKEN = {
	"return": TestAnySequence.give_back,
	"removal": TestAnySequence.removal,
	"of age": TestAnySequence.of_age,
	"transfer": TestAnySequence.transfer,
	"declined": TestAnySequence.declined,
	"too early": TestAnySequence.too_early,
	"twice": TestAnySequence.twice,
}
