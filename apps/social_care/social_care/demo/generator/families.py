"""Families of origin, and what is known of a household besides its children's own data."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from random import Random

from social_care.demo.generator import user_names
from social_care.demo.generator.chance import choose
from social_care.demo.generator.data_files import bundled
from social_care.demo.generator.files import FOUND, ORPHANHOOD, REASONS
from social_care.demo.generator.names import MUSLIM, name_book
from social_care.demo.generator.people import KNOWN, Household
from social_care.demo.generator.places import governorates
from social_care.demo.generator.records import record, table_row
from social_care.demo.generator.settings import NationSettings
from social_care.registry.arabic import normalise

DEAD = {
	"Father Deceased": {"Father"},
	"Mother Deceased": {"Mother"},
	"Both Parents Deceased": {"Father", "Mother"},
}
RELATIVES = (
	"Grandmother",
	"Grandfather",
	"Paternal Uncle",
	"Maternal Aunt",
	"Maternal Uncle",
	"Paternal Aunt",
)


def family_name(settings: NationSettings, household: Household) -> str | None:
	"""Name of the family's record; None where no family is known."""
	if household.parentage != KNOWN:
		return None
	return f"FAM-{settings.first_number('FAM-') + household.head:07}"


def facts(household: Household, rng: Random) -> dict:
	"""Status that the children of a household share, and the mother's name."""
	parentage = household.parentage
	shared = {
		"how_found": choose(rng, FOUND[parentage]),
		"admission_reason": choose(rng, REASONS[parentage]),
		"legal_status": choose(rng, (("No Procedure", 80), ("Prosecution Decision", 15), ("At Risk", 5))),
	}
	if parentage != KNOWN:
		return shared
	orphanhood = choose(rng, ORPHANHOOD)
	if shared["admission_reason"] == "AR-03" and orphanhood == "Both Parents Alive":
		orphanhood = "Father Deceased"
	return shared | {"orphanhood": orphanhood, "mother_full_name": _mother(household, rng)}


def _mother(household: Household, rng: Random) -> str:
	book, religion = name_book(), household.humans[0].religion
	lineage = book.lineage(rng, religion, rng.randrange(10**6))
	return " ".join((book.first_name(rng, religion, "Female"), *lineage))


def family_rows(
	settings: NationSettings, household: Household, shared: dict, entered: datetime, rng: Random
) -> Iterator[tuple[str, dict]]:
	"""The Family row and its members, entered by the institution of the first child."""
	site, child = household.site, household.humans[0]
	title = f"أسرة {' '.join(child.names[1:])}"
	family = record(
		family_name(settings, household),
		entered,
		user_names.entry_user(site.code),
		naming_series="FAM-.#######",
		family_title=title,
		search_name=normalise(title),
		registering_unit=site.unit,
		registering_institution=site.code,
		governorate=site.governorate,
		address=f"{rng.choice(governorates()[site.governorate].districts)}، {governorates()[site.governorate].name}",
		reintegration_possibility=choose(
			rng, (("Good", 15), ("Possible", 35), ("Unlikely", 35), ("Not Possible", 15))
		),
		social_situation=rng.choice(bundled("words")["social_situations"]),
	)
	yield "Family", family
	for number, member in enumerate(_members(settings, household, shared, rng), 1):
		yield "Family Member", table_row(family, "Family", "members", number, **member)


def _members(settings: NationSettings, household: Household, shared: dict, rng: Random) -> Iterator[dict]:
	child = household.humans[0]
	dead = DEAD.get(shared["orphanhood"], set())
	oldest = min(human.birth for human in household.humans)
	yield _member(settings, rng, "Father", " ".join(child.names[1:]), "Father" in dead, _older(oldest, rng))
	yield _member(settings, rng, "Mother", shared["mother_full_name"], "Mother" in dead, _older(oldest, rng))
	if rng.random() < 0.6:
		relation = rng.choice(RELATIVES)
		sex = "Female" if relation in ("Grandmother", "Maternal Aunt", "Paternal Aunt") else "Male"
		name = f"{name_book().first_name(rng, MUSLIM, sex)} {' '.join(child.names[2:])}"
		yield _member(settings, rng, relation, name, False, None)


def _older(oldest: date, rng: Random) -> date:
	return oldest - timedelta(days=rng.randrange(20 * 365, 38 * 365))


def _member(
	settings: NationSettings, rng: Random, relation: str, name: str, dead: bool, birth: date | None
) -> dict:
	seen = settings.as_of - timedelta(days=rng.randrange(10, 900))
	alive = "Alive" if rng.random() < 0.85 else "Unknown"
	return {
		"relation": relation,
		"member_name": name,
		"birth_date": birth,
		"life_status": "Deceased" if dead else alive,
		"death_certificate_number": str(100000 + birth.toordinal()) if dead and birth else "",
		"situation": "" if dead else rng.choice(bundled("words")["situations"]),
		"last_contact_date": None if dead or alive == "Unknown" else seen,
	}
