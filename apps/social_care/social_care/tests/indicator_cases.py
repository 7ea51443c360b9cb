"""Rows from which figures of indicators are known, for the table of test_indicators.py.

Each planter puts rows at an institution of its own and says what the indicators then tell of its directorate:
{code: (numerator, denominator)}, or (median, number of rows) where days are measured.
"""

import frappe
from frappe.utils import add_days, add_months, add_years, now_datetime, nowdate

from social_care.governance.indicators.core.files import school_year
from social_care.tests import factories


def this_year() -> str:
	return f"{school_year()}/{school_year() + 1}"


def ago(days: int) -> str:
	return str(add_days(nowdate(), -days))


def set_on(doctype: str, name: str, **values) -> None:
	"""As stored: what leads there is tested elsewhere."""
	frappe.db.set_value(doctype, name, values, update_modified=False)


def row(doctype: str, **values) -> str:
	"""A stored row of which only these columns matter."""
	doc = frappe.get_doc({"doctype": doctype, "name": frappe.generate_hash(length=12), **values})
	doc.db_insert()
	return doc.name


def stock(home: str) -> dict:
	"""Three live there, one of them without a number, one has left."""
	boys = [factories.child(home), factories.child(home)]
	girl = factories.child(home, sex="Female", national_number="", national_number_status="In Process")
	left = factories.child(home)
	set_on("Child", left.name, institution=None, life_state="Left Care", care_type="Left Care")
	for boy in boys:
		set_on("Child", boy.name, national_number_check="Valid")
	set_on("Child", girl.name, national_number_check="")
	return {"K01": (3, None), "F02": (3, None), "K04": (2, 3), "F04": (3, 0), "K40": (3, 0), "K20": (4, 40)}


def papers(home: str) -> dict:
	"""One verified certificate, one that nobody verified; one recent photograph, one old."""
	first, second, third = (factories.child(home).name for _ in range(3))
	for child, verified in ((first, nowdate()), (second, None)):
		row(
			"Identity Paper",
			parent=child,
			parenttype="Child",
			parentfield="identity_papers",
			paper_kind="Paper Birth Certificate",
			verified_on=verified,
		)
	set_on("Child", first, photo="/private/files/a.png", photo_date=ago(30))
	set_on("Child", second, photo="/private/files/b.png", photo_date=ago(900))
	for child, asked, lacking in ((first, 10, 2), (second, 10, 4), (third, 0, 0)):
		set_on("Child", child, quality_asked=asked, quality_lacking=lacking)
	return {"K05": (1, 3), "K06": (1, 3), "K10": (14, 20)}


def school(home: str) -> dict:
	"""Of school age: enrolled outside, enrolled inside, dropped out, a record of an earlier year, none. And an infant."""
	year = this_year()
	kinds = [("Enrolled", "Government", year), ("Enrolled", "Inside the Institution", year)]
	kinds += [("Dropped Out", "Government", year), ("Enrolled", "Government", "2001/2002")]
	for status, kind, of in kinds:
		child = factories.child(home, birth_date=add_years(nowdate(), -9)).name
		row(
			"Education Record",
			parent=child,
			parenttype="Child",
			parentfield="education_records",
			school_year=of,
			education_kind=kind,
			enrolment_status=status,
		)
	factories.child(home, birth_date=add_years(nowdate(), -9))
	factories.child(home, birth_date=add_years(nowdate(), -3))
	return {"K07": (3, 5), "K08": (2, 5), "K09": (1, 3), "F10": (1, 5)}


def care(home: str) -> dict:
	"""Planned and reviewed; planned, review overdue; neither, and not due; one of unknown parentage with contact."""
	ready, late, bare, other = (factories.child(home).name for _ in range(4))
	for child in (ready, late):
		row("Care Plan", child=child, status="Active")
	set_on("Child", ready, next_review_due=add_days(nowdate(), 5))
	set_on("Child", late, next_review_due=ago(5))
	set_on("Child", bare, next_review_due=None)
	set_on("Child", other, next_review_due=None, parentage="Under Investigation")
	row("Child Assessment", child=ready, assessment_kind="Entry", status="Completed")
	row("Child Assessment", child=late, assessment_kind="Entry", status="Draft")
	for child, days, took_place in ((ready, 10, 1), (late, 900, 1), (bare, 10, 0), (other, 10, 1)):
		row("Family Contact", child=child, contact_date=ago(days), took_place=took_place)
	return {"F07": (2, 4), "K44": (1, 4), "F09": (3, 4), "F08": (1, 4), "K45": (1, 3), "F06": (1, 3)}


