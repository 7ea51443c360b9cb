"""What the guided action in a child's file shows, and what it does when it is confirmed."""

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import cint

from social_care import plurals
from social_care.organisation.grants import roles_at
from social_care.registry import best_interests, placements
from social_care.registry.arabic import normalise
from social_care.registry.kin import siblings
from social_care.registry.moves import facts, sides, states

DOCTYPE = "Placement Change"
SENT = (
	*("child", "movement", "is_emergency", "effective_date", "to_institution", "due_back_on", "leave_host"),
	*("exit_way", "reason", "reason_details", "care_needs", "sibling_separation_reason", "care_review"),
	*("decision_number", "decision_date", "decision_authority", "legal_basis"),
)
SHOWN = ["reason_code", "reason_name", "movement", "needs_best_interests", "legal_basis"]
MOST = 20


def guide(child: str) -> dict:
	"""For the dialog: {child, movements, exits, emergency, decides, open, on_leave, reasons, determination, siblings}.

	Needs read on the file. `movements` is empty where the caller may propose none now, `exits` are the ways out of care;
	`open` is the movement that is under way.
	"""
	doc = frappe.get_doc("Child", child)
	doc.check_permission("read")
	roles, under_way = _roles(doc), _open(child)
	movements = _movements(doc, under_way) if roles else []
	return {
		"child": child,
		"movements": movements,
		"exits": [*([states.INDEPENDENT] if _lives_in_institution(doc) else []), *states.ENDS_CARE],
		"emergency": int("Directorate Director" in roles),
		"decides": int(bool(sides.DECIDERS & roles)),
		"open": under_way,
		"on_leave": _leave(child),
		"reasons": frappe.get_all(
			"Placement Change Reason", filters={"disabled": 0}, fields=SHOWN, order_by="reason_code asc"
		),
		"determination": best_interests.latest(child),
		"siblings": siblings.shown_to_reader(doc),
	}


def _roles(child: Document) -> set[str]:
	"""Roles at the child's place that may propose."""
	able = {row.role for row in frappe.get_meta(DOCTYPE).permissions if row.create}
	if frappe.session.user == "Administrator":
		return able
	return able & roles_at(frappe.session.user, child.org_unit, child.institution)


def _movements(child: Document, under_way: dict | None) -> list[str]:
	if child.life_state == "Deceased" or (under_way and under_way.status != states.CONFIRMATION):
		return []
	if under_way:
		return [states.EXIT]
	if not _lives_in_institution(child):
		return [states.ADMISSION, *([states.EXIT] if facts.current_placement(child.name) else [])]
	leave = [] if child.leave_due_back else [states.LEAVE]
	return [states.TRANSFER, *leave, states.EXIT]


def _lives_in_institution(child: Document) -> bool:
	return child.life_state == "Active" and bool(child.institution)


def _open(child: str) -> dict | None:
	waiting = {"child": child, "status": ["in", (*states.WAITING, states.CONFIRMATION)]}
	return frappe.db.get_value(DOCTYPE, waiting, ["name", "status", "movement"], as_dict=True)


def _leave(child: str) -> dict | None:
	away = {"child": child, "status": states.ON_LEAVE}
	return frappe.db.get_value(DOCTYPE, away, ["name", "effective_date", "due_back_on"], as_dict=True)


def receiving_institutions(child: str, text: str = "") -> list[dict]:
	"""Institutions that a child may be proposed to: [{value, label, description}].

	Those of the child's directorate and of the caller's own scope by name; any other by its exact code, without its name.
	"""
	doc = frappe.get_doc("Child", child)
	doc.check_permission("read")
	if not _roles(doc):
		return []
	filters = {"status": ["not in", placements.NOT_RECEIVING], "name": ["!=", doc.institution or ""]}
	near = _near(doc.org_unit)
	rows = _by_name(filters | {"org_unit": ["in", near]}, text, frappe.get_all) if near else []
	rows += _by_name(filters, text, frappe.get_list)
	if code := _by_code(filters, text):
		rows.append(code)
	return list({row["value"]: row for row in rows}.values())[:MOST]


def _near(unit: str | None) -> list[str]:
	"""Units of the directorate of a unit."""
	bounds = sides.directorate(unit)
	if not bounds:
		return []
	within = {"lft": [">=", bounds[0]], "rgt": ["<=", bounds[1]]}
	return frappe.get_all("Org Unit", filters=within, pluck="name")  # a reference table


