"""Whether places can work with the system: surveys, what they lack, and devices from the request to the receipt."""

import frappe
from frappe.utils import add_days, add_months, nowdate

from social_care.organisation.doctype.readiness_survey.readiness_survey import ReadinessSurveyError
from social_care.organisation.readiness import places_of_all, provision
from social_care.organisation.readiness.places import PlaceError
from social_care.organisation.readiness.provision import DeviceRequestError
from social_care.organisation.report.places_that_are_not_ready import places_that_are_not_ready as lacking
from social_care.organisation.report.provision_of_devices import provision_of_devices as provided
from social_care.organisation.report.readiness_by_governorate import (
	readiness_by_governorate as coverage,
)
from social_care.tests import CountryTestCase, factories
from social_care.tests.queries import queries

READY = {"computers": 3, "working_computers": 2, "has_internet": 1, "trained_users": 1}


class ReadinessCase(CountryTestCase):
	def setUp(self) -> None:
		super().setUp()
		self.home = factories.institution(self.here.district).name
		self.title = frappe.db.get_value("Institution", self.home, "institution_name")
		self.director = factories.staff("Institution Director", institution=self.home)

	def survey(self, **values):
		place = {} if "org_unit" in values else {"institution": self.home}
		return frappe.get_doc({"doctype": "Readiness Survey"} | place | values).insert()

	def request(self, **values):
		doc = {
			"doctype": "Device Request",
			"institution": self.home,
			"quantity": 3,
			"reason": "لا توجد أجهزة",
		}
		return frappe.get_doc(doc | values).insert()


class TestSurvey(ReadinessCase):
	def test_what_a_mechanised_place_has(self) -> None:
		self.act_as(self.director)
		doc = self.survey(**READY)
		self.assertEqual(
			(doc.is_ready, doc.missing, doc.accounts, doc.org_unit), (1, "", 1, self.here.district)
		)
		self.assertEqual(doc.governorate, "01")
		doc.has_internet = 0
		doc.save()
		self.assertEqual((doc.is_ready, doc.missing), (0, "Internet"))

	def test_accounts_are_counted_and_what_is_judged_is_not_sent(self) -> None:
		frappe.db.set_value("Staff Assignment", {"user": self.director}, "valid_to", add_days(nowdate(), -1))
		doc = self.survey(**READY, accounts=9, is_ready=1)
		self.assertEqual((doc.accounts, doc.is_ready, doc.missing), (0, 0, "Accounts in Use"))

	def test_the_institution_tells_the_same_as_its_newest_survey(self) -> None:
		self.survey(**READY)
		self.survey(surveyed_on=add_days(nowdate(), -30), computers=9, working_computers=9)
		fields = ["computers", "working_computers", "has_internet"]
		self.assertEqual(frappe.db.get_value("Institution", self.home, fields), (3, 2, 1))

	def test_a_unit_is_surveyed_by_whoever_works_there(self) -> None:
		manager = factories.staff("Social Administration Manager", org_unit=self.here.district)
		self.act_as(manager)
		doc = self.survey(org_unit=self.here.district, **READY)
		self.assertEqual((doc.institution, doc.is_ready), (None, 1))

	def test_numbers_that_cannot_be(self) -> None:
		self.assertRefused(ReadinessSurveyError, self.survey, computers=1, working_computers=2)
		self.assertRefused(ReadinessSurveyError, self.survey, surveyed_on=add_days(nowdate(), 1))
		self.survey()
		self.assertRefused(ReadinessSurveyError, self.survey)
		doc = frappe.get_doc({"doctype": "Readiness Survey"})
		self.assertRefused(PlaceError, doc.insert)

	def test_another_place_neither_reads_nor_writes_it(self) -> None:
		doc = self.survey(**READY)
		for user in (self.there.director, self.there.chief, self.there.officer):
			self.act_as(user)
			self.assertEqual(frappe.get_list("Readiness Survey", {"name": doc.name}), [])
			self.assertRefused(frappe.PermissionError, frappe.get_doc("Readiness Survey", doc.name).save)
			self.assertRefused(frappe.PermissionError, self.survey, surveyed_on=add_days(nowdate(), -2))

	def test_a_survey_keeps_its_place(self) -> None:
		doc = self.survey(**READY)
		doc.institution = self.there.institution
		doc.save()
		self.assertEqual((doc.institution, doc.org_unit), (self.home, self.here.district))


