"""A census: counted as of its instant, declared and signed level by level, frozen under a checksum."""

from unittest.mock import patch

import frappe
from frappe.utils import add_days, add_to_date, now_datetime, nowdate

from social_care.governance.census import CAMPAIGN, ENTRY, RETURN, counting, freezing, signing
from social_care.governance.census.signing import CensusError
from social_care.governance.doctype.census_campaign.census_campaign import CensusCampaignError
from social_care.governance.kept import KeptRecordError
from social_care.governance.report.census_expected_and_entered import census_expected_and_entered as report
from social_care.tests import CountryTestCase, factories
from social_care.tests.queries import queries


def sign(name: str) -> str:
	"""The signature of whoever looks at the numbers as they are."""
	return signing.sign(name, signing.token(frappe.db.get_value(RETURN, name, "*", as_dict=True)))


class CensusCase(CountryTestCase):
	"""Two homes with staff of their own in one directorate, five children."""

	def setUp(self) -> None:
		super().setUp()
		self.enterContext(patch.object(frappe.db, "commit"))
		self.home, self.other = (factories.institution(self.here.district).name for _home in range(2))
		self.entry, self.director = (
			factories.staff(role, institution=self.home)
			for role in ("Institution Entry User", "Institution Director")
		)
		self.children = [factories.child(self.home).name for _child in range(3)]
		self.elsewhere = [factories.child(self.other).name for _child in range(2)]

	def campaign(self, hours: int = 1, **values) -> str:
		"""A census whose cut-off comes in some hours."""
		doc = {"doctype": CAMPAIGN, "title": "حصر", "cut_off": add_to_date(now_datetime(), hours=hours)}
		name = frappe.get_doc(doc | values).insert().name
		counting.announce(name)
		return name

	def counted(self, **values) -> str:
		"""The same after its cut-off, which is now."""
		name = self.campaign(**values)
		frappe.db.set_value(CAMPAIGN, name, "cut_off", now_datetime())
		counting.count(name)
		return name

	def row(self, campaign: str, home: str = "") -> frappe._dict:
		return frappe.db.get_value(
			RETURN, {"campaign": campaign, "institution": home or self.home}, "*", as_dict=True
		)

	def signed(self, campaign: str) -> None:
		"""All returns of the nation signed by all levels; that of the home by those whose task it is."""
		row = self.row(campaign)
		self.act_as(self.entry)
		signing.declare(row.name, 3)
		for user in (self.director, self.here.chief, self.country.head):
			self.act_as(user)
			sign(row.name)
		self.act_as("Administrator")
		last = {"status": signing.LEVELS[-1].after}
		frappe.db.set_value(RETURN, {"campaign": campaign, "name": ["!=", row.name]}, last)
		self.act_as(self.country.head)