def moves(home: str) -> dict:
	"""Present a year ago: two, of whom one left for kafala; an entry of this year; one came back from kafala; a death."""
	unit = frappe.db.get_value("Institution", home, "org_unit")
	place = {"institution": home, "org_unit": unit, "setting": "Institution"}
	kafala = {"org_unit": unit, "setting": "Kafala Family", "movement": "Kafala"}
	children = [factories.child(home).name for _ in range(5)]
	frappe.db.delete("Placement", {"child": ["in", children]})
	stayed, left, came, back, died = children
	old = {"from_date": ago(800), "movement": "Admission", **place}
	row("Placement", child=stayed, is_current=1, **old)
	row("Placement", child=left, to_date=ago(100), **old)
	row("Placement", child=left, from_date=ago(100), is_current=1, **kafala)
	row("Placement", child=came, **(old | {"from_date": ago(40)}))
	row("Placement", child=back, from_date=ago(700), to_date=ago(50), **kafala)
	row("Placement", child=back, **(old | {"from_date": ago(50), "movement": "Return"}))
	row("Placement", child=died, **(old | {"from_date": ago(60), "to_date": ago(20), "end_reason": "Death"}))
	expected = {"F01": (2, None), "K41": (2, None), "F03": (1, 2), "K42": (1, 2), "K37": (1, 1)}
	return expected | {"F05": (1, None), "F12": (1, None)}


def delay(home: str) -> dict:
	"""Entered on the day, three days and nine days later."""
	unit = frappe.db.get_value("Institution", home, "org_unit")
	child = factories.child(home).name
	frappe.db.delete("Placement", {"child": child})
	for days in (0, 3, 9):
		row(
			"Placement",
			child=child,
			from_date=ago(days),
			org_unit=unit,
			institution=home,
			movement="Transfer",
		)
	return {"K12": (3, 3)}


def events(home: str) -> dict:
	"""Grave and reported in time, grave and late, grave and not reported, slight."""
	child = factories.child(home).name
	now = now_datetime()
	for severity, reported, late in (
		("High", now, 0),
		("Critical", now, 1),
		("High", None, 0),
		("Low", now, 0),
	):
		row(
			"Significant Event",
			child=child,
			severity=severity,
			occurred_on=now,
			reported_on=reported,
			reported_late=late,
		)
	return {"K46": (1, 3)}


def ways_out(home: str) -> dict:
	"""Reintegrated twice, one of them apart again; one long ago. Passed into aftercare twice, one with a plan. Flats."""
	unit = frappe.db.get_value("Institution", home, "org_unit")
	child, other = factories.child(home).name, factories.child(home).name
	for days, again in ((30, 0), (60, 1), (800, 1)):
		row("Reintegration Case", child=child, reintegrated_date=ago(days), separated_again=again)
	for one in (child, other):
		row(
			"Placement",
			child=one,
			from_date=ago(10),
			movement="Aftercare",
			setting="Independent",
			org_unit=unit,
		)
	row("Aftercare Plan", child=child, status="Approved")
	row("Aftercare Plan", child=other, status="Draft")
	for status in ("Delivered", "Requested", "Refused"):
		row("Aftercare Support", child=child, kind="Housing Unit in Usufruct", status=status)
	row("Aftercare Support", child=child, kind="Study Grant", status="Delivered")
	return {"K43": (1, 2), "K49": (1, 2), "K50": (1, 2)}


def homes(home: str) -> dict:
	"""The institution itself with a licence; one critical, its licence over; one closed; staff."""
	unit = frappe.db.get_value("Institution", home, "org_unit")
	licence = {"licence_number": "1", "licence_expiry": add_months(nowdate(), 3)}
	set_on("Institution", home, **licence)
	critical = factories.institution(unit).name
	set_on("Institution", critical, status="Critical", licence_number="2", licence_expiry=ago(1))
	set_on("Institution", factories.institution(unit).name, status="Closed")
	factories.institution(unit)
	for name, numbers in ((home, (10, 8, 4)), (critical, (10, 6, 3))):
		needed, there, able = numbers
		row(
			"Institution Staff Count",
			parent=name,
			parenttype="Institution",
			parentfield="staff",
			required_count=needed,
			available_count=there,
			qualified_count=able,
		)
	expected = {"K02": (2, None), "K24": (1, None), "F15": (1, 3)}
	return expected | {"K47": (14, 20), "F11": (7, 14)}


