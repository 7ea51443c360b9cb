"""What a nation is made from: seed, sizes, the day it is true, and how many defects are planted in it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from types import MappingProxyType

# Share of children; of institutions for over_capacity.
PLANTED = MappingProxyType(
	{
		"missing_number_explained": 0.030,
		"missing_number_unexplained": 0.012,
		"wrong_check_digit": 0.006,
		"missing_photo": 0.020,
		"old_photo": 0.050,
		"duplicate_number": 0.0015,
		"duplicate_name": 0.0012,
		"siblings_apart": 0.0019,
		"over_capacity": 0.040,
	}
)
PAIRED = ("duplicate_number", "duplicate_name", "siblings_apart")
SINGLE = (
	"missing_number_explained",
	"missing_number_unexplained",
	"wrong_check_digit",
	"missing_photo",
	"old_photo",
)
SERIES = ("CH-", "FAM-", "NGO-", "BLD-")


@dataclass(frozen=True)
class NationSettings:
	"""All that a nation depends on. `first_numbers` begins each naming series where the site stands."""

	as_of: date
	seed: int = 2026
	children: int = 7869
	institutions: int = 465
	drawings: int = 200
	planted: Mapping[str, float] = field(default_factory=lambda: PLANTED)
	first_numbers: Mapping[str, int] = field(default_factory=dict)

	def __post_init__(self) -> None:
		if self.institutions < 1 or self.children < self.institutions:
			raise ValueError("A nation needs at least one institution, and a child for each.")
		if self.drawings < 2:
			raise ValueError("A nation needs two drawings at least.")
		if unknown := set(self.planted) - set(PLANTED):
			raise ValueError(f"Unknown defects in the settings: {', '.join(sorted(unknown))}")

	def count(self, defect: str) -> int:
		"""How many of a defect are planted."""
		size = self.institutions if defect == "over_capacity" else self.children
		return round(self.planted.get(defect, 0) * size)

	def first_number(self, series: str) -> int:
		"""Number of the first record of a naming series."""
		return self.first_numbers.get(series, 1)

	def as_dict(self) -> dict:
		"""Plain values that `from_dict` reads back."""
		plain = {
			"as_of": self.as_of.isoformat(),
			"planted": dict(self.planted),
			"first_numbers": dict(self.first_numbers),
		}
		return {
			name: getattr(self, name) for name in ("seed", "children", "institutions", "drawings")
		} | plain

	@classmethod
	def from_dict(cls, values: Mapping, today: date) -> "NationSettings":
		"""Settings from plain values; `as_of` null or absent means `today`."""
		as_of = date.fromisoformat(values["as_of"]) if values.get("as_of") else today
		return cls(**{**values, "as_of": as_of})

	@classmethod
	def from_file(cls, path: Path, today: date) -> "NationSettings":
		"""Settings from a JSON file as `fixtures/demo_nation.json`."""
		return cls.from_dict(json.loads(path.read_text(encoding="utf-8")), today)

	def changed(self, **values) -> "NationSettings":
		"""The same settings with those values that are not None."""
		return replace(self, **{name: value for name, value in values.items() if value is not None})
