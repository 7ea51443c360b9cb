"""How far two places lie apart."""

from functools import lru_cache
from math import asin, cos, radians, sin, sqrt
from typing import NamedTuple

EARTH_KM = 6371.0088  # mean radius
SAME_GOVERNORATE, OTHER_GOVERNORATE = (
	30.0,
	300.0,
)  # where no coordinates are known: nearer than what is certainly far


class Point(NamedTuple):
	"""Degrees north and east; None where an institution has no coordinates. Then the governorate tells near from far."""

	latitude: float | None = None
	longitude: float | None = None
	governorate: str = ""


@lru_cache(maxsize=200_000)
def kilometres(one: Point, other: Point) -> float:
	"""Along the great circle; without coordinates an estimate by governorate."""
	if None in (one.latitude, one.longitude, other.latitude, other.longitude):
		return SAME_GOVERNORATE if one.governorate == other.governorate else OTHER_GOVERNORATE
	north, south = radians(one.latitude), radians(other.latitude)
	half = sin((south - north) / 2) ** 2
	half += cos(north) * cos(south) * sin(radians(other.longitude - one.longitude) / 2) ** 2
	return 2 * EARTH_KM * asin(sqrt(half))