class TestCounting(CensusCase):
	def test_each_institution_and_child_once_however_often_it_is_counted(self) -> None:
		name = self.counted()
		row = self.row(name)
		self.assertEqual((row.entered, row.entered_late, row.licensed, row.status), (3, 0, 40, "Waiting"))
		rows, entries = (
			frappe.db.count(RETURN, {"campaign": name}),
			frappe.db.count(ENTRY, {"campaign": name}),
		)
		self.assertEqual(rows, frappe.db.count("Institution", {"status": ["!=", "Closed"]}))
		frappe.db.set_value(CAMPAIGN, name, {"counted_to": "", "announced_to": ""})
		counting.announce(name)
		counting.count(name)
		self.assertEqual(frappe.db.count(RETURN, {"campaign": name}), rows)
		self.assertEqual(frappe.db.count(ENTRY, {"campaign": name}), entries)
		self.assertEqual(frappe.db.get_value(CAMPAIGN, name, "entered"), entries)

	def test_a_worker_that_was_ended_is_followed_by_one_that_goes_on(self) -> None:
		name = self.campaign()
		frappe.db.set_value(CAMPAIGN, name, "cut_off", add_to_date(now_datetime(), seconds=-1))
		with patch.object(counting, "AT_ONCE", 1), patch.object(counting, "sum_up", side_effect=SystemExit):
			self.assertRaises(SystemExit, counting.count, name)
		self.assertEqual(frappe.db.get_value(CAMPAIGN, name, "status"), "Announced")
		counting.work()
		self.assertEqual(frappe.db.get_value(CAMPAIGN, name, "status"), "Counted")

	def test_where_a_child_lived_on_the_day_is_what_counts(self) -> None:
		frappe.db.set_value("Placement", {"child": self.children[0]}, "from_date", add_days(nowdate(), -30))
		factories.transfer(self.children[0], self.other, from_date=add_days(nowdate(), -3))
		name = self.counted()
		self.assertEqual((self.row(name).entered, self.row(name, self.other).entered), (2, 3))

	def test_what_happens_later_changes_nothing_of_what_was_counted(self) -> None:
		name = self.counted()
		factories.transfer(self.children[0], self.other)
		factories.child(self.home)
		frappe.db.set_value("Child", self.children[1], "sex", "Female")
		counting.sum_up(name)
		self.assertEqual((self.row(name).entered, self.row(name, self.other).entered), (3, 2))
		entry = frappe.db.get_value(
			ENTRY, {"campaign": name, "child": self.children[1]}, ["institution", "sex"]
		)
		self.assertEqual(entry, (self.home, "Male"))

	def test_queries_do_not_grow_with_children(self) -> None:
		def asked() -> int:
			name = self.campaign()
			with queries() as sent:
				counting.count(name)
			return len(sent)

		asked()
		few = asked()
		for _child in range(4):
			factories.child(self.home)
		self.assertEqual(asked(), few)

	def test_expected_by_licence_and_by_a_former_census(self) -> None:
		first = self.counted(expected_from="Licensed Capacity")
		self.assertEqual((self.row(first).expected, self.row(first).difference), (40, -37))
		factories.child(self.home)
		second = self.counted(expected_from="Former Census", former_census=first)
		self.assertEqual(
			(self.row(second).expected, self.row(second).entered, self.row(second).difference), (3, 4, 1)
		)


