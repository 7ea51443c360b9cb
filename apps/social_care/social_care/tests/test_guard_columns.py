from social_care.api.guards.columns import ColumnError, check_all, expressions
from social_care.tests import SocialCareTestCase


class TestGuardColumns(SocialCareTestCase):
	"""What a list asks for is taken apart as the desk writes it."""

	def test_title_of_a_link_with_its_alias(self) -> None:
		asked = ["institution.institution_name as institution_institution_name"]
		self.assertEqual(list(expressions("Child", asked)), [("Institution", "institution_name")])

	def test_quoted_names_with_spaces(self) -> None:
		asked = ["`tabEducation Record`.`school_year` as year", "count(`tabChild`.`name`) as total"]
		self.assertEqual(
			list(expressions("Child", asked)), [("Education Record", "school_year"), ("Child", "name")]
		)

	def test_other_columns_behind_a_scoped_link_are_refused(self) -> None:
		for asked in (
			"institution.bank_account as a",
			"family.address",
			"(select 1) as a",
			"name as a, sleep(1)",
		):
			with self.subTest(asked), self.assertRaises(ColumnError):
				check_all("Child", {"fields": [asked]})
