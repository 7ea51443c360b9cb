"""Ways to change a child, or to hang something on it, each as one request about a given child."""

from isolation.browser import Browser
from isolation.reading import Channel
from isolation.records import Victim

NEW = {"room_group": "changed from outside"}
CHILD = {"doctype": "Child"}


def _stored(victim: Victim, **values) -> dict:
	"""The row as a browser would send it, values changed."""
	import frappe

	frappe.db.rollback()
	return {
		"doctype": "Child",
		"name": victim.child,
		"modified": str(frappe.db.get_value("Child", victim.child, "modified")),
		**values,
	}


RECORD: dict[str, Channel] = {
	"REST put": lambda b, v: b.put(f"/api/resource/Child/{v.child}", NEW),
	"REST put of the person": lambda b, v: b.put(f"/api/resource/Person/{v.person}", {"nickname": "x"}),
	"REST put of the family": lambda b, v: b.put(f"/api/resource/Family/{v.family}", {"address": "x"}),
	"REST put of the placement": lambda b, v: b.put(
		f"/api/resource/Placement/{v.placement}", {"reason": "x"}
	),
	"REST delete": lambda b, v: b.delete(f"/api/resource/Child/{v.child}"),
	"REST delete of the placement": lambda b, v: b.delete(f"/api/resource/Placement/{v.placement}"),
	"REST delete of the family": lambda b, v: b.delete(f"/api/resource/Family/{v.family}"),
	"client.set_value": lambda b, v: b.call("frappe.client.set_value", **CHILD, name=v.child, fieldname=NEW),
	"client.save": lambda b, v: b.call("frappe.client.save", doc=_stored(v, **NEW)),
	"client.delete": lambda b, v: b.call("frappe.client.delete", **CHILD, name=v.child),
	"client.bulk_update": lambda b, v: b.call(
		"frappe.client.bulk_update", docs=[{"doctype": "Child", "docname": v.child, **NEW}]
	),
	"client.rename_doc": lambda b, v: b.call(
		"frappe.client.rename_doc", **CHILD, old_name=v.child, new_name="CH-X"
	),
	"renaming": lambda b, v: b.call(
		"frappe.model.rename_doc.update_document_title", **CHILD, docname=v.child, name="CH-X", title="x"
	),
	"saving the form": lambda b, v: b.call(
		"frappe.desk.form.save.savedocs", doc=_stored(v, **NEW), action="Save"
	),
	"a row of a table": lambda b, v: b.call(
		"frappe.client.insert",
		doc={
			"doctype": "Education Record",
			"parent": v.child,
			"parenttype": "Child",
			"parentfield": "education_records",
			"school_year": "1999/2000",
			"enrolment_status": "Enrolled",
		},
	),
	"a row of a table by REST": lambda b, v: b.post(
		"/api/resource/Education Record",
		{
			"parent": v.child,
			"parenttype": "Child",
			"parentfield": "education_records",
			"school_year": "1999/2000",
			"enrolment_status": "Enrolled",
		},
	),
	"workflow": lambda b, v: b.call(
		"frappe.model.workflow.apply_workflow",
		doc={"doctype": "Child", "name": v.child},
		action="Submit to Directorate",
	),
	"a placement": lambda b, v: b.post(
		"/api/resource/Placement",
		{
			"child": v.child,
			"setting": "Institution",
			"institution": _other(b, v),
			"movement": "Transfer",
			"from_date": "2026-01-01",
		},
	),
	"bulk edit": lambda b, v: b.call(
		"frappe.desk.doctype.bulk_update.bulk_update.submit_cancel_or_update_docs",
		**CHILD,
		docnames=[v.child],
		action="update",
		data=NEW,
	),
	"bulk workflow": lambda b, v: b.call(
		"frappe.model.workflow.bulk_workflow_approval",
		**CHILD,
		docnames=[v.child],
		action="Submit to Directorate",
	),
	"bulk deletion": lambda b, v: b.call("frappe.desk.reportview.delete_items", **CHILD, items=[v.child]),
	"a child of one's own in a stranger's family": lambda b, v: b.post(
		"/api/resource/Family",
		{"family_title": "x", "members": [{"relation": "Brother", "member_name": "x", "person": v.person}]},
	),
}

