"""A merge: proposed by one, decided by another where the settings say so, done in one transaction, undone in one."""

import json

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import now

from social_care.registry.case_work import due, records
from social_care.registry.duplicates import pair_key
from social_care.registry.merging import MergeError, guard, history, links, tables, values
from social_care.registry.merging.journal import Journal
from social_care.registry.quality import keeping

PROPOSED, DONE, DECLINED, UNDONE = "Proposed", "Merged", "Not Accepted", "Undone"
OPEN, REFERRED, SAME = "Open", "Referred to Headquarters", "Same Person"
SETTLED = "Settled by a Merge"
CHECKS_HOOK = "social_care_merge_checks"
# What the merge itself brings in order, or what is counted anew.
OWN_RULES = {"Placement", "Duplicate Candidate", "Sibling Pair", "Person Merge", "Data Quality Fault"}
PAIRS = {
	"Duplicate Candidate": ("Person", "person", "other_person"),
	"Sibling Pair": ("Child", "child", "other_child"),
}


def propose(candidate: str, survivor: str, chosen: dict, choice: str, reason: str) -> Document:
	"""A merge that waits for another pair of eyes, or is done at once where the settings ask for none."""
	pair = frappe.get_doc("Duplicate Candidate", candidate, for_update=True)
	pair.check_permission("write")
	if pair.status not in (OPEN, REFERRED) or survivor not in (pair.person, pair.other_person):
		refuse(_("This pair has been decided already."))
	guard.check_files([pair.person, pair.other_person], "write")
	if waits(candidate):
		refuse(_("A merge of this pair has been proposed already."))
	if not (reason or "").strip():
		refuse(_("Write the reason for the decision."), frappe.MandatoryError)
	merged = pair.other_person if survivor == pair.person else pair.person
	doc = frappe.new_doc("Person Merge")
	doc.flags.by_system = True
	doc.update({"candidate": candidate, "survivor": survivor, "merged": merged, "reason": reason.strip()})
	doc.update({"survivor_child": file_of(survivor), "merged_child": file_of(merged)})
	doc.update({"history": choice or history.JOINED, "chosen": json.dumps(chosen or {}), "status": PROPOSED})
	doc.update({"proposed_by": frappe.session.user, "proposed_on": now()})
	guard.check_one_file(doc.survivor_child, doc.merged_child)
	check(doc)
	doc.seen = guard.seen(doc)
	doc.insert(ignore_permissions=True)  # the right is the one on the pair
	if not four_eyes():
		_carry_out(doc)
	return doc


def decide(name: str, accept: bool) -> Document:
	"""The second pair of eyes: the merge is done, or the pair is open again."""
	doc = _locked(name, PROPOSED)
	guard.check_files([doc.survivor, doc.merged], "write")
	if four_eyes() and doc.proposed_by == frappe.session.user:
		refuse(_("Whoever proposed the merge may not decide about it."), frappe.PermissionError)
	if accept:
		_carry_out(doc)
	else:
		doc.db_set({"status": DECLINED, "decided_by": frappe.session.user, "decided_on": now()})
	return doc


def undo(name: str, reason: str) -> Document:
	"""Put everything back as it was before the merge; refused where records were changed since."""
	doc = _locked(name, DONE)
	guard.check_files([doc.survivor, doc.merged], "write")
	if not (reason or "").strip():
		refuse(_("Write the reason for undoing the merge."), frappe.MandatoryError)
	lock([doc.survivor, doc.merged])
	Journal.of(doc.journal).undo()
	stamp = {"undone_by": frappe.session.user, "undone_on": now(), "undo_reason": reason.strip()}
	doc.db_set(stamp | {"status": UNDONE})
	_follow(doc)
	return doc


def waits(candidate: str) -> bool:
	"""Whether a merge of the pair is proposed, as it is now and not when this request began."""
	proposed = {"candidate": candidate, "status": PROPOSED}
	return bool(frappe.db.get_value("Person Merge", proposed, "name", for_update=True))


