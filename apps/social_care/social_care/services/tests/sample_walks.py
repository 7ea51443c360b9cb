"""The samples of packs as real requests: real rows for what they name, a user for each role, every step through the controller."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from typing import Any

import frappe
from frappe.utils import add_days, add_years, getdate, nowdate

from social_care.registry.placements import children_in
from social_care.services.packs import walking
from social_care.services.packs.definition import fields_of
from social_care.services.packs.fact_names import SUBJECT_FIELDS
from social_care.services.packs.samples import sample_values, value_on
from social_care.setup.tables import table
from social_care.tests import factories
from social_care.tests.places import HEADQUARTERS, Place, country

LEVELS = {row["role"]: row["level"] for row in table("roles")}
INSTITUTION_FACTS = {
	"status": "status",
	"capacity": "licensed_capacity",
	"grade": "grade",
	"licence_expiry": "licence_expiry",
}
LONG_AGO = "2015-01-01"
FEW = 5  # children for whom an institution of their own is made


@cache
def user_of(role: str, second: bool = False) -> str:
	"""The one user who holds the role at the first place, or at the second; made once a class and gone with it."""
	here = country().there if second else country().here
	email = f"sample.{'second.' * second}{role.replace(' ', '.')}@test.invalid".lower()
	if not frappe.db.exists("User", email):
		places = {
			"institution": {"institution": here.institution},
			"district": {"org_unit": here.district},
			"directorate": {"org_unit": here.directorate},
		}
		factories.user(role, email)
		place = places.get(LEVELS[role], {"org_unit": HEADQUARTERS})
		factories.assign(email, role, **place, valid_from=LONG_AGO)
	return email


@dataclass(frozen=True)
class Crew:
	"""Who enters a request and who takes each of its steps: roles, as four eyes allow."""

	enterer: str
	actors: tuple[str, ...]


def crew_of(pack: dict, path: list[dict]) -> Crew:
	"""The first roles that can take all steps, one user a role."""
	for owner in walking.enterers(pack):
		if owner != walking.APPLICANT:
			found = _actors(pack, path, owner, (owner,))
			if found is not None:
				return Crew(owner, found)
	raise AssertionError(f"{pack['code']}: nobody can take {[row['code'] for row in path]}")


def _actors(pack: dict, path: list[dict], owner: str, taken: tuple[str, ...]) -> tuple[str, ...] | None:
	"""Roles of the steps that are left; `taken` are those before, the enterer first."""
	if len(taken) > len(path):
		return taken[1:]
	action = path[len(taken) - 1]
	for role in [*action["roles"], *([walking.APPLICANT] if action["by_applicant"] else [])]:
		if action["four_eyes"] and role in (owner, taken[-1]):
			continue
		if "appealed" in action["from"] and role in _refused_by(pack, path, taken):
			continue
		rest = _actors(pack, path, owner, (*taken, role))
		if rest is not None:
			return rest
	return None


def _refused_by(pack: dict, path: list[dict], taken: tuple[str, ...]) -> set[str]:
	refusals = {state["code"] for state in pack["workflow"]["states"] if state["kind"] == "refused"}
	return {role for action, role in zip(path, taken[1:], strict=False) if action["to"] in refusals}


class SampleRows:
	"""Rows of the site in place of those that a sample names."""

	def __init__(self, pack: dict, sample: dict, day: date, here: Place) -> None:
		self.pack, self.sample, self.day, self.here = pack, sample, day, here
		if 0 <= self.facts("institution").get("children", -1) <= FEW:
			self.here = self.home_of_its_own(here)

	def home_of_its_own(self, here: Place) -> Place:
		"""An institution with exactly as many children as the sample tells, and the staff of the first one in it."""
		name = factories.institution(here.district, licensed_capacity=FEW).name
		for row in self.pack["access"]:
			if LEVELS[row["role"]] == "institution":
				factories.assign(user_of(row["role"]), row["role"], institution=name, valid_from=LONG_AGO)
		for _number in range(self.facts("institution")["children"]):
			factories.child(name)
		return replace(here, institution=name)

	def values(self) -> dict[str, Any]:
		"""Fields of the form, links led to rows that are there."""
		values = sample_values(self.pack, self.sample, self.day)
		for field in fields_of(self.pack):
			if field["type"] == "link" and values.get(field["name"]):
				values[field["name"]] = self.linked(field, values[field["name"]])
		values.pop(SUBJECT_FIELDS.get(self.pack["subject"], ("",))[0], None)
		return values

	def linked(self, field: dict, name: str) -> str:
		"""A row in place of the one that the sample names; a second unit is the other directorate."""
		if field["name"] == (self.pack["second_unit"] or {}).get("field"):
			return country().there.directorate
		return self.row(field["target"], name)

	def row(self, target: str, name: str) -> str:
		if target not in ("Child", "Institution", "Association", "Building", "Family") and frappe.db.exists(
			target, name
		):
			return name
		made = {
			"Child": self.child,
			"Institution": lambda: self.here.institution,
			"Association": self.association,
			"Building": self.building,
			"Family": lambda: factories.family().name,
			"Org Unit": lambda: self.here.district,
		}
		return made[target]() if target in made else frappe.get_all(target, pluck="name", limit=1)[0]

	def subject(self) -> dict[str, str]:
		"""Whom the request is about, as far as its service asks."""
		field, target = SUBJECT_FIELDS.get(self.pack["subject"], ("", ""))
		if target == "Institution":
			self.set_institution()
		if not field or (target == "Child" and not self.about_child()):
			return {}
		return {field: self.row(target, "")}

	def about_child(self) -> bool:
		told = {*self.sample["facts"], *self.sample["values"]}
		return any(name.split(".")[0] == "child" for name in told)

	def facts(self, owner: str) -> dict[str, Any]:
		return {
			name.split(".", 1)[1]: value_on(value, self.day, dated=False)
			for name, value in self.sample["facts"].items()
			if name.startswith(f"{owner}.")
		}

	def child(self) -> str:
		told = self.facts("child")
		age = told.get("age", 8)
		born = told.get("birth_date") or add_days(add_years(self.day, -age), -30)
		sex = told.get("sex") or self.sample["applicant"].get("sex") or "Male"
		since = max(getdate(born), getdate(add_days(self.day, -90)))
		values = {"birth_date": born, "sex": sex, "admission_date": since}
		name = factories.child(self.here.institution, **values).name
		if told.get("in_care") is False:
			frappe.db.set_value("Child", name, "life_state", "Left Care")
		return name

	def set_institution(self) -> None:
		"""The institution as the sample tells it; as many places are free as there, whoever lives in it."""
		told = self.facts("institution")
		values = {INSTITUTION_FACTS[key]: value for key, value in told.items() if key in INSTITUTION_FACTS}
		if "capacity" in told and "children" in told:
			living = children_in(self.here.institution)
			values["licensed_capacity"] = max(told["capacity"] - told["children"] + living, 0)
		if values:
			frappe.db.set_value("Institution", self.here.institution, values)
			frappe.clear_document_cache("Institution", self.here.institution)

	def association(self) -> str:
		values = {"association_name": factories.unique("جمعية"), "registration_number": factories.unique("7")}
		values |= {"doctype": "Association", "org_unit": self.here.directorate}
		name = frappe.get_doc(values).insert().name
		if self.sample["values"].get("operated_institutions"):
			frappe.db.set_value("Institution", self.here.institution, "association", name)
		return name

	def building(self) -> str:
		values = {
			"doctype": "Building",
			"building_name": factories.unique("مبنى"),
			"ownership": "Owned",
			"org_unit": self.here.district,
		}
		return frappe.get_doc(values).insert().name

	def applicant(self) -> dict[str, Any]:
		"""Who asks; his birth date stands in a national number, so that he is somebody the registry knows."""
		told = self.sample["applicant"]
		born = value_on(told.get("birth_date"), self.day, dated=True)
		number = factories.national_number(born, told.get("sex") or "Male") if born else None
		return {
			"applicant_name": told.get("name") or "",
			"applicant_national_number": number,
			"applicant_sex": told.get("sex"),
			"applicant_phone": told.get("phone"),
			"applicant_email": told.get("email"),
		}

	def place(self) -> dict[str, str | None]:
		"""The office; the institution too where its staff has a part in the service."""
		inside = self.pack["subject"] == "institution" or any(
			LEVELS[row["role"]] == "institution" for row in self.pack["access"]
		)
		return {"org_unit": self.here.district, "institution": self.here.institution if inside else None}


class SampleWalk:
	"""One sample on its way: inserted, completed, moved, as the users who may."""

	def __init__(self, case, pack: dict, sample: dict, day: date) -> None:
		self.case, self.pack, self.sample = case, pack, sample
		actions = {action["code"]: action for action in pack["workflow"]["actions"]}
		self.path = [actions[code] for code in sample["expect"].get("path", [])]
		self.states = {state["code"]: state for state in pack["workflow"]["states"]}
		self.crew = crew_of(pack, self.path)
		self.rows = SampleRows(pack, sample, day, case.here)
		self.state = pack["workflow"]["states"][0]["code"]

	def run(self):
		"""Walk to the end; returns the request."""
		self.insert()
		for number, (action, role) in enumerate(zip(self.path, self.crew.actors, strict=True)):
			self.complete()
			self.step(action, role, number)
			self.state = action["to"]
		return self.doc

	def insert(self) -> None:
		parts = self.rows.place() | self.rows.applicant() | self.rows.subject()
		self.values = self.rows.values()
		levels = {0, *self.access(self.crew.enterer)["levels"]}
		first = {f["name"] for f in self.fields() if not f["from_state"] and f["level"] in levels}
		given = {name: value for name, value in self.values.items() if name in first}
		self.case.act_as(user_of(self.crew.enterer))
		doc = {"doctype": self.pack["document_type"], **parts, **given}
		self.doc = frappe.get_doc({key: value for key, value in doc.items() if value is not None}).insert()
		self.values = {name: value for name, value in self.values.items() if name not in first}

	def fields(self) -> list[dict]:
		return fields_of(self.pack)

	def access(self, role: str) -> dict:
		return next(row for row in self.pack["access"] if row["role"] == role)

	def complete(self) -> None:
		"""What staff finds in the present state, its papers and its waivers, written by whoever edits there."""
		found: dict[str, dict[str, Any]] = {}
		for field in self.fields():
			if field["name"] in self.values and field["from_state"] in (None, self.state):
				of_role = found.setdefault(self.editor(field["level"]), {})
				of_role[field["name"]] = self.values.pop(field["name"])
		for role, values in found.items():
			self.edit(role, values)
		self.hand_in()
		self.waive()

	def editor(self, level: int = 0) -> str:
		"""A role that edits in the present state and fills fields of the level."""
		for role in self.states[self.state]["editors"]:
			row = self.access(role)
			if "write" in row["rights"] and level in (0, *row["levels"]):
				return role
		raise AssertionError(f"{self.pack['code']}: nobody fills level {level} in {self.state}")

	def actor(self, role: str) -> str:
		"""Who holds the role where the request stands."""
		return user_of(role, self.states[self.state]["at_second_unit"])

	def edit(self, role: str, values: dict[str, Any]) -> None:
		self.case.act_as(self.actor(role))
		self.doc.reload()
		self.doc.update(values)
		self.doc.save()

	def hand_in(self) -> None:
		self.doc.reload()
		waiting = [row for row in self.doc.documents if row.state == "Missing"]
		brought = [row for row in waiting if row.document_code in self.sample["documents"]]
		if brought and self.states[self.state]["editors"]:
			self.case.act_as(self.actor(self.editor()))
			for row in brought:
				row.state = "Verified"
			self.doc.save()

	def waive(self) -> None:
		for kind, row in list(self._to_waive()):
			role = next(role for role in row["waivable_by"] if role != self.crew.enterer)
			self.case.act_as(self.actor(role))
			self.doc.reload()
			if kind == "rules":
				there = next(r for r in self.doc.rule_results if r.rule_code == row["code"])
				there.waiver_reason = "ظروف الحالة"
			else:
				there = next(r for r in self.doc.documents if r.document_code == row["code"])
				there.update({"state": "Waived", "remarks": "ظروف الحالة"})
			self.doc.save()

	def _to_waive(self) -> Iterator[tuple[str, dict]]:
		open_rules = {
			r.rule_code for r in self.doc.rule_results if r.outcome in ("May Be Waived", "Not Known Yet")
		}
		missing = {r.document_code for r in self.doc.documents if r.state == "Missing"}
		for kind, there in (("rules", open_rules), ("documents", missing)):
			for row in self.pack[kind]:
				if row["code"] in self.sample["waived"] and row["code"] in there:
					yield kind, row

	def step(self, action: dict, role: str, number: int) -> None:
		citizen = role == walking.APPLICANT
		self.case.act_as("Guest" if citizen else self.actor(role))
		self.doc.reload()
		self.doc.flags.by_citizen = self.doc.flags.ignore_permissions = citizen
		self.doc.status = self.states[action["to"]]["title"]["en"]
		self.doc.reason = f"سبب الخطوة {number + 1}" if "reason" in action["requires"] else self.doc.reason
		if self.doc.fee_amount and "fee" in action["requires"]:
			self.doc.fee_receipt = f"R-{nowdate()}"
		self.doc.save()
		self.doc.flags.by_citizen = self.doc.flags.ignore_permissions = False