BESIDE: dict[str, Channel] = {
	"comment": lambda b, v: b.call(
		"frappe.desk.form.utils.add_comment",
		reference_doctype="Child",
		reference_name=v.child,
		content="x",
		comment_email=b.user,
		comment_by=b.user,
	),
	"comment by REST": lambda b, v: b.post(
		"/api/resource/Comment",
		{"comment_type": "Comment", "reference_doctype": "Child", "reference_name": v.child, "content": "x"},
	),
	"like": lambda b, v: b.call("frappe.desk.like.toggle_like", **CHILD, name=v.child, add="Yes"),
	"tag": lambda b, v: b.call("frappe.desk.doctype.tag.tag.add_tag", tag="outside", dt="Child", dn=v.child),
	"tags": lambda b, v: b.call(
		"frappe.desk.doctype.tag.tag.add_tags", tags=["outside"], dt="Child", docs=[v.child]
	),
	"assignment": lambda b, v: b.call(
		"frappe.desk.form.assign_to.add", **CHILD, name=v.child, assign_to=[b.user], description="x"
	),
	"assignment of several": lambda b, v: b.call(
		"frappe.desk.form.assign_to.add_multiple",
		**CHILD,
		name=[v.child],
		assign_to=[b.user],
		bulk_assign=True,
		re_assign=True,
	),
	"share": lambda b, v: b.call("frappe.share.add", **CHILD, name=v.child, user=b.user, read=1, write=1),
	"right of a share": lambda b, v: b.call(
		"frappe.share.set_permission", **CHILD, name=v.child, user=b.user, permission_to="read", value=1
	),
	"share by REST": lambda b, v: b.post(
		"/api/resource/DocShare", {"share_doctype": "Child", "share_name": v.child, "user": b.user, "read": 1}
	),
	"following": lambda b, v: b.call(
		"frappe.desk.form.document_follow.follow_document", **CHILD, doc_name=v.child, user=b.user
	),
	"attachment": lambda b, v: b.upload(b"outside", "outside.txt", doctype="Child", docname=v.child),
	"photograph": lambda b, v: b.upload(
		b"outside", "outside.png", doctype="Child", docname=v.child, fieldname="photo"
	),
	"old upload": lambda b, v: b.call(
		"uploadfile",
		from_form=1,
		doctype="Child",
		docname=v.child,
		filename="outside.txt",
		filedata="eA==",
		is_private=1,
	),
	"mail": lambda b, v: b.call(
		"frappe.core.doctype.communication.email.make",
		**CHILD,
		name=v.child,
		content="x",
		subject="x",
		recipients="a@example.org",
		send_email=0,
	),
	"file hung elsewhere": lambda b, v: b.put(
		f"/api/resource/File/{v.names[3]}", {"attached_to_doctype": "", "attached_to_name": ""}
	),
	"file hung on one's own": lambda b, v: b.put(
		f"/api/resource/File/{v.names[4]}", {"attached_to_doctype": "User", "attached_to_name": b.user}
	),
	"file made public": lambda b, v: b.put(f"/api/resource/File/{v.names[3]}", {"is_private": 0}),
	"file deleted": lambda b, v: b.delete(f"/api/resource/File/{v.names[3]}"),
	"attachment removed": lambda b, v: b.call(
		"frappe.desk.form.utils.remove_attach", fid=v.names[4], dt="Child", dn=v.child
	),
}


def _other(browser: Browser, victim: Victim) -> str:
	return "T-THERE-HOME" if victim.place.institution == "T-HERE-HOME" else "T-HERE-HOME"
