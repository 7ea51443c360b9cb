"""Work on finished PDFs, without a site and without a browser."""

import io
import unittest

from pypdf import PdfReader, PdfWriter

from social_care.printing import sheets


def blank(*sizes: tuple[float, float]) -> bytes:
	writer = PdfWriter()
	for width, height in sizes:
		writer.add_blank_page(width, height)
	stream = io.BytesIO()
	writer.write(stream)
	return stream.getvalue()


class TestSheets(unittest.TestCase):
	def test_numbers_in_either_digits(self):
		self.assertEqual(sheets.numbers(3), ["1", "2", "3"])
		self.assertEqual(sheets.numbers(12, sheets.ARABIC_INDIC)[-1], "١٢")
		self.assertEqual(sheets.numbers(0), [])

	def test_page_sizes_in_points(self):
		self.assertEqual(
			sheets.page_sizes(blank((595, 842), (842, 595))),
			[{"width": 595.0, "height": 842.0}, {"width": 842.0, "height": 595.0}],
		)

	def test_password(self):
		reader = PdfReader(io.BytesIO(sheets.encrypt(blank((595, 842)), "س1")))
		self.assertTrue(reader.is_encrypted)
		self.assertFalse(reader.decrypt("wrong"))
		self.assertTrue(reader.decrypt("س1"))

	def test_pages_are_added_to_a_writer(self):
		writer = PdfWriter()
		writer.add_blank_page(100, 100)
		self.assertIs(sheets.append(blank((595, 842), (595, 842)), writer), writer)
		self.assertEqual(len(writer.pages), 3)

	def test_stamps_must_match_the_pages(self):
		with self.assertRaises(ValueError):
			sheets.merge(blank((595, 842)), blank())


if __name__ == "__main__":
	unittest.main()