class TestReports(ReadinessCase):
	def own(self) -> frappe._dict:
		return next(place for place in places_of_all.places() if place.title == self.title)

	def test_the_newest_survey_counts_until_it_is_too_old(self) -> None:
		self.settings(readiness_months=12)
		self.assertIsNone(self.own().surveyed_on)
		self.survey(surveyed_on=add_days(nowdate(), -40), computers=1)
		self.survey(**READY)
		self.assertEqual(self.own().is_ready, 1)
		frappe.db.set_value(
			"Readiness Survey", {"institution": self.home}, "surveyed_on", add_months(nowdate(), -13)
		)
		self.assertIsNone(self.own().surveyed_on)

	def test_coverage_of_a_governorate(self) -> None:
		def row() -> dict:
			_columns, rows = coverage.execute({})
			return next(row for row in rows if row["governorate_name"] == "القاهرة")

		self.act_as(self.here.chief)
		before = row()
		self.act_as("Administrator")
		self.survey(**READY)
		self.act_as(self.here.chief)
		after = row()
		for name in ("surveyed", "with_computer", "with_internet", "with_account", "with_trained", "ready"):
			self.assertEqual(after[name] - before[name], 1, name)
		self.act_as(self.there.chief)
		_columns, rows = coverage.execute({})
		self.assertNotIn("القاهرة", [row["governorate_name"] for row in rows])

	def test_units_and_institutions_that_lack_something(self) -> None:
		self.survey(**READY | {"working_computers": 0})
		self.act_as(self.here.chief)
		titles = lambda **filters: [row["title"] for row in lacking.execute(filters)[1]]  # noqa: E731
		self.assertIn(self.title, titles(lacking="Computer"))
		self.assertNotIn(self.title, titles(lacking="Internet"))
		self.assertNotIn(self.title, titles(lacking="Survey"))
		district = frappe.db.get_value("Org Unit", self.here.district, "unit_name")
		self.assertIn(district, titles(lacking="Survey"))
		self.act_as(self.there.chief)
		self.assertNotIn(self.title, titles())

	def test_as_many_queries_for_more_places(self) -> None:
		def asked() -> int:
			with queries() as sent:
				coverage.execute({})
			return len(sent)

		asked()
		few = asked()
		factories.institution(self.here.district)
		self.assertEqual(asked(), few)

	def test_prints(self) -> None:
		from social_care.prints.report import make

		self.act_as(self.here.chief)
		for name in ("Readiness by Governorate", "Places That Are Not Ready", "Provision of Devices"):
			self.assertTrue(make(name, {}).startswith(b"%PDF"), name)


class TestProvision(ReadinessCase):
	def test_from_the_request_to_the_receipt(self) -> None:
		self.act_as(self.director)
		doc = self.request()
		self.assertEqual((doc.status, doc.requested_by), ("Requested", self.director))
		frappe.db.set_value("Device Request", doc.name, "requested_on", add_days(nowdate(), -12))
		self.assertRefused(frappe.PermissionError, provision.take, doc.name, "approve")
		self.act_as(self.country.head)
		self.assertRefused(DeviceRequestError, provision.take, doc.name, "approve", 4)
		self.assertEqual(provision.take(doc.name, "approve", 2), "Approved")
		self.assertEqual(provision.take(doc.name, "approve", 2), "Approved")  # a second click
		self.act_as(self.here.chief)
		self.assertEqual(provision.take(doc.name, "deliver"), "Delivered")
		self.assertRefused(DeviceRequestError, provision.take, doc.name, "receive")  # who delivered
		self.act_as(self.director)
		self.assertEqual(provision.take(doc.name, "receive", 2), "Receipt Confirmed")
		doc.reload()
		self.assertEqual((doc.approved_quantity, doc.received_quantity, doc.days_to_provide), (2, 2, 12))
		self.act_as(self.here.chief)
		_columns, rows = provided.execute({})
		self.assertEqual((rows[-1]["received"] >= 1, rows[-1]["devices"] >= 2), (True, True))

	def test_rejected_with_a_reason_and_not_by_whoever_asked(self) -> None:
		doc = self.request(requested_by=self.country.head)
		frappe.db.set_value("Device Request", doc.name, "requested_by", self.country.head)
		self.act_as(self.country.head)
		self.assertRefused(DeviceRequestError, provision.take, doc.name, "reject", None, "x")
		frappe.db.set_value("Device Request", doc.name, "requested_by", self.director)
		self.assertRefused(DeviceRequestError, provision.take, doc.name, "reject")
		self.assertEqual(provision.take(doc.name, "reject", None, "يوجد جهاز يعمل"), "Rejected")
		self.assertRefused(DeviceRequestError, provision.take, doc.name, "deliver")

	def test_what_was_decided_is_not_rewritten(self) -> None:
		self.act_as(self.director)
		doc = self.request(status="Approved", approved_quantity=9)
		self.assertEqual((doc.status, doc.approved_quantity), ("Requested", None))
		doc.quantity = 2
		doc.save()
		frappe.db.set_value("Device Request", doc.name, "status", "Approved")
		doc.reload()
		doc.quantity = 5
		self.assertRefused(DeviceRequestError, doc.save)
		self.assertRefused(frappe.PermissionError, frappe.delete_doc, "Device Request", doc.name)

	def test_another_place_takes_no_step(self) -> None:
		doc = self.request()
		for user in (self.there.director, self.there.chief):
			self.act_as(user)
			for step in provision.STEPS:
				self.assertRefused(frappe.PermissionError, provision.take, doc.name, step)
