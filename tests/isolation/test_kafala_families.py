"""Who a kafala family is, and of the child whose it becomes, reaches nobody that must not know, by whatever channel he looks.

The institution where the child lives, the data officers of the directorate and the other governorate see neither file nor persons;
readers of the file without a level see the row without what lies above their level; the child's parentage stands in no channel of the file.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

import frappe
import pytest
from frappe.utils import add_days, nowdate
from social_care.printing.testing import squeezed, texts
from social_care.tests import factories
from social_care_kafala.kafala.matching import reserving
from social_care_kafala.tests import cases, matching_cases

from isolation.browser import Browser
from isolation.records import Stage, account

FILE, BAR, ENDING = "Kafala Family File", "Kafala Bar", "Kafala Termination"
ASSESSMENT, TRAINEE = "Kafala Assessment", "Kafala Trainee"
FILE, BAR, RESERVATION = "Kafala Family File", "Kafala Bar", "Kafala Reservation"
VISIT = "Kafala Follow-Up Visit"
OF_FILE = {"doctype": FILE}
DECISION, RUN = "Kafala Ending Decision", "frappe.desk.query_report.run"
HIDDEN = (403, 404, 417)
MARK, ORIGIN = "zqkafala", "zqorigin"
OUTSIDERS = ("director", "entry", "officer")

Channel = Callable[[Browser, str], object]


@dataclass
class Secret:
	"""A file with a child named in it, everything of it marked, and readers of it."""

	name: str
	family: str
	persons: list[str]
	paper: str
	numbers: list[str]
	reservation: str
	child: str
	readers: dict[str, Browser] = field(default_factory=dict)
	ending: str = ""

	@property
	def marks(self) -> tuple[str, ...]:
		"""What no outsider may find in an answer."""
		return (MARK, self.name, self.family, self.reservation, *self.persons, *self.numbers)


def ending_of(file, child: str) -> str:
	"""The end of the kafala of a child who has lived with the family, its texts marked."""
	day, status = add_days(nowdate(), -30), file.status
	stay = {"setting": "Kafala Family", "family": file.family, "org_unit": file.org_unit}
	factories.transfer(child, None, movement="Kafala", from_date=day, **stay)
	file.db_set({"status": "Kafala Follow-Up", "handed_over_on": day})
	texts = {
		"study": f"{MARK} study",
		"psychological_report": f"{MARK} report",
		"family_view": f"{MARK} view",
	}
	ending = {"doctype": ENDING, "family_file": file.name, "ending_kind": "Return by the Family"}
	name = frappe.get_doc(ending | texts | {"ending_cause": "KE-09"}).insert().name
	file.db_set("status", status)
	return name


@pytest.fixture(scope="module")
def secret(stage: Stage) -> Secret:
	frappe.set_user("Administrator")
	place = stage.here.place
	child = factories.child(
		place.institution,
		birth_date=add_days(nowdate(), -900),
		religion="Muslim",
		mother_full_name=f"{ORIGIN} mother",
		finding_place=f"{ORIGIN} place",
		finder_name=f"{ORIGIN} finder",
	)
	adults = [
		cases.adult("Husband", first_name=f"{MARK}one", family_name=f"{MARK}house"),
		cases.adult("Wife", first_name=f"{MARK}two", occupation=f"{MARK} work"),
	]
	texts = {
		"home_address": f"{MARK} street",
		"motives": f"{MARK} motives",
		"committee_reasons": f"{MARK} reasons",
	}
	doc = cases.file(place.district, adults=adults, **texts, **cases.STUDY, training_result="Passed")
	paper = factories.file(
		f"{MARK} paper".encode(), f"{MARK}.txt", attached_to_doctype=FILE, attached_to_name=doc.name
	)
	doc.documents[0].update({"file": paper.file_url, "note": f"{MARK} note"})
	doc.save(ignore_version=False)
	doc.phone = "01011111111"
	doc.adults[0].first_name = f"{MARK}again"
	doc.save(ignore_version=False)
	doc.add_comment("Comment", f"{MARK} comment")
	ending = ending_of(doc, child.name)
	before_committees(doc.name, place.directorate)
	assessed(doc.name)
	trained(doc.name, place.directorate)
	held = matching_cases.waiting_child(place.institution, mother_full_name=f"{ORIGIN} mother")
	reservation = reserve(doc, held.name)
	readers = {
		"specialist": account(cases.SPECIALIST, place.district),
		"stranger": account(cases.SPECIALIST, stage.there.place.district),
		"worker": account("Social Unit Worker", place.district),
		"secretary": account(cases.SECRETARY, place.directorate),
	}
	numbers = [row.national_number for row in doc.adults]
	persons = [row.person for row in doc.adults]
	browsers = {who: Browser(user) for who, user in readers.items()}
	found = (reservation, held.name, browsers, ending)
	return Secret(doc.name, doc.family, persons, paper.file_url, numbers, *found)


def reserve(doc, child: str) -> str:
	"""The child is held for the family, the letter is out, a visit is written down."""
	cases.at(doc, "Viewing Letter")
	name = reserving.reserve(doc.name, child)
	frappe.db.set_value(FILE, doc.name, "child", child)
	reservation = frappe.get_doc(RESERVATION, name)
	reservation.db_set(
		{"status": "Family Visits the Child", "letter_on": nowdate(), "letter_number": f"{MARK}-1"}
	)
	reservation.append("visits", {"visit_date": nowdate(), "reaction": "Warm", "child_says": f"{MARK} says"})
	reservation.child_view = f"{MARK} view"
	reservation.save(ignore_version=False)
	reservation.add_comment("Comment", f"{MARK} on the visits")
	visit = frappe.get_doc(
		{"doctype": VISIT, "family_file": doc.name, "child": child, "status": "Visit Made"}
	)
	visit.update(
		{"org_unit": doc.org_unit, "child_view": f"{MARK} follow-up", "name": f"KV-{MARK}"}
	).db_insert()
	return name


def before_committees(file: str, directorate: str) -> None:
	"""An appeal on the file and a session that decided on it, put there past the path."""
	frappe.get_doc(
		{
			"doctype": "Kafala Appeal",
			"name": frappe.generate_hash(length=10),
			"family_file": file,
			"filed_on": nowdate(),
			"grounds": f"{MARK} grounds",
		}
	).db_insert()
	committee = frappe.get_doc(
		{
			"doctype": "Committee",
			"committee_name": "لجنة",
			"committee_kind": "CK-KAFALA-LOCAL",
			"org_unit": directorate,
		}
	).insert()
	values = {"committee": committee.name, "org_unit": directorate, "held_on": nowdate()}
	session = frappe.get_doc(
		{"doctype": "Committee Session", "name": frappe.generate_hash(length=10), **values}
	)
	session.discussion = f"{MARK} discussion"
	session.append("cases", {"case_type": FILE, "case_name": file, "reasons": f"{MARK} ruling"})
	session.db_insert()
	session.cases[0].update({"parent": session.name, "name": frappe.generate_hash(length=10)}).db_insert()


def assessed(file: str) -> None:
	"""A study of the family, everything that is written in it marked."""
	study = frappe.get_doc({"doctype": ASSESSMENT, "family_file": file, "assessment_kind": "Detailed Study"})
	study.append(
		"visits",
		{
			"visited_on": nowdate(),
			"visited_by": f"{MARK} visitor",
			"met_at": "Family Home",
			"was_present": f"{MARK} present",
		},
	)
	study.opinion = f"{MARK} opinion"
	study.insert()
	for row in study.answers:
		row.remark = f"{MARK} remark"
	study.save()


def trained(file: str, unit: str) -> None:
	"""An adult of the family in a course of the mandatory training."""
	days = [{"day": nowdate(), "hours": 4, "topic": "الرعاية"}]
	course = {"doctype": "Kafala Training Course", "title": "دورة", "org_unit": unit, "days": days}
	name = frappe.get_doc(course | {"provider": "جمعية", "held_at": "المديرية"}).insert().name
	frappe.get_doc({"doctype": TRAINEE, "course": name, "family_file": file, "part": "Wife"}).insert()


FORMS: dict[str, Channel] = {
	"form": lambda b, n: b.call("frappe.desk.form.load.getdoc", **OF_FILE, name=n),
	"what stands beside the form": lambda b, n: b.call(
		"frappe.desk.form.load.get_docinfo", **OF_FILE, name=n
	),
	"REST record": lambda b, n: b.get(f"/api/resource/{FILE}/{n}"),
	"client.get": lambda b, n: b.call("frappe.client.get", **OF_FILE, name=n),
	"client.get_value": lambda b, n: b.call(
		"frappe.client.get_value", **OF_FILE, filters={"name": n}, fieldname=["home_address", "family"]
	),
	"print": lambda b, n: b.get("/printview", **OF_FILE, name=n),
	"PDF": lambda b, n: b.ask("frappe.utils.print_format.download_pdf", **OF_FILE, name=n),
	"live updates": lambda b, n: b.call("frappe.realtime.can_subscribe_doc", doctype=FILE, docname=n),
	"steps": lambda b, n: b.call("frappe.model.workflow.get_transitions", doc={**OF_FILE, "name": n}),
	"write": lambda b, n: b.put(f"/api/resource/{FILE}/{n}", {"wished_sex": "Male"}),
}


def rows(doctype: str, **more) -> Channel:
	"""Every row of a type, with every column."""
	return lambda b, n: b.get(f"/api/resource/{doctype}", fields=["*"], limit_page_length=0, **more)


def table(doctype: str, parent: str = FILE) -> Channel:
	"""Rows of a table of the file, or of all records that hang on files."""
	filters = {"filters": {}} if parent != FILE else {}
	return lambda b, n: b.call(
		"frappe.client.get_list",
		**{"doctype": doctype, "parent": parent, "fields": ["*"], "filters": {"parent": n}, **filters},
	)


LISTS: dict[str, Channel] = {
	"REST list": rows(FILE),
	"report view": lambda b, n: b.call(
		"frappe.desk.reportview.get", **OF_FILE, fields=["`tabKafala Family File`.`name`", "home_address"]
	),
	"export": lambda b, n: b.call(
		"frappe.desk.reportview.export_query",
		**OF_FILE,
		fields=["`tabKafala Family File`.`name`", "`tabKafala Family File`.`home_address`"],
		file_format_type="CSV",
		title=FILE,
	),
	"group by": lambda b, n: b.call(
		"frappe.desk.listview.get_group_by_count", **OF_FILE, current_filters=[], field="org_unit"
	),
	"link search": lambda b, n: b.call("frappe.desk.search.search_link", doctype=FILE, txt="KF-"),
	"search of everything": lambda b, n: b.call("frappe.utils.global_search.search", text=MARK),
	"families": rows("Family"),
	"family search": lambda b, n: b.call("frappe.desk.search.search_link", doctype="Family", txt="أسرة"),
	"persons": rows("Person"),
	"adults": table("Kafala Family Adult"),
	"papers": table("Kafala Document"),
	"answers": table("Kafala Answer"),
	"members": lambda b, n: b.call(
		"frappe.client.get_list", doctype="Family Member", parent="Family", fields=["*"], limit_page_length=0
	),
	"bar list": rows(BAR),
	"endings": rows(ENDING),
	"ending search": lambda b, n: b.call("frappe.desk.search.search_link", doctype=ENDING, txt="KEN-"),
	"appeals": rows("Kafala Appeal"),
	"sessions": rows("Committee Session"),
	"agendas": lambda b, n: b.call(
		"frappe.client.get_list",
		doctype="Committee Case",
		parent="Committee Session",
		fields=["*"],
		limit_page_length=0,
	),
	"assessments": rows(ASSESSMENT),
	"answers of assessments": table("Kafala Assessment Answer", ASSESSMENT),
	"trainees": rows(TRAINEE),
	"presence of trainees": table("Kafala Attendance", TRAINEE),
	"visits of assessments": table("Kafala Assessment Visit", ASSESSMENT),
	"waiting families": lambda b, n: b.call(RUN, report_name="Families Waiting for a Child", filters={}),
	"waiting children": lambda b, n: b.call(RUN, report_name="Children Waiting for a Family", filters={}),
	"reservations": rows(RESERVATION),
	"held children": table("Kafala Reserved Child", RESERVATION),
	"follow-up visits": rows(VISIT),
	"visits to the child": table("Kafala Child Visit", RESERVATION),
	"files": rows("File"),
	"comments": rows("Comment"),
	"next steps": rows("Workflow Action"),
	"notices": rows("Notification Log"),
	"versions": rows("Version"),
}


OF_RESERVATION = {"doctype": RESERVATION}
RESERVATIONS: dict[str, Channel] = {
	"form": lambda b, s: b.call("frappe.desk.form.load.getdoc", **OF_RESERVATION, name=s.reservation),
	"what stands beside the form": lambda b, s: b.call(
		"frappe.desk.form.load.get_docinfo", **OF_RESERVATION, name=s.reservation
	),
	"REST record": lambda b, s: b.get(f"/api/resource/{RESERVATION}/{s.reservation}"),
	"client.get": lambda b, s: b.call("frappe.client.get", **OF_RESERVATION, name=s.reservation),
	"print": lambda b, s: b.get("/printview", **OF_RESERVATION, name=s.reservation),
	"letter": lambda b, s: b.ask(
		"frappe.utils.print_format.download_pdf",
		**OF_RESERVATION,
		name=s.reservation,
		format="Kafala Viewing Letter",
	),
	"live updates": lambda b, s: b.call(
		"frappe.realtime.can_subscribe_doc", doctype=RESERVATION, docname=s.reservation
	),
	"write": lambda b, s: b.put(f"/api/resource/{RESERVATION}/{s.reservation}", {"child_view": "x"}),
	"new one": lambda b, s: b.post(
		f"/api/resource/{RESERVATION}", {"family_file": s.name, "children": [{"child": s.child}]}
	),
	"suggestions": lambda b, s: b.call("social_care_kafala.api.matching.suggestions", file=s.name),
	"reserve": lambda b, s: b.call("social_care_kafala.api.matching.reserve", file=s.name, child=s.child),
}


def users(stage: Stage) -> dict[str, str]:
	"""Who has nothing to do with families: of the child's institution, the data officer, the other governorate."""
	here, there = stage.here.place, stage.there.place
	found = {who: getattr(here, who) for who in OUTSIDERS}
	return found | {"chief elsewhere": there.chief, "director elsewhere": there.director}


