"""The way out of care in the demonstration nation: plans, extensions, searches, cases, care leavers. All of it is fictional.

A builder of `social_care_demo_builders`. Its young people who have left are elder siblings of children in care; they
live in no institution, so they change none of the counts of the nation.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

from social_care.demo.generator import user_names
from social_care.demo.generator.chance import choose, stream, token
from social_care.demo.generator.move_rows import admission, exit_row
from social_care.demo.generator.move_steps import Paper
from social_care.demo.generator.names import MUSLIM, name_book
from social_care.demo.generator.nation import Nation, Row
from social_care.demo.generator.records import office_hour, record, table_row
from social_care.registry.arabic import normalise
from social_care.registry.moves import states

AREAS = {
	"Life Skills": "إعداد الطعام وإدارة المصروف",
	"Housing": "الانتقال إلى شقة مشتركة",
	"Work": "تدريب مهني ثم عمل مناسب",
	"Study": "استكمال الدراسة",
	"Identity Papers": "استخراج بطاقة الرقم القومي",
	"Bank Account": "فتح حساب في بنك ناصر",
	"Relatives": "زيارة الأقارب كل شهر",
}
YEAR = timedelta(days=365)
VIEW = "أريد أن أعمل وأعتمد على نفسي وأبقى قريبًا من إخوتي"
ADMISSIONS = ((states.APPROVAL, 3), (states.ACCEPTANCE, 5), (states.SCHEDULED, 1), (states.DECLINED, 1))
SUPPORT = (("Shared Flat", 4), ("Housing Unit in Usufruct", 3), ("Study Grant", 3), ("Marriage Grant", 1))


def build(nation: Nation) -> Iterator[Row]:
	"""Papers of children in care, and those who have left."""
	person: dict = {}
	for doctype, row in nation.children():
		if doctype == "Person":
			person = row
		elif doctype == "Child":
			yield from _of(nation, person, row)


def _of(nation: Nation, person: dict, child: dict) -> Iterator[Row]:
	rng, as_of = stream(nation.settings.seed, "ways out", child["name"]), nation.settings.as_of
	left = (child["birth_date"] + YEAR * 18 + timedelta(days=4) - as_of).days
	if left < 365 and child["care_type"] != "Aftercare" and rng.random() < 0.6:
		yield from plan_rows(
			child, as_of, rng, choose(rng, (("Draft", 4), ("Submitted for Approval", 2), ("Approved", 4)))
		)
	if left < 120 and child["care_type"] != "Aftercare" and rng.random() < 0.6:
		yield "Stay Extension", extension_row(child, as_of, rng)
	if child["parentage"] == "Under Investigation" and rng.random() < 0.7:
		yield from tracing_rows(child, as_of, rng)
	if child["reintegration_candidate"] and rng.random() < 0.3:
		yield from case_rows(child, as_of, rng, rng.choice(("Opened", "Assessed")))
	if child["family"] and rng.random() < 0.03:
		yield from leaver_rows(nation, person, child, rng)


def _paper(doctype: str, prefix: str, child: dict, as_of: date, rng: Random, **values) -> dict:
	created = office_hour(as_of - timedelta(days=rng.randrange(20, 80)), rng.randrange(300))
	name = f"{prefix}-{child['name'].replace('-', '')}"
	return record(
		name, created, child["owner"], naming_series=f"{prefix}-.#####", child=child["name"], **values
	)


def plan_rows(child: dict, as_of: date, rng: Random, status: str, left: date | None = None) -> Iterator[Row]:
	"""An Aftercare Plan with a goal for every area, and the follow-up of who has left."""
	plan = _paper("Aftercare Plan", "AP", child, as_of, rng, status=status, young_person_view=VIEW)
	begun = plan["creation"].date()
	approved = status == "Approved"
	director = user_names.directorate_director(child["governorate"]) if approved else None
	plan |= {
		"plan_date": begun,
		"planned_exit_date": left or child["birth_date"] + YEAR * 18 + timedelta(days=90),
		"submitted_by": child["owner"] if status != "Draft" else None,
		"approved_by": director,
		"approved_on": office_hour(begun + timedelta(days=9), 60) if approved else None,
		"content_editors": "" if approved else child["owner"],
	}
	yield "Aftercare Plan", plan
	for number, (area, goal) in enumerate(AREAS.items(), 1):
		values = {
			"area": area,
			"goal": goal,
			"responsible": "الأخصائي الاجتماعي",
			"due_date": begun + timedelta(days=180),
		}
		progress = choose(rng, (("Not Begun", 3), ("Under Way", 4), ("Reached", 3 if approved else 0)))
		yield (
			"Aftercare Goal",
			table_row(plan, "Aftercare Plan", "goals", number, progress=progress, **values),
		)
	if left:
		yield from follow_up_rows("Aftercare Plan", plan, left, (30, 91, 182, 365, 547, 730), as_of, rng)


def follow_up_rows(
	doctype: str, parent: dict, since: date, days: tuple[int, ...], as_of: date, rng: Random
) -> Iterator[Row]:
	"""Visits at set days; most of those that are past were made."""
	for number, after in enumerate(days, 1):
		due = since + timedelta(days=after)
		done = due < as_of - timedelta(days=5) and rng.random() < 0.9
		values = {
			"due_date": due,
			"visit_date": due + timedelta(days=2) if done else None,
			"visit_kind": "Visit" if done else "",
			"outcome": choose(rng, (("Going Well", 7), ("Needs Support", 2), ("At Risk", 1))) if done else "",
			"done_by": "الأخصائي الاجتماعي" if done else "",
		}
		yield "Care Follow-up", table_row(parent, doctype, "follow_ups", number, **values)


def extension_row(child: dict, as_of: date, rng: Random) -> dict:
	"""A request to stay past eighteen, decided or not."""
	begin = child["birth_date"] + YEAR * 18 + timedelta(days=5)
	status = choose(rng, (("Requested", 4), ("Approved", 5), ("Refused", 1)))
	decided = status != "Requested"
	return _paper(
		*("Stay Extension", "SX", child, as_of, rng),
		status=status,
		valid_from=begin,
		valid_until=begin + timedelta(days=360),
		stage="University",
		school_name="المعهد الفني الصناعي",
		last_result="Passed",
		requested_by=child["owner"],
		decided_by=user_names.directorate_director(child["governorate"]) if decided else None,
		decision_reason="لم يقدم إثبات القيد" if status == "Refused" else "",
	)


def tracing_rows(child: dict, as_of: date, rng: Random) -> Iterator[Row]:
	"""The search for the family of a lost child."""
	due = as_of + timedelta(days=rng.randrange(-20, 40))
	search = _paper("Family Tracing", "FT", child, as_of, rng, status="Open", relation="Whole Family")
	search |= {
		"opened_on": search["creation"].date(),
		"next_step": "مخاطبة السجل المدني",
		"next_step_due": due,
	}
	yield "Family Tracing", search
	values = {
		"step_date": search["opened_on"],
		"action": "Interview with the Child",
		"done_by": "الأخصائي الاجتماعي",
	}
	yield "Tracing Step", table_row(search, "Family Tracing", "steps", 1, result="تذكر اسم حي وسوق", **values)


def case_rows(child: dict, as_of: date, rng: Random, status: str, home: dict | None = None) -> Iterator[Row]:
	"""A Reintegration Case; `home` is the placement of a child who has returned."""
	case = _paper("Reintegration Case", "RC", child, as_of, rng, status=status, family=child["family"])
	seen = case["creation"].date()
	assessed = status != "Opened"
	case |= {
		"opened_on": seen,
		"assessed_on": seen if assessed else None,
		"assessed_by_name": "الأخصائي الاجتماعي" if assessed else "",
		"housing_assessment": "شقة من غرفتين" if assessed else "",
		"care_assessment": "الأسرة راغبة وقادرة بالمساندة" if assessed else "",
		"risk_assessment": "كان ضيق الدخل سبب الإيداع" if assessed else "",
		"recommendation": "Return with Support" if assessed else "",
		"child_view": child["child_view"],
		"placement": home["name"] if home else None,
		"reintegrated_date": home["from_date"] if home else None,
		"content_editors": child["owner"],
	}
	yield "Reintegration Case", case
	for number, (kind, amount) in enumerate((("Cash Support", 900), ("School", 0), ("Counselling", 0)), 1):
		values = {
			"kind": kind,
			"amount": amount,
			"provider": "المديرية",
			"progress": "Provided" if home else "Planned",
		}
		yield "Family Support Item", table_row(case, "Reintegration Case", "support_items", number, **values)
	if home:
		yield from follow_up_rows(
			"Reintegration Case", case, home["from_date"], (30, 91, 182, 365), as_of, rng
		)


def leaver_rows(nation: Nation, person: dict, child: dict, rng: Random) -> Iterator[Row]:
	"""An elder brother or sister who has left care: for a life of his own, or back to the family."""
	as_of, grown = nation.settings.as_of, rng.random() < 0.65
	age = rng.randrange(19, 23) if grown else rng.randrange(9, 17)
	born = as_of - YEAR * age - timedelta(days=rng.randrange(40, 320))
	left = as_of - timedelta(days=rng.randrange(40, 300))
	identity = _identity(child, born, rng)
	elder = person | identity | {"name": token(nation.settings.seed, "elder person", child["name"])}
	state = {"life_state": "In Aftercare", "care_type": "Aftercare"}
	if not grown:
		state = {"life_state": "Reintegrated", "care_type": "Family of Origin"}
	code = f"CHX-{child['name'].split('-')[1]}"
	admitted = max(born + YEAR * 4, left - YEAR * 6)
	stays = _placements(nation, child, elder["name"], code, identity["full_name"], (admitted, left), grown)
	leaver = child | identity | state
	leaver |= {"name": code, "person": elder["name"], "institution": None, "institution_name": None}
	leaver |= {"current_placement": stays[1]["name"], "admission_date": admitted, "decision_date": admitted}
	leaver |= {"reintegration_candidate": 0, "kafala_candidate": 0, "room_group": "", "case_manager": None}
	leaver |= {"leave_due_back": None}
	changes = elder_changes(nation, leaver, child["institution"], stays, grown)
	yield "Person", elder
	yield "Child", leaver
	for stay in stays:
		yield "Placement", stay
	yield from changes
	if not grown:
		yield from case_rows(leaver, as_of, rng, "Follow-up", stays[1])
		return
	yield from plan_rows(leaver, as_of, rng, "Approved", left)
	yield "Aftercare Support", support_row(leaver, as_of, left, rng)


def _identity(child: dict, born: date, rng: Random) -> dict:
	lineage = tuple(child[name] for name in ("father_name", "grandfather_name", "family_name"))
	first = name_book().first_name(rng, MUSLIM, child["sex"], (child["first_name"], lineage[0]))
	full_name = " ".join((first, *lineage))
	return {
		"first_name": first,
		"full_name": full_name,
		"search_name": normalise(full_name),
		"birth_date": born,
		"national_number": "",
		"national_number_check": "",
		"national_number_status": "In Process",
		"national_number_reason": "بدل فاقد لبطاقة الرقم القومي",
		"photo": None,
		"photo_date": None,
	}


def _placements(
	nation: Nation, child: dict, person: str, code: str, full_name: str, days: tuple[date, date], grown: bool
) -> list[dict]:
	"""The stay in the institution, and the life after it."""
	base = {"child": code, "child_name": full_name, "person": person, "org_unit": child["org_unit"]}
	base |= {"governorate": child["governorate"], "decision_authority": child["decision_authority"]}
	rows = []
	for number, begin in enumerate(days):
		name = token(nation.settings.seed, "elder placement", code, number)
		outside = {
			"setting": "Independent" if grown else "Family",
			"movement": "Aftercare" if grown else "Reintegration",
		}
		rows.append(
			record(name, office_hour(begin, 30), child["owner"], **base, from_date=begin, decision_date=begin)
			| (outside if number else {"setting": "Institution", "movement": "Admission"})
			| {"institution": None if number else child["institution"], "is_current": number}
			| {"family": child["family"] if number and not grown else None, "reason": ""}
			| {"to_date": None if number else days[1], "end_reason": "" if number else "Next Placement"}
			| {"decision_number": f"{number + 11}/{begin.year}", "placement_change": None}
		)
	return rows


def elder_changes(
	nation: Nation, leaver: dict, institution: str, stays: list[dict], grown: bool
) -> Iterator[Row]:
	"""The decided exit of who lives for himself; of some who went home the request to be taken in again."""
	rng = stream(nation.settings.seed, "elder changes", leaver["name"])
	site = next(site for site in nation.sites if site.code == institution)
	paper = Paper(nation.settings, leaver["name"].replace("CHX-", "X"), leaver, site, rng)
	if grown:
		paper.child = leaver | {"life_state": "Active", "current_placement": stays[0]["name"]}
		stays[1]["placement_change"] = paper.code
		return exit_row(paper, states.CARRIED_OUT, stays[1]["from_date"], stays[1]["name"])
	if rng.random() < 0.35:
		return admission(paper, site, choose(rng, ADMISSIONS))
	return iter(())


def support_row(child: dict, as_of: date, left: date, rng: Random) -> dict:
	"""Housing or a grant of a care leaver."""
	kind = choose(rng, SUPPORT)
	status = choose(rng, (("Requested", 3), ("Approved", 3), ("Delivered", 4)))
	decided = status != "Requested"
	return _paper(
		*("Aftercare Support", "AS", child, as_of, rng),
		status=status,
		kind=kind,
		amount=rng.choice((3000, 5000, 8000)) if kind.endswith("Grant") else 0,
		frequency="Once",
		from_date=left,
		aftercare_plan=f"AP-{child['name'].replace('-', '')}",
		decided_by=user_names.directorate_director(child["governorate"]) if decided else None,
		decision_number="45/2026" if decided else "",
		decision_date=left if decided else None,
		delivered_on=left if status == "Delivered" else None,
	)
