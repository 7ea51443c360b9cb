"""From pack to record type: planned without a trace, applied once, ended anywhere, versions that lose nothing."""

import os
import random
from typing import Any

import frappe
from frappe.utils import add_days, nowdate

from social_care.services import versions
from social_care.services.compiler import publishing
from social_care.services.compiler.applying import apply
from social_care.services.compiler.conversions import ConversionError
from social_care.services.compiler.flow import style
from social_care.services.compiler.removal import InUseError
from social_care.services.compiler.workspace import workspace_name
from social_care.services.packs.definition import PackError, complete
from social_care.services.tests import packs
from social_care.services.tests.cases import ServiceTestCase

KILLS, KILLED = 20, 9  # how often a compile is ended, and the exit status by which that is known


class TestGroupPage(ServiceTestCase):
	keeps_rows = True
	code, left = "TST-09", "Services: Nobody"

	def setUp(self) -> None:
		super().setUp()
		self.addCleanup(packs.remove, self.code)
		self.addCleanup(frappe.delete_doc, "Workspace", self.left, force=True)

	def test_its_name_makes_one_part_of_an_address(self) -> None:
		for group in frappe.get_all("Service Group", fields=["group_name", "group_name_en"]):
			with self.subTest(group.group_name):
				self.assertNotRegex(workspace_name(group), r"[/\\?#%&]")
		self.assertEqual(
			workspace_name({"group_name": "ا", "group_name_en": "Families / kafala"}),
			"Services: Families kafala",
		)

	def test_the_page_of_a_group_that_is_called_otherwise_goes(self) -> None:
		page = {"doctype": "Workspace", "label": self.left, "title": self.left, "content": "[]"}
		frappe.get_doc(page | {"public": 1, "module": "Services"}).insert()
		made, _name = packs.draft(packs.pack_like_visit(self.code, "Page Test Request"))
		removed = [step.artefact.name for step in publishing.planned([made])[""] if step.action == "remove"]
		self.assertEqual(removed, [self.left])


class TestPlan(ServiceTestCase):
	keeps_rows = True
	code, doctype = "TST-01", "Plan Test Request"

	def setUp(self) -> None:
		super().setUp()
		self.addCleanup(packs.remove, self.code)
		self.pack = packs.pack_like_visit(self.code, self.doctype)

	def test_a_plan_changes_nothing_and_a_second_publishing_has_nothing_to_do(self) -> None:
		made, name = packs.draft(self.pack)
		before = frappe.db.sql("select count(*) from `tabDocType`")
		steps = publishing.planned([made])[self.code]
		self.assertEqual({step.action for step in steps}, {"make"})
		self.assertEqual(frappe.db.sql("select count(*) from `tabDocType`"), before)
		self.assertFalse(frappe.db.table_exists(self.doctype, cached=False))
		publishing.publish(made, name)
		self.assertEqual(publishing.planned([made])[self.code], [])

	def test_what_somebody_changed_by_hand_is_mended(self) -> None:
		packs.publish(self.pack)
		frappe.db.set_value(
			"DocField", {"parent": self.doctype, "fieldname": "visit_from"}, "fieldtype", "Data"
		)
		frappe.db.delete("DocPerm", {"parent": self.doctype, "role": "Institution Director"})
		frappe.clear_cache(doctype=self.doctype)
		draft = publishing.Draft(self.code, 1, versions.at(self.code, 1))
		frappe.db.commit()
		steps = publishing.planned([draft])[self.code]
		self.assertEqual([step.artefact.name for step in steps], [self.doctype])
		apply(steps)
		self.assertEqual(publishing.planned([draft])[self.code], [])

	def test_states_have_the_colour_of_their_kind_and_keep_an_administrators(self) -> None:
		made, name = packs.draft(self.pack)
		publishing.publish(made, name)
		for state in made.pack["workflow"]["states"]:
			with self.subTest(state["code"]):
				self.assertEqual(self.style(state), style(made.pack, state))
		wanted = {
			"study": "Primary",
			"waiting_applicant": "Warning",
			"granted": "Success",
			"refused": "Danger",
		}
		wanted |= {"returned_to_care": "Success", "withdrawn": "", "appeal_refused": "Danger"}
		states = {state["code"]: state for state in made.pack["workflow"]["states"]}
		self.assertEqual({code: self.style(states[code]) for code in wanted}, wanted)
		waiting = next(state for state in made.pack["workflow"]["states"] if state["kind"] == "waiting")
		self.addCleanup(self.give_style, waiting, "Warning")
		self.give_style(waiting, "Inverse")
		self.assertEqual(publishing.planned([made])[self.code], [])
		self.give_style(waiting, "")
		apply(publishing.planned([made])[self.code])
		self.assertEqual(self.style(waiting), "Warning")

	def style(self, state: dict) -> str:
		return frappe.db.get_value("Workflow State", state["title"]["en"], "style") or ""

	def give_style(self, state: dict, style: str) -> None:
		frappe.db.set_value("Workflow State", state["title"]["en"], "style", style)
		frappe.db.commit()

	def test_a_record_type_of_somebody_else_is_not_taken(self) -> None:
		for name in ("Care Plan", "Family Visit Permit Request"):
			with self.assertRaises(PackError):
				packs.draft(packs.pack_like_visit(self.code, name))

	def test_a_service_with_requests_is_not_removed(self) -> None:
		packs.publish(self.pack)
		request = self.visit(doctype=self.doctype).insert()
		frappe.db.commit()
		with self.assertRaises(InUseError):
			from social_care.services.compiler import removal

			removal.remove(self.code)
		self.assertTrue(frappe.db.exists(self.doctype, request.name))