def _by_name(filters: dict, text: str, read) -> list[dict]:
	wanted = filters | ({"search_name": ["like", f"%{normalise(text)}%"]} if text.strip() else {})
	rows = read(
		"Institution",
		filters=wanted,
		fields=["name", "institution_name", "licensed_capacity", "governorate"],
		order_by="institution_name asc",
		limit=MOST,
	)
	places = _children_in([row.name for row in rows])
	return [
		{"value": row.name, "label": row.institution_name, "description": _room(row, places.get(row.name, 0))}
		for row in rows
	]


def _room(row: dict, living: int) -> str:
	return _("{0} children for a capacity of {1}").format(living, cint(row.licensed_capacity))


def _children_in(names: list[str]) -> dict[str, int]:
	if not names:
		return {}
	rows = frappe.db.sql(
		"""select `institution`, count(*) from `tabPlacement` where `is_current` = 1 and `institution` in %s
		group by `institution`""",
		[names],
	)
	return dict(rows)


def _by_code(filters: dict, text: str) -> dict | None:
	code = text.strip()
	if not code or code == filters["name"][1]:
		return None
	if not frappe.db.exists("Institution", {"name": code, "status": filters["status"]}):
		return None
	return {"value": code, "label": code, "description": _("In another directorate")}


def weigh(child: str, to_institution: str) -> dict:
	"""Before it is confirmed: {warnings: [sentence], siblings_elsewhere}. Needs read on the file and the right to propose."""
	doc = frappe.get_doc("Child", child)
	doc.check_permission("read")
	if not _roles(doc):
		frappe.throw(
			_("This step is not yours to take."), frappe.PermissionError, title=_("Placement Change")
		)
	change = frappe.new_doc(DOCTYPE)
	change.update({"child": child, "movement": states.TRANSFER, "to_institution": to_institution})
	left = len(facts.elsewhere(change))
	return {"warnings": _warnings(to_institution, doc.sex, left), "siblings_elsewhere": left}


def _warnings(institution: str, sex: str, siblings_elsewhere: int) -> list[str]:
	home = frappe.db.get_value(
		"Institution", institution, ["licensed_capacity", "sex", "status"], as_dict=True
	)
	if not home or home.status in placements.NOT_RECEIVING:
		return [_("The institution takes no children in its present state.")]
	living, capacity = placements.children_in(institution), cint(home.licensed_capacity)
	found = []
	if living >= capacity:
		full = _(
			"The institution has {0} children for a licensed capacity of {1}.", context=plurals.form(living)
		)
		found.append(full.format(living, capacity))
	if home.sex in ("Male", "Female") and home.sex != sex:
		found.append(_("The institution is licensed for the other sex."))
	if siblings_elsewhere:
		separated = _(
			"The child has {0} siblings in care elsewhere; write the reason for separating them.",
			context=plurals.form(siblings_elsewhere),
		)
		found.append(separated.format(siblings_elsewhere))
	return found


def propose(values: dict) -> dict:
	"""Write the change and take its first step, in one transaction: {name, status}. The rights are those of the record."""
	change = frappe.new_doc(DOCTYPE)
	change.update({field: values.get(field) for field in SENT if values.get(field) not in (None, "")})
	if values.get("best_interests"):
		change.determination = _determine(values)
	change.insert()
	change.status = first_step(change)
	change.save()
	return {"name": change.name, "status": change.status}


def _determine(values: dict) -> str:
	record = frappe.new_doc(best_interests.RECORD)
	record.update({field: values.get(field) for field in ("child", "occasion", *best_interests.FIELDS)})
	return record.insert().name


def first_step(change: Document) -> str:
	"""The state that a proposal goes to: carried out at once, decided by the sending side, or asked of the receiver."""
	if change.is_emergency:
		return states.CONFIRMATION
	if change.movement in states.RECEIVED and not sides.approval_needed(change):
		return states.ACCEPTANCE
	return states.APPROVAL


def come_back(change: str, returned_on: str, remarks: str | None = None) -> None:
	"""Record that a child is back from leave."""
	doc = frappe.get_doc(DOCTYPE, change)
	doc.check_permission("write")
	doc.update({"returned_on": returned_on, "return_remarks": remarks, "status": states.CARRIED_OUT})
	doc.save()
