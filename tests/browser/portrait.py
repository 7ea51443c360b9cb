"""A portrait of nobody, drawn for tests."""

from pathlib import Path

from PIL import Image, ImageDraw

SKIN, HAIR, SHIRT, EYE = "#e0ac83", "#3b2a20", "#2f7f8f", "#2a2320"


def draw(path: Path) -> None:
	"""Write a picture of 1440 × 1800 points, wider than a passport photograph is."""
	image = Image.new("RGB", (480, 600), "#dfeaf0")
	pen = ImageDraw.Draw(image)
	pen.ellipse((60, 440, 420, 800), fill=SHIRT)
	pen.rounded_rectangle((200, 370, 280, 480), 30, fill=SKIN)
	pen.ellipse((125, 110, 355, 330), fill=HAIR)
	pen.ellipse((140, 140, 340, 410), fill=SKIN)
	pen.pieslice((130, 105, 350, 320), 180, 360, fill=HAIR)
	for left in (185, 270):
		pen.ellipse((left, 265, left + 25, 285), fill=EYE)
	pen.arc((195, 300, 285, 365), 20, 160, fill="#a0524a", width=6)
	image.resize((1440, 1800)).save(path)
