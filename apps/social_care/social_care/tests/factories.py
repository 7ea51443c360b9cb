"""Rows for tests, made through the controllers. Each takes only what a test cares about."""

import io
import itertools
from datetime import date

import frappe
from frappe.utils import add_days, add_years, getdate, nowdate
from PIL import Image

COUNTER = itertools.count(1)
WEIGHTS = (2, 7, 6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2)


def unique(prefix: str) -> str:
	"""A code that no other row of the run has."""
	return f"{prefix}-{frappe.generate_hash(length=6).upper()}-{next(COUNTER)}"


def national_number(birth_date, sex: str = "Male", governorate: str = "01") -> str:
	"""A correct number that nobody bears, for the date, sex and governorate, with a determinate check digit."""
	born = getdate(birth_date)
	head = ("3" if born.year >= 2000 else "2") + born.strftime("%y%m%d") + governorate
	first = int(frappe.generate_hash(length=8), 36)
	serials = ((first + step) % 10_000 for step in range(10_000))
	numbers = (f"{head}{serial:04d}" for serial in serials if serial % 2 == (sex == "Male"))
	whole = (f"{digits}{digit}" for digits in numbers if (digit := check_digit(digits)) < 10)
	return next(number for number in whole if not frappe.db.exists("Person", {"national_number": number}))


def check_digit(digits: str) -> int:
	"""The circulating formula over the first 13 digits; 10 and 11 are indeterminate."""
	return 11 - sum(int(d) * w for d, w in zip(digits, WEIGHTS, strict=True)) % 11


def org_unit(level: str = "Directorate", parent: str = "HQ", governorate: str | None = "01", **values):
	return frappe.get_doc(
		{
			"doctype": "Org Unit",
			"unit_code": unique("U"),
			"unit_name": f"وحدة {next(COUNTER)}",
			"level": level,
			"parent_org_unit": parent,
			"governorate": governorate,
			"is_group": 1,
			**values,
		}
	).insert()


def institution(unit: str, **values):
	"""An operating institution with room."""
	doc = frappe.get_doc(
		{
			"doctype": "Institution",
			"institution_code": unique("I"),
			"institution_name": f"دار الأمل {next(COUNTER)}",
			"institution_type": "CI-01",
			"org_unit": unit,
			"licensed_capacity": 40,
			**values,
		}
	).insert()
	doc.db_set("status", values.get("status", "Operating"))
	return doc


def user(prefix: str = "user", email: str = ""):
	"""A desk user without any role."""
	email = email or f"{unique(prefix).lower()}@test.invalid"
	doc = frappe.get_doc(
		{"doctype": "User", "email": email, "first_name": prefix, "send_welcome_email": 0, "language": "ar"}
	)
	return doc.insert(ignore_permissions=True)


def assign(user_id: str, role: str, org_unit: str | None = None, institution: str | None = None, **values):
	"""Give a role at a place, from a week ago."""
	return frappe.get_doc(
		{
			"doctype": "Staff Assignment",
			"user": user_id,
			"role": role,
			"scope": "Institution" if institution else "Unit and Below",
			"org_unit": org_unit,
			"institution": institution,
			"valid_from": add_days(nowdate(), -7),
			**values,
		}
	).insert()


def assign_unchecked(user_id: str, role: str, institution: str | None = None, org_unit: str | None = None):
	"""A further role at an institution or a unit, whatever the rules on two assignments of one person say."""
	place = {
		"institution": institution,
		"org_unit": org_unit,
		"scope": "Institution" if institution else "Unit and Below",
	}
	values = {"user": user_id, "role": role, "valid_from": nowdate(), **place}
	doc = frappe.get_doc({"doctype": "Staff Assignment", **values})
	doc.flags.ignore_validate = True
	return doc.insert()


def staff(role: str, org_unit: str | None = None, institution: str | None = None, **values) -> str:
	"""A new user with one assignment; returns his id."""
	user_id = user(role.split()[-1].lower()).name
	assign(user_id, role, org_unit, institution, **values)
	return user_id


def child_values(institution: str, **values) -> dict:
	"""Fields of a file complete enough to be submitted; unique by name."""
	born = values.pop("birth_date", add_years(nowdate(), -8))
	sex = values.pop("sex", "Male")
	return {
		"doctype": "Child",
		"first_name": "أحمد",
		"father_name": "عبد الرحمن",
		"grandfather_name": f"محمود {letters()}",
		"family_name": "السيد",
		"sex": sex,
		"birth_date": str(born),
		"national_number": national_number(born, sex),
		"national_number_status": "Recorded",
		"religion": "Muslim",
		"parentage": "Known",
		"how_found": "Handed Over by the Family",
		"admission_reason": "AR-03",
		"institution": institution,
		"admission_date": add_days(nowdate(), -90),
		**values,
	}


def child(institution: str, **values):
	return frappe.get_doc(child_values(institution, **values)).insert()


def family(**values):
	return frappe.get_doc(
		{"doctype": "Family", "family_title": f"أسرة السيد {next(COUNTER)}", **values}
	).insert()


def to_date(value) -> date:
	return getdate(value)


def letters(length: int = 6) -> str:
	"""Arabic letters that no other name of the run has, and that searching does not fold."""
	number = next(COUNTER) + int(frappe.generate_hash(length=6), 36)
	return "".join("بتثجحخدرزسشصضطظعغفقكلمنه"[number // 24**place % 24] for place in range(length))


def transfer(child: str, institution: str | None, **values):
	"""The next placement of a child, from today unless said otherwise."""
	return frappe.get_doc(
		{
			"doctype": "Placement",
			"child": child,
			"setting": "Institution",
			"institution": institution,
			"movement": "Transfer",
			"from_date": nowdate(),
			**values,
		}
	).insert()


def image(kind: str = "PNG", colour: tuple[int, int, int] | None = None) -> bytes:
	"""A small picture; each call another colour, so that no two files have one content."""
	number = next(COUNTER) * 7919 + int(frappe.generate_hash(length=6), 36)
	stream = io.BytesIO()
	Image.new("RGB", (24, 32), colour or (number % 256, number // 256 % 256, number // 65536 % 256)).save(
		stream, kind
	)
	return stream.getvalue()


def file(content: bytes, file_name: str, is_private: int = 1, **values):
	"""A stored file that hangs on nothing yet, unless said otherwise."""
	return frappe.get_doc(
		{"doctype": "File", "file_name": file_name, "content": content, "is_private": is_private, **values}
	).insert()


def paper(doctype: str, child: str, **values) -> str:
	"""A record about a child; returns its name."""
	return frappe.get_doc({"doctype": doctype, "child": child, **values}).insert().name
