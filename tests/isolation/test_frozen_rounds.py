"""An approved round of support is not changed at any door that a client has, by nobody; and lists and rows stay where they belong."""

import io
from collections.abc import Callable
from unittest.mock import patch

import frappe
import pytest
from social_care.cash_support import lists, loading, receiving, rounds
from social_care.tests import beneficiary_lists, factories

from isolation.browser import Browser
from isolation.records import Stage, account

ROUND, ENTRY, REVIEW = "Support Round", "Support Round Entry", "Beneficiary Review"
REFUSED = (403, 404, 417)
CALLS = "social_care.api.cash_support"
SAVE, BULK = "frappe.desk.form.save.savedocs", "frappe.desk.doctype.bulk_update.bulk_update"


class Frozen:
	"""A round that two have signed, and the people of headquarters."""

	def __init__(self, stage: Stage) -> None:
		self.stage = stage
		self.manager = account("General Manager", "HQ")
		frappe.set_user("Administrator")
		code = factories.unique("P")
		values = {"programme_code": code, "programme_name": "دعم تجريبي", "kind": "Support in Rounds"}
		values |= {"doctype": "Support Programme", "serves": "Households", "amount_per_round": 500}
		self.programme = frappe.get_doc(values).insert().name
		self.name = self.approved()
		self.entry = frappe.db.get_value(ENTRY, {"support_round": self.name})
		frappe.db.commit()

	def approved(self) -> str:
		first = 700_000 + frappe.db.count(ENTRY)
		numbers = [beneficiary_lists.number_of(first + place) for place in range(2)]
		rows = [f"{number},منى سعيد حسن,القاهرة" for number in numbers]
		text = "\n".join(["الرقم القومي,الاسم,المحافظة", *rows])
		frappe.set_user(self.manager)
		name = rounds.begin(self.programme, "2026-01-01").name
		with patch.object(frappe, "enqueue"):
			batch = receiving.receive(lists.HOUSEHOLDS, name, "a.csv", io.BytesIO(text.encode()))
		loading.run(batch.name)
		rounds.submit(name)
		frappe.set_user(self.stage.country.head)
		rounds.approve(name)
		frappe.set_user("Administrator")
		return name

	def browser(self, who: str) -> Browser:
		if who == "administrator":
			return Browser("Administrator", "admin")
		users = {
			"manager": self.manager,
			"head": self.stage.country.head,
			"chief": self.stage.here.place.chief,
		}
		return self.stage.browser(users[who])

	def state(self) -> tuple:
		frappe.db.rollback()
		rows = frappe.get_all(ENTRY, {"support_round": self.name}, ["name", "amount"], order_by="name")
		return rows, frappe.db.get_value(ROUND, self.name, ["status", "total_amount", "digest"])


@pytest.fixture(scope="module")
def frozen(stage: Stage) -> Frozen:
	return Frozen(stage)


def new(frozen: Frozen) -> dict:
	return {
		"doctype": ENTRY,
		"support_round": frozen.name,
		"programme": frozen.programme,
		"national_number": beneficiary_lists.number_of(799_999),
		"full_name": "علي حسن",
	}


Door = Callable[[Browser, Frozen], object]
DOORS: dict[str, Door] = {
	"REST, an entry changed": lambda b, f: b.put(f"/api/resource/{ENTRY}/{f.entry}", {"amount": 9000}),
	"REST, an entry added": lambda b, f: b.post(f"/api/resource/{ENTRY}", new(f)),
	"REST, an entry removed": lambda b, f: b.delete(f"/api/resource/{ENTRY}/{f.entry}"),
	"REST, the round": lambda b, f: b.put(f"/api/resource/{ROUND}/{f.name}", {"status": "Draft"}),
	"set_value": lambda b, f: b.call(
		"frappe.client.set_value", doctype=ENTRY, name=f.entry, fieldname="amount", value="9000"
	),
	"set_value, the round": lambda b, f: b.call(
		"frappe.client.set_value", doctype=ROUND, name=f.name, fieldname="status", value="Draft"
	),
	"insert_many": lambda b, f: b.call("frappe.client.insert_many", docs=[new(f)]),
	"form": lambda b, f: b.call(
		SAVE, doc=new(f) | {"__islocal": 1, "__unsaved": 1, "name": "new-entry-1"}, action="Save"
	),
	"another list": lambda b, f: b.session.post(
		f"{b.url}/api/method/{CALLS}.upload",
		data={"contents": lists.HOUSEHOLDS, "about": f.name},
		files={"file": ("a.csv", b"x")},
		timeout=120,
	),
	"taken over": lambda b, f: b.call(f"{CALLS}.take_over_round", support_round=f.name),
	"approved again": lambda b, f: b.call(f"{CALLS}.approve_round", support_round=f.name),
	"sent back": lambda b, f: b.call(f"{CALLS}.send_back_round", support_round=f.name),
}


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize("who", ["manager", "head", "chief", "administrator"])
def test_nothing_of_it_changes(frozen: Frozen, door: str, who: str) -> None:
	before = frozen.state()
	answer = DOORS[door](frozen.browser(who), frozen)
	assert answer.status_code in REFUSED, (answer.status_code, answer.text[:300])
	assert frozen.state() == before


@pytest.mark.parametrize("who", ["manager", "administrator"])
def test_a_bulk_edit_changes_nothing(frozen: Frozen, who: str) -> None:
	before = frozen.state()
	frozen.browser(who).call(
		f"{BULK}.submit_cancel_or_update_docs",
		doctype=ENTRY,
		docnames=[frozen.entry],
		action="update",
		data={"amount": 9000},
	)
	assert frozen.state() == before


def test_writes_are_not_open_to_links(frozen: Frozen) -> None:
	for method in ("take_over_round", "submit_round", "approve_round", "send_back_round"):
		answer = frozen.browser("head").ask(f"{CALLS}.{method}", support_round=frozen.name)
		assert answer.status_code in (403, 405), (method, answer.status_code)


def test_guests_and_institutions_reach_nothing(frozen: Frozen) -> None:
	for browser in (Browser(), frozen.stage.browser(frozen.stage.here.place.entry)):
		for doctype in (
			ENTRY,
			ROUND,
			REVIEW,
			"Beneficiary Import Batch",
			"Support Enrolment",
			"Recorded Death",
		):
			answer = browser.get(f"/api/resource/{doctype}")
			assert answer.status_code in REFUSED or answer.json()["data"] == [], (doctype, answer.text[:200])
