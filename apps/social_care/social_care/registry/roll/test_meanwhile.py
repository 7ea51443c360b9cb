"""What somebody else keeps while an upload waits for its turn is seen when its turn comes."""

import threading

import frappe

from social_care.registry.roll import applying, checking, decisions, screen
from social_care.registry.roll.testing import RollTestCase
from social_care.tests import factories

NAME = {"first_name": "ليلى", "father_name": "سامي", "family_name": "حسن"}
ROW = {"الاسم_الأول": "ليلى", "اسم_الأب": "سامي", "اسم_العائلة": "حسن", "النوع": "أنثى"}
ROW |= {"تاريخ_الميلاد": "4/5/2016", "تاريخ_الدخول": "1/2/2020"}


class TestMeanwhile(RollTestCase):
	def test_a_child_who_has_got_a_file_gets_no_second(self) -> None:
		name = factories.letters()
		book = self.book()
		upload = self.check(book.put(book.first_blank, اسم_الجد=name, **ROW).data())
		decisions.confirmed(decisions.own_upload(upload))
		frappe.db.commit()
		job = checking.begin(upload, (checking.CONFIRMED,), checking.APPLYING)
		self.register(name)
		while applying.next_chunk(job):
			pass
		self.assertEqual(frappe.db.count("Child", {"grandfather_name": name}), 1)
		state = screen.state(upload)
		self.assertEqual((state["rows_applied"], state["rows_refused"]), (0, 1))
		self.assertIn("لهذا الطفل ملف", self.only_row(upload)["note"])

	def register(self, name: str) -> None:
		"""A file by the form, in a transaction of its own, after the job has begun to look at the tables."""
		site, home = frappe.local.site, self.home.name

		def form() -> None:
			frappe.init(site=site)
			frappe.connect()
			factories.child(home, grandfather_name=name, sex="Female", birth_date="2016-05-04", **NAME)
			frappe.db.commit()
			frappe.destroy()

		thread = threading.Thread(target=form)
		thread.start()
		thread.join(60)
		self.assertFalse(thread.is_alive())
