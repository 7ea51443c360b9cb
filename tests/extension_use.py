"""What people do with the extensions on the test's site: `python extension_use.py SITE before|after`.

`before` makes a directorate of the core; `after` keeps records of the extensions, edits their reference rows and
customises their DocTypes, so that their removal has something to remove.
"""

import os
import sys
from collections import defaultdict
from pathlib import Path

import frappe
from frappe.utils import add_days, getdate, nowdate

BUILDING = "Kafala Centre Building"
UNIT = "EXT-TEST"
RENAMED = "اسم اختاره المدير الوظيفي"


def before() -> None:
	"""A directorate in Cairo."""
	values = {"unit_code": UNIT, "unit_name": "مديرية", "level": "Directorate", "parent_org_unit": "HQ"}
	frappe.get_doc({"doctype": "Org Unit", "governorate": "01", "is_group": 1, **values}).insert()


def after() -> None:
	"""A building with history, remarks, a paper and customisations; reference rows renamed."""
	building = _make_building()
	building.append("follow_ups", {"follow_up_date": nowdate(), "works_progress": 10, "note": "معاينة"})
	building.save()
	building.add_comment("Comment", "ملاحظة")
	file = {"doctype": "File", "file_name": "decision.txt", "content": "قرار", "is_private": 1}
	frappe.get_doc({**file, "attached_to_doctype": BUILDING, "attached_to_name": building.name}).insert()
	_customise()
	_visit_everybody()
	_rename("Assessment Tool", "CHILD-42-1", "title")
	_rename("Violation Type", "NE-01", "violation_name")
	_rename("Kafala Ending Cause", "KE-01", "cause_name")


def _visit_everybody() -> None:
	"""Rows of the campaign of visits, without the core's rows that they hang on."""
	from social_care.demo.generator import Nation, NationSettings
	from social_care.demo.loader.store import insert
	from social_care_inspections.demo import campaign

	nation = Nation(NationSettings(getdate(nowdate()), children=120, institutions=20, planted={}))
	rows = defaultdict(list)
	for doctype, row in campaign.build(nation):
		if frappe.get_meta(doctype).module == "Inspections":
			rows[doctype].append(row)
	for doctype, found in rows.items():
		insert(doctype, found)


def _make_building():
	values = {"org_unit": UNIT, "address": "عنوان", "building_owner": "جهة", "decision_number": "1"}
	values["decision_date"] = add_days(nowdate(), -30)
	return frappe.get_doc({"doctype": BUILDING, "building_name": "مبنى", **values}).insert()


def _customise() -> None:
	field = {"fieldname": "remarks_of_the_site", "label": "Remarks", "fieldtype": "Data"}
	frappe.get_doc({"doctype": "Custom Field", "dt": BUILDING, **field}).insert()
	setter = {"doctype_or_field": "DocField", "property": "reqd", "property_type": "Check", "value": "1"}
	frappe.get_doc(
		{"doctype": "Property Setter", "doc_type": BUILDING, "field_name": "places", **setter}
	).insert()
	frappe.get_doc(
		{"doctype": "Custom DocPerm", "parent": "Violation Type", "role": "Inspector", "read": 1}
	).insert()


def _rename(doctype: str, name: str, field: str) -> None:
	doc = frappe.get_doc(doctype, name)
	doc.set(field, RENAMED)
	doc.save()


if __name__ == "__main__":
	site, deed = sys.argv[1:]
	sites = Path(os.environ["BENCH_ROOT"]) / "sites"
	os.chdir(sites)
	frappe.init(site=site, sites_path=str(sites))
	frappe.connect()
	{"before": before, "after": after}[deed]()
	frappe.db.commit()
	frappe.destroy()
