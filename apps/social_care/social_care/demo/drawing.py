"""Drawn portraits: a friendly round face in flat colours. No photograph of anybody stands behind them."""

import io
from random import Random

from social_care.demo.generator.chance import stream

SIZE = 240
BACKGROUNDS = ("#cfe8ef", "#fde2c4", "#dcefd2", "#e7def3", "#fbd9dd", "#fff0bf", "#d6e4f7", "#e3ecd9")
SKINS = ("#f3cfa8", "#e5b587", "#d39c6b", "#b97f52", "#94623d")
HAIRS = ("#2b1d14", "#3d2817", "#4f3421", "#1c1a1a", "#6b4426")
SHIRTS = ("#2a7f86", "#c8553d", "#5b7db1", "#7a9e4b", "#8a5a9e", "#d39b2a", "#44606e")
SCARVES = ("#3b8d8f", "#b5667b", "#7566a8", "#c98b3f")


def draw(seed: int, number: int) -> bytes:
	"""Portrait `number` as a PNG of SIZE × SIZE points; even numbers are boys, odd ones girls."""
	from PIL import Image, ImageDraw

	rng = stream(seed, "drawing", number)
	image = Image.new("RGB", (SIZE * 2, SIZE * 2), rng.choice(BACKGROUNDS))
	pen = ImageDraw.Draw(image)
	_body(pen, rng)
	_head(pen, rng, is_girl=bool(number % 2))
	_features(pen, rng)
	small = image.resize((SIZE, SIZE), Image.Resampling.LANCZOS).quantize(48)
	file = io.BytesIO()
	small.save(file, "PNG")
	return file.getvalue()


def _box(x: float, y: float, across: float, down: float) -> tuple[int, int, int, int]:
	"""Corners of a shape around a middle, in hundredths of the picture; whole points, as `chord` needs them."""
	scale = SIZE * 2 / 100
	left, top, right, bottom = x - across, y - down, x + across, y + down
	return round(left * scale), round(top * scale), round(right * scale), round(bottom * scale)


def _body(pen, rng: Random) -> None:
	shirt = rng.choice(SHIRTS)
	pen.rounded_rectangle(_box(50, 100, rng.uniform(27, 33), 25), radius=SIZE // 4, fill=shirt)
	if rng.random() < 0.5:
		pen.rectangle(_box(50, rng.uniform(86, 92), 26, 1.6), fill="#ffffff")


def _head(pen, rng: Random, is_girl: bool) -> None:
	skin, hair = rng.choice(SKINS), rng.choice(HAIRS)
	width, height = rng.uniform(19, 22), rng.uniform(22, 25)
	if is_girl:
		_long_hair(pen, rng, hair, width, height)
	else:
		pen.ellipse(_box(50, 44 - rng.uniform(3, 6), width + 1, height - 2), fill=hair)
	pen.rectangle(_box(50, 70, 6, 8), fill=skin)
	for side in (-1, 1):
		pen.ellipse(_box(50 + side * width, 50, 3.4, 4.4), fill=skin)
	pen.ellipse(_box(50, 50, width, height), fill=skin)
	fringe = rng.randrange(5, 9)
	pen.chord(_box(50, 46, width + 0.6, height - 2), 200 - fringe, 340 + fringe, fill=hair)


def _long_hair(pen, rng: Random, hair: str, width: float, height: float) -> None:
	style = rng.choice(("long", "tails", "scarf"))
	if style == "scarf":
		pen.ellipse(_box(50, 48, width + 6, height + 7), fill=rng.choice(SCARVES))
		return
	pen.ellipse(_box(50, 44, width + 3, height), fill=hair)
	if style == "long":
		pen.rounded_rectangle(_box(50, 62, width + 3, 20), radius=SIZE // 6, fill=hair)
		return
	for side in (-1, 1):
		pen.ellipse(_box(50 + side * (width + 6), 52, 6, 13), fill=hair)


def _features(pen, rng: Random) -> None:
	height = rng.uniform(48, 52)
	eye = rng.uniform(1.9, 2.7)
	for side in (-1, 1):
		x = 50 + side * 8
		pen.ellipse(_box(x, height, eye, eye * 1.15), fill="#241a14")
		pen.ellipse(_box(x + 0.7, height - 0.8, 0.7, 0.7), fill="#ffffff")
		pen.arc(_box(x, height - 4, 4, 3), 200, 340, fill="#3b2a1e", width=SIZE // 60)
		pen.ellipse(_box(50 + side * 13, height + 8, 3, 2), fill="#e59a86")
	pen.arc(_box(50, height + 7, 1.6, 1.6), 20, 160, fill="#8a5a3c", width=SIZE // 80)
	pen.arc(_box(50, height + 9, rng.uniform(5, 8), 5), 25, 155, fill="#8c3b33", width=SIZE // 45)
	if rng.random() < 0.12:
		for side in (-1, 1):
			pen.ellipse(_box(50 + side * 8, height, 5.6, 5.6), outline="#37474f", width=SIZE // 70)
		pen.line(
			(_box(47.6, height, 0, 0)[:2], _box(52.4, height, 0, 0)[:2]), fill="#37474f", width=SIZE // 70
		)
