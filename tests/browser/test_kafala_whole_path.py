"""One family on its whole path, each step by the person it belongs to: from the telephone to the first visit to the child.

What other tests do on the same screens is prepared: what the interview and the study find and the papers
(test_kafala_application.py has the assessment), members of the committees, and all but the last of the six visits.
"""

from dataclasses import dataclass
from pathlib import Path

import frappe
import pytest
from frappe.utils import nowdate
from isolation.citizens import PLENTY, publish, set_limits
from playwright.sync_api import Page, expect
from social_care.printing.testing import squeezed
from social_care.prints.testing import whole
from social_care.tests import factories
from social_care_kafala.kafala.hand_over import visits as follow_up
from social_care_kafala.kafala.matching import states as matching
from social_care_kafala.kafala.path import states
from social_care_kafala.tests import cases, matching_cases, sessions
from social_care_kafala.tests.test_follow_up import FOUND

from engine import paths
from tests.browser import committee
from tests.browser.conftest import Opener
from tests.browser.desk import PATIENCE, URL, Desk
from tests.browser.hands import in_cell, put, written
from tests.browser.sight import complaints
from tests.browser.test_citizen import SMALL
from tests.browser.test_kafala_application import PHONE, SERVICE, applied, taken_in
from tests.browser.world import World, _person

RUNS_LAST = True  # the service stays on the site
PICTURES = paths.ROOT / "var" / "pictures"
TELEPHONE = SMALL | {"viewport": {"width": 390, "height": 844}}
FILE, RESERVATION, VISIT = states.DOCTYPE, matching.DOCTYPE, follow_up.DOCTYPE
LOCAL, CENTRAL = "اللجنة المحلية للأسر البديلة", "لجنة التسليم المركزية"
STAFF = {
	"specialist": (cases.SPECIALIST, "district", "سلوى مراد"),
	"case_manager": ("Case Manager", "district", "حنان لطفي"),
	"secretary": (cases.SECRETARY, "directorate", "رانيا فهمي"),
	"chief": ("Directorate Director", "directorate", "هاني شكري"),
	"central_secretary": (cases.SECRETARY, "headquarters", "عبير حلمي"),
	"manager": ("General Manager", "headquarters", "ليلى عزت"),
}


@dataclass
class Case:
	"""One family: its windows by person, where it lives, its file, the child that waits."""

	users: dict[str, str]
	desks: dict[str, Desk]
	page: Page
	district: str
	directorate: str
	child: str
	receipt: str = ""
	file: str = ""

	def open(self, who: str, state: str) -> Desk:
		"""The family's file at a person's desk, in the state in which he has to find it."""
		desk = self.desks[who]
		desk.go(f"kafala-family-file/{self.file}")
		desk.expect_state(state)
		return desk


@pytest.fixture(autouse=True, scope="module")
def _published(site: str) -> None:
	publish(SERVICE)
	set_limits(PLENTY)


@pytest.fixture(scope="module")
def staff(world: World) -> dict[str, str]:
	"""One user for each person of the path."""
	frappe.set_user("Administrator")
	places = {"district": district_of(world), "directorate": world.directorate, "headquarters": "HQ"}
	made = {who: _person(role, {"org_unit": places[at]}, name) for who, (role, at, name) in STAFF.items()}
	committee.composed(sessions.LOCAL, world.directorate, LOCAL)
	committee.composed(sessions.CENTRAL_HAND_OVER, "HQ", CENTRAL)
	frappe.db.commit()
	return made


@pytest.fixture
def case(desk_of: Opener, guest_desk: Opener, world: World, staff: dict[str, str]) -> Case:
	"""Nobody but one child waits for a family."""
	frappe.set_user("Administrator")
	frappe.db.set_value("Child", {"kafala_candidate": 1}, "kafala_candidate", 0, update_modified=False)
	child = matching_cases.waiting_child(world.institution, first_name="ياسمين", sex="Female").name
	frappe.db.commit()
	desks = {who: desk_of(user) for who, user in staff.items()}
	return Case(staff, desks, guest_desk(**TELEPHONE).page, district_of(world), world.directorate, child)


