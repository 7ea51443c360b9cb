"""Somebody without an account at the public pages of services, over HTTP."""

import io
import json
import uuid
from dataclasses import dataclass
from datetime import date

import frappe
import requests
from frappe.utils import add_days, nowdate
from PIL import Image
from social_care.services import versions
from social_care.services.packs.definition import fields_of
from social_care.services.packs.samples import sample_values
from social_care.services.tests.cases import VISIT, VISITS
from social_care.services.tests.packs import compile_packs
from social_care.tests import factories

from isolation.browser import URL
from isolation.records import Stage

API = "social_care.api.citizens"
PHONE = "0100 765 4321"
WORKER = "Institution Social Worker"
GOVERNORATE = "01"
SETTINGS = "Social Care Settings"
PLENTY = {
	"citizen_requests_per_hour": 5000,
	"citizen_calls_per_minute": 5000,
	"citizen_files_per_hour": 5000,
	"citizen_address_failures": 5000,
}


def publish(*services: str) -> None:
	"""The visit permit on the site, or other services, as their packs say today."""
	frappe.set_user("Administrator")
	missing = [
		code for code in services or (VISIT,) if not frappe.db.get_value("Service", code, "published_version")
	]
	if missing:
		compile_packs(missing)
	frappe.db.commit()


def sample_form(service: str, number: int = 0) -> dict:
	"""A pack's own sample as its applicant would write it, without what staff fills."""
	pack = versions.published(service)
	own = {field["name"]: field for field in fields_of(pack) if field["filled_by"] == "applicant"}
	values = sample_values(pack, pack["samples"][number], date.today())
	sent = {name: value for name, value in values.items() if name in own}
	applicant = {f"applicant_{key}": value for key, value in pack["samples"][number]["applicant"].items()}
	return json.loads(json.dumps(sent | applicant, default=str))


def set_limits(values: dict) -> None:
	for name, value in values.items():
		frappe.db.set_single_value(SETTINGS, name, value)
	frappe.db.commit()
	frappe.clear_document_cache(SETTINGS, SETTINGS)


@dataclass
class Citizen:
	"""One device; calls bear no cookie, like those of the page."""

	stage: Stage

	def post(self, method: str, **values) -> requests.Response:
		return requests.post(
			f"{URL}/api/method/{API}.{method}",
			json=values,
			headers={"Accept": "application/json"},
			timeout=120,
		)

	def message(self, method: str, **values):
		answer = self.post(method, **values)
		assert answer.status_code == 200, (method, answer.status_code, answer.text[:600])
		return answer.json()["message"]

	def form(self, **values) -> dict:
		first = {
			"applicant_name": "سعاد محمود علي حسن",
			"applicant_phone": PHONE,
			"subject_said": "كريم أحمد",
			"governorate": GOVERNORATE,
			"place": f"institution:{self.stage.here.place.institution}",
			"permit_kind": "Day Out",
			"visit_from": add_days(nowdate(), 2),
			"stay_address": "١٢ شارع النصر",
			"relation_to_child": "Grandparent",
		}
		return first | values

	def apply(self, page_key: str = "", service: str = "sc-07", **values) -> dict:
		data = json.dumps(self.form(**values))
		return self.message("apply", service=service, data=data, page_key=page_key or str(uuid.uuid4()))

	def visit(self, receipt: str, phone: str = PHONE) -> dict:
		return self.message("follow", receipt=receipt, phone=phone)

	def upload(self, answer: dict, paper: str, content: bytes, name: str, more: int = 0) -> requests.Response:
		values = {"visit": answer["pass"], "request": answer["request"], "paper": paper, "more": more}
		return requests.post(
			f"{URL}/api/method/{API}.upload",
			data=values,
			files={"file": (name, content)},
			headers={"Accept": "application/json"},
			timeout=120,
		)


def picture() -> bytes:
	made = io.BytesIO()
	Image.new("RGB", (60, 40), "white").save(made, "JPEG")
	return made.getvalue()


def worker(stage: Stage) -> str:
	"""A social worker of the institution here."""
	frappe.set_user("Administrator")
	email = "worker.citizens@test.invalid"
	if not frappe.db.exists("User", email):
		factories.user("worker.citizens", email)
		factories.assign(email, WORKER, institution=stage.here.place.institution)
	frappe.db.commit()
	return email


def move(doc, user: str, status: str, **values):
	"""A step of staff, committed."""
	frappe.set_user(user)
	try:
		doc.reload()
		doc.update(values)
		doc.status = status
		doc.save()
	finally:
		frappe.set_user("Administrator")
	frappe.db.commit()
	return doc


def request_of(receipt: str):
	"""The request of a receipt, as it is stored now."""
	frappe.db.rollback()
	return frappe.get_doc(VISITS, {"receipt": receipt})


def page(path: str) -> requests.Response:
	"""A page as a browser that prefers English asks for it."""
	return requests.get(f"{URL}{path}", headers={"Accept": "text/html", "Accept-Language": "en"}, timeout=60)


def set_value(doctype: str, name: str, field: str, value) -> None:
	"""Change a row behind the running processes, and tell them."""
	frappe.db.set_value(doctype, name, field, value)
	frappe.db.commit()
	frappe.clear_document_cache(doctype, name)