class TestSigning(CensusCase):
	def test_level_by_level(self) -> None:
		name = self.counted()
		row = self.row(name)
		self.act_as(self.director)
		self.assertRefused(CensusError, sign, row.name)  # nothing was declared
		self.act_as(self.entry)
		signing.declare(row.name, 3)
		self.assertRefused(frappe.PermissionError, sign, row.name)
		for early in (self.here.chief, self.country.head):
			self.act_as(early)
			self.assertRefused(frappe.PermissionError, sign, row.name)
		signers = {
			"institution": self.director,
			"directorate": self.here.chief,
			"headquarters": self.country.head,
		}
		for level, user in signers.items():
			self.act_as(user)
			first = sign(row.name)
			self.assertEqual(sign(row.name), first)  # a second click
			self.assertEqual(self.row(name)[f"{level}_signed_by"], user)
		self.assertEqual(self.row(name).status, "Signed by Headquarters")
		self.act_as(self.entry)
		self.assertRefused(CensusError, signing.declare, row.name, 4)

	def test_whoever_declared_does_not_sign(self) -> None:
		name = self.counted()
		row = self.row(name)
		self.act_as(self.director)
		signing.declare(row.name, 3)
		self.assertRefused(CensusError, sign, row.name)
		self.act_as("Administrator")
		self.settings(census_four_eyes=0)
		self.act_as(self.director)
		self.assertEqual(sign(row.name), "Signed by Institution")

	def test_a_difference_has_a_reason_and_late_entries_are_kept_apart(self) -> None:
		name = self.counted()
		row = self.row(name)
		self.act_as(self.entry)
		signing.declare(row.name, 5)
		late = factories.child(self.home).name
		self.act_as(self.director)
		self.assertEqual(sign(row.name), "Waiting")  # the late child is shown first
		self.assertEqual(self.row(name).entered_late, 1)
		self.assertRefused(CensusError, sign, row.name)
		self.act_as(self.entry)
		signing.declare(row.name, 5, "طفل لم يدخل بعد")
		self.act_as(self.director)
		sign(row.name)
		row = self.row(name)
		self.assertEqual((row.entered, row.entered_late, row.difference), (3, 1, -1))
		self.assertTrue(frappe.db.get_value(ENTRY, {"campaign": name, "child": late}, "is_late"))

	def test_sent_back_with_a_reason_and_signed_anew(self) -> None:
		name = self.counted()
		row = self.row(name)
		self.act_as(self.entry)
		signing.declare(row.name, 3)
		self.act_as(self.director)
		sign(row.name)
		self.act_as(self.here.chief)
		self.assertRefused(CensusError, signing.send_back, row.name, "  ")
		signing.send_back(row.name, "العدد يخالف كشف التغذية")
		row = self.row(name)
		self.assertEqual(
			(row.status, row.institution_signed_by, row.returned_by), ("Returned", None, self.here.chief)
		)
		self.act_as(self.director)
		self.assertEqual(sign(row.name), "Signed by Institution")

	def test_not_before_the_cut_off(self) -> None:
		name = self.campaign()
		row = self.row(name)
		self.act_as(self.entry)
		signing.declare(row.name, 3)
		self.act_as(self.director)
		self.assertRefused(CensusError, sign, row.name)

	def test_many_at_once_only_at_the_callers_places_and_none_of_his_own(self) -> None:
		name = self.counted()
		both = {"campaign": name, "institution": ["in", [self.home, self.other, self.there.institution]]}
		frappe.db.set_value(RETURN, both, "status", "Signed by Institution")
		frappe.db.set_value(
			RETURN, {"campaign": name, "institution": self.other}, "declared_by", self.here.chief
		)
		self.act_as(self.here.chief)
		self.assertEqual(signing.sign_all(name), 1)
		self.assertEqual(signing.sign_all(name), 0)
		found = [self.row(name, home).status for home in (self.home, self.other, self.there.institution)]
		self.assertEqual(found, ["Signed by Directorate", "Signed by Institution", "Signed by Institution"])
		self.act_as(self.entry)
		self.assertEqual(signing.sign_all(name), 0)

	def test_another_place_reads_and_does_nothing(self) -> None:
		name = self.counted()
		row = self.row(name)
		for user in (self.there.director, self.there.chief, self.there.entry):
			self.act_as(user)
			for call in (sign, lambda r: signing.declare(r, 1), lambda r: signing.send_back(r, "x")):
				self.assertRefused(frappe.PermissionError, call, row.name)
			self.assertEqual(frappe.get_list(RETURN, {"name": row.name}), [])
			self.assertEqual(frappe.get_list(ENTRY, {"census_return": row.name}), [])