def decision(ours: Browser, name: str):
	"""The print of the decision on an ending."""
	return ours.ask("frappe.utils.print_format.download_pdf", doctype=ENDING, name=name, format=DECISION)


EVERYBODY = (*OUTSIDERS, "chief elsewhere", "director elsewhere", "stranger")


def browser(stage: Stage, secret: Secret, who: str) -> Browser:
	return secret.readers.get(who) or stage.browser(users(stage)[who])


@pytest.mark.parametrize("who", EVERYBODY)
class TestOutsiders:
	@pytest.mark.parametrize("way", FORMS)
	def test_by_its_name(self, stage: Stage, secret: Secret, who: str, way: str) -> None:
		answer = FORMS[way](browser(stage, secret, who), secret.name)
		refused = answer.status_code in HIDDEN or answer.json().get("message") in (None, False, [], {})
		assert refused, answer.text[:300]
		found = [mark for mark in secret.marks if mark in answer.text and mark != secret.name]
		assert not found, answer.text[:300]

	@pytest.mark.parametrize("way", LISTS)
	def test_by_lists(self, stage: Stage, secret: Secret, who: str, way: str) -> None:
		answer = LISTS[way](browser(stage, secret, who), secret.name)
		found = [mark for mark in secret.marks if mark in answer.text]
		assert not found, (found, answer.text[:500])

	def test_by_numbers(self, stage: Stage, secret: Secret, who: str) -> None:
		ours = browser(stage, secret, who)
		filters = [[FILE, "name", "=", secret.name]]
		for method in ("frappe.client.get_count", "frappe.desk.reportview.get_count"):
			answer = ours.call(method, **OF_FILE, filters=filters)
			assert answer.status_code != 200 or answer.json().get("message") in (0, None), answer.text[:200]

	@pytest.mark.parametrize("way", ("form", "REST record", "print", "PDF", "decision", "decision as PDF"))
	def test_its_ending(self, stage: Stage, secret: Secret, who: str, way: str) -> None:
		ours, name = browser(stage, secret, who), secret.ending
		asked = {
			"form": lambda: ours.call("frappe.desk.form.load.getdoc", doctype=ENDING, name=name),
			"REST record": lambda: ours.get(f"/api/resource/{ENDING}/{name}"),
			"print": lambda: ours.get("/printview", doctype=ENDING, name=name),
			"PDF": lambda: ours.ask("frappe.utils.print_format.download_pdf", doctype=ENDING, name=name),
			"decision": lambda: ours.get("/printview", doctype=ENDING, name=name, format=DECISION),
			"decision as PDF": lambda: decision(ours, name),
		}
		answer = asked[way]()
		assert answer.status_code in HIDDEN and MARK not in answer.text, answer.text[:300]

	def test_the_paper(self, stage: Stage, secret: Secret, who: str) -> None:
		answer = browser(stage, secret, who).get(secret.paper)
		assert answer.status_code in HIDDEN and MARK not in answer.text

	def test_family_and_persons_by_name(self, stage: Stage, secret: Secret, who: str) -> None:
		ours = browser(stage, secret, who)
		for doctype, name in (("Family", secret.family), *(("Person", one) for one in secret.persons)):
			assert ours.get(f"/api/resource/{doctype}/{name}").status_code in HIDDEN


