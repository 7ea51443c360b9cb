"""How well a waiting child and a family go together: bounds that nothing outweighs, and weighed reasons in words.

Whatever the points say, a person chooses: nothing here reserves a child.
"""

from dataclasses import dataclass

from frappe import _
from frappe.model.document import Document
from frappe.utils import cint, date_diff, getdate, nowdate
from social_care.registry.kin.siblings import years

from social_care_kafala.kafala.applications import facts
from social_care_kafala.kafala.eligibility import engine, rule_sets
from social_care_kafala.kafala.matching.waiting import has_health_needs
from social_care_kafala.kafala.path.clock import settings

CRITERIA = ("age", "sex", "health", "siblings", "distance", "view", "waiting")
OF_HEALTH = ("health", "view")  # told to readers of a child's health alone
YEARS_OF_WAITING = 5  # from then on the time in care counts in full
NEXT_YEAR = 0.34  # lost with each year outside the wish


@dataclass(frozen=True)
class Reason:
	"""One criterion: how far it is met (0 to 1), and a sentence that says so."""

	criterion: str
	points: float
	text: str

	def line(self) -> str:
		return f"{'+' if self.points >= 0.5 else '−'} {self.text}"


@dataclass(frozen=True)
class Weighed:
	"""Agreement of family and child, of 100, and its reasons."""

	score: int
	reasons: list[Reason]


def weights() -> dict[str, int]:
	"""Weight of each criterion, as the ministry has set it."""
	return {name: cint(settings().get(f"weight_{name}")) for name in CRITERIA}


def bars(file: Document, child: dict, known: dict | None = None) -> bool:
	"""Whether something forbids it: a condition of the legal text that is about the child, or needs that the family does not accept."""
	if has_health_needs(child) and not cint(file.accepts_disability):
		return True
	return bool(unmet(file, child, known))


def unmet(file: Document, child: dict, known: dict | None = None) -> list[str]:
	"""Conditions about the child (religion, age, lack of care) that the two do not meet today, or of which something is not known."""
	text = rule_sets.of_matching(file.rule_set)
	about = {
		"child.birth_date": child["birth_date"],
		"child.religion": child["religion"] if child["religion"] in facts.KNOWN_RELIGIONS else None,
		"child.lacks_care": "Yes" if cint(child["kafala_candidate"]) else "No",
	}
	found = engine.evaluate_rules(*text, {**(known or facts.of_file(file)), **about}, getdate(nowdate()))
	return [row.code for row in found if row.outcome not in (engine.PASS, engine.NOT_APPLICABLE)]


def weigh(file: Document, child: dict, weight: dict[str, int], lang: str | None = None) -> Weighed:
	"""The agreement, by weights of `CRITERIA`; sentences in `lang`, or the reader's language."""
	reasons = [CHECKS[name](file, child, lang) for name in CRITERIA]
	total = sum(weight[name] for name in CRITERIA) or 1
	points = sum(reason.points * weight[reason.criterion] for reason in reasons)
	return Weighed(round(100 * points / total), reasons)


def age(file: Document, child: dict, lang: str | None) -> Reason:
	lived = years(child["birth_date"]) or 0
	low, high = cint(file.wished_age_from), cint(file.wished_age_to)
	if not high and not low:
		return Reason("age", 1, _("The family wishes for no certain age.", lang=lang))
	outside = max(low - lived, lived - high if high else 0, 0)
	if not outside:
		return Reason("age", 1, _("The age ({0}) is within the family's wish.", lang=lang).format(lived))
	text = _("The age ({0}) is outside the family's wish ({1} to {2}).", lang=lang)
	return Reason("age", max(0.0, 1 - NEXT_YEAR * outside), text.format(lived, low, high or "…"))


def sex(file: Document, child: dict, lang: str | None) -> Reason:
	if file.wished_sex not in ("Male", "Female"):
		return Reason("sex", 1, _("The family is open to a boy or a girl.", lang=lang))
	if file.wished_sex == child["sex"]:
		return Reason("sex", 1, _("The family wishes for a child of this sex.", lang=lang))
	return Reason("sex", 0, _("The family wishes for a child of the other sex.", lang=lang))


def health(file: Document, child: dict, lang: str | None) -> Reason:
	if has_health_needs(child):
		return Reason("health", 1, _("The child has health needs that the family accepts.", lang=lang))
	points = 0.5 if cint(file.accepts_disability) else 1.0
	return Reason("health", points, _("No health need of the child is recorded.", lang=lang))


def siblings(file: Document, child: dict, lang: str | None) -> Reason:
	count = len(child.get("siblings") or ())
	if count and cint(file.accepts_siblings):
		text = _("The child stays together with siblings ({0}).", lang=lang)
		return Reason("siblings", 1, text.format(count))
	if count:
		return Reason("siblings", 0, _("The child would be separated from siblings.", lang=lang))
	points = 0.5 if cint(file.accepts_siblings) else 1.0
	return Reason("siblings", points, _("The child has no siblings in care.", lang=lang))


def distance(file: Document, child: dict, lang: str | None) -> Reason:
	if child["org_unit"] == file.org_unit:
		return Reason("distance", 1, _("The child lives in the administration of the family.", lang=lang))
	if child["governorate"] == file.governorate:
		return Reason("distance", 0.7, _("The child lives in the governorate of the family.", lang=lang))
	return Reason("distance", 0.2, _("The child lives in another governorate.", lang=lang))


def view(_file: Document, child: dict, lang: str | None) -> Reason:
	if (child["child_view"] or "").strip():
		return Reason("view", 1, _("The child's own view is recorded.", lang=lang))
	return Reason("view", 0, _("The child's own view is not recorded yet.", lang=lang))


def waiting(_file: Document, child: dict, lang: str | None) -> Reason:
	lived = date_diff(nowdate(), child["admission_date"]) / 365.25 if child["admission_date"] else 0
	text = _("Years in care: {0}", lang=lang)
	return Reason("waiting", min(1.0, max(0.0, lived / YEARS_OF_WAITING)), text.format(int(lived)))


CHECKS = {
	"age": age,
	"sex": sex,
	"health": health,
	"siblings": siblings,
	"distance": distance,
	"view": view,
	"waiting": waiting,
}
