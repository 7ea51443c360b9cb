"""Portraits and settings files: small things with no site behind them."""

import io
import json
import tempfile
import unittest
from datetime import date
from pathlib import Path

from PIL import Image

from social_care.commands import nation_settings
from social_care.demo.drawing import SIZE, draw
from social_care.demo.generator import NationSettings


class TestDrawing(unittest.TestCase):
	def test_portraits_repeat_and_differ(self) -> None:
		self.assertEqual(draw(1, 5), draw(1, 5))
		self.assertEqual(len({draw(1, number) for number in range(12)}), 12)

	def test_a_portrait_is_a_small_square_png(self) -> None:
		content = draw(2026, 3)
		with Image.open(io.BytesIO(content), formats=["PNG"]) as image:
			self.assertEqual(image.size, (SIZE, SIZE))
		self.assertLess(len(content), 20_000)


class TestSettings(unittest.TestCase):
	def test_the_benchs_file_and_the_built_in_settings_agree(self) -> None:
		self.assertEqual(nation_settings(None).as_dict(), NationSettings(date.today()).as_dict())

	def test_a_file_of_settings_is_read(self) -> None:
		with tempfile.TemporaryDirectory() as folder:
			file = Path(folder) / "nation.json"
			file.write_text(
				json.dumps(
					{"seed": 4, "children": 50, "institutions": 5, "as_of": "2025-01-31", "planted": {}}
				)
			)
			settings = nation_settings(file)
		self.assertEqual((settings.seed, settings.children, settings.as_of), (4, 50, date(2025, 1, 31)))
		self.assertEqual(settings.count("old_photo"), 0)

	def test_settings_survive_being_stored(self) -> None:
		settings = NationSettings(date(2026, 1, 2), seed=9, first_numbers={"CH-": 7})
		stored = json.loads(json.dumps(settings.as_dict()))
		self.assertEqual(NationSettings.from_dict(stored, date(2030, 1, 1)).as_dict(), settings.as_dict())

	def test_unknown_defects_are_refused(self) -> None:
		with self.assertRaises(ValueError):
			NationSettings(date(2026, 1, 2), planted={"misspelt": 0.1})
