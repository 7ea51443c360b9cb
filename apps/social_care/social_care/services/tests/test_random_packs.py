"""Whatever pack an administrator may write: it compiles, takes what is right, refuses what is wrong, and goes without a trace."""

from collections.abc import Iterator
from typing import Any

import frappe
from frappe.utils import getdate, nowdate
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from social_care.services.compiler import publishing
from social_care.services.packs.definition import complete, faults_of
from social_care.services.packs.samples import outcome
from social_care.services.runtime.form import FormError
from social_care.services.tests import packs
from social_care.services.tests.cases import DIRECTOR, WORKER, ServiceTestCase

CODE, DOCTYPE = "RND-01", "Random Pack Request"
TYPES = (
	"text",
	"long_text",
	"integer",
	"number",
	"money",
	"percent",
	"date",
	"yes_no",
	"choice",
	"table",
	"phone",
	"email",
	"time",
	"datetime",
	"link",
)
VALUES: dict[str, Any] = {
	"text": "نص",
	"long_text": "نص أطول",
	"integer": 3,
	"number": 2.5,
	"money": 100,
	"percent": 40,
	"date": "2026-01-31",
	"yes_no": 1,
	"choice": "Option 1",
	"phone": "01001234567",
	"email": "citizen@test.invalid",
	"time": "10:30:00",
	"datetime": "2026-01-31 10:30:00",
	"link": "01",
}
EXAMPLES = 10


def text(word: str, number: int) -> dict[str, str]:
	"""Sometimes without English, as administrators write."""
	return (
		{"ar": f"{word} {number}"}
		if number % 3 == 0
		else {"ar": f"{word} {number}", "en": f"{word} en {number}"}
	)


@st.composite
def fields(draw, number: int) -> dict:
	kind = draw(st.sampled_from(TYPES))
	field: dict = {"name": f"field_{number}", "type": kind, "label": text("حقل", number)}
	field["required"] = draw(st.booleans())
	field["level"] = draw(st.sampled_from((0, 0, 0, 1, 2)))
	field["in_list"] = draw(st.booleans())
	if kind == "choice":
		count = draw(st.integers(1, 4))
		field["options"] = [{"value": f"Option {i}", "title": text("خيار", i)} for i in range(1, count + 1)]
	if kind == "link":
		field["target"] = "Governorate"
	if kind == "table":
		field["columns"] = [{"name": "item", "type": "text", "label": text("بند", number), "required": True}]
	if kind in ("integer", "number", "money", "percent"):
		field |= {"minimum": draw(st.integers(0, 2)), "maximum": draw(st.integers(1000, 2000))}
	if number and draw(st.booleans()):
		field["show_when"] = "given(field_0)"
	return field


@st.composite
def random_packs(draw) -> dict:
	"""A valid pack with random fields, papers, conditions, states, an output or none."""
	form = [draw(fields(number)) for number in range(draw(st.integers(1, 7)))]
	form[0] |= {"type": "text", "required": True, "level": 0}
	for key in ("options", "columns", "minimum", "maximum", "show_when", "target"):
		form[0].pop(key, None)
	steps = draw(st.integers(0, 3))
	codes = ["begun", *(f"step_{i}" for i in range(steps)), "granted", "refused"]
	kinds = [
		"open",
		*(draw(st.sampled_from(("open", "waiting", "external"))) for _step in range(steps)),
		"accepted",
		"refused",
	]
	states = [
		{
			"code": code,
			"title": text("حالة", i),
			"kind": kind,
			"editors": [WORKER] if kind not in ("accepted", "refused") else [],
		}
		for i, (code, kind) in enumerate(zip(codes, kinds, strict=True))
	]
	actions = [
		{
			"code": f"go_{i}",
			"title": text("إجراء", i),
			"from": [codes[i]],
			"to": codes[i + 1],
			"roles": [WORKER],
		}
		for i in range(steps + 1)
	]
	actions.append(
		{"code": "refuse", "title": text("رفض", 90), "from": codes[:1], "to": "refused", "roles": [WORKER]}
	)
	papers = [
		{"code": f"paper_{i}", "title": text("ورقة", i), "required": draw(st.booleans())}
		for i in range(draw(st.integers(0, 3)))
	]
	rules = [
		{
			"code": "of_age",
			"title": text("بالغ", 1),
			"passes_when": "applicant.age >= 18",
			"reason": text("قاصر", 1),
		}
	]
	pack: dict = {
		"format": 1,
		"code": CODE,
		"document_type": DOCTYPE,
		"title": text("خدمة عشوائية", 1),
		"channels": ["institution", "counter"],
		"access": [
			{"role": WORKER, "rights": ["read", "create", "write", "print", "report"], "levels": [1, 2]}
		],
		"sections": [{"code": "first", "title": text("قسم", 1), "fields": form}],
		"documents": papers,
		"rules": rules if draw(st.booleans()) else [],
		"workflow": {"states": states, "actions": actions},
		"clock": {"days": draw(st.integers(1, 60)), "basis": draw(st.sampled_from(("working", "calendar")))},
		"priority": [{"code": "first", "title": text("أولوية", 1), "when": "given(field_0)", "points": 7}],
	}
	if draw(st.booleans()):
		pack["appeal"] = {"days": draw(st.integers(1, 90)), "decided_by": [DIRECTOR]}
		pack["access"].append({"role": DIRECTOR, "rights": ["read", "write"], "levels": [1, 2]})
	if draw(st.booleans()):
		pack["indicators"] = [{"code": "all", "title": text("كل الطلبات", 1), "kind": "count"}]
	if draw(st.booleans()):
		told = {
			"on": {"state": "granted"},
			"to": ["enterer"],
			"subject": text("تمت", 1),
			"message": text("تمت", 2),
		}
		pack["notifications"] = [{"code": "granted", **told}]
	if draw(st.booleans()):
		pack["outputs"] = [
			{
				"code": "paper",
				"kind": "letter",
				"title": text("خطاب", 1),
				"on_state": "granted",
				"body": {"ar": "{field_0}"},
			}
		]
	return with_samples(pack)


