"""Option mapping, without a site and without a browser."""

import unittest

from social_care.printing.page_setup import PageSetup, millimetres, page_setup, print_format_options


class TestPageSetup(unittest.TestCase):
	def test_a4_upright_with_frappes_margins_by_default(self):
		self.assertEqual(page_setup({}, {}, {}), PageSetup(210, 297, 15, 15, 15, 15))

	def test_landscape_turns_the_sheet_once(self):
		setup = page_setup({}, {"orientation": "Landscape", "page-size": "A3"}, {})
		self.assertEqual((setup.width, setup.height), (420, 297))
		ledger = page_setup({}, {"orientation": "Landscape", "page-size": "Ledger"}, {})
		self.assertEqual((ledger.width, ledger.height), (431.8, 279.4))

	def test_css_wins_over_options_and_options_over_settings(self):
		settings = {"page-size": "Letter"}
		self.assertEqual(page_setup({}, {}, settings).width, 215.9)
		self.assertEqual(page_setup({}, {"page-size": "A5"}, settings).width, 148)
		self.assertEqual(page_setup({"page-size": "A6"}, {"page-size": "A5"}, settings).width, 105)

	def test_own_width_and_height(self):
		setup = page_setup({}, {"page-width": "85.6mm", "page-height": "54mm", "margin-top": "0"}, {})
		self.assertEqual((setup.width, setup.height, setup.top), (85.6, 54, 0))

	def test_unknown_size_and_bad_lengths_fall_back(self):
		setup = page_setup({}, {"page-size": "Papyrus", "margin-left": "wide", "margin-right": None}, {})
		self.assertEqual((setup.width, setup.left, setup.right), (210, 15, 15))

	def test_lengths(self):
		for text, expected in (
			("15mm", 15),
			("1.5cm", 15),
			("1in", 25.4),
			("72pt", 25.4),
			("96px", 25.4),
			(7, 7),
		):
			self.assertAlmostEqual(millimetres(text), expected)
		self.assertEqual(millimetres("-3mm", 2), 2)

	def test_margins_make_room_for_header_and_footer(self):
		setup = page_setup({}, {"margin-top": "15mm", "margin-bottom": "40mm"}, {}).with_bands(20, 10)
		self.assertEqual((setup.top, setup.bottom), (32, 40))
		untouched = page_setup({}, {}, {}).with_bands(0, 0)
		self.assertEqual((untouched.top, untouched.bottom), (15, 15))

	def test_page_rule(self):
		self.assertEqual(
			PageSetup(210, 297, 15, 10, 20, 12.5).css(),
			"@page { size: 210mm 297mm; margin: 15mm 10mm 20mm 12.5mm; }",
		)


class TestPrintFormatOptions(unittest.TestCase):
	def test_only_the_print_format_itself_speaks_for_the_page(self):
		css = """
			.print-format { margin-top: 30mm; color: red; }
			p, .print-format { page-size: A5 }
			.print-format p { margin-left: 99mm }
			@media print { .print-format { orientation: Landscape; margin-top: 20mm } }
			@media screen { .print-format { margin-right: 99mm } }
		"""
		self.assertEqual(
			print_format_options(css),
			{"margin-top": "20mm", "page-size": "A5", "orientation": "Landscape"},
		)

	def test_broken_css_is_no_error(self):
		self.assertEqual(print_format_options(".print-format { margin-top: "), {"margin-top": ""})
		self.assertEqual(print_format_options("}}}"), {})


if __name__ == "__main__":
	unittest.main()
