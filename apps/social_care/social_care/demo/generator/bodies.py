"""Height and weight of the children of the nation: about the median of their age and sex, a few of them far from it."""

from datetime import date
from itertools import pairwise

from social_care.demo.generator.chance import stream
from social_care.demo.generator.people import Human

# Years, centimetres and kilograms of boys about the median.
CURVE = (
	*((0, 50, 3.4), (1, 75.5, 9.6), (2, 87.5, 12.2), (4, 103, 16.3), (6, 116, 20.5), (8, 127, 25.4)),
	*((10, 138, 31.5), (12, 149, 40), (14, 163, 51), (16, 173, 61), (18, 176, 67), (30, 176, 70)),
)
GIRL_FROM, GIRL = 13, (0.95, 0.93)  # years from which girls are shorter and lighter, and by how much
SHORT, HEAVY = 0.05, 0.06  # shares of those who are to be looked at


def measured(seed: int, name: str, human: Human, day: date) -> dict[str, float]:
	"""Columns of a health row; `name` is the code of the file."""
	rng = stream(seed, "body", name)
	years = max((day - human.birth).days / 365.25, 0.05)
	height, weight = at(years)
	if human.sex == "Female" and years > GIRL_FROM:
		height, weight = height * GIRL[0], weight * GIRL[1]
	shape = rng.random()
	height *= 0.89 if shape < SHORT else rng.uniform(0.965, 1.03)
	weight *= 1.42 if shape > 1 - HEAVY else rng.uniform(0.93, 1.08)
	head = round(34.5 + 13 * min(years, 5) ** 0.5 * 0.52, 1) if years < 2 else 0
	return {"height_cm": round(height, 1), "weight_kg": round(weight, 1), "head_cm": head}


def at(years: float) -> tuple[float, float]:
	"""Between the two nearest points of the curve."""
	for (low, height, weight), (high, taller, heavier) in pairwise(CURVE):
		if years <= high:
			share = (years - low) / (high - low)
			return height + share * (taller - height), weight + share * (heavier - weight)
	return CURVE[-1][1:]