def district_of(world: World) -> str:
	return frappe.db.get_value("Institution", world.institution, "org_unit")


@pytest.mark.timeout(600)  # many screens of six people; the machine may be busy
def test_one_family_from_the_telephone_to_the_follow_up(case: Case, tmp_path: Path) -> None:
	PICTURES.mkdir(exist_ok=True)
	case.receipt = applied(case.page, case.district, tmp_path)
	photographed(case, "applied")
	case.file = taken_in(case.desks["specialist"], case.receipt, tmp_path)
	followed(case, "تدعون إلى المقابلة")
	studied(case)
	reviewed(case)
	decided_locally(case)
	followed(case, "لدى جهة أخرى")
	cleared(case)
	reservation = matched(case)
	visited(case, reservation)
	confirmed(case, reservation)
	prepared(case)
	handed_over(case)
	settled(case)
	visited_at_home(case)
	followed(case, "يتابعكم أخصائي الإدارة")


def look(desk: Desk, name: str) -> None:
	"""A picture of the decisive screen; nothing on it is English or wider than the window."""
	desk.settle()
	desk.picture(PICTURES / f"path-{name}.png", high=1500)
	assert not complaints(desk.page, ("SC",)), (name, complaints(desk.page, ("SC",)))


def photographed(case: Case, name: str) -> None:
	"""What the citizen sees on the telephone."""
	case.page.screenshot(path=PICTURES / f"path-citizen-{name}.png", full_page=True)
	found = complaints(case.page, ("SC", case.receipt))
	assert not found, (name, found)


def followed(case: Case, words: str) -> None:
	"""The family asks on the telephone where its application is."""
	page = case.page
	page.goto(f"{URL}/services/follow")
	page.fill("#receipt", case.receipt)
	page.fill("#phone", PHONE)
	page.tap("#question button")
	expect(page.locator(".request dl")).to_contain_text(words, timeout=PATIENCE)
	photographed(case, "follows")


def printed(desk: Desk, doctype: str, name: str, kind: str, *wanted: str) -> None:
	"""A print as PDF by the person's own session, with its Arabic heading and what it has to say."""
	answer = desk.context.request.get(
		f"{URL}/api/method/frappe.utils.print_format.download_pdf",
		params={"doctype": doctype, "name": name, "format": kind, "_lang": "ar"},
		timeout=PATIENCE,
	)
	assert answer.ok, answer.text()[:500]
	pdf = answer.body()
	assert pdf.startswith(b"%PDF") and len(pdf) > 1000
	(PICTURES / f"path-{kind.lower().replace(' ', '-')}.pdf").write_bytes(pdf)
	text = whole(pdf)
	for words in wanted:
		assert squeezed(words) in text, (kind, words, text[:1500])


def steps(desk: Desk, *taken: tuple[str, str]) -> None:
	"""Steps of the path one after another, each until the form shows the next state."""
	for action, state in taken:
		desk.action(action)
		desk.expect_state(state)


def studied(case: Case) -> None:
	"""The specialist enters the family in the register, and sends the forms once the study is written."""
	desk = case.open("specialist", "مقدم")
	steps(desk, ("قيد بالسجل الخاص", "مقابلة واستكمال مستندات"))
	found(case)
	desk = case.open("specialist", "مقابلة واستكمال مستندات")
	steps(
		desk,
		("تحديد الزيارة المبدئية", "زيارة التقييم المبدئي"),
		("بدء التقييم", "التقييم التفصيلي"),
		("إرسال الاستمارات", "مراجعة واعتماد الاستمارات"),
	)
	look(desk, "1-forms-sent")


