"""The report of children by orphanhood and parentage: its numbers, their lists, who is told, and the rules about orphans."""

import frappe
from frappe.utils import add_years, cint, nowdate

from social_care.api.guards.endpoints import run_report
from social_care.governance.indicators import public
from social_care.prints import report as prints
from social_care.prints.testing import PrintCase, whole
from social_care.registry.quality.keeping import FAULT
from social_care.registry.report.children_by_orphanhood_and_parentage import (
	children_by_orphanhood_and_parentage as orphans,
)
from social_care.registry.small_numbers import HIDDEN
from social_care.tests import factories
from social_care.tests.queries import queries

REPORT = "Children by Orphanhood and Parentage"
BOTH, FATHER = "Both Parents Deceased", "Father Deceased"


class TestOrphans(PrintCase):
	def setUp(self) -> None:
		super().setUp()
		self.second = factories.institution(self.cairo, institution_name="دار السلام").name
		for home, values in (
			(self.home, {"orphanhood": BOTH, "birth_date": add_years(nowdate(), -13)}),
			(self.home, {"orphanhood": BOTH, "sex": "Female"}),
			(self.home, {"orphanhood": "", "parentage": "Karim Al-Nasab"}),
			(self.second, {"orphanhood": FATHER, "sex": "Female"}),
			(self.second, {"orphanhood": FATHER, "life_state": "Left Care"}),
			(self.other, {"orphanhood": FATHER}),
		):
			state = values.pop("life_state", None)
			child = factories.child(home, **values)
			if state:
				child.db_set("life_state", state)

	def by_title(self, user: str, **filters) -> dict:
		return {row["title"]: row for row in self.rows(user, REPORT, **filters)}

	def test_each_category_and_what_is_not_recorded_at_the_readers_places(self) -> None:
		found = self.by_title(self.chief, by="Institution")
		self.assertEqual(set(found), {"دار النور", "دار السلام", "Total"})
		first = found["دار النور"]
		counted = (first["both_parents_deceased"], first["father_deceased"], first["not_recorded"])
		self.assertEqual((*counted, first["children"]), (2, 0, 1, 3))
		self.assertEqual(found["دار السلام"]["father_deceased"], 1)
		self.assertEqual(found["Total"]["children"], 4)

	def test_every_way_of_telling_adds_up_to_the_children_in_care(self) -> None:
		in_care = {"institution": ["is", "set"], "life_state": "Active"}
		for user in (self.chief, self.head):
			self.act_as(user)
			number = len(frappe.get_list("Child", filters=in_care, limit_page_length=0))
			for told_by in orphans.AXES:
				for by in (*orphans.BY, *orphans.AXES, orphans.AGE):
					if by == told_by:
						self.assertRefused(
							orphans.OrphansReportError, run_report, REPORT, {"told_by": by, "by": by}
						)
						continue
					with self.subTest(told_by, by=by):
						answer = run_report(REPORT, {"told_by": told_by, "by": by})
						*rows, total = answer["result"]
						names = list(orphans.categories(orphans.AXES[told_by]))
						for row in (*rows, total):
							self.assertEqual(sum(row[name] for name in names), row["children"])
						self.assertEqual(sum(row["children"] for row in rows), number)
						self.assertEqual(
							(total["children"], answer["report_summary"][0]["value"]), (number,) * 2
						)

	def test_a_number_opens_as_many_files(self) -> None:
		self.act_as(self.chief)
		for by in (*orphans.BY, "Parentage", orphans.AGE):
			for row in run_report(REPORT, {"by": by})["result"]:
				for name, opened in (row.get("opens") or {}).items():
					found = frappe.get_list("Child", filters=opened["filters"], limit_page_length=0)
					self.assertEqual(len(found), row[name], (by, name))

	def test_age_bands_and_sexes(self) -> None:
		found = self.by_title(self.chief, by="Age Band")
		self.assertEqual(found["من 12 إلى أقل من 15"]["both_parents_deceased"], 1)
		self.assertEqual(found["من 6 إلى أقل من 12"]["children"], 3)
		found = self.by_title(self.chief, by="Sex", sex="Female")
		self.assertEqual(found["Total"]["children"], 2)

	def test_who_does_not_read_parentage_is_refused_on_every_channel(self) -> None:
		self.act_as("Administrator")
		for role, place in (("Minister Office", "HQ"), ("General Manager", "HQ"), ("Inspector", self.cairo)):
			reader = factories.staff(role, place)
			self.act_as(reader)
			self.assertRefused(frappe.PermissionError, orphans.execute, {})
			self.assertRefused(frappe.PermissionError, run_report, REPORT, {})
			self.assertRefused(frappe.PermissionError, prints.make, REPORT, {})
			self.act_as("Administrator")

	def test_another_place_is_refused_and_an_empty_one_says_so(self) -> None:
		self.act_as(self.chief)
		self.assertRefused(frappe.PermissionError, run_report, REPORT, {"institution": self.other})
		self.act_as("Administrator")
		unit = factories.org_unit(governorate="02").name
		far = factories.staff("Directorate Director", unit)
		self.act_as(far)
		answer = run_report(REPORT, {})
		self.assertFalse(answer["result"])
		self.assertEqual(answer["message"], orphans.nothing())

	def test_small_numbers_do_not_leave_the_ministry(self) -> None:
		self.act_as("Administrator")
		for _turn in range(12):
			factories.child(self.home, orphanhood=BOTH)
		self.act_as(self.chief)
		below = public.limit()
		for by in (*orphans.BY, orphans.AGE):
			answer = run_report(REPORT, {"by": by, "for_publication": 1})
			self.assertFalse(answer["report_summary"])
			for row in answer["result"]:
				self.assertFalse(row.get("opens"))
				told = [
					value for key, value in row.items() if key not in ("title", "opens", "bold", "is_total")
				]
				self.assertFalse([value for value in told if value != HIDDEN and 0 < cint(value) < below])

	def test_queries_do_not_grow_with_rows(self) -> None:
		def asked(by: str) -> int:
			self.act_as(self.head)
			run_report(REPORT, {"by": by})
			with queries() as sent:
				run_report(REPORT, {"by": by})
			return len(sent)

		few = {by: asked(by) for by in ("Institution", "Governorate", orphans.AGE)}
		self.act_as("Administrator")
		for _turn in range(4):
			home = factories.institution(self.giza).name
			factories.child(home, orphanhood=FATHER, birth_date=add_years(nowdate(), -3))
		self.assertEqual({by: asked(by) for by in few}, few)

	def test_the_print(self) -> None:
		said = whole(self.printed(self.chief, REPORT, told_by="Parentage", by="Institution"))
		for text in ("كريمالنسب", "غيرمسجل", "دارالنور", "لاستخدامالوزارةالداخلي"):
			self.assertIn(text, said)
		self.assertNotIn("دارالأمل", said)


