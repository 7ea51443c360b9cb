"""Where the institutions are and how many children live in each: all that must be known before the first child is made."""

from dataclasses import dataclass, field
from random import Random

from social_care.demo.generator.chance import apportion, stream
from social_care.demo.generator.places import governorates
from social_care.demo.generator.settings import NationSettings
from social_care.demo.generator.units import administrations

LEAST = 4


@dataclass(frozen=True)
class Kind:
	"""An institution type of the nation: its share, the ages it takes, its weight in children."""

	code: str
	share: float
	age_from: int
	age_to: int
	weight: float
	sexes: tuple[str, ...]


KINDS = (
	Kind("CI-01", 0.70, 6, 18, 1.0, ("Any", "Male", "Any", "Female", "Any")),
	Kind("CI-02", 0.10, 2, 6, 0.8, ("Any",)),
	Kind("CI-03", 0.03, 0, 6, 1.2, ("Any",)),
	Kind("CI-04", 0.06, 4, 18, 0.45, ("Any", "Male", "Female")),
	Kind("CI-05", 0.01, 0, 18, 3.0, ("Any",)),
	Kind("CI-06", 0.06, 18, 24, 0.6, ("Male", "Female")),
	Kind("CI-07", 0.04, 6, 18, 1.0, ("Male", "Female")),
)


@dataclass(slots=True)
class Duty:
	"""A planted pair seen from one institution: what kind, whether it holds the first child, and where the other is."""

	defect: str
	is_first: bool
	partner: int
	position: int


@dataclass(slots=True)
class Site:
	"""An institution in the layout. Its children hold the places `first_place` … `first_place + size - 1`."""

	index: int
	governorate: str
	unit: str
	kind: Kind
	sex: str
	size: int = 0
	first_place: int = 0
	first_single: int = 0
	over_capacity: bool = False
	duties: dict[int, Duty] = field(default_factory=dict)

	@property
	def code(self) -> str:
		"""Code of the institution."""
		return f"CI-{self.index + 1:04}"

	@property
	def singles(self) -> int:
		"""How many of its children belong to no planted pair; they come first."""
		return self.size - len(self.duties)


def lay_out(settings: NationSettings) -> list[Site]:
	"""The institutions with their sizes, in the order of the governorates."""
	rng = stream(settings.seed, "layout")
	sites = _place(settings.institutions, rng)
	_give_kinds(sites, rng)
	_give_sizes(sites, settings.children, rng)
	return sites


def _place(count: int, rng: Random) -> list[Site]:
	places = list(governorates().values())
	sites: list[Site] = []
	for place, share in zip(places, apportion(count, [place.weight for place in places]), strict=True):
		units = administrations(place.code)
		for number in range(share):
			unit = units[number] if number < len(units) else rng.choice(units)
			sites.append(Site(len(sites), place.code, unit, KINDS[0], "Any"))
	return sites


def _give_kinds(sites: list[Site], rng: Random) -> None:
	"""Kinds in their shares, mixed over the country; the first institution is a children's home for boys and girls."""
	kinds = []
	for kind, count in zip(KINDS, apportion(len(sites), [kind.share for kind in KINDS]), strict=True):
		kinds += [(kind, kind.sexes[number % len(kind.sexes)]) for number in range(count)]
	first, rest = kinds[0], kinds[1:]
	rng.shuffle(rest)
	for site, (kind, sex) in zip(sites, [first, *rest], strict=True):
		site.kind, site.sex = kind, sex


def _give_sizes(sites: list[Site], children: int, rng: Random) -> None:
	least = min(LEAST, children // len(sites))
	weights = [site.kind.weight * rng.lognormvariate(0, 0.35) for site in sites]
	extra = apportion(children - least * len(sites), weights)
	place = 0
	for site, more in zip(sites, extra, strict=True):
		site.size, site.first_place = least + more, place
		place += site.size
