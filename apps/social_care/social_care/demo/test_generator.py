"""The generator by itself: no site, no database."""

import itertools
import subprocess
import sys
import unittest
from collections import Counter, defaultdict
from datetime import date
from functools import cache

from egypt_nid.constants import GOVERNORATES_V1
from egypt_nid.validator import LenientValidator

from social_care.demo.generator import Nation, NationSettings, generate
from social_care.demo.generator.national_number import check_digit
from social_care.demo.generator.plan import TooManyDefects

AS_OF = date(2026, 11, 21)
SIZES = {"children": 1500, "institutions": 90}


@cache
def rows(seed: int = 2026, children: int = 1500, institutions: int = 90) -> dict[str, list[dict]]:
	"""Every row of a nation by DocType."""
	found = defaultdict(list)
	for doctype, row in generate(NationSettings(AS_OF, seed, children, institutions)):
		found[doctype].append(row)
	return found


def expected(**values) -> dict[str, int]:
	return Nation(NationSettings(AS_OF, **SIZES | values)).expected()


class TestSameSeedSameNation(unittest.TestCase):
	def test_another_process_makes_the_same_rows(self) -> None:
		code = (
			"import hashlib, datetime; from social_care.demo.generator import *;"
			"settings = NationSettings(datetime.date(2026, 11, 21), children=300, institutions=40);"
			"print(hashlib.sha256(repr(list(generate(settings))).encode()).hexdigest())"
		)
		runs = {
			subprocess.check_output([sys.executable, "-c", code], env=_environment(salt)) for salt in "12"
		}
		self.assertEqual(len(runs), 1)

	def test_no_framework_is_imported(self) -> None:
		code = "import sys, social_care.demo.generator; sys.exit('frappe' in sys.modules)"
		subprocess.check_call([sys.executable, "-c", code], env=_environment("0"))

	def test_another_seed_makes_another_nation(self) -> None:
		names = [{row["full_name"] for row in rows(seed)["Child"]} for seed in (2026, 7)]
		self.assertLess(len(names[0] & names[1]), 15)

	def test_an_institution_can_be_made_by_itself(self) -> None:
		nation = Nation(NationSettings(AS_OF, **SIZES))
		alone = [row for doctype, row in nation.children_of(nation.sites[40]) if doctype == "Child"]
		inside = [row for row in rows()["Child"] if row["institution"] == nation.sites[40].code]
		self.assertEqual(alone, inside)


def _environment(hash_seed: str) -> dict[str, str]:
	import os

	return {**os.environ, "PYTHONHASHSEED": hash_seed, "PYTHONPATH": ":".join(filter(None, sys.path))}


class TestSizes(unittest.TestCase):
	def test_counts_are_exact(self) -> None:
		found = rows()
		self.assertEqual(
			(len(found["Child"]), len(found["Person"]), len(found["Institution"])), (1500, 1500, 90)
		)
		self.assertEqual(sum(row["level"] == "Directorate" for row in found["Org Unit"]), 27)

	def test_every_governorate_has_institutions_in_the_standard_nation(self) -> None:
		sites = Nation(NationSettings(AS_OF)).sites
		self.assertEqual((len(sites), sum(site.size for site in sites)), (465, 7869))
		per_governorate = Counter(site.governorate for site in sites)
		self.assertEqual(len(per_governorate), 27)
		self.assertEqual([code for code, _ in per_governorate.most_common(2)], ["01", "21"])

	def test_names_of_records_are_unique(self) -> None:
		for doctype, found in rows().items():
			self.assertEqual(len({row["name"] for row in found}), len(found), doctype)

	def test_rows_of_a_doctype_have_the_same_columns(self) -> None:
		for doctype, found in rows().items():
			self.assertEqual(len({tuple(sorted(row)) for row in found}), 1, doctype)

	def test_a_nation_too_small_for_its_defects_is_refused(self) -> None:
		with self.assertRaises(TooManyDefects):
			Nation(NationSettings(AS_OF, children=20, institutions=2, planted={"siblings_apart": 0.5}))
		with self.assertRaises(ValueError):
			NationSettings(AS_OF, children=3, institutions=10)

	def test_series_begin_where_the_site_stands(self) -> None:
		settings = NationSettings(AS_OF, children=60, institutions=8, planted={}, first_numbers={"CH-": 101})
		children = [row["name"] for doctype, row in generate(settings) if doctype == "Child"]
		self.assertEqual((children[0], children[-1]), ("CH-0000101", "CH-0000160"))