class TestRules(PrintCase):
	"""An orphan's family: the death certificate of each dead parent, and no parent who is alive."""

	def faults(self, child: str) -> set[str]:
		found = frappe.get_all(
			FAULT, {"record_name": child, "rule": ["like", "child_orphan%"]}, ["rule", "level"]
		)
		self.assertLessEqual({row.level for row in found}, {3})
		return {row.rule for row in found}

	def test_papers_and_life_of_the_parents(self) -> None:
		family = factories.family(
			members=[
				{"relation": "Father", "member_name": "سيد", "life_status": "Deceased"},
				{"relation": "Mother", "member_name": "منى", "life_status": "Alive"},
			]
		)
		child = factories.child(self.home, orphanhood=BOTH, family=family.name)
		self.assertEqual(
			self.faults(child.name), {"child_orphan_no_certificate", "child_orphan_parent_alive"}
		)
		family.reload()
		family.members[0].death_certificate_number = "12345"
		family.members[1].life_status = "Deceased"
		family.save()
		self.assertEqual(self.faults(child.name), {"child_orphan_no_certificate"})
		family.reload()
		family.members[1].death_certificate_number = "12346"
		family.save()
		self.assertEqual(self.faults(child.name), set())

	def test_of_one_dead_parent_the_other_may_live(self) -> None:
		family = factories.family(
			members=[
				{"relation": "Father", "member_name": "سيد", "death_certificate_number": "1"},
				{"relation": "Mother", "member_name": "منى", "life_status": "Alive"},
			]
		)
		for orphanhood, found in ((FATHER, set()), ("Both Parents Alive", set()), ("Unknown", set())):
			child = factories.child(self.home, orphanhood=orphanhood, family=family.name)
			self.assertEqual(self.faults(child.name), found, orphanhood)
		bare = factories.child(self.home, orphanhood="Mother Deceased")
		self.assertEqual(self.faults(bare.name), {"child_orphan_no_certificate"})
