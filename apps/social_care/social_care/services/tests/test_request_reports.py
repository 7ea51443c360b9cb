"""Reports over the requests of services: what they count, for whom, over which days, and by which fields."""

import frappe
from frappe.utils import add_days, add_to_date, now_datetime, nowdate

from social_care.api.guards.endpoints import run_report
from social_care.printing.testing import texts
from social_care.prints import report
from social_care.prints.testing import whole
from social_care.services import answers, backlog, versions
from social_care.services.report.requests_by_answer.requests_by_answer import execute as by_answer
from social_care.services.report.requests_of_a_service.requests_of_a_service import execute
from social_care.services.requests_of_all import PeriodError
from social_care.services.tests.cases import VISIT, VISITS, ServiceTestCase, StepsTestCase
from social_care.services.tests.packs import compile_packs
from social_care.tests import factories
from social_care.tests.queries import queries

BACKLOG, ANSWERS = "Requests of a Service", "Requests by Answer"
MEASURE, MEASURES = "SC-35", "Alternative Measure Case"

SURVEY, SURVEYS = "SC-29", "Prosthesis Request"


class RequestsCase(ServiceTestCase):
	def setUp(self) -> None:
		super().setUp()
		frappe.db.delete(VISITS)  # of other tests; taken back at the end

	def received(self, place=None, days: int = 0, **values):
		"""A request that came in so many days ago."""
		self.act_as("Administrator")
		place = place or self.here
		doc = self.visit(institution=place.institution, org_unit=place.district).insert()
		doc.db_set({"submitted_on": add_to_date(now_datetime(), days=-days), **values})
		return doc

	def rows(self, user: str, run=execute, **filters) -> list[dict]:
		self.act_as(user)
		return run({"service": VISIT, **filters})[1]


class TestBacklog(RequestsCase):
	def row(self, user: str, **filters) -> dict | None:
		rows = self.rows(user, **filters)
		return next((row for row in rows if not row.get("is_total")), None)

	def test_open_requests_stand_in_the_band_of_their_age(self) -> None:
		for days in (0, 7, 8, 30, 31, 90, 91, 400):
			self.received(days=days, overdue=int(days > 30))
		row = self.row(self.here.chief)
		self.assertEqual([row[name] for name in backlog.BANDS], [2, 2, 2, 2])
		self.assertEqual((row["open"], row["overdue"]), (8, 4))
		self.assertEqual(row["received"], 7)  # the oldest came in before the period, and is open all the same

	def test_each_number_opens_as_many_rows(self) -> None:
		for days in (0, 8, 45, 200):
			self.received(days=days, overdue=int(days > 30))
		self.received(days=20, status="Refused", closed_on=now_datetime(), decided_on=now_datetime())
		row = self.row(self.here.chief)
		self.assertEqual({*row["opens"]}, {"received", "open", "overdue", "decided", *backlog.BANDS})
		for name, found in row["opens"].items():
			self.assertEqual(found["doctype"], VISITS)
			listed = frappe.get_list(VISITS, filters=found["filters"], pluck="name", limit_page_length=0)
			self.assertEqual(len(listed), row[name], name)

	def test_days_and_share_in_time(self) -> None:
		for used, late in ((4, 0), (7, 0), (10, 1)):
			self.received(
				decided_on=now_datetime(), closed_on=now_datetime(), working_days=used, overdue=late
			)
		row = self.row(self.here.chief)
		self.assertEqual((row["decided"], row["average_days"], row["in_time"]), (3, 7.0, 66.7))
		earlier = add_days(nowdate(), -30)
		self.assertIsNone(self.row(self.here.chief, from_date=earlier, to_date=add_days(nowdate(), -1)))
		with self.assertRaises(PeriodError):
			execute({"service": VISIT, "from_date": nowdate(), "to_date": earlier})

	def test_a_place_counts_its_own_and_headquarters_all(self) -> None:
		self.received()
		self.received(days=3)
		self.received(place=self.there)
		self.assertEqual(self.rows(self.here.chief)[-1]["open"], 2)
		self.assertEqual(self.rows(self.there.chief)[-1]["open"], 1)
		both = self.rows(self.country.head)
		named = {row["unit_name"]: row["open"] for row in both if not row.get("is_total")}
		offices = (self.here.district, self.there.district)
		titles = [frappe.db.get_value("Org Unit", office, "unit_name") for office in offices]
		self.assertEqual([named[title] for title in titles], [2, 1])
		self.assertEqual(both[-1]["open"], 3)
		self.assertEqual(self.rows(self.country.head, governorate="02")[-1]["open"], 1)
		self.assertEqual(self.rows(self.here.chief, governorate="02"), [])

	def test_whoever_sees_no_requests_counts_none(self) -> None:
		self.received()
		self.assertEqual(self.rows(self.here.officer), [])

	def test_all_services_are_told_apart(self) -> None:
		self.received()
		self.act_as(self.here.chief)
		columns, rows, *_rest = execute({})
		self.assertEqual(columns[0]["fieldname"], "service_name")
		self.assertEqual(next(row for row in rows if row.get("service") == VISIT)["open"], 1)
		group = frappe.db.get_value("Service", VISIT, "service_group")
		self.assertTrue(execute({"service_group": group})[1])
		other = frappe.db.get_value("Service Group", {"name": ["!=", group]})
		self.assertNotIn(VISIT, [row.get("service") for row in execute({"service_group": other})[1]])

	def test_queries_do_not_grow_with_requests(self) -> None:
		self.received()
		before = self.asked()
		for days in range(4):
			self.received(days=days)
		self.assertEqual(self.asked(), before)

	def asked(self) -> int:
		self.rows(self.here.chief)
		with queries() as sent:
			execute({"service": VISIT})
		return len(sent)