def value_of(field: dict) -> Any:
	return [{"item": "بند"}] if field["type"] == "table" else VALUES[field["type"]]


def with_samples(pack: dict) -> dict:
	whole = {field["name"]: value_of(field) for field in pack["sections"][0]["fields"]}
	papers = [paper["code"] for paper in pack["documents"]]
	pack["samples"] = [
		{"title": text("مثال", 1), "values": whole, "documents": papers, "expect": {}},
		{"title": text("مثال", 2), "values": {}, "expect": {}},
	]
	for sample in pack["samples"]:
		filled = {"applicant": {}, "facts": {}, "documents": [], **sample}
		got = outcome(complete(pack), filled, getdate(nowdate()))
		sample["expect"] = {key: got[key] for key in ("wrong_fields", "missing_documents")}
	return pack


def wrong_values(pack: dict) -> Iterator[dict[str, Any]]:
	"""For each field that can hold something wrong, that: an option that is not there, a number outside its bounds."""
	for field in pack["sections"][0]["fields"]:
		if field["type"] == "choice":
			yield {field["name"]: "Option 9"}
		if "maximum" in field:
			yield {field["name"]: field["maximum"] + 1}
		if field["type"] == "table":
			yield {field["name"]: [{"item": ""}]}


class TestRandomPacks(ServiceTestCase):
	keeps_rows = True

	def test_any_valid_pack_lives_and_goes(self) -> None:
		self.addCleanup(packs.remove, CODE)
		before = self.counts()

		@settings(
			max_examples=EXAMPLES, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck)
		)
		@given(random_packs())
		def lives_and_goes(pack: dict) -> None:
			self.live(pack)
			packs.remove(CODE)
			self.assertEqual(self.counts(), before)
			self.assertEqual(frappe.db.sql("show tables like %s", f"tab{DOCTYPE}%"), ())

		lives_and_goes()

	def live(self, pack: dict) -> None:
		self.assertEqual(faults_of(pack), [])
		made, name = packs.draft(pack)
		publishing.publish(made, name)
		self.assertEqual(publishing.planned([made])[CODE], [])
		self.act_as(self.worker)
		right = self.request(pack["samples"][0]["values"]).insert()
		self.assertEqual(right.status, made.pack["workflow"]["states"][0]["title"]["en"])
		self.assertEqual(right.priority_points, 7)
		self.assertRefused(FormError, self.request({}).insert)
		for wrong in wrong_values(pack):
			values = pack["samples"][0]["values"] | wrong
			self.assertRefused(frappe.ValidationError, self.request(values).insert)
		self.act_as("Administrator")
		self.assertEqual(publishing.planned([made])[CODE], [])

	def request(self, values: dict):
		place = {"institution": self.here.institution, "org_unit": self.here.district}
		applicant = {"applicant_name": "منى علي سالم", "applicant_phone": "01001234567"}
		return frappe.get_doc({"doctype": DOCTYPE, **place, **applicant, **values})

	def counts(self) -> dict[str, int]:
		"""How many records there are of each kind that a compile makes."""
		frappe.set_user("Administrator")
		kinds = (
			"DocType",
			"Workflow",
			"Workflow State",
			"Workflow Action Master",
			"Print Format",
			"Web Form",
			"Translation",
			"Service Pack",
		)
		return {
			kind: frappe.db.count(kind) for kind in (*kinds, "Notification", "Number Card", "Dashboard Chart")
		}