def four_eyes() -> bool:
	return bool(frappe.get_cached_doc("Social Care Settings").merge_four_eyes)


def may_decide(doc: Document) -> bool:
	"""Whether the session user may be the second pair of eyes."""
	mine = doc.proposed_by == frappe.session.user
	if four_eyes() and mine:
		return False
	return bool(doc.has_permission("write")) and guard.reaches([doc.survivor, doc.merged], "write")


def moved(doc: Document) -> list[tuple[str, int]]:
	"""What a merge wrote: label of the kind of record, and how many of them."""
	journal = frappe.db.get_value("Person Merge", doc.name, "journal")  # counts alone leave this function
	return [(_(doctype), count) for doctype, count in Journal.of(journal).tally().items()]


def file_of(person: str) -> str | None:
	"""The file of a person, whoever may see it (callers have asked for the person)."""
	return frappe.db.get_value("Child", {"person": person})


def lock(persons: list[str]) -> list[str]:
	"""Take both rows, always in the same order; into whom they are merged already."""
	found = [frappe.db.get_value("Person", name, "merged_into", for_update=True) for name in sorted(persons)]
	return [name for name in found if name]


def check(doc: Document) -> None:
	"""What has to be settled before two records can be one. Raises MergeError with the sentence."""
	if doc.history not in history.CHOICES:
		refuse(_("Choose which placement history is right."))
	gone = {"name": ["in", [doc.survivor, doc.merged]], "merged_into": ["is", "set"]}
	if frappe.db.exists("Person", gone):
		_refuse_merged()
	if not (doc.survivor_child and doc.merged_child):
		return
	children = ["in", [doc.survivor_child, doc.merged_child]]
	closed = ["not in", ["Carried Out", "Declined", "Cancelled", "Expired"]]
	if frappe.db.exists("Placement Change", {"child": children, "status": closed}):
		refuse(_("A movement of one of the two children is under way; end it first."))
	if frappe.db.count("Care Plan", {"child": children, "status": "Active"}) > 1:
		refuse(_("Both files have an active care plan; close one of them first."))
	if doc.history == history.JOINED and (reason := history.obstacle(doc.survivor_child, doc.merged_child)):
		refuse(f"{reason} {_('Choose which of the two histories is right.')}")
	for path in frappe.get_hooks(CHECKS_HOOK):
		frappe.get_attr(path)(doc.survivor_child, doc.merged_child)


def _refuse_merged() -> None:
	refuse(_("One of the two is merged into another person already."))


def _check_now(doc: Document) -> None:
	"""What the proposal found holds still, read under locks."""
	if lock([doc.survivor, doc.merged]):
		_refuse_merged()
	status = frappe.db.get_value("Duplicate Candidate", doc.candidate, "status", for_update=True)
	if status not in (OPEN, REFERRED):
		refuse(_("This pair has been decided already."))
	guard.check_same_files(doc)
	guard.check_unchanged(doc)
	check(doc)


def _carry_out(doc: Document) -> None:
	_check_now(doc)
	journal, chosen = Journal(), json.loads(doc.chosen or "{}")
	survivor, merged = (_current("Person", name) for name in (doc.survivor, doc.merged))
	identity_values = values.write_person(journal, survivor, merged, chosen)
	_join_files(journal, doc, identity_values, chosen)
	for kind, one, other in _pairs_of_records(doc):
		links.move_all(journal, kind, one, other, OWN_RULES | ({"Child"} if doc.survivor_child else set()))
		_move_pairs(journal, kind, one, other, doc)
	_leave_signposts(journal, doc)
	_close_candidate(journal, doc)
	stamp = {"status": DONE, "decided_by": frappe.session.user, "decided_on": now()}
	doc.db_set(stamp | {"journal": journal.text()})
	_follow(doc)