class TestOrganisation(unittest.TestCase):
	def test_the_tree_is_a_nested_set(self) -> None:
		units = {row["name"]: row for row in rows()["Org Unit"]}
		bounds = sorted(bound for row in units.values() for bound in (row["lft"], row["rgt"]))
		self.assertEqual(bounds, list(range(1, 2 * len(units) + 1)))
		for row in units.values():
			parent = units.get(row["parent_org_unit"])
			self.assertTrue(parent is None or parent["lft"] < row["lft"] < row["rgt"] < parent["rgt"])

	def test_links_point_to_rows(self) -> None:
		found = rows()
		names = {doctype: {row["name"] for row in made} for doctype, made in found.items()}
		links = (
			("Institution", "org_unit", "Org Unit"),
			("Institution", "association", "Association"),
			("Building", "institution", "Institution"),
			("Child", "person", "Person"),
			("Child", "family", "Family"),
			("Child", "institution", "Institution"),
			("Child", "current_placement", "Placement"),
			("Child", "owner", "User"),
			("Child", "approved_by", "User"),
			("Child", "case_manager", "User"),
			("Placement", "child", "Child"),
			("Placement", "institution", "Institution"),
			("Family Member", "parent", "Family"),
			("Staff Assignment", "user", "User"),
			("Staff Assignment", "org_unit", "Org Unit"),
			("Staff Assignment", "institution", "Institution"),
			("Data Officer", "staff_assignment", "Staff Assignment"),
			("File", "attached_to_name", "Child"),
			("Duplicate Candidate", "person", "Person"),
			("Duplicate Candidate", "other_person", "Person"),
		)
		for doctype, field, target in links:
			used = {row[field] for row in found[doctype]} - {None}
			self.assertTrue(used, (doctype, field))
			self.assertLessEqual(used, names[target], (doctype, field))

	def test_users_have_no_personal_names_in_their_ids(self) -> None:
		for row in rows()["User"]:
			self.assertRegex(row["name"], r"^[a-z.0-9-]+@demo\.invalid$")
			self.assertNotIn(row["first_name"], row["name"])

	def test_each_directorate_has_one_data_officer(self) -> None:
		self.assertEqual(len({row["directorate"] for row in rows()["Data Officer"]}), 27)


