"""Who the children are: households with names, ages and numbers, made institution by institution."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from random import Random

from social_care.demo.generator import national_number
from social_care.demo.generator.chance import stream
from social_care.demo.generator.layout import Duty, Site
from social_care.demo.generator.names import CHRISTIAN, MUSLIM, name_book, spelled_otherwise
from social_care.demo.generator.plan import Plan
from social_care.demo.generator.records import clamp

YEAR = timedelta(days=365)
YOUNGEST = timedelta(days=520)
KNOWN, KARIM, UNCLEAR = "Known", "Karim Al-Nasab", "Under Investigation"
PARENTAGE = {"CI-03": (20, 75, 5), "CI-02": (45, 50, 5), "CI-07": (75, 10, 15)}
FOREIGN = ("Sudan", "Syria", "Yemen", "South Sudan")


@dataclass(frozen=True)
class Human:
	"""One child: where in the nation, names, birth, number, and what is wrong with the file."""

	place: int
	sex: str
	religion: str
	names: tuple[str, str, str, str]
	birth: date
	birth_governorate: str
	number: str | None
	nationality: str = "Egypt"
	defect: str | None = None
	copy_of: int | None = None

	@property
	def is_copy(self) -> bool:
		"""Whether the same child has a file in another institution too, made before this one."""
		return self.copy_of is not None


@dataclass
class Household:
	"""Children of one family (or one child without) who live in one institution."""

	head: int
	site: Site
	parentage: str
	humans: list[Human] = field(default_factory=list)
	is_second_part: bool = False


class People:
	"""Makes the children of any institution by itself, in any order."""

	def __init__(self, plan: Plan) -> None:
		self.plan = plan
		self.settings = plan.settings
		self.book = name_book()

	def households(self, site: Site) -> Iterator[Household]:
		"""Every household of an institution: first those without a planted pair, then the paired children."""
		rng = stream(self.settings.seed, "people", site.index)
		position = 0
		while position < site.singles:
			parentage = self._parentage(rng, site)
			size = self._family_size(rng, site.singles - position) if parentage == KNOWN else 1
			yield self._household(rng, site, position, size, parentage)
			position += size
		for position in range(site.singles, site.size):
			yield self._paired(site, position, site.duties[position])

	def _parentage(self, rng: Random, site: Site) -> str:
		return rng.choices((KNOWN, KARIM, UNCLEAR), PARENTAGE.get(site.kind.code, (64, 31, 5)))[0]

	def _family_size(self, rng: Random, room: int) -> int:
		return min(rng.choices((1, 2, 3, 4), (68, 22, 8, 2))[0], room)

	def _household(self, rng: Random, site: Site, position: int, size: int, parentage: str) -> Household:
		head = site.first_place + position
		household = Household(head, site, parentage)
		religion = CHRISTIAN if rng.random() < 0.07 else MUSLIM
		lineage = self.book.lineage(rng, religion, head)
		taken = lineage[:1]
		for number, wanted in enumerate(self._births(rng, site, size)):
			human = self._human(rng, site, head + number, religion, lineage, taken, wanted)
			taken += human.names[:1]
			defect = self.plan.single_defect(site, position + number)
			household.humans.append(self._spoilt(rng, human, defect))
		return household

	def _human(
		self, rng: Random, site: Site, place: int, religion: str, lineage: tuple, taken: tuple, wanted: date
	) -> Human:
		sex = site.sex if site.sex != "Any" else rng.choice(("Male", "Female"))
		names = (self.book.first_name(rng, religion, sex, taken), *lineage)
		birth = self._fitting(wanted, place)
		governorate = site.governorate if rng.random() < 0.85 else rng.choice(self.plan.sites).governorate
		return Human(
			place,
			sex,
			religion,
			names,
			birth,
			governorate,
			national_number.make(birth, governorate, sex, place),
		)

	def _births(self, rng: Random, site: Site, size: int) -> Iterator[date]:
		"""Wanted birth dates, the oldest first: each from the first part of an own section of the ages the site takes."""
		earliest, latest = self.window(site)
		section = (latest - earliest) / size
		for number in range(size):
			yield earliest + section * number + section * rng.random() * (1 if size == 1 else 0.6)

	def window(self, site: Site) -> tuple[date, date]:
		"""First and last birth date of children of the ages that an institution takes."""
		earliest = self.settings.as_of - YEAR * site.kind.age_to
		latest = self.settings.as_of - max(YEAR * site.kind.age_from + timedelta(days=10), YOUNGEST)
		slack = timedelta(
			days=min(national_number.rounds_of(self.settings.children), (latest - earliest).days // 2)
		)
		return earliest, latest - slack

	def _fitting(self, wanted: date, place: int) -> date:
		birth = national_number.fit_date(wanted, place, self.settings.children)
		youngest = self.settings.as_of - timedelta(days=450)
		rounds = timedelta(days=national_number.rounds_of(self.settings.children))
		return birth if birth <= youngest else birth - rounds * -(-(birth - youngest) // rounds)

	def _spoilt(self, rng: Random, human: Human, defect: str | None) -> Human:
		if defect == "wrong_check_digit":
			return replace(human, number=national_number.spoil(human.number), defect=defect)
		if defect == "missing_number_explained" and rng.random() < 0.25:
			return replace(
				human, number=None, nationality=rng.choice(FOREIGN), birth_governorate="88", defect=defect
			)
		if defect and defect.startswith("missing_number"):
			return replace(human, number=None, defect=defect)
		return replace(human, defect=defect)

	def _paired(self, site: Site, position: int, duty: Duty) -> Household:
		home = site if duty.is_first else self.plan.sites[duty.partner]
		origin = self._origin(home, position if duty.is_first else duty.position, duty.defect)
		if duty.is_first:
			return origin
		place = site.first_place + position
		if duty.defect == "siblings_apart":
			return self._sibling(origin, site, place)
		return Household(place, site, UNCLEAR, [self._copy(origin.humans[0], place)])

	def _origin(self, site: Site, position: int, defect: str) -> Household:
		"""The first child of a pair, as its own institution knows it."""
		place = site.first_place + position
		rng = stream(self.settings.seed, "pair", place)
		lineage = self.book.lineage(rng, MUSLIM, place)
		wanted = next(self._births(rng, site, 1))
		human = self._human(rng, site, place, MUSLIM, lineage, lineage[:1], wanted)
		if defect == "duplicate_name":
			human = replace(human, number=None)
		return Household(place, site, KNOWN, [replace(human, defect=defect)])

	def _copy(self, human: Human, place: int) -> Human:
		names = tuple(spelled_otherwise(name) for name in human.names)
		return replace(human, place=place, names=names, copy_of=human.place)

	def _sibling(self, origin: Household, site: Site, place: int) -> Household:
		"""Brother or sister of `origin`, about two years apart."""
		rng = stream(self.settings.seed, "pair", place)
		elder = origin.humans[0]
		earliest, latest = self.window(site)
		gap = timedelta(days=rng.randrange(500, 900)) * (
			1 if elder.birth < earliest + (latest - earliest) / 2 else -1
		)
		lineage, taken = elder.names[1:], elder.names[:2]
		human = self._human(
			rng, site, place, elder.religion, lineage, taken, clamp(elder.birth + gap, earliest, latest)
		)
		return Household(
			origin.head, site, KNOWN, [replace(human, defect=origin.humans[0].defect)], is_second_part=True
		)
