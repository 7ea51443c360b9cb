"""The packs of the app: right in themselves, agreeing with each other, and proven by their samples on any day."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from pathlib import Path

import frappe
from frappe.utils import getdate, nowdate

from social_care.services.compiler import notices
from social_care.services.compiler.flow import style
from social_care.services.compiler.texts import all_texts
from social_care.services.packs.definition import complete, faults_of
from social_care.services.packs.files import packs_of_app
from social_care.services.packs.samples import outcome, sample_faults
from social_care.services.packs.walking import enterers
from social_care.tests import SocialCareTestCase
from social_care.tests.test_translations import read_rows

FOREIGN = Path(__file__).with_name("data") / "foreign_doctypes.txt"
QUARTER = timedelta(days=91)
SERVICES = 44
FIRST_ANSWER = {"SC-09"}  # its clock is the time of the first answer, the follow-up goes on after it


@cache
def packs() -> dict[str, dict]:
	"""Packs as written, by service."""
	return packs_of_app("social_care")


@cache
def whole_packs() -> dict[str, dict]:
	return {code: complete(pack) for code, pack in packs().items()}


def days() -> list[date]:
	"""Today, the last of February, and a day in each quarter of the next two years."""
	today = getdate(nowdate())
	return [*(today + QUARTER * number for number in range(9)), date(2028, 2, 29), date(2032, 12, 31)]


def stored_texts(pack: dict) -> Iterator[tuple[str, str]]:
	"""(English, Arabic) of what requests store, or workflows by name: options, states, actions."""
	for key in ("states", "actions"):
		yield from ((row["title"]["en"], row["title"]["ar"]) for row in pack["workflow"][key])
	for section in pack["sections"]:
		for field in section["fields"]:
			for part in (field, *field["columns"]):
				yield from ((row["value"], row["title"]["ar"]) for row in part["options"])


def by_english(texts: Iterator[tuple[str, str, str]]) -> dict[str, dict[str, list[str]]]:
	"""{English: {Arabic: services}}."""
	found: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
	for code, english, arabic in texts:
		found[english][arabic].append(code)
	return found


class TestEachPack(SocialCareTestCase):
	def test_every_service_has_its_pack(self) -> None:
		self.assertEqual(sorted(packs()), [f"SC-{number:02}" for number in range(1, SERVICES + 1)])

	def test_nothing_is_wrong_with_any(self) -> None:
		found = {code: [str(fault) for fault in faults_of(pack)] for code, pack in packs().items()}
		self.assertEqual({code: faults for code, faults in found.items() if faults}, {})

	def test_samples_give_what_they_expect_whenever_they_are_looked_at(self) -> None:
		wrong = [
			(str(day), code, fault.path, fault.detail)
			for day in days()
			for code, pack in whole_packs().items()
			for fault in sample_faults(pack, day)
		]
		self.assertEqual(wrong, [])

	def test_samples_show_success_and_what_is_wrong(self) -> None:
		today = getdate(nowdate())
		for code, pack in whole_packs().items():
			gives = [outcome(pack, sample, today) for sample in pack["samples"]]
			with self.subTest(code):
				self.assertGreaterEqual(len(gives), 3)
				self.assertTrue(any(given["outputs"] for given in gives))
				self.assertTrue(any(given["wrong_fields"] or given["missing_documents"] for given in gives))

	def test_every_role_exists(self) -> None:
		named = {row["role"] for pack in packs().values() for row in pack["access"]}
		for pack in whole_packs().values():
			rows = [
				*pack["workflow"]["states"],
				*pack["workflow"]["actions"],
				*pack["rules"],
				*pack["documents"],
			]
			for row in [*rows, pack["clock"], pack["appeal"] or {}]:
				for key in ("editors", "roles", "escalate_to", "waivable_by", "decided_by"):
					named |= set(row.get(key) or [])
		self.assertEqual(sorted(role for role in named if not frappe.db.exists("Role", role)), [])

	def test_whoever_enters_a_request_may_fill_what_it_needs(self) -> None:
		for code, pack in whole_packs().items():
			needed = {
				field["level"]
				for section in pack["sections"]
				for field in section["fields"]
				if field["filled_by"] == "applicant" and (field["required"] or field["required_when"])
			}
			for row in pack["access"]:
				if "create" in row["rights"]:
					with self.subTest(code, role=row["role"]):
						self.assertLessEqual(needed, {0, *row["levels"]})

	def test_no_decision_depends_on_one_role_that_acted_before(self) -> None:
		for code, pack in whole_packs().items():
			actions = pack["workflow"]["actions"]
			for action in (row for row in actions if row["four_eyes"]):
				before = {
					role for row in actions if row["to"] in action["from"] for role in row["roles"]
				} | set(enterers(pack))
				with self.subTest(code, action=action["code"]):
					self.assertTrue(len(action["roles"]) > 1 or set(action["roles"]) - before)

	def test_two_actions_do_not_lead_from_one_state_to_the_same(self) -> None:
		for code, pack in whole_packs().items():
			steps = [(start, row["to"]) for row in pack["workflow"]["actions"] for start in row["from"]]
			with self.subTest(code):
				self.assertEqual(len(steps), len(set(steps)))

	def test_the_days_of_open_states_fit_the_target(self) -> None:
		"""Of one way through the flow, not of all states: the shortest that ends accepted."""
		for code, pack in whole_packs().items():
			with self.subTest(code):
				self.assertLessEqual(
					shortest_days(pack), pack["clock"]["days"] if code not in FIRST_ANSWER else 14
				)


def shortest_days(pack: dict) -> int:
	"""Days of the open states on the quickest way to an accepted end."""
	states = {row["code"]: row for row in pack["workflow"]["states"]}
	first = pack["workflow"]["states"][0]["code"]
	best, waiting = {first: 0}, [first]
	while waiting:
		code = waiting.pop()
		own = (states[code]["days"] or 0) if states[code]["kind"] == "open" else 0
		for action in pack["workflow"]["actions"]:
			if code in action["from"] and best[code] + own < best.get(action["to"], 10**6):
				best[action["to"]] = best[code] + own
				waiting.append(action["to"])
	return min(days for code, days in best.items() if states[code]["kind"] == "accepted")


class TestPacksTogether(SocialCareTestCase):
	def test_one_english_text_has_one_arabic_over_all_packs(self) -> None:
		texts = ((code, *text) for code, pack in whole_packs().items() for text in all_texts(pack))
		two = {english: dict(arabic) for english, arabic in by_english(texts).items() if len(arabic) > 1}
		self.assertEqual(two, {})

	def test_what_requests_store_has_the_arabic_of_the_apps(self) -> None:
		there: dict[str, set[str]] = defaultdict(set)
		for app in frappe.get_installed_apps():
			file = Path(frappe.get_app_path(app, "translations", "ar.csv"))
			for row in read_rows(file) if app.startswith("social_care") and file.exists() else []:
				there[row[0]].add(row[1])
		other = {
			(code, english): (arabic, there[english])
			for code, pack in whole_packs().items()
			for english, arabic in stored_texts(pack)
			if english in there and arabic not in there[english]
		}
		self.assertEqual(other, {})

	def test_a_state_has_one_colour_wherever_it_stands(self) -> None:
		colours: dict[str, set[str]] = defaultdict(set)
		for pack in whole_packs().values():
			for state in pack["workflow"]["states"]:
				colours[state["title"]["en"]].add(style(pack, state))
		self.assertEqual({name: found for name, found in colours.items() if len(found) > 1}, {})

	def test_names_of_states_and_actions_do_not_differ_by_capitals_only(self) -> None:
		for key in ("states", "actions"):
			spellings: dict[str, set[str]] = defaultdict(set)
			for pack in whole_packs().values():
				for row in pack["workflow"][key]:
					spellings[row["title"]["en"].casefold()].add(row["title"]["en"])
			self.assertEqual([names for names in spellings.values() if len(names) > 1], [])

	def test_record_types_are_unique_and_nobody_elses(self) -> None:
		names = [pack["document_type"] for pack in packs().values()]
		self.assertEqual(len(names), len(set(names)))
		others = set(FOREIGN.read_text(encoding="utf-8").split("\n"))
		others |= set(frappe.get_all("DocType", filters={"custom": 0}, pluck="name"))
		self.assertEqual(set(names) & others, set())

	def test_no_two_packs_are_one_form(self) -> None:
		forms: dict[tuple, list[str]] = defaultdict(list)
		for code, pack in packs().items():
			forms[tuple(section["code"] for section in pack["sections"])].append(code)
		self.assertEqual([codes for codes in forms.values() if len(codes) > 1], [])


class TestNotices(SocialCareTestCase):
	def test_words_of_a_pack_are_no_template(self) -> None:
		doc = frappe._dict(name="SC07-26-1", applicant_name="سعاد", reason="{{ 6 * 7 }}", secret="9")
		words = "{{ doc.secret }} {% if 1 %}{request_number}{% endif %} {applicant_name} {# x #} {reason} {other} {"
		said = "{{ doc.secret }} {% if 1 %}SC07-26-1{% endif %} سعاد {# x #} {{ 6 * 7 }}  {"
		made = notices.template({"confidential": False}, words)
		self.assertEqual(frappe.render_template(made, {"doc": doc}), said)
		quiet = notices.template({"confidential": True}, "{applicant_name}: {due_on}")
		self.assertEqual(quiet, ": {{ doc.due_on }}")