def _join_files(journal: Journal, doc: Document, identity_values: dict, chosen: dict) -> None:
	if not doc.survivor_child:
		return
	survivor = _current("Child", doc.survivor_child)
	merged = _current("Child", doc.merged_child) if doc.merged_child else None
	hands = {doc.proposed_by, frappe.session.user}
	values.write_child(journal, survivor, merged, identity_values, chosen, hands)
	if not merged:
		return
	tables.move_rows(journal, survivor, merged)
	history.combine(journal, survivor.name, merged.name, doc.history)


def _current(doctype: str, name: str) -> Document:
	return frappe.get_doc(doctype, name, for_update=True)


def _pairs_of_records(doc: Document) -> list[tuple[str, str, str]]:
	found = [("Person", doc.merged, doc.survivor)]
	if doc.survivor_child and doc.merged_child:
		found.append(("Child", doc.merged_child, doc.survivor_child))
	return found


def _move_pairs(journal: Journal, kind: str, one: str, other: str, doc: Document) -> None:
	"""Pairs in which the merged record stands are pairs of the one that stays; where there is such a pair already, an open one is
	settled, since a signpost is compared with nobody."""
	for doctype, (of_kind, first, second) in PAIRS.items():
		if of_kind != kind:
			continue
		for field, partner in ((first, second), (second, first)):
			for row in _pairs_with(doctype, field, one, partner):
				key = pair_key(other, row[partner])
				known = row[partner] == other or frappe.db.exists(doctype, {"pair_key": key})
				if row.name == doc.candidate:
					continue
				if not known:
					journal.write(doctype, row.name, {field: other, "pair_key": key})
				elif doctype == "Duplicate Candidate" and row.status in (OPEN, REFERRED):
					journal.write(doctype, row.name, _decided(doc) | {"status": SETTLED})


def _pairs_with(doctype: str, field: str, one: str, partner: str) -> list[dict]:
	columns = ["name", partner, "status"]
	order = {"order_by": "name asc", "as_dict": True, "for_update": True}
	return frappe.db.get_values(doctype, {field: one}, columns, **order)


def _decided(doc: Document) -> dict:
	return {"decided_by": frappe.session.user, "decided_on": now(), "decision_reason": doc.reason}


def _leave_signposts(journal: Journal, doc: Document) -> None:
	"""The merged records stay and say into whom; they are found by no name and no number any more."""
	quiet = {"search_name": None, "national_number": None, "modified": now()}
	journal.write("Person", doc.merged, quiet | {"merged_into": doc.survivor})
	journal.write("Person", doc.survivor, {"modified": now()})
	if doc.survivor_child and doc.merged_child:
		at_rest = {"merged_into": doc.survivor_child, "life_state": "Merged"}
		journal.write("Child", doc.merged_child, quiet | at_rest)
	if doc.survivor_child:
		journal.write("Child", doc.survivor_child, {"modified": now()})


def _close_candidate(journal: Journal, doc: Document) -> None:
	journal.write("Duplicate Candidate", doc.candidate, _decided(doc) | {"status": SAME})


def _follow(doc: Document) -> None:
	"""What is counted of the two is counted anew."""
	children = [name for name in (doc.survivor_child, doc.merged_child) if name]
	for doctype, names in (("Person", [doc.survivor, doc.merged]), ("Child", children)):
		for name in names:
			frappe.clear_document_cache(doctype, name)
	if children:
		records.follow_names(children)
		due.refresh(children)
		keeping.refresh("Child", children)


def _locked(name: str, status: str) -> Document:
	pair = frappe.db.get_value("Person Merge", name, "candidate")
	frappe.db.get_value("Duplicate Candidate", pair, "name", for_update=True)  # first the pair, as everywhere
	doc = frappe.get_doc("Person Merge", name, for_update=True)
	doc.check_permission("write")
	if doc.status != status:
		refuse(_("This merge is {0} already.").format(_(doc.status)))
	doc.flags.by_system = True
	return doc


def refuse(sentence: str, kind: type[Exception] = MergeError) -> None:
	frappe.throw(sentence, kind, title=_("Merging"))
