"""How far a child's file has come on its path, and who took each step."""

from datetime import datetime, timedelta
from random import Random

from social_care.demo.generator import user_names
from social_care.demo.generator.chance import choose
from social_care.demo.generator.people import Household, Human

DRAFT, SUBMITTED, REVIEWED, APPROVED, RETURNED = (
	"Draft",
	"Submitted by Institution",
	"Reviewed by Directorate",
	"Approved",
	"Returned",
)
INCOMPLETE = ("missing_photo", "missing_number_unexplained")
RETURN_REASONS = {
	"missing_photo": "ترجى إضافة صورة شخصية حديثة",
	"missing_number_unexplained": "الرقم القومي غير مسجل ولم يذكر السبب",
}


def review(human: Human, household: Household, rng: Random, created: datetime) -> dict:
	"""How far the file has come, and who took each step."""
	state = file_state(human, rng)
	site = household.site
	entry, officer = user_names.entry_user(site.code), user_names.data_officer(site.governorate)
	director = user_names.directorate_director(site.governorate)
	steps = {"submitted": None, "reviewed": None, "approved": None}
	if state not in (DRAFT, RETURNED):
		steps["submitted"] = (entry, created + timedelta(days=1))
	if state in (REVIEWED, APPROVED):
		steps["reviewed"] = (officer, created + timedelta(days=2))
	if state == APPROVED:
		steps["approved"] = (director, created + timedelta(days=4))
	stamps = {}
	for step, done in steps.items():
		stamps[f"{step}_by"], stamps[f"{step}_on"] = done or (None, None)
	returned = RETURN_REASONS.get(human.defect, "ترجى مراجعة بيانات الدراسة") if state == RETURNED else ""
	editors = "" if state == APPROVED else entry
	return {"file_state": state, "return_reason": returned, "content_editors": editors, **stamps}


def file_state(human: Human, rng: Random) -> str:
	"""State of the file; what is missing has kept it with the institution."""
	if human.defect in INCOMPLETE:
		return rng.choice((DRAFT, RETURNED))
	if human.is_copy or human.defect == "duplicate_number":
		return SUBMITTED
	return choose(rng, ((DRAFT, 4), (SUBMITTED, 6), (REVIEWED, 4), (APPROVED, 84), (RETURNED, 2)))