def found(case: Case) -> None:
	"""What interview, study and training find, and the papers, as the specialist writes them."""
	frappe.db.rollback()
	frappe.set_user(case.users["specialist"])
	doc = frappe.get_doc(FILE, case.file)
	for row in doc.adults:
		sex = "Male" if row.part == "Husband" else "Female"
		row.national_number = row.national_number or factories.national_number(row.birth_date, sex)
		row.religion = row.religion or "Muslim"
	whole_form = cases.values(case.district) | cases.STUDY | {"training_result": "Passed"}
	doc.update({name: value for name, value in whole_form.items() if not doc.get(name)})
	doc.save()
	cases.bring_papers(doc)
	doc.save()
	frappe.db.commit()
	frappe.set_user("Administrator")


def reviewed(case: Case) -> None:
	"""The directorate takes the forms; the specialist puts the family before the committee."""
	desk = case.open("chief", "مراجعة واعتماد الاستمارات")
	steps(desk, ("اعتماد الاستمارات", "تدريب الأسرة"))
	desk = case.open("specialist", "تدريب الأسرة")
	steps(desk, ("عرض على اللجنة", "معروض على اللجنة المحلية"))
	desk.open_tab("eligibility_tab")
	look(desk, "2-conditions")
	printed(desk, FILE, case.file, "Kafala Conditions", "بحث أسرة وفق شروط الكفالة", "منى سعيد")


def decided_locally(case: Case) -> None:
	"""The secretary of the local committee calls, sits and writes; the directorate closes the session."""
	desk = case.desks["secretary"]
	name = frappe.db.get_value("Committee", {"committee_name": LOCAL, "org_unit": case.directorate})
	session = committee.called(desk, name, LOCAL, case.file)
	look(desk, "3-agenda")
	committee.decided(desk, "عرضت أمانة السر بحث الأسرة.")
	look(desk, "4-minutes")
	committee.closed(case.desks["chief"], session)


def cleared(case: Case) -> None:
	"""The directorate writes the answer of the security inquiry."""
	desk = case.open("chief", "الاستعلام الأمني")
	desk.open_tab("decisions_tab")
	put(desk, security_sent_on=nowdate(), security_result="No Objection")
	desk.save()
	steps(desk, ("لا مانع أمنيا", "خطاب المشاهدة"))


def matched(case: Case) -> str:
	"""The specialist chooses the child; the directorate issues the letter and sends the family to visit."""
	desk = case.open("specialist", "خطاب المشاهدة")
	desk.click(desk.page.get_by_role("button", name="ترشيح أبناء"))
	rows = desk.dialog().locator(".suggested-children tbody tr")
	expect(rows).to_have_count(1, timeout=PATIENCE)
	expect(rows).to_contain_text(case.child)
	look(desk, "5-suggested")
	desk.click(rows.get_by_role("button", name="حجز"))
	desk.click(desk.dialog().get_by_role("button", name="نعم"))
	desk.page.wait_for_url("**/kafala-reservation/KM-*", timeout=PATIENCE)
	desk.expect_state("الطفل محجوز")
	name = desk.value("name")
	chief = case.desks["chief"]
	chief.go(f"kafala-reservation/{name}")
	steps(chief, ("إصدار الخطاب", "الأسرة تزور الطفل"))
	look(chief, "6-letter")
	printed(chief, RESERVATION, name, "Kafala Viewing Letter", "خطاب المشاهدة", case.child, "ياسمين")
	steps(case.open("chief", "خطاب المشاهدة"), ("إصدار خطاب المشاهدة", "المقابلة والمواءمة"))
	return name


def visited(case: Case, reservation: str) -> None:
	"""Five visits are on record; the specialist writes the sixth, the examination and what the child says."""
	frappe.db.rollback()
	frappe.set_user(case.users["specialist"])
	doc = frappe.get_doc(RESERVATION, reservation)
	for row in matching_cases.visits(5):
		doc.append("visits", row)
	doc.save()
	frappe.db.commit()
	frappe.set_user("Administrator")
	desk = case.desks["specialist"]
	desk.go(f"kafala-reservation/{reservation}")
	desk.click(desk.control("visits").locator(".grid-add-row"))
	desk.page.wait_for_function("() => cur_frm.doc.visits.length === 6", timeout=PATIENCE)
	in_cell(desk, "visits", 5, "visit_date", nowdate(), written(nowdate()))
	in_cell(desk, "visits", 5, "reaction", "Warm")
	put(desk, medical_on=nowdate(), medical_result="Fit for Placement", child_view="يضحك معهم")
	desk.save()
	look(desk, "7-visits")
	assert desk.value("visits_left") == 0