class TestChildren(unittest.TestCase):
	def test_placements_have_no_gap_and_no_overlap(self) -> None:
		ways = defaultdict(list)
		for row in rows()["Placement"]:
			ways[row["child"]].append(row)
		for child in rows()["Child"]:
			way = sorted(ways[child["name"]], key=lambda row: row["from_date"])
			self.assertEqual(way[0]["from_date"], child["admission_date"])
			self.assertGreaterEqual(child["admission_date"], child["birth_date"])
			for one, following in itertools.pairwise(way):
				self.assertLess(one["from_date"], one["to_date"])
				self.assertEqual(one["to_date"], following["from_date"])
				self.assertNotEqual(one["institution"], following["institution"])
			self.assertEqual([row["is_current"] for row in way], [0] * (len(way) - 1) + [1])
			self.assertEqual((way[-1]["to_date"], way[-1]["name"]), (None, child["current_placement"]))
			self.assertEqual(way[-1]["institution"], child["institution"])
			self.assertLess(way[-1]["from_date"], AS_OF)

	def test_national_numbers_are_right(self) -> None:
		judge = LenientValidator(GOVERNORATES_V1)
		numbers = [row for row in rows()["Person"] if row["national_number"]]
		for row in numbers:
			number = row["national_number"]
			self.assertTrue(judge.validate(number).valid, number)
			self.assertEqual(number[1:7], f"{row['birth_date']:%y%m%d}")
			self.assertEqual(number[0], "3" if row["birth_date"].year >= 2000 else "2")
			self.assertEqual(
				(number[7:9], int(number[12]) % 2 == 1), (row["birth_governorate"], row["sex"] == "Male")
			)
			self.assertIn(check_digit(number[:13]), range(1, 10))

	def test_child_repeats_the_identity_of_its_person(self) -> None:
		persons = {row["name"]: row for row in rows()["Person"]}
		for child in rows()["Child"]:
			person = persons[child["person"]]
			shared = set(person) & set(child) - {"name", "modified"}
			self.assertGreaterEqual(len(shared), 17 + 5)
			self.assertEqual({key: person[key] for key in shared}, {key: child[key] for key in shared})

	def test_ages_fit_the_institution(self) -> None:
		homes = {row["name"]: row for row in rows()["Institution"]}
		for child in rows()["Child"]:
			home = homes[child["institution"]]
			age = (AS_OF - child["birth_date"]).days / 365.25
			self.assertTrue(
				home["age_from"] <= age + 0.1 and age <= home["age_to"], (age, home["institution_type"])
			)
			self.assertIn(home["sex"], ("Any", child["sex"]))

	def test_siblings_differ_and_are_born_apart(self) -> None:
		families = defaultdict(list)
		for child in rows()["Child"]:
			if child["family"]:
				families[child["family"]].append(child)
		self.assertGreater(sum(len(group) > 1 for group in families.values()), 100)
		for group in families.values():
			self.assertEqual(len({child["first_name"] for child in group}), len(group))
			self.assertEqual(len({child["grandfather_name"] for child in group}), 1)
			births = sorted(child["birth_date"] for child in group)
			self.assertTrue(all((b - a).days > 100 for a, b in itertools.pairwise(births)))

	def test_school_years_are_single_and_fit_the_age(self) -> None:
		births = {row["name"]: row["birth_date"] for row in rows()["Child"]}
		for row in rows()["Education Record"]:
			age = int(row["school_year"][:4]) - births[row["parent"]].year
			if row["stage"] == "Primary":
				self.assertIn(age - row["grade"], (5, 6))
		years = Counter((row["parent"], row["school_year"]) for row in rows()["Education Record"])
		self.assertEqual(max(years.values()), 1)

	def test_four_eyes_in_approved_files(self) -> None:
		approved = [row for row in rows()["Child"] if row["file_state"] == "Approved"]
		self.assertGreater(len(approved), 1000)
		for row in approved:
			self.assertEqual(len({row["submitted_by"], row["reviewed_by"], row["approved_by"]}), 3)


class TestPlantedDefects(unittest.TestCase):
	"""Counted in the rows, by rules written anew."""

	def found(self, seed: int) -> dict[str, int]:
		made = rows(seed)
		children = made["Child"]
		numbers = Counter(row["national_number"] for row in children if row["national_number"])
		names = Counter(
			(row["search_name"], row["birth_date"]) for row in children if not row["national_number"]
		)
		homes = defaultdict(set)
		for row in children:
			homes[row["family"]].add(row["institution"])
		living = Counter(row["institution"] for row in made["Placement"] if row["is_current"])
		return {
			"missing_number_explained": sum(
				not c["national_number"] and bool(c["national_number_status"]) for c in children
			),
			"missing_number_unexplained": sum(
				not c["national_number"] and not c["national_number_status"] for c in children
			),
			"wrong_check_digit": sum(check_digit(n[:13]) != int(n[13]) for n in numbers.elements()),
			"missing_photo": sum(not c["photo"] for c in children),
			"old_photo": sum(bool(c["photo"]) and (AS_OF - c["photo_date"]).days > 366 for c in children),
			"duplicate_number": sum(count > 1 for count in numbers.values()),
			"duplicate_name": sum(count > 1 for count in names.values()),
			"siblings_apart": sum(len(places) > 1 for family, places in homes.items() if family),
			"over_capacity": sum(
				living[home["name"]] > home["licensed_capacity"] for home in made["Institution"]
			),
		}

	def test_exactly_what_was_planted(self) -> None:
		for seed in (2026, 7, 99):
			with self.subTest(seed=seed):
				self.assertEqual(self.found(seed), expected(seed=seed))

	def test_duplicates_lie_in_two_institutions_and_are_spelled_otherwise(self) -> None:
		names = defaultdict(list)
		for row in rows()["Child"]:
			names[row["search_name"], row["birth_date"]].append(row)
		pairs = [group for group in names.values() if len(group) > 1]
		self.assertEqual(len(pairs), expected()["duplicate_number"] + expected()["duplicate_name"])
		self.assertTrue(all(len({row["institution"] for row in pair}) == 2 for pair in pairs))
		self.assertTrue(any(len({row["full_name"] for row in pair}) == 2 for pair in pairs))
