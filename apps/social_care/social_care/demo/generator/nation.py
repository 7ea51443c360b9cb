"""The whole nation as a stream of rows, in bounded memory."""

from collections.abc import Iterator
from functools import cached_property

from social_care.demo.generator.candidates import candidate_row
from social_care.demo.generator.case_work import Worker
from social_care.demo.generator.chance import stream
from social_care.demo.generator.families import facts, family_name, family_rows
from social_care.demo.generator.files import FileMaker
from social_care.demo.generator.history import stays
from social_care.demo.generator.institutions import InstitutionMaker, institution_name
from social_care.demo.generator.layout import Site
from social_care.demo.generator.moves import Mover
from social_care.demo.generator.people import Household, People
from social_care.demo.generator.plan import Plan
from social_care.demo.generator.rooms import education_rows, health_rows, paper_rows, placement_rows
from social_care.demo.generator.settings import NationSettings
from social_care.demo.generator.staff import staff_rows
from social_care.demo.generator.units import unit_rows

Row = tuple[str, dict]


class Nation:
	"""A nation made from settings. Each method is a stream of (DocType, row); asked again, it gives the same rows.

	Only the layout (one small record for each institution) is kept in memory.
	"""

	def __init__(self, settings: NationSettings) -> None:
		self.settings = settings
		self.plan = Plan(settings)

	@property
	def sites(self) -> list[Site]:
		"""The institutions of the layout."""
		return self.plan.sites

	@cached_property
	def people(self) -> People:
		"""Who lives in each institution."""
		return People(self.plan)

	def units(self) -> Iterator[Row]:
		"""Org Unit."""
		for row in unit_rows():
			yield "Org Unit", row

	def institutions(self) -> Iterator[Row]:
		"""Association, Institution, Institution Staff Count, Building."""
		maker = InstitutionMaker(self.plan)
		for site in self.sites:
			yield from maker.rows(site)

	def staff(self) -> Iterator[Row]:
		"""User, Has Role, Staff Assignment, Data Officer and what a user needs to log in."""
		yield from staff_rows(self.settings, self.sites)

	def children(self) -> Iterator[Row]:
		"""Every child with family, placements, school, papers, health and case work, institution by institution."""
		for site in self.sites:
			yield from self.children_of(site)

	def children_of(self, site: Site) -> Iterator[Row]:
		"""The children of one institution."""
		for household in self.people.households(site):
			yield from self._household(household)

	def expected(self) -> dict[str, int]:
		"""How many of each planted defect there are."""
		return self.plan.expected()

	def _household(self, household: Household) -> Iterator[Row]:
		settings, second = self.settings, household.is_second_part
		rng = stream(settings.seed, "household", household.head, household.site.index)
		shared = facts(household, stream(settings.seed, "facts", household.head))
		home, way = institution_name(settings, household.site), stays(self.plan, household, rng)
		maker = FileMaker(settings, household, way, family_name(settings, household), shared, home)
		mover = Mover(settings, self.sites, household, way)
		if maker.family and not second:
			yield from family_rows(settings, household, shared, maker.entered_on(rng), rng)
		for human in household.humans:
			person, child = maker.rows(human, rng)
			placements = list(placement_rows(settings, self.sites, child, human, maker.stays, rng))
			changes = list(mover.rows(human, child, [row for _, row in placements]))
			yield "Person", person
			yield "Child", child
			yield from (*placements, *changes)
			yield from education_rows(settings, child, human, rng)
			yield from paper_rows(settings, child, human, rng)
			yield from health_rows(settings, child, human, rng)
			yield from Worker(settings, child, human).rows()
			if human.is_copy:
				yield "Duplicate Candidate", candidate_row(settings, human)
			if child["photo"]:
				yield "File", maker.file_row(child, human, rng)


def generate(settings: NationSettings) -> Iterator[Row]:
	"""Every row of the nation, units and users first, in an order in which links point backwards."""
	nation = Nation(settings)
	yield from nation.units()
	yield from nation.institutions()
	yield from nation.staff()
	yield from nation.children()
