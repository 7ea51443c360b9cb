from social_care.api.guards.columns import ColumnError, _column_of, check_all
from social_care.tests import SocialCareTestCase


class TestGuardColumns(SocialCareTestCase):
	"""What a list asks for is taken apart as the desk writes it."""

	def test_title_of_a_link_with_its_alias(self) -> None:
		asked = "institution.institution_name as institution_institution_name"
		self.assertEqual(list(_column_of("Child", asked)), [("Institution", "institution_name")])

	def test_quoted_names_with_spaces(self) -> None:
		asked = {
			"`tabEducation Record`.`school_year` as year": ("Education Record", "school_year"),
			"count(`tabChild`.`name`) as total": ("Child", "name"),
		}
		for text, found in asked.items():
			self.assertEqual(list(_column_of("Child", text)), [found])

	def test_other_columns_behind_a_scoped_link_are_refused(self) -> None:
		for asked in (
			"institution.bank_account as a",
			"family.address",
			"(select 1) as a",
			"name as a, sleep(1)",
		):
			with self.subTest(asked), self.assertRaises(ColumnError):
				check_all("Child", {"fields": [asked]})

	def test_what_a_calendar_or_the_next_record_asks_for(self) -> None:
		for arguments in (
			{"field_map": '{"start": "birth_date", "title": "(select 1)"}'},
			{"sort_field": "sleep(1)"},
		):
			with self.subTest(arguments), self.assertRaises(ColumnError):
				check_all("Child", arguments)
		check_all("Child", {"field_map": '{"start": "birth_date", "allDay": "all_day"}'})