class TestOutcomes(StepsTestCase):
	"""Through the real steps, so that the path of the request says how it was decided."""

	def setUp(self) -> None:
		super().setUp()
		frappe.db.delete(VISITS, {"name": ["!=", self.doc.name]})  # of other tests; taken back at the end

	def row(self) -> dict:
		self.act_as(self.here.chief)
		return execute({"service": VISIT})[1][-1]

	def refused(self) -> None:
		self.to_decision()
		self.act_as(self.here.chief)
		self.move(self.doc, "Refused", reason="لا تثبت القرابة")

	def test_a_refusal_and_its_appeal(self) -> None:
		self.refused()
		row = self.row()
		self.assertEqual((row["decided"], row["granted"], row["refused"], row["appealed"]), (1, 0, 1, 0))
		self.act_as(self.worker)
		self.move(self.doc, "Appeal under Review", reason="أوراق جديدة")
		row = self.row()
		self.assertEqual((row["decided"], row["refused"], row["appealed"], row["open"]), (0, 0, 1, 1))

	def test_a_granted_request_that_was_closed_stays_granted(self) -> None:
		self.to_decision()
		self.act_as(self.here.chief)
		self.move(self.doc, "Permit Granted")
		self.act_as(self.worker)
		self.move(self.doc, "Back at the Institution")
		row = self.row()
		self.assertEqual((row["decided"], row["granted"], row["refused"], row["open"]), (1, 1, 0, 0))