@pytest.mark.parametrize("who", (*EVERYBODY, "worker", "secretary", "head"))
class TestReservations:
	"""Who reads a file's child reads the reservation; nobody else, least of all the home where the child lives."""

	@pytest.mark.parametrize("way", RESERVATIONS)
	def test_by_its_name(self, stage: Stage, secret: Secret, who: str, way: str) -> None:
		ours = stage.browser(stage.country.head) if who == "head" else browser(stage, secret, who)
		answer = RESERVATIONS[way](ours, secret)
		refused = answer.status_code in HIDDEN or answer.json().get("message") in (None, False, [], {})
		assert refused and MARK not in answer.text.replace(secret.reservation, ""), answer.text[:300]

	def test_by_lists_and_numbers(self, stage: Stage, secret: Secret, who: str) -> None:
		ours = stage.browser(stage.country.head) if who == "head" else browser(stage, secret, who)
		for way in (
			"reservations",
			"held children",
			"visits to the child",
			"follow-up visits",
			"comments",
			"versions",
		):
			answer = LISTS[way](ours, secret.name)
			assert secret.reservation not in answer.text and f"{MARK} says" not in answer.text, way
		for doctype in (RESERVATION, VISIT):
			answer = ours.call("frappe.client.get_count", doctype=doctype, filters={})
			assert answer.status_code != 200 or answer.json().get("message") in (0, None), answer.text[:200]

	def test_a_follow_up_visit(self, stage: Stage, secret: Secret, who: str) -> None:
		ours = stage.browser(stage.country.head) if who == "head" else browser(stage, secret, who)
		for answer in (
			ours.get(f"/api/resource/{VISIT}/KV-{MARK}"),
			ours.call("frappe.desk.form.load.getdoc", doctype=VISIT, name=f"KV-{MARK}"),
			ours.put(f"/api/resource/{VISIT}/KV-{MARK}", {"child_view": "x"}),
			ours.post(f"/api/resource/{VISIT}", {"family_file": secret.name}),
			ours.call("frappe.desk.query_report.run", report_name="Kafala Follow-Up Coverage", filters={}),
		):
			assert answer.status_code in HIDDEN or "follow-up" not in answer.text.replace(f"KV-{MARK}", "")
			assert f"{MARK} follow-up" not in answer.text, answer.text[:300]


