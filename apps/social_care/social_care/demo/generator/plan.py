"""Which defects are planted where. The plan is drawn from seed and sizes alone; its counts are exact."""

from social_care.demo.generator.chance import Scatter, stream
from social_care.demo.generator.layout import Duty, Site, lay_out
from social_care.demo.generator.settings import PAIRED, SINGLE, NationSettings


class TooManyDefects(ValueError):
	"""The nation is too small for the defects that its settings ask for."""


class Plan:
	"""The layout of a nation with its planted defects."""

	def __init__(self, settings: NationSettings) -> None:
		self.settings = settings
		self.sites = lay_out(settings)
		self.plant_over_capacity()
		self.plant_pairs()
		self.single_places = self.number_singles()
		self.scatter = Scatter(self.single_places, stream(settings.seed, "singles"))
		if sum(settings.count(defect) for defect in SINGLE) > self.single_places:
			raise TooManyDefects("More defects are planted than there are children.")

	def plant_over_capacity(self) -> None:
		"""Mark institutions that have more children than places."""
		fit = [site for site in self.sites if site.size > 1]
		count = self.settings.count("over_capacity")
		if count > len(fit):
			raise TooManyDefects(
				"More institutions are planted over capacity than there are with two children."
			)
		for site in stream(self.settings.seed, "over").sample(fit, count):
			site.over_capacity = True

	def plant_pairs(self) -> None:
		"""Bind two children in two institutions of one kind for each planted pair; a site keeps children without."""
		wanted = [defect for defect in PAIRED for _ in range(self.settings.count(defect))]
		for defect in wanted:
			first, second = self._next_pair()
			positions = first.singles - 1, second.singles - 1
			first.duties[positions[0]] = Duty(defect, True, second.index, positions[1])
			second.duties[positions[1]] = Duty(defect, False, first.index, positions[0])

	def _next_pair(self) -> tuple[Site, Site]:
		if not hasattr(self, "_pairs"):
			self._pairs = self._neighbours()
			stream(self.settings.seed, "pairs").shuffle(self._pairs)
			self._turn = 0
		for _ in range(len(self._pairs)):
			first, second = self._pairs[self._turn % len(self._pairs)]
			self._turn += 1
			if min(first.singles, second.singles) > 2:
				return first, second
		raise TooManyDefects(
			"Too few institutions of one kind for the planted pairs; make the nation bigger or the shares smaller."
		)

	def _neighbours(self) -> list[tuple[Site, Site]]:
		"""Pairs of institutions that take the same children, next to each other in the order of governorates."""
		alike: dict[tuple, list[Site]] = {}
		for site in self.sites:
			alike.setdefault((site.kind.code, site.sex), []).append(site)
		return [pair for group in alike.values() for pair in zip(group[::2], group[1::2], strict=False)]

	def number_singles(self) -> int:
		"""Number the children who belong to no pair through the whole nation."""
		total = 0
		for site in self.sites:
			site.first_single = total
			total += site.singles
		return total

	def single_defect(self, site: Site, position: int) -> str | None:
		"""The defect of a child who belongs to no pair."""
		spot = self.scatter(site.first_single + position)
		for defect in SINGLE:
			count = self.settings.count(defect)
			if spot < count:
				return defect
			spot -= count
		return None

	def expected(self) -> dict[str, int]:
		"""How many of each defect a complete search finds. Both children of a pair of one name lack a number, with reason."""
		counts = {defect: self.settings.count(defect) for defect in (*SINGLE, *PAIRED, "over_capacity")}
		counts["missing_number_explained"] += 2 * counts["duplicate_name"]
		return counts