class TestVersions(ServiceTestCase):
	keeps_rows = True
	code, doctype = "TST-02", "Version Test Request"

	def setUp(self) -> None:
		super().setUp()
		self.addCleanup(packs.remove, self.code)
		self.pack = packs.pack_like_visit(self.code, self.doctype)
		packs.publish(self.pack)
		self.act_as(self.worker)
		self.request = self.visit(doctype=self.doctype).insert()
		self.act_as("Administrator")
		frappe.db.commit()

	def changed(self, change: Any) -> dict:
		pack = packs.pack_like_visit(self.code, self.doctype)
		change(pack)
		pack["samples"] = [row | {"expect": {}} for row in pack["samples"]]
		return pack

	def without_address(self) -> dict:
		def change(pack: dict) -> None:
			fields = pack["sections"][0]["fields"]
			fields[:] = [field for field in fields if field["name"] != "stay_address"]
			for sample in pack["samples"]:
				sample["values"].pop("stay_address", None)
				sample["expect"] = {}

		return self.changed(change)

	def publish(self, pack: dict) -> None:
		for sample in pack["samples"]:
			sample["expect"] = packs.publishing.complete(pack) and self.expectation(pack, sample)
		packs.publish(pack)

	def expectation(self, pack: dict, sample: dict) -> dict:
		from social_care.services.packs.samples import outcome

		got = outcome(
			publishing.complete(pack),
			{"facts": {}, "documents": [], "applicant": {}} | sample,
			frappe.utils.getdate(),
		)
		return {"wrong_fields": got["wrong_fields"], "missing_documents": got["missing_documents"]}

	def test_a_field_that_goes_keeps_its_values_and_is_out_of_sight(self) -> None:
		self.publish(self.without_address())
		field = frappe.get_meta(self.doctype).get_field("stay_address")
		self.assertEqual(field.depends_on, "eval:doc.pack_version<2")
		self.assertEqual(
			frappe.db.get_value(self.doctype, self.request.name, "stay_address"), "12 شارع النصر"
		)
		self.assertIn("stay_address", frappe.db.get_table_columns(self.doctype))

	def test_an_open_request_goes_on_under_its_version(self) -> None:
		def change(pack: dict) -> None:
			pack["documents"].append(
				{"code": "court_paper", "title": {"ar": "قرار المحكمة", "en": "Court Paper of Visits"}}
			)
			states = pack["workflow"]["states"]
			states.insert(
				3,
				{
					"code": "registry",
					"title": {"ar": "قلم الحفظ", "en": "At the Filing Desk"},
					"kind": "open",
				},
			)
			pack["workflow"]["states"][3]["editors"] = ["Institution Director"]
			begin = next(row for row in pack["workflow"]["actions"] if row["code"] == "begin_study")
			begin["to"] = "registry"
			pack["workflow"]["actions"].append(
				{
					"code": "file_it",
					"title": {"ar": "حفظ", "en": "File the Request"},
					"from": ["registry"],
					"to": "study",
					"roles": ["Institution Director"],
				}
			)

		self.publish(self.changed(change))
		self.act_as(self.worker)
		self.move(self.request, "Under Study")
		self.assertEqual(self.request.pack_version, 1)
		self.assertNotIn("court_paper", [row.document_code for row in self.request.documents])
		new = self.visit(doctype=self.doctype).insert()
		self.assertEqual(new.pack_version, 2)
		self.assertIn("court_paper", [row.document_code for row in new.documents])
		self.assertRefused(frappe.ValidationError, self.move, new, "Under Study")
		self.move(new, "At the Filing Desk")

	def test_a_change_of_kind_that_loses_values_is_refused_with_its_reason(self) -> None:
		def change(pack: dict) -> None:
			field = next(row for row in pack["sections"][0]["fields"] if row["name"] == "stay_address")
			field["type"] = "date"
			for sample in pack["samples"]:
				sample["values"].pop("stay_address", None)

		with self.assertRaises(ConversionError) as caught:
			self.publish(self.changed(change))
		self.assertIn("stay_address", str(caught.exception))
		self.assertEqual(versions.published_version(self.code), 1)

	def test_a_kind_that_holds_every_value_is_taken(self) -> None:
		def change(pack: dict) -> None:
			field = next(row for row in pack["sections"][1]["fields"] if row["name"] == "relation_to_child")
			field["type"] = "text"
			field.pop("options")

		self.publish(self.changed(change))
		self.assertEqual(
			frappe.db.get_value(self.doctype, self.request.name, "relation_to_child"), "Grandparent"
		)

	def test_the_published_version_is_frozen(self) -> None:
		doc = frappe.get_doc("Service Pack", f"{self.code}-v1")
		doc.definition = doc.definition.replace("12", "13")
		doc.definition = frappe.as_json(doc.pack() | {"confidential": True})
		self.assertRefused(frappe.ValidationError, doc.save)