class TestAnswers(RequestsCase):
	def setUp(self) -> None:
		super().setUp()
		self.received(permit_kind="Day Out", relation_to_child="Grandparent")
		self.received(permit_kind="Day Out", relation_to_child="Sibling")
		self.received(permit_kind="Overnight Stay", relation_to_child="Sibling")
		self.received(place=self.there, permit_kind="Overnight Stay", relation_to_child="Sibling")

	def counted(self, user: str, *fields: str, **filters) -> dict[tuple, int]:
		"""{(answers, …): requests} of the report."""
		asked = dict(zip(("first_answer", "second_answer", "third_answer"), fields, strict=False))
		rows = self.rows(user, by_answer, **asked, **filters)
		return {
			tuple(row[f"answer_{place}"] for place in range(len(fields))): row["requests"]
			for row in rows[:-1]
		}

	def test_requests_are_counted_by_one_and_by_two_fields(self) -> None:
		frappe.local.lang = "ar"
		self.addCleanup(setattr, frappe.local, "lang", "en")
		pack = versions.published(VISIT)
		said = {
			option["value"]: option["title"]["ar"]
			for section in pack["sections"]
			for field in section["fields"]
			for option in field["options"]
		}
		out, night = said["Day Out"], said["Overnight Stay"]
		self.assertEqual(self.counted(self.here.chief, "permit_kind"), {(out,): 2, (night,): 1})
		self.assertEqual(
			self.counted(self.here.chief, "permit_kind", "relation_to_child"),
			{(out, said["Grandparent"]): 1, (out, said["Sibling"]): 1, (night, said["Sibling"]): 1},
		)

	def test_places_are_told_apart_where_it_is_asked(self) -> None:
		rows = self.rows(self.country.head, by_answer, places="Governorate", first_answer="permit_kind")
		self.assertEqual([row["requests"] for row in rows], [1, 2, 1, 4])  # Alexandria, then Cairo
		self.assertEqual([row["share"] for row in rows], [25.0, 50.0, 25.0, 100.0])
		self.assertNotEqual(rows[0]["governorate_name"], rows[1]["governorate_name"])
		self.assertEqual(rows[1]["governorate_name"], rows[2]["governorate_name"])
		only = self.rows(self.country.head, by_answer, governorate="02", first_answer="permit_kind")
		self.assertEqual(only[-1]["requests"], 1)

	def test_a_row_opens_as_many_requests(self) -> None:
		asked = {"first_answer": "permit_kind", "second_answer": "social_worker_opinion"}
		for row in self.rows(self.here.chief, by_answer, **asked)[:-1]:
			found = row["opens"]["requests"]
			listed = frappe.get_list(VISITS, filters=found["filters"], pluck="name", limit_page_length=0)
			self.assertEqual(len(listed), row["requests"])

	def test_another_place_counts_its_own(self) -> None:
		rows = self.rows(self.there.chief, by_answer, first_answer="permit_kind")
		self.assertEqual(rows[-1]["requests"], 1)

	def test_a_service_whose_requests_one_does_not_see_is_refused(self) -> None:
		for run in (lambda: by_answer({"service": VISIT}), lambda: answers.fields(VISIT)):
			self.act_as(self.here.officer)
			with self.assertRaises(frappe.PermissionError):
				run()

	def test_only_fields_of_the_form_are_counted(self) -> None:
		self.act_as(self.here.chief)
		for name in ("applicant_name", "stay_address", "owner", "1=1) or (1", "child_view"):
			with self.assertRaises(answers.FieldNotCounted, msg=name):
				by_answer({"service": VISIT, "first_answer": name})

	def test_queries_do_not_grow_with_requests(self) -> None:
		before = self.asked()
		for _request in range(3):
			self.received()
		self.assertEqual(self.asked(), before)

	def asked(self) -> int:
		asked = {"service": VISIT, "first_answer": "permit_kind"}
		self.rows(self.here.chief, by_answer, first_answer="permit_kind")
		with queries() as sent:
			by_answer(asked)
		return len(sent)


class TestLevelsAndNumbers(ServiceTestCase):
	"""Alternative measures: the child's wish is of a level that the institution reads and the directorate does not."""

	@classmethod
	def setUpClass(cls) -> None:
		super().setUpClass()
		if not versions.published_version(MEASURE):
			compile_packs([MEASURE])

	def setUp(self) -> None:
		super().setUp()
		frappe.db.delete(MEASURES)  # of other tests; taken back at the end
		for kind, wish, months in (
			("Community Service", "Agrees", 6),
			("Community Service", "Does not Agree", 3),
			("Judicial Probation", "Agrees", 0),
		):
			self.measure(measure_kind=kind, child_agrees=wish, measure_months=months)

	def measure(self, **values) -> None:
		doc = frappe.get_doc(
			{
				"doctype": MEASURES,
				"institution": self.here.institution,
				"org_unit": self.here.district,
				"applicant_name": "سعاد محمود علي حسن",
				"child": self.child(self.here.institution),
				"judging_court": "محكمة الطفل",
				"judgment_number": "12 لسنة 2026",
				"judged_on": add_days(nowdate(), -20),
				"measure_kind": "Judicial Probation",
				"measure_months": 12,
				"age_at_act": 16,
				"guardian_full_name": "محمود علي حسن",
				"guardian_tie": "Father or Mother",
				"guardian_mobile": "0100 123 4567",
			}
		)
		doc.insert()
		doc.db_set(values)

	def test_a_protected_field_is_offered_to_those_who_read_its_level(self) -> None:
		for user, offered in ((self.here.director, True), (self.here.chief, False)):
			self.act_as(user)
			names = {row["value"] for row in answers.fields(MEASURE)["choices"]}
			self.assertIn("measure_kind", names)
			self.assertEqual("child_agrees" in names, offered, user)

	def test_a_protected_field_is_counted_for_them_alone(self) -> None:
		asked = {"service": MEASURE, "first_answer": "measure_kind", "second_answer": "child_agrees"}
		self.act_as(self.here.director)
		self.assertEqual([row["requests"] for row in by_answer(asked)[1]], [1, 1, 1, 3])
		self.act_as(self.here.chief)
		with self.assertRaises(answers.FieldNotCounted):
			by_answer(asked)

	def test_means_are_of_the_numbers_that_were_given(self) -> None:
		self.act_as(self.here.chief)
		rows = by_answer(
			{"service": MEASURE, "first_answer": "measure_kind", "first_number": "measure_months"}
		)[1]
		found = [(row["requests"], row["given_0"], row["mean_0"]) for row in rows]
		self.assertEqual(found, [(1, 0, None), (2, 2, 4.5), (3, 2, 4.5)])


