"""Users of the nation: one for every role, two in each directorate, two in each institution."""

from collections.abc import Iterator
from dataclasses import dataclass

from social_care.demo.generator import user_names
from social_care.demo.generator.chance import stream, token
from social_care.demo.generator.layout import Site
from social_care.demo.generator.names import MUSLIM, name_book
from social_care.demo.generator.places import governorates
from social_care.demo.generator.records import UNITS_FOUNDED, record, table_row
from social_care.demo.generator.settings import NationSettings
from social_care.demo.generator.units import HEADQUARTERS, directorate
from social_care.setup.tables import table

BASE_ROLE = "Social Care User"
BELOW, INSTITUTION, CASES = "Unit and Below", "Institution", "Assigned Cases"
DIRECTOR, OFFICER = "Directorate Director", "Directorate Data Officer"
HOME_DIRECTOR, ENTRY = "Institution Director", "Institution Entry User"
IN_ADMINISTRATION = ("Social Administration Manager", "Family and Childhood Specialist")
SINCE = UNITS_FOUNDED.date()


@dataclass(frozen=True)
class Post:
	"""A user in a role at a place; exactly one of `org_unit` and `institution` is set."""

	user: str
	role: str
	scope: str
	org_unit: str | None = None
	institution: str | None = None


def posts(sites: list[Site]) -> Iterator[Post]:
	"""Every post of the nation."""
	yield from shown_posts(sites)
	shown = {post.user for post in shown_posts(sites)}
	for governorate in governorates():
		for post in directorate_posts(governorate):
			if post.user not in shown:
				yield post
	for site in sites:
		for post in institution_posts(site):
			if post.user not in shown:
				yield post


def shown_posts(sites: list[Site]) -> Iterator[Post]:
	"""One post for each role, all around the first institution and its directorate."""
	first = sites[0]
	usual = {post.role: post for post in (*directorate_posts(first.governorate), *institution_posts(first))}
	for row in table("roles"):
		if row["role"] != BASE_ROLE:
			yield usual.get(row["role"]) or _single_post(row["role"], row["level"], first)


def directorate_posts(governorate: str) -> tuple[Post, Post]:
	"""Director and data officer of a directorate."""
	unit = directorate(governorate)
	return (
		Post(user_names.directorate_director(governorate), DIRECTOR, BELOW, unit),
		Post(user_names.data_officer(governorate), OFFICER, BELOW, unit),
	)


def institution_posts(site: Site) -> tuple[Post, Post]:
	"""Director and entry user of an institution."""
	return (
		Post(user_names.institution_director(site.code), HOME_DIRECTOR, INSTITUTION, institution=site.code),
		Post(user_names.entry_user(site.code), ENTRY, INSTITUTION, institution=site.code),
	)


def _single_post(role: str, level: str, first: Site) -> Post:
	user = user_names.named_user(role)
	if level == "institution":
		return Post(user, role, INSTITUTION, institution=first.code)
	if level == "national":
		return Post(user, role, BELOW, HEADQUARTERS)
	if role == "Social Unit Worker":
		return Post(user, role, BELOW, f"SU{first.unit[2:]}-1")
	unit = first.unit if role in IN_ADMINISTRATION else directorate(first.governorate)
	return Post(user, role, CASES if role == "Case Manager" else BELOW, unit)


def staff_rows(settings: NationSettings, sites: list[Site]) -> Iterator[tuple[str, dict]]:
	"""(DocType, row) of everything that the posts need."""
	for number, post in enumerate(posts(sites)):
		yield from post_rows(settings, post, number)


def post_rows(settings: NationSettings, post: Post, number: int) -> Iterator[tuple[str, dict]]:
	"""(DocType, row) of everything that a post needs; the name of the user is drawn by `number`."""
	user = _user(settings, post, number)
	yield "User", user
	for position, role in enumerate((BASE_ROLE, post.role), 1):
		yield "Has Role", table_row(user, "User", "roles", position, role=role)
	yield "Notification Settings", record(post.user, UNITS_FOUNDED, user=post.user, enabled=1)
	assignment = _assignment(settings, post, user["full_name"])
	yield "Staff Assignment", assignment
	if post.institution:
		yield "DefaultValue", _default_institution(settings, post)
	if post.role == OFFICER:
		yield "Data Officer", _officer(settings, post, assignment)


def _user(settings: NationSettings, post: Post, number: int) -> dict:
	rng = stream(settings.seed, "user", post.user)
	book = name_book()
	father, _, family = book.lineage(rng, MUSLIM, number * 11)
	first = book.first_name(rng, MUSLIM, rng.choice(("Male", "Female")), (father,))
	return record(
		post.user,
		UNITS_FOUNDED,
		email=post.user,
		first_name=first,
		last_name=family,
		full_name=f"{first} {family}",
		enabled=1,
		user_type="System User",
		language="ar",
		time_zone="Africa/Cairo",
		send_welcome_email=0,
		thread_notify=0,
		onboarding_status="{}",
	)


def _default_institution(settings: NationSettings, post: Post) -> dict:
	owner = {"parent": post.user, "parenttype": "__default", "parentfield": "system_defaults"}
	values = {"defkey": "institution", "defvalue": post.institution}
	return record(token(settings.seed, "default", post.user), UNITS_FOUNDED, **owner, **values)


def _assignment(settings: NationSettings, post: Post, full_name: str) -> dict:
	return record(
		token(settings.seed, "assignment", post.user, post.role),
		UNITS_FOUNDED,
		user=post.user,
		full_name=full_name,
		role=post.role,
		scope=post.scope,
		org_unit=post.org_unit,
		institution=post.institution,
		valid_from=SINCE,
	)


def _officer(settings: NationSettings, post: Post, assignment: dict) -> dict:
	return record(
		token(settings.seed, "officer", post.user),
		UNITS_FOUNDED,
		directorate=post.org_unit,
		user=post.user,
		full_name=assignment["full_name"],
		governorate=post.org_unit.removeprefix("D-"),
		valid_from=SINCE,
		staff_assignment=assignment["name"],
	)