def other_homes(home: str) -> dict:
	"""A home for older persons and a hostel; associations; a data officer."""
	unit = frappe.db.get_value("Institution", home, "org_unit")
	for category in ("Older Persons", "Women and Expatriates"):
		kind = frappe.db.get_value("Institution Type", {"category": category})
		factories.institution(unit, institution_type=kind)
	for status in ("Regularised", "Regularised", "Not Regularised", "Dissolved"):
		row("Association", org_unit=unit, status=status)
	row("Data Officer", directorate=unit, valid_from=ago(10))
	return {"K53": (1, None), "K54": (1, None), "K64": (2, 3), "K13": (1, 1)}


def requests(home: str) -> dict:
	"""Submitted today: two. Ended: one in time with four stars, one late with two, one in time without."""
	unit = frappe.db.get_value("Institution", home, "org_unit")
	now = now_datetime()
	doctype = "Child File Registration Request"
	doctype = frappe.db.get_value("Service", {"request_type": ["is", "set"]}, "request_type") or doctype
	for values in (
		{"submitted_on": now},
		{"submitted_on": now, "closed_on": now, "rating": 4},
		{"closed_on": now, "rating": 2, "overdue": 1},
		{"closed_on": now},
	):
		row(doctype, org_unit=unit, channel="Service Counter", **values)
	return {"K17": (2, None), "K18": (2, 3), "K19": (6, 2)}


def support(home: str) -> dict:
	"""Reviews listed, verified and excluded; rounds of this month approved and in draft, one of another month."""
	unit = frappe.db.get_value("Institution", home, "org_unit")
	for status in ("Listed", "Verified", "Verified", "Excluded"):
		row("Beneficiary Review", org_unit=unit, status=status)
	for status, month, households in (
		("Approved", nowdate(), 200),
		("Draft", nowdate(), 90),
		("Paid", ago(90), 70),
	):
		row("Support Round", org_unit=unit, status=status, month=month, households=households)
	return {"K59": (3, None), "K60": (200, None)}


def trust(home: str) -> dict:
	"""Confirmed a week ago, by an institution of two; surveyed twice, and found without a computer first; a device received."""
	unit = frappe.db.get_value("Institution", home, "org_unit")
	factories.institution(unit)
	place = {"institution": home, "org_unit": unit}
	row("Institution Confirmation", status="Signed", signed_on=now_datetime(), due_on=nowdate(), **place)
	row("Institution Confirmation", status="Open", due_on=nowdate(), **place)
	for days, computers in ((90, 0), (1, 3)):
		row("Readiness Survey", surveyed_on=ago(days), working_computers=computers, **place)
	row("Readiness Survey", surveyed_on=ago(5), working_computers=0, org_unit=unit)
	for days in (10, 20):
		row("Device Request", requested_on=ago(days), received_on=nowdate(), device_kind="Computer", **place)
	row("Device Request", requested_on=ago(99), **place)
	return {"K03": (1, 2), "K11": (1, 2), "K14": (1, None), "K15": (10, 2)}


def waiting(home: str) -> dict:
	"""Submitted four days ago, reviewed two days ago, a draft; two open pairs of them and a settled one; signed in time, not signed."""
	unit = frappe.db.get_value("Institution", home, "org_unit")
	first, second, draft = (factories.child(home) for _ in range(3))
	set_on("Child", first.name, file_state="Submitted by Institution", submitted_on=ago(4))
	set_on(
		"Child", second.name, file_state="Reviewed by Directorate", submitted_on=ago(9), reviewed_on=ago(2)
	)
	for other, status in ((second, "Open"), (draft, "Open"), (draft, "Not the Same")):
		pair = {"person": first.person, "other_person": other.person, "pair_key": factories.unique("P")}
		row("Duplicate Candidate", status=status, **pair)
	place = {"institution": home, "org_unit": unit, "due_on": nowdate()}
	row("Institution Confirmation", status="Signed", signed_on=now_datetime(), **place)
	row("Institution Confirmation", status="Open", **place)
	return {"D01": (2, None), "D02": (2, 2), "D03": (2, None), "D04": (1, 2)}


PLANTERS = (
	stock,
	papers,
	school,
	care,
	moves,
	delay,
	events,
	ways_out,
	homes,
	other_homes,
	support,
	trust,
	waiting,
)
