"""One request as it goes: what is known of it, the steps that its pack's conditions let it take, and when it took them."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from random import Random
from typing import Any

from social_care.demo.generator import user_names
from social_care.demo.generator.layout import Site
from social_care.demo.generator.names import MUSLIM, name_book
from social_care.demo.generator.records import SYSTEM, office_hour
from social_care.demo.generator.settings import NationSettings
from social_care.services.packs import evaluation, walking
from social_care.services.packs.definition import fields_of
from social_care.services.packs.expressions import months_between, years_between
from social_care.services.packs.fact_names import SUBJECT_FIELDS
from social_care.services.packs.samples import sample_facts, sample_values
from social_care.setup.tables import table

OLDEST = 150  # days
NATIONAL = {row["role"] for row in table("roles") if row["level"] == "national"}
INSIDE = {row["role"] for row in table("roles") if row["level"] == "institution"}
FACTS = {
	"status": "status",
	"capacity": "licensed_capacity",
	"grade": "grade",
	"licence_expiry": "licence_expiry",
	"kind": "institution_type",
}


@dataclass(frozen=True)
class Place:
	"""Where a request is made: the institution of the layout and as it is stored, another one near, the child it is about."""

	site: Site
	other: Site
	first: Site
	institution: dict
	child: dict | None


@dataclass(frozen=True)
class Case:
	"""A request to be made from a sample of a pack, at a place of the nation."""

	pack: dict
	version: int
	sample: dict
	place: Place
	settings: NationSettings
	number: int
	rng: Random

	@cached_property
	def submitted(self) -> datetime:
		"""The more there are the nearer the day of the nation."""
		back = int(OLDEST * self.rng.random() ** 1.4)
		return office_hour(self.settings.as_of - timedelta(days=back), self.rng.randrange(60, 340))

	@property
	def day(self) -> date:
		return self.submitted.date()

	@cached_property
	def values(self) -> dict[str, Any]:
		"""Fields of the form by the end of the sample's way, links led to rows of the nation."""
		values = sample_values(self.pack, self.sample, self.day)
		for field in fields_of(self.pack):
			if field["type"] == "link" and values.get(field["name"]):
				values[field["name"]] = self._row(field["target"], values[field["name"]])
		values.pop(SUBJECT_FIELDS.get(self.pack["subject"], ("",))[0], None)
		return {name: value for name, value in values.items() if value is not None}

	def _row(self, target: str, told: str) -> str | None:
		site = self.place.other
		rows = {"Institution": site.code, "Org Unit": site.unit, "Governorate": site.governorate}
		rows |= {"Country": told, "Institution Type": site.kind.code, "Admission Reason": told}
		rows["Child"] = self.place.child["name"] if self.place.child else None
		return rows.get(target)

	@cached_property
	def known(self) -> dict[str, Any]:
		"""Facts of the sample, those of the institution and the child as they are in the nation."""
		known = sample_facts(self.pack, self.sample, self.day) | self.values
		if self.pack["subject"] == "institution":
			stored = self.place.institution
			known |= {f"institution.{key}": stored.get(column) for key, column in FACTS.items()}
			known["institution.children"] = self.place.site.size
		child = self.place.child
		if child and self.pack["subject"] == "child":
			known |= {
				"child.age": years_between(child["birth_date"], self.day),
				"child.birth_date": child["birth_date"],
				"child.sex": child["sex"],
				"child.in_care": True,
				"child.months_in_care": months_between(child["admission_date"], self.day),
			}
		return known

	@cached_property
	def steps(self) -> list[tuple[dict, datetime, str]]:
		"""(action, moment, who) of the steps taken by the day of the nation."""
		way = walking.walk(self.pack, self.sample, self.known, self.day).states
		actions = {row["code"]: row for row in self.pack["workflow"]["actions"]}
		path = [actions[code] for code in self.sample["expect"]["path"][: len(way) - 1]]
		taken: list[tuple[dict, datetime, str]] = []
		moment, before, refused = self.submitted, self.owner, set()
		for state, action in zip(way, path, strict=False):
			moment = self._later(moment, self.states[state]["days"] or 4)
			if moment.date() > self.settings.as_of:
				break
			before = self._actor(action, before, refused)
			refused |= {before} if self.states[action["to"]]["kind"] == "refused" else set()
			taken.append((action, moment, before))
		return taken

	def _later(self, moment: datetime, allowed: int) -> datetime:
		"""When the next step is taken: mostly within the days that the state may take, sometimes late."""
		days = self.rng.randrange(0, max(2, round(min(allowed, 60) * 1.25)))
		after = office_hour(moment.date() + timedelta(days=days), self.rng.randrange(340))
		return after if after > moment else moment + timedelta(minutes=self.rng.randrange(5, 45))

	def _actor(self, action: dict, before: str, refused: set[str]) -> str:
		"""The first who is on no other side of the step; whoever refused decides no appeal."""
		users = [self.user(role) for role in action["roles"]]
		others = [user for user in users if user not in {before, self.owner, *refused}]
		return next(iter(others or users), SYSTEM)

	def user(self, role: str) -> str:
		"""Who holds the role at the place; where nobody shows it, the directorate's director."""
		site, same = self.place.site, self.place.site.governorate == self.place.first.governorate
		ours = {
			"Directorate Director": user_names.directorate_director(site.governorate),
			"Directorate Data Officer": user_names.data_officer(site.governorate),
			"Institution Director": user_names.institution_director(site.code),
			"Institution Entry User": user_names.entry_user(site.code),
		}
		if role in ours:
			return ours[role]
		if role in INSIDE and site.code != self.place.first.code:
			return ours["Institution Entry User"]
		if role in NATIONAL or same:
			return user_names.named_user(role)
		return ours["Directorate Director"]

	@cached_property
	def by_citizen(self) -> bool:
		return "citizen" in self.pack["channels"] and self.rng.random() < 0.5

	@cached_property
	def owner(self) -> str:
		"""Whoever entered it; a citizen's own request has no user."""
		if self.by_citizen:
			return SYSTEM
		return self.user(next(role for role in walking.enterers(self.pack) if role != walking.APPLICANT))

	@property
	def states(self) -> dict[str, dict]:
		return {state["code"]: state for state in self.pack["workflow"]["states"]}

	@cached_property
	def path(self) -> list[str]:
		"""States that it stood in, in order; the last is where it stands."""
		first = self.pack["workflow"]["states"][0]["code"]
		return [first, *(action["to"] for action, _moment, _who in self.steps)]

	@cached_property
	def filled(self) -> dict[str, Any]:
		"""Fields that are filled by now: what staff finds in a state comes when the state is left."""
		left = evaluation.states_left(self.pack, self.path)
		late = {
			field["name"] for field in fields_of(self.pack) if (field["from_state"] or "") not in ("", *left)
		}
		return {name: value for name, value in self.values.items() if name not in late}

	@cached_property
	def known_now(self) -> dict[str, Any]:
		"""What conditions may ask for as the request stands."""
		empty = {name: None for name in self.values if name not in self.filled}
		return self.known | empty

	@cached_property
	def applicant(self) -> dict[str, Any]:
		"""A name of the nation, a telephone that reaches nobody, age and sex as the sample tells."""
		told, serial = self.sample["applicant"], self.rng.randrange(10_000)
		sex = told.get("sex") or self.rng.choice(("Male", "Female"))
		lineage = name_book().lineage(self.rng, MUSLIM, self.rng.randrange(50_000))
		first = name_book().first_name(self.rng, MUSLIM, sex, lineage[:1])
		return {
			"applicant_name": " ".join((first, *lineage)),
			"applicant_birth_date": self.known["applicant.birth_date"],
			"applicant_sex": sex,
			"applicant_phone": f"+20 000 300 {serial:04}",
		}