class TestFreezing(CensusCase):
	def test_only_when_all_have_signed_and_only_by_headquarters(self) -> None:
		name = self.counted()
		self.act_as(self.country.head)
		self.assertRefused(CensusError, freezing.freeze, name)
		self.signed(name)
		self.act_as(self.here.chief)
		self.assertRefused(frappe.PermissionError, freezing.freeze, name)
		self.act_as(self.country.head)
		checksum = freezing.freeze(name)
		self.assertEqual(freezing.freeze(name), checksum)
		self.assertEqual(freezing.verify(name), {"is_whole": True, "institutions": []})

	def test_a_row_that_is_changed_in_the_database_is_found(self) -> None:
		name = self.counted()
		self.signed(name)
		freezing.freeze(name)
		entry = frappe.db.get_value(ENTRY, {"campaign": name, "institution": self.home})
		changes = (
			(RETURN, self.row(name).name, "entered", 4),
			(RETURN, self.row(name).name, "remark", "x"),
			(ENTRY, entry, "sex", "Female"),
			(ENTRY, entry, "is_late", 1),
		)
		for doctype, record, field, value in changes:
			before = frappe.db.get_value(doctype, record, field)
			frappe.db.set_value(doctype, record, field, value)
			told = freezing.verify(name)
			self.assertEqual(told, {"is_whole": False, "institutions": [self.home]}, field)
			frappe.db.set_value(doctype, record, field, before)
			self.assertTrue(freezing.verify(name)["is_whole"], field)
		frappe.db.delete(ENTRY, {"name": entry})
		self.assertEqual(freezing.verify(name)["institutions"], [self.home])

	def test_nothing_changes_through_any_door_of_the_framework(self) -> None:
		name = self.counted()
		self.signed(name)
		freezing.freeze(name)
		self.act_as("Administrator")
		for doctype in (RETURN, ENTRY):
			doc = frappe.get_doc(
				doctype, frappe.db.get_value(doctype, {"campaign": name, "institution": self.home})
			)
			self.assertRefused(KeptRecordError, doc.save)
			self.assertRefused(KeptRecordError, frappe.copy_doc(doc).insert)
			self.assertRefused(KeptRecordError, frappe.delete_doc, doctype, doc.name, force=True)
		campaign = frappe.get_doc(CAMPAIGN, name)
		campaign.title = "حصر آخر"
		self.assertRefused(CensusCampaignError, campaign.save)
		self.assertRefused(CensusCampaignError, frappe.delete_doc, CAMPAIGN, name, force=True)
		self.act_as(self.country.head)
		row = self.row(name)
		self.assertRefused(CensusError, signing.send_back, row.name, "x")
		self.assertEqual(sign(row.name), row.status)  # signed already: nothing happens
		self.assertEqual(self.row(name), row)

	def test_a_campaign_is_made_by_headquarters_for_a_coming_day(self) -> None:
		values = {"doctype": CAMPAIGN, "title": "حصر", "cut_off": add_to_date(now_datetime(), hours=1)}
		self.act_as(self.here.chief)
		self.assertRefused(frappe.PermissionError, frappe.get_doc(values).insert)
		self.act_as(self.country.head)
		past = values | {"cut_off": add_to_date(now_datetime(), hours=-1)}
		self.assertRefused(CensusCampaignError, frappe.get_doc(past).insert)
		self.assertRefused(
			CensusCampaignError, frappe.get_doc(values | {"expected_from": "Former Census"}).insert
		)
		doc = frappe.get_doc(values | {"status": "Frozen", "checksum": "x"}).insert()
		self.assertEqual((doc.status, doc.checksum), ("Announced", None))
		doc.title = "حصر الربع الأخير"
		doc.save()


class TestReport(CensusCase):
	def test_expected_against_entered_at_the_readers_places_and_as_a_print(self) -> None:
		from social_care.prints.report import make

		name = self.counted(expected_from="Licensed Capacity")
		title = frappe.db.get_value("Institution", self.home, "institution_name")
		self.act_as(self.here.chief)
		_columns, rows = report.execute({"campaign": name})
		own = next(row for row in rows if row["title"] == title)
		self.assertEqual(
			(own["expected"], own["entered"], own["difference"], own["share"]), (40, 3, -37, 7.5)
		)
		self.assertEqual(rows[-1]["entered"], sum(row["entered"] for row in rows[:-1]))
		self.assertTrue(make("Census Expected and Entered", {"campaign": name}).startswith(b"%PDF"))
		inspector = factories.staff("Inspector", org_unit=self.here.directorate)
		for user in (self.there.chief, inspector):
			self.act_as(user)
			_columns, rows = report.execute({"campaign": name})
			self.assertNotIn(title, [row["title"] for row in rows])
