"""What people reported: complaints about institutions, and calls that a team was sent out to. A builder of the core's."""

from collections.abc import Iterator

from social_care.demo.generator.nation import Nation, Row

from social_care_inspections.demo.complaints import complaint_rows
from social_care_inspections.demo.interventions import intervention_rows


def build(nation: Nation) -> Iterator[Row]:
	"""Complaints with their senders, rapid interventions with their teams."""
	yield from complaint_rows(nation)
	yield from intervention_rows(nation)
