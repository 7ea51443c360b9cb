"""Rules asked of random files: the same answer for one file, for all of them, and by a second reckoning in Python."""

import random

import frappe
from frappe.utils import add_days, add_months, add_years, getdate, nowdate

from social_care.registry import national_number
from social_care.registry.quality.evaluation import evaluate
from social_care.registry.quality.keeping import FAULT, refresh
from social_care.registry.quality.rules import rules
from social_care.tests import SocialCareTestCase, factories
from social_care.tests.quality_cases import kept, scores

FILES = 24
ROUNDS = 6
EXPLAINED = ("In Process", "Unregistered Birth", "Not Egyptian", "No Number")
ORPHANED = {
	"Father Deceased": {"Father"},
	"Mother Deceased": {"Mother"},
	"Both Parents Deceased": {"Father", "Mother"},
}
WEIGHTS = {"photo": 2, "national_number": 3, "parentage": 2, "admission_reason": 1, "decision_number": 1}


def random_values(chance: random.Random, numbers: list[str]) -> dict:
	"""Columns as no form would let them through, and as forms do."""
	born = chance.choice([add_days(nowdate(), chance.randint(-18 * 365, 60)), "2014-03-02"])
	good = factories.national_number("2014-03-02")
	other_digit = f"{good[:13]}{int(good[13]) % 9 + 1}"
	number = chance.choice([*numbers, other_digit, "", "", "", "123", "30013011234567"])
	photo = chance.choice(["/private/files/p.png", ""])
	return {
		"birth_date": born,
		"sex": chance.choice(["Male", "Female"]),
		"national_number": number,
		"national_number_status": chance.choice([*EXPLAINED, "Recorded", ""]),
		"search_name": chance.choice(["سعيد علي", "مني حسن", "x"]),
		"photo": photo,
		"photo_date": add_months(nowdate(), chance.randint(-30, 2)) if photo else None,
		"parentage": chance.choice(["Known", "Karim Al-Nasab", ""]),
		"admission_reason": chance.choice(["AR-03", None]),
		"decision_number": chance.choice(["12", ""]),
		"admission_date": add_days(
			nowdate(), chance.choice([chance.randint(-19 * 365, 0), chance.randint(1, 20)])
		),
		"orphanhood": chance.choice([*ORPHANED, "Both Parents Alive", "Unknown", ""]),
		"life_state": chance.choice(["Active", "Active", "Active", "In Kafala", "Left Care"]),
	}


def lacking(child, tables: dict) -> set[str]:
	"""What a file in care lacks."""
	if not child.institution or child.life_state != "Active":
		return set()
	found = {f"child_{field}" for field in WEIGHTS if not child.get(field)}
	if child.national_number_status == "Not Egyptian":
		found.discard("child_national_number")
	if child.name not in tables["Identity Paper"]:
		found.add("child_identity_papers")
	if (
		getdate(child.birth_date) <= getdate(add_years(nowdate(), -6))
		and child.name not in tables["Education Record"]
	):
		found.add("child_education")
	if child.photo and getdate(child.photo_date) < getdate(add_months(nowdate(), -12)):
		found.add("child_photo_old")
	return found


def wrong_number(child, others: list) -> set[str]:
	"""What is wrong with a national number, by the rules of registry/national_number.py."""
	number = child.national_number or ""
	if not number:
		same = [
			other
			for other in others
			if other.person != child.person
			and not other.national_number
			and (other.search_name, other.birth_date) == (child.search_name, child.birth_date)
		]
		unexplained = child.life_state == "Active" and child.national_number_status not in EXPLAINED
		return ({"child_same_name"} if same else set()) | (
			{"child_number_unexplained"} if unexplained else set()
		)
	found = set()
	if any(other.national_number == number and other.person != child.person for other in others):
		found.add("child_number_shared")
	try:
		parsed = national_number.parse(number, today=getdate("2099-01-01"))
	except national_number.NationalNumberError:
		return found | {"child_number_structure"}
	if national_number.contradictions(parsed, getdate(child.birth_date), child.sex):
		found.add("child_number_agrees")
	if parsed.check_digit_agrees is False:
		found.add("child_number_check_digit")
	return found


def orphaned(child, parents: dict) -> set[str]:
	"""Parents whom the file says to be dead and the family does not."""
	if not child.institution or child.life_state != "Active":
		return set()
	dead, found = ORPHANED.get(child.orphanhood, set()), set()
	family = parents if child.family else {}
	if any(not family.get(parent, ("", ""))[1] for parent in dead):
		found.add("child_orphan_no_certificate")
	if any(family.get(parent, ("", ""))[0] == "Alive" for parent in dead):
		found.add("child_orphan_parent_alive")
	return found


def implausible(child) -> set[str]:
	today, found = getdate(nowdate()), set()
	for field, code in (
		("birth_date", "child_born_in_future"),
		("admission_date", "child_admitted_in_future"),
		("photo_date", "child_photo_in_future"),
	):
		if child.get(field) and getdate(child.get(field)) > today:
			found.add(code)
	if getdate(child.admission_date) < getdate(child.birth_date):
		found.add("child_admitted_before_birth")
	return found


