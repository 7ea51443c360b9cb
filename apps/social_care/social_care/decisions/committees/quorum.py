"""How many members have to be present, and what the votes decide. Pure: numbers in, an answer out."""

from dataclasses import dataclass
from math import ceil, floor


@dataclass(frozen=True)
class Rule:
	"""The quorum of one kind of committee: a share of its voting members in per cent, and a least number of them.

	`more_than`: the share has to be exceeded («more than half»), not only reached.
	"""

	share: float
	more_than: bool
	least: int

	def needed(self, voters: int) -> int:
		"""Voting members who have to be present of so many."""
		part = round(voters * self.share / 100, 6)
		by_share = floor(part) + 1 if self.more_than and self.share else ceil(part)
		return max(by_share, self.least, 1)


@dataclass(frozen=True)
class Votes:
	"""Votes on one decision as it is written: for it, against it, abstained."""

	given_for: int
	against: int
	abstained: int

	@property
	def counted(self) -> int:
		return self.given_for + self.against + self.abstained

	def carried(self) -> bool:
		"""More for than against."""
		return self.given_for > self.against

	def equal(self) -> bool:
		"""As many for as against, and somebody voted."""
		return self.given_for == self.against and self.given_for > 0
