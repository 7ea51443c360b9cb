"""What the desk's form of a request has to know: where its user works, and which steps ask for a reason."""

import frappe

from social_care.organisation.grants import active_grants
from social_care.services import versions
from social_care.services.runtime import concerned, records


def form_facts(doctype: str, name: str | None) -> dict:
	"""{"place": {"org_unit", "institution"}, "reasons": [names of actions that need one], "recorded": whether an app has records or files of them} for the user's form."""
	frappe.has_permission(doctype, "read", throw=True)
	service = frappe.db.get_value(
		"Service", {"request_type": doctype}, ["name", "published_version"], as_dict=True
	)
	if not service:
		return {"place": {}, "reasons": []}
	version = None
	if name and frappe.db.exists(doctype, name):
		doc = frappe.get_doc(doctype, name)
		doc.check_permission("read")
		version = doc.pack_version
	pack = versions.at(service.name, version or service.published_version)
	reasons = [row["title"]["en"] for row in pack["workflow"]["actions"] if "reason" in row["requires"]]
	recorded = bool(records.record_of_service(service.name) or concerned.path_of_service(service.name))
	return {"place": place(pack), "reasons": reasons, "recorded": recorded}


def record(doctype: str, name: str) -> dict | None:
	"""What a request has become, {"doctype", "name"}, or with "concerned" the file that it is about; for whoever may read both."""
	doc = frappe.get_doc(doctype, name)
	doc.check_permission("read")
	return (records.shown(doc) or concerned.shown(doc)) if doc.get("pack_version") else None


def place(pack: dict) -> dict[str, str | None]:
	"""Where the user enters requests of this service: the place of the first assignment whose role may create them."""
	able = {row["role"] for row in pack["access"] if "create" in row["rights"]}
	for grant in active_grants(frappe.session.user):
		if grant.role in able and grant.institution:
			unit = frappe.db.get_value("Institution", grant.institution, "org_unit")
			return {"org_unit": unit, "institution": grant.institution}
		if grant.role in able and grant.org_unit:
			return {"org_unit": grant.org_unit, "institution": None}
	return {"org_unit": None, "institution": None}
