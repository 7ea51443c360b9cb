"""Arabic names are stored as written and found as they are spoken."""

import re
from random import Random

import frappe

from social_care.registry.arabic import ascii_digits, name_words, normalise, search_terms
from social_care.registry.search import pick
from social_care.tests import CountryTestCase, SocialCareTestCase, factories

SAME = (
	("أحمد عبد الرحمن", "احمد عبدالرحمن", "أَحْمَد عبد الرّحمٰن", "إحمد  عبد   الرحمن", "أحمـــد عبدالرحمن"),
	("فاطمة الزهراء", "فاطمه الزهراء", "فاطمة الزهرا"),
	("يحيى", "يحيي", "یحیی"),
	("مؤمن", "مومن"),
	("هانئ", "هاني", "هانى"),
	("عبد الله", "عبدالله"),
	("نور الدين", "نورالدين"),
	("سيف الإسلام", "سيف الاسلام", "سيفالإسلام"),
	("أبو بكر", "ابوبكر"),
	("آمنة", "امنه"),
	("كريم", "کریم"),
)
DIFFERENT = (("أحمد", "حامد"), ("عبد الرحمن", "عبد الرحيم"), ("سارة", "سمر"), ("علي", "علاء"))


JOINED = (  # compound names as patterns: slower, and easier to read
	r"\b(عبد|ابو|ابي|ابن|ام|بنت|ست|زين|نور)\s+(?=ال)",
	r"\b(عبد|ابو)\s+(?=\S)",
	r"\s+(الدين|الله|الرحمن|الاسلام)\b",
)
WORDS = [
	"عبد",
	"ابو",
	"ابي",
	"ابن",
	"ام",
	"بنت",
	"ست",
	"زين",
	"نور",
	"الدين",
	"الله",
	"الرحمن",
	"الاسلام",
	"ال",
	"الا",
	"علي",
	"محمود",
	"عبدال",
	"الدينا",
	"سيف",
]


class TestNormalisation(SocialCareTestCase):
	def test_spellings_of_one_name_give_one_key(self) -> None:
		for spellings in SAME:
			with self.subTest(spellings[0]):
				self.assertEqual({normalise(text) for text in spellings}, {normalise(spellings[0])})

	def test_compound_names_are_joined_as_the_patterns_say(self) -> None:
		chance = Random(7)
		for _number in range(5000):
			text = joined = " ".join(chance.choices(WORDS, k=chance.randrange(7)))
			for pattern in JOINED:
				joined = re.sub(pattern, lambda found: "".join(found.groups()), joined)
			self.assertEqual(normalise(text), joined, text)

	def test_different_names_stay_different(self) -> None:
		for one, other in DIFFERENT:
			self.assertNotEqual(normalise(one), normalise(other))

	def test_folding_twice_changes_nothing(self) -> None:
		for spellings in SAME:
			key = normalise(spellings[0])
			self.assertEqual(normalise(key), key)

	def test_a_compound_name_is_one_word_of_a_name_as_it_was_written(self) -> None:
		for name, words in (
			("منى سعيد عبد الله حسين", ["منى", "سعيد", "عبد الله", "حسين"]),
			("نور الدين  أبو بكر علي", ["نور الدين", "أبو بكر", "علي"]),
			("عبدالله سيف الإسلام", ["عبدالله", "سيف الإسلام"]),
			("كريم محمد أحمد", ["كريم", "محمد", "أحمد"]),
			("", []),
			(None, []),
		):
			with self.subTest(name):
				self.assertEqual(name_words(name), words)

	def test_nothing_gives_nothing(self) -> None:
		self.assertEqual((normalise(None), normalise(" ,، ")), ("", ""))
		self.assertEqual(search_terms(""), [])

	def test_digits_of_three_alphabets(self) -> None:
		self.assertEqual(ascii_digits("٠١٢ ۳۴۵ 678"), "012 345 678")


class TestSearching(CountryTestCase):
	def setUp(self) -> None:
		super().setUp()
		self.mark = f"منصور{factories.letters()}"
		self.child = factories.child(
			self.here.institution, first_name="أحمد", father_name="عبد الرحمن", family_name=self.mark
		)

	def found(self, text: str, doctype: str = "Child") -> list[str]:
		return [row[0] for row in pick(doctype, text, "name", 0, 20, None)]

	def test_name_is_stored_as_written(self) -> None:
		self.assertTrue(self.child.full_name.startswith("أحمد عبد الرحمن"))

	def test_picker_finds_a_child_by_another_spelling(self) -> None:
		self.act_as(self.here.entry)
		for text in (f"احمد عبدالرحمن {self.mark}", f"{self.mark} عبد الرَّحمٰن", self.child.name):
			with self.subTest(text):
				self.assertEqual(self.found(text), [self.child.name])

	def test_picker_finds_persons_and_families(self) -> None:
		family = factories.family(family_title=f"أسرة {self.mark}")
		self.assertEqual(self.found(f"اسره {self.mark}", "Family"), [family.name])
		self.assertEqual(self.found(f"احمد {self.mark}", "Person"), [self.child.person])

	def test_picker_stays_within_scope(self) -> None:
		self.act_as(self.there.entry)
		self.assertEqual(self.found(self.mark), [])
		self.assertEqual(self.found(self.child.name), [])

	def test_every_word_must_occur(self) -> None:
		self.assertEqual(self.found(f"احمد {self.mark} كوكب"), [])

	def test_nickname_is_searched_too(self) -> None:
		self.child.nickname = f"بُلبُل {self.mark}"
		self.child.save()
		self.assertEqual(self.found(f"بلبل {self.mark}"), [self.child.name])

	def test_list_finds_by_the_folded_key(self) -> None:
		self.act_as(self.here.entry)
		key = normalise("احمد عبدالرحمن")
		names = frappe.get_list(
			"Child", filters={"search_name": ["like", f"%{key}%"], "family_name": self.mark}, pluck="name"
		)
		self.assertEqual(names, [self.child.name])

	def test_link_search_of_the_framework_uses_the_picker(self) -> None:
		from frappe.desk.search import search_link

		self.act_as(self.here.entry)
		frappe.response["results"] = None
		rows = search_link("Child", f"احمد عبدالرحمن {self.mark}") or frappe.response["results"]
		self.assertEqual([row["value"] for row in rows], [self.child.name])
