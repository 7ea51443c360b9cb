"""The plan of the families in the demonstration nation: how many there are of what, and the days of each, told by the seed alone.

Children who live with a family live in no institution, so they change none of the nation's counts. Whoever was returned lives with a second
family since: what was planted is told by the endings.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from social_care.demo.generator.chance import choose, stream
from social_care.demo.generator.nation import Nation

from social_care_kafala.kafala.endings import words
from social_care_kafala.kafala.path import states

# Of the standard nation: 12,300 children in 12,000 families for its 7,869 in institutions. Others in proportion.
STANDARD = 7869
CHILDREN, SIBLINGS, BROKEN, OF_AGE, HOME, APPLICATIONS = 12_300, 300, 740, 150, 80, 1_500
OPEN = (*states.STEPS[: states.STEPS.index(states.INTEGRATION)], states.REJECTED, states.WITHDRAWN)
KINDS = ((states.COUPLE, 82), ("Widow", 6), ("Divorced Woman", 5), ("Never-Married Woman", 7))
# Months of age at the hand-over; who breaks down was older.
AGES = (((2, 12), 55), ((12, 36), 25), ((36, 72), 14), ((72, 120), 6))
OLDER = (((2, 12), 25), ((12, 36), 25), ((36, 72), 28), ((72, 120), 22))
ENDED_BY = ((words.RETURN, 76), (words.REMOVAL, 9), (words.TRANSFER, 15))
CAUSES = (
	*(("KE-01", 17), ("KE-02", 12), ("KE-03", 8), ("KE-04", 9), ("KE-05", 12), ("KE-06", 4), ("KE-07", 14)),
	*(("KE-08", 3), ("KE-09", 11), ("KE-10", 5), ("KE-11", 2), ("KE-15", 2), ("KE-99", 1)),
)
DANGERS = (("KE-12", 5), ("KE-13", 4), ("KE-14", 1))
MONTH = timedelta(days=30.4375)


@dataclass(frozen=True)
class Sizes:
	"""How many of what a nation has."""

	children: int
	siblings: int
	broken: int
	of_age: int
	home: int
	applications: int


@dataclass
class Kafala:
	"""One file: a family and, from the hand-over on, a child."""

	key: str
	unit: str
	governorate: str
	kind: str
	status: str
	applied: date
	rng: Random
	family: str
	child: str | None = None
	handed: date | None = None
	ended: date | None = None
	ending: str = ""
	cause: str | None = None

	@property
	def approved(self) -> date | None:
		"""Some four months after the application; None before the committee."""
		undecided = (*states.UNDECIDED, states.REJECTED, states.WITHDRAWN)
		return None if self.status in undecided else self.applied + timedelta(days=self.days_to_decision)

	@property
	def days_to_decision(self) -> int:
		return (60 if self.handed else 30) + hash_of(self.key) % 60


@dataclass
class Childhood:
	"""A child with all kafalas of his, and where he lived in between."""

	number: int
	sex: str
	birth: date
	kafalas: list[Kafala] = field(default_factory=list)


def hash_of(text: str) -> int:
	"""A number that a text always has."""
	return sum(ord(sign) * (place + 7) for place, sign in enumerate(text))


def sizes(nation: Nation) -> Sizes:
	share = nation.settings.children / STANDARD
	return Sizes(
		*(round(number * share) for number in (CHILDREN, SIBLINGS, BROKEN, OF_AGE, HOME, APPLICATIONS))
	)


def is_spread(number: int, part: int, whole: int) -> bool:
	"""Whether a number is one of `part` that lie evenly among `whole`."""
	return (number + 1) * part // whole != number * part // whole


def childhoods(nation: Nation) -> Iterator[Childhood]:
	"""Children who live with a family, then those whose kafala has ended as it should."""
	size = sizes(nation)
	for number in range(size.children + size.of_age + size.home):
		yield childhood(nation, size, number)


def childhood(nation: Nation, size: Sizes, number: int) -> Childhood:
	rng = stream(nation.settings.seed, "kafala child", number)
	as_of, child = nation.settings.as_of, f"CHK-{number:06}"
	sex = rng.choice(("Male", "Female"))
	if number >= size.children:
		return grown(nation, rng, Childhood(number, sex, as_of), child, number < size.children + size.of_age)
	brothers = 2 * size.siblings
	broken = number >= brothers and is_spread(number - brothers, size.broken, size.children - brothers)
	low, high = choose_range(rng, OLDER if broken else AGES)
	age = MONTH * rng.uniform(low, high)
	longest = min(timedelta(days=365 * 15), timedelta(days=int(365.25 * 20.5)) - age)
	lived = timedelta(days=45) + (longest - timedelta(days=45)) * rng.betavariate(1.1, 2.4)
	handed = as_of - lived
	if broken:
		handed = min(handed, as_of - timedelta(days=400))
		return with_breakdown(nation, rng, Childhood(number, sex, handed - age), child, handed)
	found = Childhood(number, sex, handed - age)
	brother = number % 2 == 1 and number < brothers
	family = f"KFAM-{number - 1 if brother else number:06}"
	found.kafalas = [running(nation, rng, found, child, handed, family, number - 1 if brother else number)]
	return found


def choose_range(rng: Random, ranges: tuple) -> tuple[int, int]:
	return rng.choices([value for value, _ in ranges], [weight for _, weight in ranges])[0]


def running(
	nation: Nation, rng: Random, found: Childhood, child: str, handed: date, family: str, home: int
) -> Kafala:
	"""The kafala in which the child lives."""
	days = (nation.settings.as_of - handed).days
	status = states.INTEGRATION if days < 60 else states.CARD if days < 75 else states.FOLLOW_UP
	return kafala(nation, f"KF-DEMO-{found.number:06}", home, rng, status, handed, family, child=child)


def kafala(
	nation: Nation, key: str, home: int, rng: Random, status: str, handed: date, family: str, **values
) -> Kafala:
	"""A file whose family lives where its number says; it applied before the hand-over."""
	place = stream(nation.settings.seed, "kafala home", home)
	site = place.choices(nation.sites, [site.size for site in nation.sites])[0]
	kind = choose(place, KINDS)
	applied = handed - timedelta(days=170 + rng.randrange(120))
	return Kafala(
		key, site.unit, site.governorate, kind, status, applied, rng, family, handed=handed, **values
	)


def with_breakdown(nation: Nation, rng: Random, found: Childhood, child: str, handed: date) -> Childhood:
	"""A first family that gave the child up, or from which it was taken; since then a second one."""
	as_of = nation.settings.as_of
	lasted = timedelta(
		days=40 + int(min(rng.expovariate(1 / 550), 0.9 * max((as_of - handed).days - 200, 30)))
	)
	ending = choose(rng, ENDED_BY)
	ended = handed + lasted
	gap = timedelta(days=0 if ending == words.TRANSFER else 30 + rng.randrange(60))
	second = min(ended + gap, as_of - timedelta(days=20))
	ended = min(ended, second - gap)
	cause = choose(rng, DANGERS if ending == words.REMOVAL else CAUSES)
	number, key = found.number, f"KF-DEMO-B{found.number:06}"
	first = kafala(
		nation, key, number + 10**6, rng, states.ENDED, handed, f"KFAM-B{number:06}", child=child,
		ended=ended, ending=ending, cause=cause,
	)  # fmt: skip
	found.kafalas = [first, running(nation, rng, found, child, second, f"KFAM-{number:06}", number)]
	return found


def grown(nation: Nation, rng: Random, found: Childhood, child: str, of_age: bool) -> Childhood:
	"""Whose kafala has ended as it should: at 21, or in the family of origin."""
	as_of = nation.settings.as_of
	ended = as_of - timedelta(days=20 + rng.randrange(700))
	years = 21 if of_age else rng.uniform(3, 14)
	birth = ended - timedelta(days=int(365.25 * years) + (rng.randrange(1, 60) if of_age else 0))
	age = MONTH * rng.uniform(4, 30)
	ending = words.OF_AGE if of_age else words.REINTEGRATION
	number = found.number
	first = kafala(
		nation, f"KF-DEMO-{number:06}", number, rng, states.ENDED, birth + age, f"KFAM-{number:06}", child=child,
		ended=ended, ending=ending, cause=None if of_age else "KE-16",
	)  # fmt: skip
	return Childhood(number, found.sex, birth, [first])


def applications(nation: Nation) -> Iterator[Kafala]:
	"""Families without a child yet, in every step, and those that were rejected or withdrew."""
	size = sizes(nation)
	for number in range(size.applications):
		rng = stream(nation.settings.seed, "kafala application", number)
		status = OPEN[number % len(OPEN)]
		step = states.STEPS.index(status) if status in states.STEPS else 6
		age = timedelta(days=3 + step * 16 + rng.randrange(14))
		if status in (states.REJECTED, states.WITHDRAWN):
			age = timedelta(days=100 + rng.randrange(700))
		as_of = nation.settings.as_of
		found = kafala(
			nation, f"KF-DEMO-A{number:06}", number + 2 * 10**6, rng, status, as_of, f"KFAM-A{number:06}"
		)
		found.handed, found.applied = None, as_of - age
		yield found
