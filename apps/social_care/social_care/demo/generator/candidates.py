"""Pairs of files that may be one child, as the hourly search of the registry opens them for the data officer."""

import hashlib
from datetime import timedelta

from social_care.demo.generator.chance import token
from social_care.demo.generator.files import person_name
from social_care.demo.generator.people import Human
from social_care.demo.generator.records import office_hour, record
from social_care.demo.generator.settings import NationSettings


def candidate_row(settings: NationSettings, human: Human) -> dict:
	"""The open Duplicate Candidate of a child whose file is a copy."""
	pair = person_name(settings, human.copy_of), person_name(settings, human.place)
	return record(
		token(settings.seed, "candidate", human.place),
		office_hour(settings.as_of - timedelta(days=2), 30),
		person=pair[0],
		other_person=pair[1],
		pair_key=hashlib.sha256("|".join(sorted(pair)).encode()).hexdigest(),
		reason="Same National Number" if human.number else "Same Name and Birth Date",
		status="Open",
	)