def test_who_keeps_the_file_reads_the_reservation(stage: Stage, secret: Secret) -> None:
	for ours in (secret.readers["specialist"], stage.browser(stage.here.place.chief)):
		answer = RESERVATIONS["REST record"](ours, secret)
		assert answer.status_code == 200 and f"{MARK} view" in answer.text
		assert ORIGIN not in answer.text
		letter = RESERVATIONS["letter"](ours, secret)
		assert letter.status_code == 200 and letter.content.startswith(b"%PDF")


LEVELS = {
	"worker": ("home_address", ("child", "bar_state", "security_result")),
	"secretary": ("home_address", ("child", "bar_state", "security_result")),
}


class TestReaders:
	@pytest.mark.parametrize("who", LEVELS)
	def test_above_the_level_nothing_is_sent(self, secret: Secret, who: str) -> None:
		shown, hidden = LEVELS[who]
		ours = secret.readers[who]
		row = ours.get(f"/api/resource/{FILE}/{secret.name}").json()["data"]
		assert row.get(shown)
		assert not [name for name in hidden if row.get(name)]
		for name in hidden:
			answer = ours.get(f"/api/resource/{FILE}", fields=["name", name], limit_page_length=0)
			assert answer.status_code in HIDDEN or not [
				line for line in answer.json().get("data", []) if line.get(name)
			]

	def test_headquarters_read_who_it_is_and_not_how_healthy(self, stage: Stage, secret: Secret) -> None:
		head = stage.browser(stage.country.head)
		row = head.get(f"/api/resource/{FILE}/{secret.name}").json()["data"]
		assert row["adults"] and row["home_address"]
		assert not [name for name in ("hepatitis_free", "motives", "child", "bar_state") if row.get(name)]
		assert not row.get("answers") and not row.get("documents")
		for ask in (rows(ASSESSMENT), table("Kafala Assessment Answer", ASSESSMENT)):
			assert f"{MARK} opinion" not in ask(head, secret.name).text
			assert f"{MARK} remark" not in ask(head, secret.name).text
		for doctype in ("Kafala Answer", "Kafala Document"):
			answer = table(doctype)(head, secret.name)
			assert "Pass" not in answer.text and f"{MARK} note" not in answer.text

	def test_no_reader_meets_the_childs_parentage(self, stage: Stage, secret: Secret) -> None:
		"""Not in the form, not in the print, not in the versions; that is the child's file's to show."""
		for ours in (*secret.readers.values(), stage.browser(stage.here.place.chief)):
			for ways in (FORMS, LISTS):
				for way, ask in ways.items():
					if way in ("write", "persons", "families", "members", "versions", "PDF"):
						continue
					assert ORIGIN not in ask(ours, secret.name).text, way

	def test_of_an_ending_the_level_decides(self, stage: Stage, secret: Secret) -> None:
		head = stage.browser(stage.country.head).get(f"/api/resource/{ENDING}/{secret.ending}")
		assert head.status_code == 200 and MARK not in head.text and "KE-09" not in head.text
		chief = stage.browser(stage.here.place.chief).get(f"/api/resource/{ENDING}/{secret.ending}")
		assert chief.status_code == 200 and f"{MARK} study" in chief.text

	def test_the_decision_on_an_ending_wants_study_and_child(self, stage: Stage, secret: Secret) -> None:
		before = frappe.db.get_value(ENDING, secret.ending, ["status", "child"], as_dict=True)
		decided = {"decision_number": "1", "decision_authority": "اللجنة", "status": "Ending Decided"}
		decided |= {"child": secret.child}
		frappe.db.set_value(ENDING, secret.ending, decided)
		frappe.db.commit()
		asked = {"doctype": ENDING, "name": secret.ending, "format": DECISION}
		readers = (secret.readers["worker"], secret.readers["secretary"], stage.browser(stage.country.head))
		for ours in readers:
			answer = ours.get("/printview", **asked)
			assert answer.status_code in HIDDEN and MARK not in answer.text, answer.text[:300]
			# a refusal within a print is printed itself
			assert MARK not in squeezed("".join(texts(decision(ours, secret.ending).content)))
		chief = stage.browser(stage.here.place.chief)
		assert f"{MARK} study" in chief.get("/printview", **asked).text
		assert MARK in squeezed("".join(texts(decision(chief, secret.ending).content)))
		frappe.db.set_value(ENDING, secret.ending, before)
		frappe.db.commit()

	def test_the_administration_sees_it(self, stage: Stage, secret: Secret) -> None:
		for ours in (secret.readers["specialist"], stage.browser(stage.here.place.chief)):
			answer = ours.get(f"/api/resource/{FILE}/{secret.name}")
			assert answer.status_code == 200 and MARK in answer.text

	def test_the_file_of_a_paper_wants_its_level(self, stage: Stage, secret: Secret) -> None:
		assert secret.readers["specialist"].get(secret.paper).status_code == 200
		assert stage.browser(stage.country.head).get(secret.paper).status_code in HIDDEN


def test_a_name_of_nobody_gets_the_same_answer(stage: Stage, secret: Secret) -> None:
	director = stage.browser(stage.here.place.director)
	for way in ("form", "REST record", "client.get", "print", "write"):
		ours, nobodys = FORMS[way](director, secret.name), FORMS[way](director, "KF-2000-99999")
		assert ours.status_code == nobodys.status_code, way
