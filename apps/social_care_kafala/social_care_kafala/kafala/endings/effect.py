"""What an ending does elsewhere: the child's next stay, the request to the institution, and the family's file.

Each function runs in the transaction of its step, under the child's lock: the stay with the family ends because the next one begins.
"""

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import getdate, now, nowdate
from social_care.registry import placements
from social_care.registry.moves import guide
from social_care.registry.moves import states as movement

from social_care_kafala.kafala.endings import facts, words
from social_care_kafala.kafala.hand_over import visits
from social_care_kafala.kafala.path import clock
from social_care_kafala.kafala.path import states as path

REASON = "MR-23"  # of the table Placement Change Reason: return from an alternative family
OCCASION = "RK-08"  # of the table Care Review Kind: a special review
FAILED = (movement.DECLINED, movement.CANCELLED, movement.EXPIRED)
DECISION = ("decision_number", "decision_date", "decision_authority")


def ask_institution(ending: Document) -> None:
	"""Propose the admission to the institution, again where the one before was declined and another is named."""
	if ending.ending_kind not in words.TO_INSTITUTION:
		return
	asked = ending.placement_change and frappe.db.get_value(
		"Placement Change", ending.placement_change, ["status", "to_institution"], as_dict=True
	)
	if asked and (asked.status not in FAILED or asked.to_institution == ending.to_institution):
		return
	ending.db_set("placement_change", guide.propose(request(ending))["name"])


def request(ending: Document) -> dict:
	"""Values of the Placement Change; nothing of the family and of the cause is in it."""
	values = {field: ending.get(field) for field in (*DECISION, "child", "to_institution")}
	values |= {"movement": movement.ADMISSION, "effective_date": ending.planned_on, "reason": REASON}
	values |= {"occasion": OCCASION, "sibling_separation_reason": ending.sibling_separation_reason}
	return values | {field: ending.get(field) for field in ("child_view", "no_view_reason", "best_interests")}


def move(ending: Document) -> dict:
	"""Let the next stay begin, where that is this ending's to do, and return what the ending notes of it."""
	current = placements.lock_history(ending.child)
	if current and current.name == ending.family_placement:
		step = MOVES.get(ending.ending_kind)
		if not step:
			ending.refuse(
				_("The child is still with the family: the institution records the hand-over first.")
			)
		step(ending)
	return outcome(ending)


def to_next_family(ending: Document) -> None:
	"""The next family has signed its contract: the child passes over on that day."""
	file = frappe.db.get_value(
		path.DOCTYPE,
		ending.next_file,
		["status", "child", "family", "org_unit", "handed_over_on"],
		as_dict=True,
	)
	if file.status not in words.WITH_THE_FAMILY or file.child != ending.child:
		ending.refuse(_("The next family signs its contract first."))
	place(ending, setting=placements.KAFALA, family=file.family, org_unit=file.org_unit, movement="Kafala",
		from_date=file.handed_over_on)  # fmt: skip


def home(ending: Document) -> None:
	"""The prepared return to the family of origin takes place: its own case writes the Placement."""
	case = frappe.get_doc("Reintegration Case", ending.reintegration_case)
	case.update({field: ending.get(field) for field in DECISION})
	case.status = "Reintegrated"
	case.save()


def to_own_life(ending: Document) -> None:
	"""The young person goes on to a life of his own."""
	unit = frappe.db.get_value("Child", ending.child, "org_unit")
	place(
		ending,
		setting=placements.INDEPENDENT,
		org_unit=unit,
		movement="Aftercare",
		from_date=ending.planned_on,
	)


def end_by_death(ending: Document) -> None:
	"""The only ending after which no stay begins."""
	placements.leave_care(ending.child, "Death", str(ending.planned_on))


def place(ending: Document, **values) -> None:
	"""Write the next Placement. Needs the right to write placements, or the contract of the next family."""
	if getdate(values["from_date"]) > getdate(nowdate()):
		ending.refuse(_("The day of this movement has not come yet."))
	placement = frappe.new_doc("Placement")
	placement.update({field: ending.get(field) for field in (*DECISION, "child")} | values)
	placement.insert(
		ignore_permissions=bool(ending.flags.by_contract)
	)  # a signed contract is the right to this


MOVES = {
	words.TRANSFER: to_next_family,
	words.REINTEGRATION: home,
	words.OF_AGE: to_own_life,
	words.DEATH: end_by_death,
}


def outcome(ending: Document) -> dict:
	"""Day of the end, months in the family, the stay that follows, as the history has them now, and by whose step it ended."""
	ended = frappe.db.get_value("Placement", ending.family_placement, ["to_date", "end_reason"], as_dict=True)
	after = {"child": ending.child, "from_date": [">=", ended.to_date or "9999-12-31"]}
	following = frappe.db.get_value("Placement", after, "name", order_by="from_date asc")
	if not ended.to_date or not (following or ended.end_reason in placements.ENDINGS):
		ending.refuse(_("The child has no next place yet; the stay with the family does not end before."))
	born = frappe.db.get_value("Child", ending.child, "birth_date")
	return {
		"ended_on": ended.to_date,
		"next_placement": following,
		"months_in_family": facts.months(ending.placed_on, ended.to_date),
		"age_at_end": facts.months(born, ended.to_date) if born else None,
		"carried_out_by": frappe.session.user,
	}


def complete(ending: Document) -> None:
	"""Carry out a decided ending whose child was moved by somebody else's step, with the right of that step."""
	ending.db_set(outcome(ending) | {"status": words.CARRIED_OUT})
	waiting = {"reference_doctype": words.DOCTYPE, "reference_name": ending.name, "status": "Open"}
	frappe.db.set_value("Workflow Action", waiting, "status", "Completed")
	end_file(ending)


def end_file(ending: Document) -> None:
	"""The family's file comes to its end; written by the system, so that no other way leads there."""
	file = frappe.get_doc(path.DOCTYPE, ending.family_file, for_update=True)
	clock.leave(file)
	file.update({"status": path.ENDED, "ended_on": ending.ended_on, "ending_cause": ending.ending_cause})
	file.end_reason = ending.decision_reasons or ending.study
	clock.begin(file)
	clock.sum_up(file)
	file.update({"modified": now(), "modified_by": frappe.session.user})
	file.db_update_all()
	file.clear_cache()
	visits.pass_on(ending)
	waiting = {"reference_doctype": path.DOCTYPE, "reference_name": file.name, "status": "Open"}
	frappe.db.set_value("Workflow Action", waiting, "status", "Completed")
	file.add_comment("Workflow", _(path.ENDED))


def check_withdrawal(ending: Document) -> None:
	"""An ending stays while a request is under way that rests on it, and after the child has left."""
	current = placements.lock_history(ending.child)
	if ending.get_doc_before_save().status == words.DECIDED and (
		not current or current.name != ending.family_placement
	):
		ending.refuse(_("The child has left the family; carry the ending out."))
	status = ending.placement_change and frappe.db.get_value(
		"Placement Change", ending.placement_change, "status"
	)
	if status in movement.WAITING:
		ending.refuse(_("Cancel the request to the institution first: {0}").format(ending.placement_change))