class TestKilled(ServiceTestCase):
	"""A compile that is killed at any statement is finished by the next one, to the same end."""

	keeps_rows = True
	code, doctype = "TST-03", "Kill Test Request"

	def setUp(self) -> None:
		super().setUp()
		self.pack = packs.pack_like_visit(self.code, self.doctype)
		self.addCleanup(packs.remove, self.code)

	def test_killed_at_twenty_random_statements(self) -> None:
		chance = random.Random(20)
		packs.publish(self.pack)
		wanted = packs.schema_dump(self.code, self.pack)
		packs.remove(self.code)
		self.make_version()
		total = self.statements()
		killed = 0
		while killed < KILLS:
			packs.remove(self.code)
			self.make_version()
			while (status := self.compile_until(chance.randrange(1, total // 2))) == KILLED:
				killed += 1
			self.assertEqual(status, 0)
			self.assertEqual(self.compile_until(None), 0)
			self.forget_all()
			self.assertEqual(packs.schema_dump(self.code, self.pack), wanted)

	def make_version(self) -> None:
		packs.draft(self.pack)

	def statements(self) -> int:
		"""How many statements a whole compile sends, counted in a process of its own."""
		reading, writing = os.pipe()
		pid = os.fork()
		if not pid:
			count = self.in_child(None)
			os.write(writing, str(count).encode())
			os._exit(0)
		os.close(writing)
		os.waitpid(pid, 0)
		with os.fdopen(reading) as text:
			count = int(text.read())
		self.forget_all()
		return count

	def compile_until(self, statement: int | None) -> int:
		"""Compile in a process that ends itself without a farewell at the given statement; its exit status."""
		pid = os.fork()
		if not pid:
			self.in_child(statement)
			os._exit(0)
		return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])

	def in_child(self, statement: int | None) -> int:
		site, path = frappe.local.site, frappe.local.sites_path
		try:
			frappe.local.db._conn = None  # the parent's connection is the parent's
			frappe.init(site=site, sites_path=path)
			frappe.connect()
			frappe.set_user("Administrator")
			count = self.counted(statement)
			name = f"{self.code}-v1"
			publishing.publish(publishing.Draft(self.code, 1, complete(self.pack)), name)  # it was checked
			return count[0]
		except BaseException:
			import traceback

			traceback.print_exc()
			os._exit(3)

	def counted(self, statement: int | None) -> list[int]:
		count, sql = [0], frappe.db.sql

		def counting(*args: Any, **kwargs: Any) -> Any:
			count[0] += 1
			if count[0] == statement:
				os._exit(KILLED)
			return sql(*args, **kwargs)

		frappe.db.sql = counting
		return count

	def forget_all(self) -> None:
		"""See what other processes committed."""
		frappe.db.rollback()
		versions.forget(self.code)
		frappe.clear_cache(doctype=self.doctype)


class TestDates(ServiceTestCase):
	def test_days_of_rest_and_holidays_do_not_count(self) -> None:
		from datetime import date

		from social_care.services.working_days import days_used, due_day

		thursday, sunday = date(2026, 11, 26), date(2026, 11, 29)
		self.assertEqual(due_day(thursday, 1, "working"), sunday)
		self.assertEqual(due_day(thursday, 1, "calendar"), date(2026, 11, 27))
		calendar = frappe.get_doc("Working Calendar")
		calendar.append("holidays", {"title": "عطلة", "from_date": sunday, "to_date": add_days(sunday, 1)})
		calendar.save()
		self.addCleanup(frappe.clear_document_cache, "Working Calendar", "Working Calendar")
		self.assertEqual(due_day(thursday, 1, "working"), date(2026, 12, 1))
		self.assertEqual(days_used(thursday, date(2026, 12, 2), "working"), 2)
		self.assertGreaterEqual(due_day(thursday, 5, "working"), date(2026, 12, 5))
		self.assertEqual(nowdate(), str(frappe.utils.getdate()))
