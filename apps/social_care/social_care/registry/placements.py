"""Where a child lives: one gapless history for every kind of care.

Placements are half-open intervals [from_date, to_date): the day a child moves is the first day of the next one.
"""

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.query_builder import DocType
from frappe.query_builder.functions import Count
from frappe.utils import add_days, getdate, nowdate

from social_care import plurals
from social_care.organisation.grants import roles_at
from social_care.registry.kin.siblings import sibling_names
from social_care.registry.together import companion

INSTITUTION, FAMILY, KAFALA, INDEPENDENT = "Institution", "Family", "Kafala Family", "Independent"
LIFE_STATE = {INSTITUTION: "Active", FAMILY: "Reintegrated", KAFALA: "In Kafala", INDEPENDENT: "In Aftercare"}
CARE_TYPE = {FAMILY: "Family of Origin", KAFALA: "Kafala Family", INDEPENDENT: "Aftercare"}
ENDINGS = {"Left Care": "Left Care", "Absconding": "Absconded", "Death": "Deceased"}
DIRECT_WRITERS = ("Central Administration Head",)
RECEIVING_HOOK = "social_care_receiving_checks"
NOT_RECEIVING = ("Closed", "Closing", "Suspended", "Converted to Aftercare")


class PlacementError(frappe.ValidationError):
	"""A placement that would leave a gap, an overlap or a child in an impossible place."""


def lock_history(child: str) -> Document | None:
	"""Take the child's row for this transaction and return the current Placement, so that two moves never cross.

	Read with locks, because a plain read would show the state before another transaction's move.
	"""
	frappe.db.get_value("Child", child, "name", for_update=True)
	current = frappe.db.get_value("Placement", {"child": child, "is_current": 1}, for_update=True)
	return frappe.get_doc("Placement", current, for_update=True) if current else None


def admit(child: Document) -> None:
	"""Open the first placement of a new file; the right to register the child is the right to do this."""
	placement = companion(child, "Placement")
	placement.update(
		{
			"child": child.name,
			"setting": INSTITUTION,
			"institution": child.institution,
			"movement": "Admission",
			"from_date": child.admission_date,
			"decision_number": child.decision_number,
			"decision_date": child.decision_date,
			"decision_authority": child.decision_authority,
		}
	)
	placement.flags.admission = child
	placement.insert(ignore_permissions=True, set_name=child.current_placement)


def check_way(placement: Document) -> None:
	"""A child comes into an institution by a new file or by an accepted Placement Change.

	Directly only headquarters writes it, and the directorate where the settings say so (docs/placement-moves.md).
	"""
	user = frappe.session.user
	if placement.setting != INSTITUTION or placement.flags.admission or placement.flags.change:
		return
	writers = set(DIRECT_WRITERS)
	if frappe.get_cached_doc("Social Care Settings").direct_transfers == "Directorates Too":
		writers |= {"Directorate Director", "Directorate Data Officer"}
	if user != "Administrator" and not writers & roles_at(user, placement.org_unit, placement.institution):
		frappe.throw(
			_("Propose the movement in the child's file; the receiving institution has to accept it first."),
			frappe.PermissionError,
			title=_("Placement"),
		)


def check_beginning(placement: Document) -> None:
	"""A placement begins neither in the future nor before the child was born."""
	start = getdate(placement.from_date)
	born = getdate(of_child(placement, "birth_date"))
	if start > getdate(nowdate()):
		_refuse(_("A placement cannot begin in the future."))
	if born and start < born:
		_refuse(_("A placement cannot begin before the child was born."))


def check_dates(placement: Document, previous: Document | None) -> None:
	"""A new placement begins after the one it follows, and not before the last one ended."""
	check_beginning(placement)
	start = getdate(placement.from_date)
	if previous and start <= getdate(previous.from_date):
		_refuse(
			_("The child's current placement began on {0}; the next one must begin later.").format(
				frappe.format(previous.from_date, "Date")
			)
		)
	last_end = None if placement.flags.admission else _last_end(placement.child)
	if not previous and last_end and start < getdate(last_end):
		_refuse(
			_("The child's last placement ended on {0}; a new one cannot begin before that day.").format(
				frappe.format(last_end, "Date")
			)
		)


