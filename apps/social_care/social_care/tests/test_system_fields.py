"""What no client writes, found from the schema: read-only fields of every DocType of the core and of the apps on it."""

from collections.abc import Callable, Iterator

import frappe
from frappe.model import no_value_fields
from frappe.model.document import Document

from social_care.scope import is_ours
from social_care.tests import CountryTestCase, factories
from social_care.tests.case_work import saved

# Two values of each kind: a field is the client's when both come through.
FORGED = {
	"Check": (1, 0),
	"Date": ("2001-02-03", "2002-03-04"),
	"Datetime": ("2001-02-03 04:05:06", "2002-03-04 05:06:07"),
	**dict.fromkeys(("Float", "Int", "Percent", "Currency"), (98, 87)),
}


# A step of the path, which its rules allow or refuse; where a draft of a pack came from. Apps on this one add theirs in
# the hook `social_care_test_system_fields`: {"values": {DocType: {field: value}}, "left_on_insert": [DocType.field]}.
LEFT = {"Care Review.status", "Child Assessment.status", "Service Pack.origin"}
REFUSES_EVERYTHING = "Print Verification"


def guarded(doctype: str) -> list:
	"""Read-only fields that a client could send: no state of a workflow, and nothing that the framework fetches itself."""
	state = frappe.db.get_value("Workflow", {"document_type": doctype}, "workflow_state_field")
	return [
		df
		for df in frappe.get_meta(doctype).fields
		if df.read_only
		and df.fieldtype not in no_value_fields
		and not (df.get("is_virtual") or df.fetch_from or df.fieldname == state)
	]


def own_doctypes(right: str) -> Iterator[str]:
	"""DocTypes of the core and its apps with such fields, which somebody holds the right to; tables are their parents'."""
	for name in frappe.get_all("DocType", {"istable": 0, "issingle": 0, "custom": 0}, pluck="name"):
		meta = frappe.get_meta(name)
		if is_ours(meta) and any(row.get(right) for row in meta.permissions) and guarded(name):
			yield name