class TestProsthesisSurvey(ServiceTestCase):
	"""R2-37: who wants a prosthesis, by classification, priority group and governorate."""

	@classmethod
	def setUpClass(cls) -> None:
		super().setUpClass()
		if not versions.published_version(SURVEY):
			compile_packs([SURVEY])

	def entry(self, place, **values) -> None:
		"""A row as it stands in the survey; how it is entered is proven by the pack's own samples."""
		kept = {"service": SURVEY, "pack_version": versions.published_version(SURVEY)}
		first = {"doctype": SURVEYS, "status": "Entered in the Survey", "submitted_on": now_datetime()}
		doc = frappe.get_doc(first | kept | {"org_unit": place.district, **values})
		doc.set_new_name()
		doc.db_insert()

	def test_totals_by_classification_priority_and_governorate(self) -> None:
		frappe.db.delete(SURVEYS)  # of other tests; taken back at the end
		for place, limb, student, income in (
			(self.here, "Upper Limb", 1, 1000),
			(self.here, "Lower Limb", 0, 3000),
			(self.here, "Lower Limb", 0, 0),
			(self.there, "Lower Limb", 1, 0),
		):
			self.entry(place, limb=limb, is_student=student, household_income=income)
		asked = {"service": SURVEY, "places": "Governorate", "first_answer": "limb"}
		asked |= {"second_answer": "is_student", "first_number": "household_income"}
		manager = factories.staff("General Manager", "HQ")
		self.act_as(manager)
		rows = by_answer(asked)[1]
		self.assertEqual([row["requests"] for row in rows], [1, 1, 2, 4])
		self.assertEqual([row["mean_0"] for row in rows], [None, 1000, 3000, 2000])
		self.act_as("Administrator")
		minister = factories.staff("Minister Office", "HQ")
		self.act_as(minister)
		with self.assertRaises(answers.FieldNotCounted):
			by_answer(asked)  # income is of a level that the minister's office does not read
		self.assertEqual(by_answer(asked | {"first_number": ""})[1][-1]["requests"], 4)


class TestAsReports(RequestsCase):
	"""As the desk runs and prints them."""

	def test_who_has_no_report_role_is_refused(self) -> None:
		self.act_as(self.worker)
		for name in (BACKLOG, ANSWERS):
			with self.assertRaises(frappe.PermissionError):
				run_report(name, {"service": VISIT})

	def test_prints_are_arabic(self) -> None:
		self.received(days=40)
		asked = {
			BACKLOG: {"service": VISIT},
			ANSWERS: {"service": VISIT, "first_answer": "permit_kind", "places": "Governorate"},
		}
		arabic = frappe.translate.get_all_translations("ar")
		for name, filters in asked.items():
			self.act_as(self.here.chief)
			pdf = report.make(name, filters)
			self.assertIn(arabic[name], texts(pdf)[0])
			said = whole(pdf)
			for english in ("permit", "Day Out", "Governorate", "Total", "service"):
				self.assertNotIn(english, said)