def of_child(placement: Document, field: str):
	"""A value of the placement's child; at admission from the file that is just being saved."""
	child = placement.flags.admission
	return child.get(field) if child else frappe.db.get_value("Child", placement.child, field)


def _last_end(child: str):
	return frappe.db.get_value(
		"Placement", {"child": child}, "to_date", order_by="from_date desc", for_update=True
	)


def earlier(child: str, day) -> dict | None:
	"""The last placement that began before a day, locked: {name, from_date, to_date, end_reason}."""
	return frappe.db.get_value(
		"Placement",
		{"child": child, "from_date": ["<", day]},
		["name", "from_date", "to_date", "end_reason"],
		as_dict=True,
		order_by="from_date desc",
		for_update=True,
	)


def check_institution(placement: Document) -> None:
	"""The institution takes children at all, has room (setting: warn or block) and takes this one's sex."""
	if placement.setting != INSTITUTION:
		return
	institution = _receiving(placement)
	if institution.status in NOT_RECEIVING:
		_refuse(
			_("The institution takes no children in its present state ({0}).").format(_(institution.status))
		)
	if institution.living >= (institution.licensed_capacity or 0):
		_full(institution.living, institution.licensed_capacity)
	sex = of_child(placement, "sex")
	if institution.sex in ("Male", "Female") and sex != institution.sex:
		frappe.msgprint(
			_("The institution is licensed for the other sex."), title=_("Placement"), indicator="orange"
		)


def _receiving(placement: Document) -> dict:
	"""The institution as far as it matters for receiving a child, locked, with the children `living` there before this one."""
	batch, name = placement.flags.batch, placement.institution

	def ask() -> dict:
		ask_other_apps(name)
		fields = ["status", "licensed_capacity", "sex", "org_unit"]
		found = frappe.db.get_value("Institution", name, fields, as_dict=True, for_update=True)
		return found | {"living": children_in(name, for_update=True)}

	return batch.receiving(name, ask) if batch else frappe._dict(ask())


def ask_other_apps(institution: str) -> None:
	"""Hook `social_care_receiving_checks`: functions(institution) that raise where it takes no children for a reason of theirs."""
	for path in frappe.get_hooks(RECEIVING_HOOK):
		frappe.get_attr(path)(institution)


def children_in(institution: str, for_update: bool = False) -> int:
	"""Children whose current placement is in the institution; `for_update` counts what others have committed meanwhile."""
	placement = DocType("Placement")
	query = frappe.qb.from_(placement).select(Count("*"))
	query = query.where(placement.institution == institution).where(placement.is_current == 1)
	return (query.for_update() if for_update else query).run()[0][0]


def _full(living: int, capacity: int | None) -> None:
	sentence = _(
		"The institution has {0} children for a licensed capacity of {1}.", context=plurals.form(living)
	).format(living, capacity or 0)
	if frappe.get_cached_doc("Social Care Settings").capacity_mode == "Block":
		_refuse(sentence)
	frappe.msgprint(sentence, title=_("Institution Is Full"), indicator="orange")


def check_siblings(placement: Document) -> None:
	"""Siblings are not separated without a written reason (UN Guidelines for the Alternative Care of Children, 17).

	A life of one's own is no placement in care, so whoever leaves for it is not asked.
	"""
	if placement.setting == INDEPENDENT:
		return
	if placement.flags.admission and not of_child(placement, "family"):
		return  # a file that is just being made has no confirmed siblings
	elsewhere = siblings(placement.child, of_child(placement, "family"))
	together = [row for row in elsewhere if row.place == (placement.institution or placement.family)]
	if not elsewhere or together or placement.sibling_separation_reason:
		return
	sentence = _(
		"The child has {0} siblings in care elsewhere; write the reason for separating them.",
		context=plurals.form(len(elsewhere)),
	).format(len(elsewhere))
	if (
		frappe.get_cached_doc("Social Care Settings").sibling_mode == "Require Reason"
		and not placement.flags.admission
	):
		_refuse(sentence)
	frappe.msgprint(sentence, title=_("Siblings"), indicator="orange")


