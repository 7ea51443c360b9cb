from social_care.prints import codes
from social_care.tests import SocialCareTestCase


class TestCodes(SocialCareTestCase):
	"""Codes nobody guesses, which a hand on a telephone types, and digests that notice a changed figure."""

	def test_a_code_has_eighty_bits_and_no_letters_that_look_alike(self) -> None:
		made = {codes.new_code() for _turn in range(2000)}
		self.assertEqual(len(made), 2000)
		signs = set("".join(made)) - {"-"}
		self.assertEqual(signs, set(codes.ALPHABET))
		self.assertFalse(signs & set("ILOU"))
		self.assertGreaterEqual(len(codes.ALPHABET) ** codes.LENGTH, 2**80)

	def test_what_hands_type(self) -> None:
		for typed in (
			"7k3m-0000-1111-zzzz",
			" 7K3M OOOO IILL ZZZZ ",
			"٧K٣M٠٠٠٠١١١١ZZZZ",
			"7K3M\u200f0000\u200e1111ZZZZ",
		):
			self.assertEqual(codes.clean(typed), "7K3M-0000-1111-ZZZZ", typed)

	def test_what_can_be_no_code(self) -> None:
		for typed in (
			"",
			None,
			"7K3M",
			"7K3M-0000-1111-ZZZZ-1",
			"7K3M-0000-1111-ZZZU",
			"x" * 10_000,
			{"a": 1},
			12,
		):
			self.assertEqual(codes.clean(typed), "", typed)

	def test_digests_are_keyed_and_of_one_purpose(self) -> None:
		code = codes.new_code()
		self.assertNotIn(code, codes.code_digest(code))
		self.assertEqual(codes.code_digest(code), codes.code_digest(code))
		self.assertNotEqual(codes.code_digest(code), codes.content_digest(code, ""))

	def test_a_changed_figure_changes_the_digest(self) -> None:
		code, other = codes.new_code(), codes.new_code()
		whole = codes.content_digest(code, '[{"children": 7869}]')
		self.assertNotEqual(
			codes.shown(whole), codes.shown(codes.content_digest(code, '[{"children": 7896}]'))
		)
		self.assertNotEqual(whole, codes.content_digest(other, '[{"children": 7869}]'))
