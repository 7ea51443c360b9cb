"""Assessment tools: the standards that come with the app, versions, and who keeps them."""

import frappe
from frappe.utils import add_days, getdate, nowdate
from social_care.tests import SocialCareTestCase
from social_care.tests.factories import org_unit, staff, unique
from social_care.tests.places import HEADQUARTERS

from social_care_inspections.inspections.doctype.assessment_tool.assessment_tool import AssessmentToolError
from social_care_inspections.inspections.tools import assessment_tool_sheet, tools_in_force

KIND = "CI-01"


def indicator(code: str, weight: float = 50, **values) -> dict:
	"""An indicator of the standard X1; complete, so that a test changes only what it is about."""
	texts = {
		"area_code": "X",
		"area": "مجال",
		"standard_code": "X1",
		"standard": "معيار",
		"indicator": "مؤشر",
	}
	return {**texts, "indicator_code": code, "score_min": 0, "score_max": 3, "weight": weight, **values}


def tool(code: str | None = None, valid_from: str | None = None, rows: list[dict] | None = None, **values):
	"""A tool of two indicators in force from a year ago."""
	doc = frappe.get_doc(
		{"doctype": "Assessment Tool", "tool_code": code or unique("TOOL"), "title": "أداة اختبار", **values}
	)
	doc.valid_from = valid_from or add_days(nowdate(), -365)
	doc.append("institution_types", {"institution_type": KIND})
	doc.extend("indicators", rows or [indicator("X1.1"), indicator("X1.2")])
	return doc.insert()


class TestSeededTools(SocialCareTestCase):
	def test_children_have_42_standards_in_six_areas(self) -> None:
		doc = frappe.get_doc("Assessment Tool", "CHILD-42-1")
		self.assertEqual((doc.standard_count, doc.indicator_count, doc.total_weight), (42, 84, 100))
		weights = {area["code"]: round(area["weight"]) for area in assessment_tool_sheet(doc)}
		self.assertEqual(weights, {"A": 15, "B": 15, "C": 25, "D": 20, "E": 15, "F": 10})

	def test_older_persons_have_22_standards(self) -> None:
		doc = frappe.get_doc("Assessment Tool", "ELDER-22-1")
		self.assertEqual((doc.standard_count, doc.indicator_count, doc.total_weight), (22, 22, 100))
		self.assertEqual([row.institution_type for row in doc.institution_types], ["EL-01", "EL-02"])

	def test_every_standard_is_critical_as_a_whole_or_not_at_all(self) -> None:
		for name in ("CHILD-42-1", "ELDER-22-1"):
			marks: dict[str, set] = {}
			for row in frappe.get_doc("Assessment Tool", name).indicators:
				marks.setdefault(row.standard_code, set()).add(row.is_critical)
			self.assertFalse([code for code, seen in marks.items() if len(seen) > 1], name)


class TestVersions(SocialCareTestCase):
	def test_a_duplicate_is_the_next_version(self) -> None:
		first = tool(valid_to=add_days(nowdate(), -1))
		second = frappe.copy_doc(first, ignore_no_copy=False)
		self.assertIsNone(second.valid_from)
		second.valid_from = nowdate()
		second.insert()
		self.assertEqual((first.version, second.version), (1, 2))
		self.assertEqual(second.name, f"{first.tool_code}-2")
		self.assertEqual(len(second.indicators), 2)

	def test_two_versions_are_never_in_force_together(self) -> None:
		first = tool()
		with self.assertRaises(AssessmentToolError):
			tool(first.tool_code, nowdate())
		first.valid_to = add_days(nowdate(), 30)
		first.save()
		with self.assertRaises(AssessmentToolError):
			tool(first.tool_code, first.valid_to)
		tool(first.tool_code, add_days(first.valid_to, 1))

	def test_a_version_before_an_open_one_ends_before_it(self) -> None:
		later = tool(valid_from=nowdate())
		with self.assertRaises(AssessmentToolError):
			tool(later.tool_code, add_days(nowdate(), -10), valid_to=nowdate())
		tool(later.tool_code, add_days(nowdate(), -10), valid_to=add_days(nowdate(), -1))

	def test_the_day_decides_which_version_is_in_force(self) -> None:
		change = getdate(nowdate())
		first = tool(valid_to=add_days(change, -1))
		second = tool(first.tool_code, change)
		ours = {first.name, second.name}
		for day, expected in (
			(add_days(change, -1), first.name),
			(change, second.name),
			(add_days(change, 900), second.name),
		):
			found = {row.name for row in tools_in_force(day) if row.institution_type == KIND} & ours
			self.assertEqual(found, {expected})
		self.assertFalse({row.name for row in tools_in_force(add_days(change, -400))} & ours)

	def test_a_tool_does_not_end_before_it_begins(self) -> None:
		with self.assertRaises(AssessmentToolError):
			tool(valid_to=add_days(nowdate(), -400))


class TestIndicators(SocialCareTestCase):
	def test_an_indicator_stands_once_with_weight_and_scores(self) -> None:
		wrong = {
			"twice": [indicator("X1.1"), indicator("X1.1")],
			"no weight": [indicator("X1.1", 0)],
			"no room for a score": [indicator("X1.1", score_min=3)],
		}
		for name, rows in wrong.items():
			with self.subTest(name), self.assertRaises(AssessmentToolError):
				tool(rows=rows)

	def test_weights_off_a_hundred_are_said_and_kept(self) -> None:
		frappe.clear_messages()
		doc = tool(rows=[indicator("X1.1", 30), indicator("X2.1", 30, standard_code="X2")])
		self.assertEqual((doc.standard_count, doc.total_weight), (2, 60))
		self.assertIn("60", str(frappe.local.message_log))


class TestKeepers(SocialCareTestCase):
	def test_the_inspection_adviser_writes_and_an_inspector_reads(self) -> None:
		inspector, adviser = staff("Inspector", org_unit().name), staff("Inspection Adviser", HEADQUARTERS)
		self.act_as(adviser)
		doc = tool()
		doc.title = "عنوان جديد"
		doc.save()
		self.act_as(inspector)
		stored = frappe.get_doc("Assessment Tool", doc.name)
		stored.check_permission("read")
		self.assertIn(doc.name, frappe.get_list("Assessment Tool", pluck="name", limit_page_length=0))
		with self.assertRaises(frappe.PermissionError):
			stored.save()
		with self.assertRaises(frappe.PermissionError):
			tool()


class TestSheet(SocialCareTestCase):
	def test_the_checklist_prints_every_indicator_in_arabic(self) -> None:
		doc = frappe.get_doc("Assessment Tool", "CHILD-42-1")
		language, frappe.local.lang = frappe.local.lang, "ar"
		self.addCleanup(setattr, frappe.local, "lang", language)
		html = frappe.get_print("Assessment Tool", doc.name, print_format="Assessment Checklist")
		self.assertFalse(
			[row.indicator_code for row in doc.indicators if f">{row.indicator_code}<" not in html]
		)
		self.assertIn("معايير جودة مؤسسات رعاية الأطفال", html)
		self.assertIn("توقيع المفتشين", html)
		self.assertEqual(
			html.count("★"), 1 + len({row.standard_code for row in doc.indicators if row.is_critical})
		)