class TestDerived(CountryTestCase):
	def setUp(self) -> None:
		super().setUp()
		self.saved: set[tuple[str, str]] = set()  # where the rules accepted the record
		self.child, other = (factories.child(self.here.institution) for _child in range(2))
		self.given = {
			"Child": self.child.name,
			"Person": self.child.person,
			"Org Unit": self.here.directorate,
		}
		self.given |= {"Institution": self.here.institution, "User": self.here.entry}
		later = frappe.utils.add_months(frappe.utils.nowdate(), 6)
		self.values = {
			"Best Interests Determination": {"child_view": "x"},
			"Census Campaign": {"cut_off": f"{later} 12:00:00"},
			"Child": {"national_number_status": "In Process"},
			"Child Savings Entry": {"amount": 5},
			"Duplicate Candidate": {"other_person": other.person},
			"Family Tracing": {"first_contact_date": None, "next_step": "x"},
			"Sibling Pair": {"other_child": other.name},
			"Stay Extension": {"valid_until": later},
		}
		self.left_on_insert = set(LEFT)
		for path in frappe.get_hooks("social_care_test_system_fields"):
			theirs = frappe.get_attr(path)()
			self.values |= theirs["values"]
			self.left_on_insert |= set(theirs["left_on_insert"])

	def plain(self, df):
		if df.fieldtype == "Link":
			return self.given.get(df.options) or frappe.db.get_value(df.options, {}, order_by="creation")
		if df.fieldtype == "Select":
			return (df.options or "").strip().split("\n")[0]
		values = {"Date": frappe.utils.nowdate(), "Datetime": frappe.utils.now()}
		if df.fieldtype in ("Data", "Small Text") and df.reqd:
			return frappe.generate_hash(length=10)
		return values.get(df.fieldtype, 0 if df.fieldtype in FORGED else None)

	def forged(self, df, which: int):
		if df.fieldtype == "Link":
			values = {"name": ["!=", self.given.get(df.options) or ""]}
			found = frappe.get_all(df.options, values, pluck="name", order_by="creation desc", limit=2)
			return [*found, None, None][which]
		if df.fieldtype == "Select":
			return df.options.strip().split("\n")[which - 2]
		return FORGED.get(df.fieldtype, ("forged", "feigned"))[which]

	def new(self, doctype: str) -> Document:
		"""A record as one enters it, which its rules accept where that takes no more than a few values."""
		doc = frappe.new_doc(doctype)
		for df in doc.meta.fields:
			if not df.read_only and df.fieldtype not in no_value_fields and not df.get("is_virtual"):
				doc.set(df.fieldname, self.plain(df))
		return doc.update(self.values.get(doctype, {}))

	def stored(self, doctype: str) -> Document:
		"""A row that stands there, past its controller; what the system keeps is empty."""
		doc = self.new(doctype)
		key = (doc.meta.autoname or "").removeprefix("field:")
		doc.name = doc.get(key) or frappe.generate_hash(length=10)
		doc.db_insert()
		return frappe.get_doc(doctype, doc.name)

	def came_through(self, make: Callable, doctype: str, which: int) -> set[str]:
		"""Fields that hold what was sent: in the database, or where the rules refused it in the record they refused."""
		frappe.db.savepoint("one")
		doc = make(doctype)
		sent = {df.fieldname: self.forged(df, which) for df in guarded(doctype)}
		doc.update(sent)
		try:
			doc.save()
			doc = frappe.get_doc(doctype, doc.name)
			self.saved.add((doctype, make.__name__))
		except (frappe.ValidationError, frappe.PermissionError):
			pass
		frappe.db.rollback(save_point="one")
		return {
			field
			for field, value in sent.items()
			if value is not None and str(doc.get(field) or "") == str(value or "")
		}

	def client_s(self, make: Callable, right: str) -> set[str]:
		"""`DocType.field` of every field into which a save with that right brings another value."""
		return {
			f"{doctype}.{field}"
			for doctype in own_doctypes(right)
			for field in self.came_through(make, doctype, 0) & self.came_through(make, doctype, 1)
		}

	def test_a_save_brings_no_other_value_into_what_the_system_keeps(self) -> None:
		found = self.client_s(self.stored, "write") - LEFT
		self.assertEqual({name for name in found if not name.startswith(REFUSES_EVERYTHING)}, set())
		self.assertNotIn((REFUSES_EVERYTHING, "stored"), self.saved)
		self.assertIn(("Data Officer", "stored"), self.saved)
		self.assertGreater(len(self.saved), 20)

	def test_nor_does_a_new_record(self) -> None:
		self.assertEqual(self.client_s(self.new, "create") - self.left_on_insert, set())
		self.assertGreater(len(self.saved), 18)


class TestOrigin(CountryTestCase):
	"""Who made a record, and rows of tables, by whoever may write the record."""

	def setUp(self) -> None:
		super().setUp()
		self.child = factories.child(self.here.institution).name

	def test_who_made_a_record_is_not_sent(self) -> None:
		self.act_as(self.here.entry)
		saved(self.child, 100).insert()
		name = saved(self.child, 10, "Withdrawal").insert().name
		doc = frappe.get_doc("Child Savings Entry", name)
		doc.owner = self.here.director
		self.assertRefused(
			frappe.CannotChangeConstantError, doc.save
		)  # the framework's promise: four eyes ask for him

	def test_a_row_of_another_record_is_not_taken_over(self) -> None:
		paper = {"paper_kind": "Passport", "paper_number": "1"}
		other = factories.child(self.here.institution, identity_papers=[paper])
		row = other.identity_papers[0].name
		self.act_as(self.here.entry)
		doc = frappe.get_doc("Child", self.child)
		doc.append("identity_papers", paper | {"name": row})
		doc.identity_papers[0].set("__islocal", None)
		self.assertRefused(frappe.PermissionError, doc.save)
		self.assertEqual(frappe.db.get_value("Identity Paper", row, "parent"), other.name)

	def test_who_verified_a_paper_is_not_sent(self) -> None:
		self.act_as(self.here.entry)
		doc = frappe.get_doc("Child", self.child)
		forged = {"verified_by": self.here.chief, "verified_on": "2026-01-01"}
		doc.append("identity_papers", {"paper_kind": "Passport", "paper_number": "1"} | forged)
		doc.save()
		doc.identity_papers[0].update(forged)
		doc.save()
		doc.reload()
		row = doc.identity_papers[0]
		self.assertEqual((row.paper_number, row.verified_by, row.verified_on), ("1", None, None))
