"""Governorates with their districts, and points on the map."""

from dataclasses import dataclass
from functools import cache
from random import Random

from social_care.demo.generator.data_files import bundled
from social_care.setup.tables import table

# Names of governorates as `egygeo` writes them, where they differ from ours.
POINT_NAMES = {"19": "الاسماعيلية", "31": "البحر الاحمر"}


@dataclass(frozen=True)
class Governorate:
	"""A governorate; `weight` is its share of the institutions of the nation."""

	code: str
	name: str
	directorate: str
	directorate_en: str
	weight: int
	districts: tuple[str, ...]


@cache
def governorates() -> dict[str, Governorate]:
	"""The governorates by code, in the order of the codes."""
	extra = bundled("districts")
	rows = [row for row in table("governorates") if row["governorate_code"] in extra]
	return {row["governorate_code"]: _governorate(row, extra[row["governorate_code"]]) for row in rows}


def _governorate(row: dict[str, str], extra: dict) -> Governorate:
	names = row["governorate_code"], row["governorate_name"], row["directorate_ar"], row["directorate_en"]
	return Governorate(*names, extra["weight"], tuple(extra["districts"]))


@cache
def _centre(governorate: str) -> tuple[float, float]:
	from egygeo import get_coordinates

	return get_coordinates(POINT_NAMES.get(governorate, governorates()[governorate].name))


def point_near(governorate: str, rng: Random) -> tuple[float, float]:
	"""Latitude and longitude within about three kilometres of the governorate's centre."""
	latitude, longitude = _centre(governorate)
	return round(latitude + rng.uniform(-0.03, 0.03), 5), round(longitude + rng.uniform(-0.03, 0.03), 5)
