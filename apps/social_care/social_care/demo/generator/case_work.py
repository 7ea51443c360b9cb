"""Work with a child: assessment on entry, plan, last review, contact, activity, savings, and now and then an event.

A tenth of the children has an overdue review, some have no plan: what a directorate looks for in its lists.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

from social_care.demo.generator import user_names
from social_care.demo.generator.chance import choose, stream
from social_care.demo.generator.people import KNOWN, Human
from social_care.demo.generator.records import clamp, office_hour, record, table_row
from social_care.demo.generator.settings import NationSettings

Row = tuple[str, dict]
INTERVAL = timedelta(days=88)
AIMS = {
	True: (("Return to the Family", 60), ("Care in the Institution Meanwhile", 40)),
	False: (("Kafala", 70), ("Independent Living", 30)),
}
GOALS = (
	("DN-02", "تحسين مستوى القراءة والحساب", "دروس تقوية أسبوعية", "مدرس التقوية"),
	("DN-01", "استكمال الفحوص الدورية", "حجز موعد بالتأمين الصحي", "الأخصائي الاجتماعي"),
	("DN-04", "انتظام التواصل مع الأسرة", "زيارة كل شهر", "الأخصائي الاجتماعي"),
	("DN-03", "زيادة الثقة بالنفس", "جلسات مع الأخصائي النفسي", "الأخصائي النفسي"),
	("DN-06", "الاعتماد على النفس في شئون اليوم", "برنامج مهارات الحياة", "المشرف"),
)
ACTIVITIES = (
	("Sport", "كرة القدم"),
	("Art", "ورشة رسم"),
	("Music", "كورال"),
	("Trip or Camp", "رحلة إلى المتحف"),
	("Culture and Reading", "نادي القراءة"),
)
EVENTS = (("EV-04", "High"), ("EV-05", "High"), ("EV-03", "Critical"), ("EV-09", "Medium"))
STATES = (("Closed", 60), ("Followed Up", 15), ("Reported", 15), ("Recorded", 10))


class Worker:
	"""Makes the rows of one child."""

	def __init__(self, settings: NationSettings, child: dict, human: Human) -> None:
		self.child, self.human, self.as_of = child, human, settings.as_of
		self.rng: Random = stream(settings.seed, "case work", human.place)
		self.since: date = child["admission_date"]
		self.director = user_names.institution_director(child["institution"])

	def rows(self) -> Iterator[Row]:
		yield from self.assessment()
		yield from self.plan()
		yield from self.review()
		yield from self.contact()
		yield from self.extras()

	def record(self, prefix: str, on: date, **values) -> dict:
		"""A row of case work about the child; its name never meets one of the series."""
		child = self.child
		return record(
			f"{prefix}-D{self.human.place:07}",
			office_hour(on, self.rng.randrange(360)),
			child["owner"],
			child=child["name"],
			child_name=child["full_name"],
			institution=child["institution"],
			**values,
		)

	def day(self, most: int) -> date:
		"""A day of the last `most` days, not before the child came."""
		return clamp(self.as_of - timedelta(days=self.rng.randrange(1, most)), self.since, self.as_of)

	def assessment(self) -> Iterator[Row]:
		if self.rng.random() < 0.1:
			return
		on, due = (
			min(self.since + timedelta(days=self.rng.randrange(3, 22)), self.as_of),
			self.since + timedelta(days=15),
		)
		row = self.record(
			"CA",
			on,
			assessment_kind="Entry",
			status="Completed",
			assessed_on=on,
			due_on=due,
			is_late=int(on > due),
			total_percent=50.0,
			strengths="اجتماعي ويحب المدرسة",
			needs="متابعة دراسية وتواصل مع الأسرة",
			recommendation="خطة رعاية فردية خلال شهر",
			completed_by=self.child["owner"],
			completed_on=office_hour(on, 300),
		)
		yield "Child Assessment", row
		for number in (1, 2):
			values = {"item": f"AE-0{number}", "score": 2, "scale_max": 4}
			yield "Assessment Score", table_row(row, "Child Assessment", "scores", number, **values)

	def plan(self) -> Iterator[Row]:
		if self.rng.random() < 0.15:
			return
		begin = max(self.since, self.as_of - timedelta(days=self.rng.randrange(40, 200)))
		row = self.record(
			"CP",
			begin,
			status="Active",
			version=1,
			start_date=begin,
			permanency_goal=choose(self.rng, AIMS[self.child["parentage"] == KNOWN]),
			child_took_part=1,
			child_wishes=self.child["child_view"],
			submitted_by=self.child["owner"],
			submitted_on=office_hour(begin, 200),
			approved_by=self.director,
			approved_on=office_hour(begin, 400),
		)
		yield "Care Plan", row
		for number, (domain, goal, action, who) in enumerate(self.rng.sample(GOALS, 2), 1):
			progress = self.rng.choice((0, 25, 50, 75, 100))
			values = {
				"domain": domain,
				"goal": goal,
				"action": action,
				"responsible": who,
				"progress": progress,
			}
			values["until"] = begin + timedelta(days=self.rng.randrange(60, 240))
			values["state"] = {0: "Not Started", 100: "Achieved"}.get(progress, "In Progress")
			values["goal_key"] = f"{self.human.place:08}{number:02}"
			yield "Care Plan Goal", table_row(row, "Care Plan", "goals", number, **values)

	def review(self) -> Iterator[Row]:
		held = self.day(97)
		if (held - self.since).days < 20:
			return
		row = self.record(
			"CR",
			held,
			review_kind="RK-01",
			status="Completed",
			planned_on=held,
			held_on=held,
			due_on=held,
			next_review_on=held + INTERVAL,
			child_took_part=1,
			child_view=self.child["child_view"],
			placement_necessary="Yes",
			placement_suitable="Yes" if self.rng.random() < 0.93 else "Under Study",
			completed_by=self.child["owner"],
			completed_on=office_hour(held, 300),
		)
		yield "Care Review", row
		person = {"capacity": "Social Worker", "participant_name": "الأخصائي الاجتماعي"}
		yield "Care Review Participant", table_row(row, "Care Review", "participants", 1, **person)
		decision = {"decision": "استمرار الخطة مع متابعة الأهداف", "responsible": "الأخصائي الاجتماعي"}
		yield "Care Review Decision", table_row(row, "Care Review", "decisions", 1, **decision)

	def contact(self) -> Iterator[Row]:
		if self.child["parentage"] != KNOWN or self.rng.random() < 0.25:
			return
		values = {
			"contact_date": self.day(140),
			"contact_kind": self.rng.choice(
				("Visit to the Child", "Visit to the Child", "Telephone Call", "Visit by the Child")
			),
			"took_place": 1,
			"place": "Institution",
			"relation": self.rng.choice(("Mother", "Grandparent", "Uncle or Aunt")),
			"how_it_went": "لقاء هادئ",
			"child_reaction": "فرح بالزيارة",
		}
		yield "Family Contact", self.record("FC", values["contact_date"], **values)

	def extras(self) -> Iterator[Row]:
		"""An activity of many, savings of some, an event of few."""
		if self.rng.random() < 0.4:
			(kind, name), on = self.rng.choice(ACTIVITIES), self.day(120)
			setting = self.rng.choice(("Inside the Institution", "In the Community"))
			values = {"activity_date": on, "activity_kind": kind, "activity_name": name, "setting": setting}
			yield "Child Activity", self.record("AC", on, **values)
		if self.rng.random() < 0.3:
			on, amount = self.day(300), self.rng.randrange(5, 60) * 10
			values = {
				"entry_date": on,
				"entry_kind": "Deposit",
				"amount": amount,
				"balance_after": amount,
				"status": "Posted",
			}
			values |= {
				"purpose": "تبرع لحساب الطفل",
				"first_signature": self.child["owner"],
				"first_signed_on": office_hour(on, 60),
			}
			yield "Child Savings Entry", self.record("SV", on, **values)
		if self.rng.random() < 0.03:
			yield "Significant Event", self.event()

	def event(self) -> dict:
		(kind, severity), state, on = self.rng.choice(EVENTS), choose(self.rng, STATES), self.day(60)
		seen = office_hour(on, 120)
		steps = ("Recorded", "Reported", "Followed Up", "Closed").index(state)
		done = [
			seen + timedelta(hours=hours) if steps >= number else None
			for number, hours in enumerate((20, 70, 200), 1)
		]
		officer = user_names.data_officer(self.child["governorate"])
		return self.record(
			"EV",
			on,
			event_kind=kind,
			severity=severity,
			status=state,
			occurred_on=seen,
			discovered_on=seen,
			report_to="مديرية",
			report_due_on=seen + timedelta(hours=24),
			reported_on=done[0],
			reported_by=self.child["owner"] if done[0] else None,
			description="واقعة بسيطة جرى التعامل معها",
			follow_up="جرت المتابعة" if done[1] else None,
			followed_up_by=self.child["owner"] if done[1] else None,
			followed_up_on=done[1],
			closing_note="انتهت دون أثر" if done[2] else None,
			closed_by=officer if done[2] else None,
			closed_on=done[2],
		)
