"""Which requests there are, where, and of whom: a builder of `social_care_demo_builders`.

Requests are made from the samples of the packs that are published, at institutions and for children of the nation, and
walked by the packs' own conditions as far as these let them; so load packs first (`compile-packs --all`). Services to
which others have made requests are left alone.
"""

from collections.abc import Iterator
from random import Random

import frappe

from social_care.demo.generator.chance import stream
from social_care.demo.generator.layout import Site
from social_care.demo.generator.nation import Nation, Row
from social_care.demo.generator.records import SYSTEM, UNITS_FOUNDED, record
from social_care.demo.loader.people import OURS
from social_care.demo.requests.case import Case, Place
from social_care.demo.requests.rows import request_rows
from social_care.services import versions
from social_care.services.packs.definition import fields_of

USUAL = 28
NUMBERS = {"SC-01": 60, "SC-09": 45, "SC-11": 4}  # what is asked for more often, or seldom
PILOTS = ("01", "02", "21")  # where services after phase one are being prepared


def build(nation: Nation) -> Iterator[Row]:
	"""Requests with all that hangs on them, and how far each service is mechanised in each governorate."""
	first, later = [], []
	for row in _services():
		(first if row.in_first_phase else later).append(row.name)
	places = Places(nation)
	for service in first:
		if not _asked_for_by_others(service):
			yield from _requests(nation, places, service)
	yield from mechanisation(nation, first, later)


def _services() -> list:
	return frappe.get_all(  # the catalogue
		"Service",
		filters={"published_version": [">", 0]},
		fields=["name", "in_first_phase"],
		order_by="name asc",
	)


def _asked_for_by_others(service: str) -> bool:
	doctype = frappe.db.get_value("Service", service, "request_type")
	return bool(frappe.db.exists(doctype, {"owner": ["not like", OURS]}))


def _requests(nation: Nation, places: "Places", service: str) -> Iterator[Row]:
	pack, version = versions.published(service), versions.published_version(service)
	samples = [row for row in pack["samples"] if row["expect"].get("path") and not row.get("on")]
	for number in range(1, NUMBERS.get(service, USUAL) + 1 if samples else 1):
		rng = stream(nation.settings.seed, "request", service, number)
		sample = samples[number % len(samples)]
		case = Case(pack, version, sample, places.choose(rng, pack, sample), nation.settings, number, rng)
		yield from request_rows(case)


def mechanisation(nation: Nation, first: list[str], later: list[str]) -> Iterator[Row]:
	"""Services of phase one are live everywhere; a third of the others is prepared in the pilot governorates."""
	since = nation.settings.as_of.replace(day=1)
	everywhere = sorted({site.governorate for site in nation.sites})
	pilots = [code for code in PILOTS if code in everywhere]
	wanted = [(service, code, "Live") for service in first for code in everywhere]
	wanted += [(service, code, "Configured") for service in later[::3] for code in pilots]
	for service, governorate, status in wanted:
		values = {"service": service, "governorate": governorate, "status": status, "status_date": since}
		yield (
			"Service Mechanisation",
			record(f"{service}-{governorate}", UNITS_FOUNDED, SYSTEM, target_date=None, **values),
		)


class Places:
	"""Institutions with their children, made when they are asked for. Four in ten requests come from the first directorate."""

	def __init__(self, nation: Nation) -> None:
		self.nation = nation
		self.shown = [site for site in nation.sites if site.governorate == nation.sites[0].governorate]
		self.children: dict[str, list[dict]] = {}
		fields = ["name", "status", "licensed_capacity", "grade", "licence_expiry", "institution_type"]
		self.institutions = {row.name: row for row in frappe.get_all("Institution", fields=fields)}

	def choose(self, rng: Random, pack: dict, sample: dict) -> Place:
		"""Where a request is made, and the child whom it is about: the one nearest in age to the sample's."""
		site = rng.choice(self.shown[:4] if rng.random() < 0.4 else self.nation.sites)
		named = any(field["target"] == "Child" for field in fields_of(pack))
		child = self._child(site, sample, rng) if named or pack["subject"] == "child" else None
		return Place(
			site=site,
			other=rng.choice(self.shown if site in self.shown else self.nation.sites),
			first=self.nation.sites[0],
			institution=self.institutions.get(site.code) or frappe._dict(),
			child=child,
		)

	def _child(self, site: Site, sample: dict, rng: Random) -> dict:
		if site.code not in self.children:
			rows = self.nation.children_of(site)
			self.children[site.code] = [row for doctype, row in rows if doctype == "Child"]
		wanted = sample["facts"].get("child.age", rng.randrange(3, 17))
		born = self.nation.settings.as_of.year - wanted
		near = sorted(self.children[site.code], key=lambda row: abs(row["birth_date"].year - born))
		return rng.choice(near[:4])