def siblings(child: str, family: str | None) -> list[dict]:
	"""Brothers and sisters who live in an institution, with their `place`; whoever may see them (callers tell how many)."""
	names = sibling_names(child, family)
	if not names:
		return []
	living = {"name": ["in", names], "life_state": "Active", "institution": ["is", "set"]}
	return frappe.get_all("Child", filters=living, fields=["name", "institution as place"])


def close_previous(previous: Document | None, on) -> None:
	"""End the placement that another one follows."""
	if previous:
		previous.db_set({"to_date": on, "is_current": 0, "end_reason": "Next Placement"})


def project(placement: Document) -> None:
	"""Write the current place on the child's file, which moves the file into the scope of its new keeper."""
	frappe.db.set_value("Child", placement.child, place_of(placement) | {"current_placement": placement.name})


def place_of(row: Document) -> dict:
	"""What a child's file says of its place, from a Placement (or a new file, which is an admission)."""
	setting = row.get("setting") or INSTITUTION
	name = (
		frappe.get_cached_value("Institution", row.institution, "institution_name")
		if row.institution
		else None
	)
	return {
		"institution": row.institution,
		"institution_name": name,
		"org_unit": row.org_unit,
		"governorate": row.governorate,
		"care_type": care_type(setting, row.institution),
		"life_state": LIFE_STATE[setting],
	}


def care_type(setting: str, institution: str | None) -> str:
	"""Kind of care of a setting; an institution's comes from its type."""
	if setting != INSTITUTION:
		return CARE_TYPE[setting]
	kind = frappe.get_cached_value("Institution", institution, "institution_type")
	return frappe.get_cached_value("Institution Type", kind, "care_type") or "Residential Institution"


def leave_care(child: str, reason: str, on: str | None = None, by_change: str | None = None) -> None:
	"""End the current placement with no next one: Left Care, Absconding or Death.

	Needs write on that placement, or the Placement Change (`by_change`) that was decided.
	"""
	from social_care.registry.case_work import due
	from social_care.registry.moves.upkeep import end_others
	from social_care.registry.quality.events import follow_placement

	current = lock_history(child)
	if not current or reason not in ENDINGS:
		_refuse(_("The child has no current placement to end."))
	if not by_change:
		current.check_permission("write")
	on = on or nowdate()
	if not getdate(current.from_date) < getdate(on) <= getdate(add_days(nowdate(), 1)):
		_refuse(_("The last day must lie after the beginning of the placement and not in the future."))
	ended = {"to_date": on, "is_current": 0, "end_reason": reason}
	current.db_set(ended | ({"end_change": by_change} if by_change else {}))
	frappe.db.set_value(
		"Child",
		child,
		{"life_state": ENDINGS[reason], "care_type": "Left Care" if reason != "Absconding" else None},
	)
	end_others(child, by_change, on)
	due.refresh([child])
	follow_placement(current)


def follow_institution(institution: str, org_unit: str, governorate: str | None) -> None:
	"""Children, current placements and open movements follow an institution that passes to another supervising unit."""
	from social_care.registry.moves import upkeep

	upkeep.follow_institution(institution, org_unit)
	values = (org_unit, governorate, institution)
	frappe.db.sql(
		"update `tabPlacement` set org_unit=%s, governorate=%s where institution=%s and is_current=1", values
	)
	frappe.db.sql("update `tabChild` set org_unit=%s, governorate=%s where institution=%s", values)


def _refuse(message: str) -> None:
	frappe.throw(message, PlacementError, title=_("Placement"))
