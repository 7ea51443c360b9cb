"""What followed the campaign: corrective action plans, critical institutions, closings. A builder of the core's."""

from collections.abc import Iterator

from social_care.demo.generator.nation import Nation, Row

from social_care_inspections.demo.closings import case_rows
from social_care_inspections.demo.plans_of_correction import (
	correction_rows,
	critical_rows,
	critical_state,
	plan_of,
)
from social_care_inspections.demo.slots import slots_of


def build(nation: Nation) -> Iterator[Row]:
	"""Plans with their actions, follow-ups of critical institutions, closings with the children to place."""
	for site in nation.sites:
		slots = slots_of(nation, site)
		for slot in slots:
			if state := plan_of(slot):
				yield from correction_rows(slot, state)
		if state := critical_state(slots):
			yield from critical_rows(slots, state)
	yield from case_rows(nation)