def confirmed(case: Case, reservation: str) -> None:
	"""The directorate accepts the match, and the child on the family's file."""
	desk = case.desks["chief"]
	desk.go(f"kafala-reservation/{reservation}")
	steps(desk, ("اعتماد المواءمة", "اعتمدت المواءمة"))
	steps(case.open("chief", "المقابلة والمواءمة"), ("اعتماد الطفل", "إيداع مبلغ باسم الطفل"))


def prepared(case: Case) -> None:
	"""Deposit and charter, as the specialist sees them done."""
	desk = case.open("specialist", "إيداع مبلغ باسم الطفل")
	desk.open_tab("decisions_tab")
	put(desk, deposit_amount=3000, deposit_on=nowdate())
	desk.save()
	steps(desk, ("إثبات الإيداع", "الميثاق الأخلاقي"))
	put(desk, charter_signed_on=nowdate())
	desk.save()
	steps(desk, ("توقيع الميثاق", "لجنة التسليم المركزية"))


def handed_over(case: Case) -> None:
	"""Headquarters number the contract, and the central committee hands the child over."""
	manager = case.open("manager", "لجنة التسليم المركزية")
	manager.open_tab("decisions_tab")
	put(manager, contract_number="91", handed_over_on=nowdate())
	manager.save()
	desk = case.desks["central_secretary"]
	name = frappe.db.get_value("Committee", {"committee_name": CENTRAL, "org_unit": "HQ"})
	session = committee.called(desk, name, CENTRAL, case.file)
	committee.decided(desk, "حضرت الأسرة ومدير المؤسسة، وسُلمت نسخة العقد.")
	look(desk, "8-central-minutes")
	committee.closed(manager, session)
	look(case.open("manager", "الدمج الانتقالي"), "9-handed-over")
	printed(manager, FILE, case.file, "Kafala Contract", "عقد كفالة", "ياسمين", "منى سعيد")
	frappe.db.rollback()
	child = frappe.db.get_value("Child", case.child, ["life_state", "institution"], as_dict=True)
	assert (child.life_state, child.institution) == ("In Kafala", None)


def settled(case: Case) -> None:
	"""After the integration the specialist gives the family its card."""
	desk = case.open("specialist", "الدمج الانتقالي")
	steps(desk, ("انتهاء الدمج", "كارنيه الأسرة"))
	desk.open_tab("decisions_tab")
	put(desk, card_number="5", card_issued_on=nowdate())
	desk.save()
	steps(desk, ("بدء المتابعة", "متابعة الكفالة"))
	look(desk, "10-followed-up")
	printed(desk, FILE, case.file, "Kafala Family Card", "كارنيه الأسر البديلة الكافلة", "منى سعيد")


def visited_at_home(case: Case) -> None:
	"""The case manager makes the visit that the hand-over planned; the next one is planned."""
	frappe.db.rollback()
	due = {"family_file": case.file, "status": follow_up.DUE}
	name = frappe.db.get_value(VISIT, due)
	desk = case.desks["case_manager"]
	desk.go(f"kafala-follow-up-visit/{name}")
	put(desk, visit_date=nowdate(), **FOUND)
	desk.save()
	desk.expect_state("تمت الزيارة")
	look(desk, "11-visit")
	frappe.db.rollback()
	assert frappe.db.get_value(VISIT, name, "visited_by") == case.users["case_manager"]
	assert frappe.db.get_value(VISIT, due) not in (None, name)
