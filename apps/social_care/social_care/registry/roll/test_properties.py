"""Any sequence of download, edit, upload and confirmation by two users loses and doubles no change."""

from collections import Counter

import frappe
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st

from social_care.registry.roll import applying, decisions, screen
from social_care.registry.roll.testing import RollTestCase
from social_care.tests import factories

FIELDS = {"nickname": "اسم الشهرة", "hobbies": "الهوايات والمواهب"}
USERS = st.sampled_from(("first", "second"))
TEXTS = st.sampled_from(("", "أ", "ب", "ج", "=1"))
EDITS = st.lists(st.tuples(st.integers(0, 1), st.sampled_from(sorted(FIELDS)), TEXTS), min_size=1, max_size=3)
WORK = st.tuples(st.just("edit_and_upload"), USERS, EDITS, st.sampled_from((None, 0, 1)))
CONFIRM = st.tuples(st.just("confirm"), USERS, st.booleans(), st.booleans())
STEPS = st.lists(
	st.one_of(st.tuples(st.just("download"), USERS), WORK, CONFIRM, WORK, CONFIRM), min_size=10, max_size=14
)
BOTH_CHANGE_ONE_CELL = [
	("edit_and_upload", "first", [(0, "nickname", "أ"), (1, "hobbies", "ب")], 0),
	("confirm", "first", False, True),
	("edit_and_upload", "second", [(0, "nickname", "ب"), (1, "nickname", "ج")], 0),
	("confirm", "second", False, False),
	("edit_and_upload", "second", [], 1),
	("confirm", "second", True, True),
]


class TwoUsers:
	"""The model: what each file holds; who has which workbook in hand, as of when; which uploads wait.

	A confirmed cell counts where the file still holds what its user was shown; so does the model.
	"""

	def __init__(self, case: RollTestCase) -> None:
		self.case = case
		self.case.act_as("Administrator")
		self.files = [self.case.child(nickname="", hobbies="").name for _ in range(2)]
		self.letters = [factories.letters() for _ in range(2)]
		self.model = {(child, field): "" for child in range(2) for field in FIELDS}
		self.books: dict = {}
		self.waiting: dict = {}
		self.registered: set[int] = set()
		for who in ("first", "second"):
			self.download(who)

	def user(self, who: str) -> str:
		return getattr(self.case.home, who)

	def download(self, who: str) -> None:
		self.books[who] = (self.case.book(self.user(who)), dict(self.model), {}, set())

	def edit_and_upload(self, who: str, edits: list, newcomer: int | None) -> None:
		book, _base, made, new = self.books[who]
		for child, field, text in edits:
			stored = f"'{text}" if text.startswith("=") else text or None
			book.cell(book.row_of(self.files[child]), FIELDS[field]).value = stored
			made[child, field] = text
		if newcomer is not None and newcomer not in new:
			new.add(newcomer)
			self.write_a_new_child(book, newcomer)
		self.upload(who)

	def write_a_new_child(self, book, newcomer: int) -> None:
		values = {"الاسم الأول": "ليلى", "اسم الأب": "سامي", "اسم الجد": self.letters[newcomer]}
		values |= {
			"اسم العائلة": "حسن",
			"النوع": "أنثى",
			"تاريخ الميلاد": "4/5/2016",
			"تاريخ الدخول": "1/2/2020",
		}
		for heading, value in values.items():
			book.cell(book.first_blank + newcomer, heading).value = value

	def upload(self, who: str) -> None:
		book, base, edits, new = self.books[who]
		name = self.case.check(book.data(), self.user(who))
		changed = {key: text for key, text in edits.items() if text not in (base[key], self.model[key])}
		conflicts = {key for key in changed if self.model[key] != base[key]}
		self.case.seen.update(changes=len(changed), conflicts=len(conflicts))
		self.waiting[who] = (name, changed, conflicts, dict(self.model), set(new))
		shown = {
			(self.files.index(row["child"]), cell["key"]): cell["new"]
			for row in self.case.rows(name)
			if row["child"] in self.files
			for cell in row["cells"]
		}
		assert shown == changed, (shown, changed, screen.state(name))

	def confirm(self, who: str, mine: bool, twice: bool) -> None:
		if not self.waiting:
			return
		who = who if who in self.waiting else next(iter(self.waiting))
		name, changed, conflicts, seen, new = self.waiting.pop(who)
		self.case.act_as(self.user(who))
		for row in self.case.rows(name):
			if row["conflicts"] and mine:
				decisions.decide(name, row["name"], cells={cell["key"]: True for cell in row["cells"]})
		if not frappe.db.count("Roll Upload Row", {"roll_upload": name, "accepted": 1}):
			frappe.db.commit()
			return
		self.case.confirm(name)
		self.case.seen.update(confirmed=1)
		if twice:
			assert decisions.confirm(name) == "Applied"
			applying.apply(name)
		for key, text in changed.items():
			if (mine or key not in conflicts) and self.model[key] == seen[key]:
				self.model[key] = text
		self.registered |= new

	def files_hold_what_the_model_says(self) -> None:
		frappe.db.rollback()
		for (child, field), text in self.model.items():
			assert (frappe.db.get_value("Child", self.files[child], field) or "") == text, (field, text)
		for number, letters in enumerate(self.letters):
			made = frappe.db.count("Child", {"grandfather_name": letters})
			assert made == (number in self.registered), (number, made)


class TestProperties(RollTestCase):
	def test_two_users_lose_and_double_nothing(self) -> None:
		self.seen = Counter()
		self.any_sequence()
		self.assertTrue(self.seen["conflicts"] > 1 and self.seen["confirmed"] > 5, self.seen)

	@settings(
		max_examples=6,
		deadline=None,
		database=None,
		derandomize=True,
		phases=(Phase.explicit, Phase.generate),
		suppress_health_check=list(HealthCheck),
	)
	@given(STEPS)
	@example(BOTH_CHANGE_ONE_CELL)
	def any_sequence(self, steps: list[tuple]) -> None:
		users = TwoUsers(self)
		for name, *arguments in steps:
			getattr(users, name)(*arguments)
			users.files_hold_what_the_model_says()