class TestAnswers(SocialCareTestCase):
	def setUp(self) -> None:
		super().setUp()
		self.unit = factories.org_unit().name
		self.homes = [factories.institution(self.unit).name for _home in range(2)]
		parents = [
			{
				"relation": "Father",
				"member_name": "سيد",
				"life_status": "Deceased",
				"death_certificate_number": "7",
			},
			{"relation": "Mother", "member_name": "منى", "life_status": "Alive"},
		]
		self.family = factories.family(members=parents).name
		self.names = [factories.child(self.homes[place % 2]).name for place in range(FILES)]

	def stir(self, seed: int) -> None:
		"""Other values for every file, papers for some, a family for some."""
		chance = random.Random(seed)
		numbers = [factories.national_number("2014-03-02") for _number in range(4)]
		for name in self.names:
			values = random_values(chance, numbers) | {
				"family": chance.choice([self.family, None, None, None])
			}
			frappe.db.set_value("Child", name, values, update_modified=False)
			for table in ("Identity Paper", "Education Record"):
				frappe.db.delete(table, {"parent": name})
				if chance.random() < 0.5:
					row = {"doctype": table, "parent": name, "parenttype": "Child", "parentfield": "x"}
					frappe.get_doc(row).db_insert()
		for name in chance.sample(self.names, 3):
			frappe.db.set_value("Placement", {"child": name}, "institution", chance.choice(self.homes))
		for name in chance.sample(self.names, 2):
			frappe.db.set_value(
				"Placement", {"child": name}, "sibling_separation_reason", chance.choice(["نقل", ""])
			)

	def by_hand(self) -> dict[str, set[str]]:
		"""Every rule reckoned in Python, record by record."""
		rows = frappe.get_all("Child", fields=["*"])
		tables = {
			table: set(frappe.get_all(table, filters={"parenttype": "Child"}, pluck="parent"))
			for table in ("Identity Paper", "Education Record")
		}
		now = frappe.get_all("Placement", filters={"is_current": 1}, fields=["*"])
		place = {row.child: row for row in now}
		members = frappe.get_doc("Family", self.family).members
		parents = {row.relation: (row.life_status, row.death_certificate_number) for row in members}
		return {
			child.name: lacking(child, tables)
			| wrong_number(child, rows)
			| implausible(child)
			| orphaned(child, parents)
			| ({"child_place_of_file"} if place[child.name].institution != child.institution else set())
			| self.apart(child, rows, place)
			for child in rows
			if child.name in self.names
		}

	def apart(self, child, rows: list, place: dict) -> set[str]:
		in_care = child.institution and child.life_state == "Active"
		if not child.family or not in_care:
			return set()
		homes = [place[row.name] for row in rows if row.family == child.family and row.name in place]
		explained = any(home.sibling_separation_reason for home in homes)
		return (
			{"child_siblings_apart"}
			if len({home.institution for home in homes}) > 1 and not explained
			else set()
		)

	def one_by_one(self) -> tuple[dict, dict]:
		for name in self.names:
			refresh("Child", [name])
		return kept("Child", self.names), scores(self.names)

	def all_at_once(self) -> tuple[dict, dict]:
		frappe.db.delete(FAULT, {"record_type": "Child"})
		frappe.db.sql("update `tabChild` set `quality_asked` = 0, `quality_lacking` = 0")
		refresh("Child", self.names)
		return kept("Child", self.names), scores(self.names)

	def test_one_by_one_all_at_once_and_by_hand(self) -> None:
		known, met = {rule.name for rule in rules("Child")}, set()
		for seed in range(ROUNDS):
			self.stir(seed)
			single = self.one_by_one()
			self.assertEqual(single, self.all_at_once())
			reckoned = self.by_hand()
			differs = {
				name: (found & known) ^ single[0][name]
				for name, found in reckoned.items()
				if found & known != single[0][name]
			}
			self.assertEqual(differs, {}, seed)
			met |= set().union(*single[0].values())
		self.assertEqual(known - met, {"child_placement_history"})  # made below

	def test_scores_are_the_weights_of_what_is_due_and_lacking(self) -> None:
		self.stir(7)
		faults, scored = self.one_by_one()
		weights = {rule.name: rule.weight for rule in rules("Child")}
		for name, (asked, lacks) in scored.items():
			self.assertEqual(lacks, sum(weights[code] for code in faults[name]))
			child = frappe.db.get_value("Child", name, ["*"], as_dict=True)
			in_care = child.institution and child.life_state == "Active"
			old = getdate(child.birth_date) <= getdate(add_years(nowdate(), -6))
			due = sum(WEIGHTS.values()) + 2 + (2 if old else 0)
			due -= 3 if child.national_number_status == "Not Egyptian" else 0
			self.assertEqual(asked, due if in_care else 0)

	def test_a_history_with_a_gap_or_an_overlap(self) -> None:
		first, second, third = self.names[:3]
		factories.transfer(first, self.homes[1])
		factories.transfer(second, self.homes[0])
		self.assertEqual(self.histories(first, second, third), set())
		values = {"to_date": add_days(nowdate(), -5)}
		frappe.db.set_value("Placement", {"child": first, "is_current": 0}, values)
		frappe.db.set_value(
			"Placement", {"child": second, "is_current": 0}, {"to_date": add_days(nowdate(), 2)}
		)
		frappe.db.set_value("Placement", {"child": third}, "is_current", 0)
		self.assertEqual(self.histories(first, second, third), {first, second, third})

	def histories(self, *names: str) -> set[str]:
		return {row.name for row in evaluate("Child", list(names)) if "child_placement_history" in row.faults}

	def test_an_institution_over_its_capacity(self) -> None:
		frappe.db.set_value("Institution", self.homes[0], "licensed_capacity", FILES // 2 - 1)
		frappe.db.set_value("Institution", self.homes[1], "licensed_capacity", FILES // 2)
		refresh("Institution", self.homes)
		found = kept("Institution", self.homes)
		self.assertEqual(found, {self.homes[0]: {"institution_over_capacity"}, self.homes[1]: set()})
