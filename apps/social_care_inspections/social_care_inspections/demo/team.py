"""Who visits and reviews in the demonstration nation: two inspectors of each directorate, a manager of each administration."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from social_care.demo.generator import user_names
from social_care.demo.generator.layout import Site
from social_care.demo.generator.nation import Nation, Row
from social_care.demo.generator.places import governorates
from social_care.demo.generator.records import DOMAIN
from social_care.demo.generator.staff import BELOW, Post, post_rows, shown_posts
from social_care.demo.generator.units import directorate

INSPECTOR, MANAGER = "Inspector", "Social Administration Manager"
HEAD = user_names.named_user("Central Administration Head")
ADVISER = user_names.named_user("Inspection Adviser")
LEGAL = user_names.named_user("Legal Adviser")
TEAM = 2
FIRST_NUMBER = 5000  # beyond those of the core's users, from which names are drawn


@dataclass(frozen=True)
class Hands:
	"""Users who have to do with the visits to one institution."""

	inspectors: tuple[str, ...]
	manager: str
	director: str
	home: str


def hands(nation: Nation, site: Site) -> Hands:
	"""Those of an institution; the users who show a role work around the first institution."""
	return Hands(
		inspectors(nation, site.governorate),
		manager(nation, site.unit),
		user_names.directorate_director(site.governorate),
		user_names.institution_director(site.code),
	)


def inspectors(nation: Nation, governorate: str) -> tuple[str, ...]:
	made = [f"inspector-{number}.d-{governorate}@{DOMAIN}" for number in range(1, TEAM + 1)]
	if governorate == nation.sites[0].governorate:
		made[0] = user_names.named_user(INSPECTOR)
	return tuple(made)


def manager(nation: Nation, unit: str) -> str:
	shown = unit == nation.sites[0].unit
	return user_names.named_user(MANAGER) if shown else f"manager.{unit.lower()}@{DOMAIN}"


def posts(nation: Nation) -> Iterator[Post]:
	"""Posts that the core's nation does not have."""
	shown = {user_names.named_user(INSPECTOR), user_names.named_user(MANAGER)}
	for governorate in governorates():
		for user in inspectors(nation, governorate):
			if user not in shown:
				yield Post(user, INSPECTOR, BELOW, directorate(governorate))
	for unit in sorted({site.unit for site in nation.sites}):
		if (user := manager(nation, unit)) not in shown:
			yield Post(user, MANAGER, BELOW, unit)


@lru_cache(maxsize=1)
def full_names(nation: Nation) -> dict[str, str]:
	"""Names of all inspectors."""
	everybody = [*enumerate(shown_posts(nation.sites)), *enumerate(posts(nation), FIRST_NUMBER)]
	found = (next(post_rows(nation.settings, post, number)) for number, post in everybody)
	return {user["name"]: user["full_name"] for _doctype, user in found}


def rows(nation: Nation) -> Iterator[Row]:
	"""Users with their offices."""
	for number, post in enumerate(posts(nation), FIRST_NUMBER):
		yield from post_rows(nation.settings, post, number)
