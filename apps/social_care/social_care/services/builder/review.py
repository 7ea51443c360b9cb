"""What the builder says of a draft before it is published: its faults, its samples, the plan."""

from collections.abc import Iterator
from typing import Any

import frappe
from frappe import _
from frappe.utils import getdate, nowdate

from social_care.browser_safety.rich_text import holds_markup
from social_care.services.builder.places import told
from social_care.services.compiler import publishing
from social_care.services.compiler.conversions import ConversionError
from social_care.services.compiler.texts import all_texts
from social_care.services.packs import samples, walking
from social_care.services.packs.definition import PackError, complete, faults_of
from social_care.services.packs.messages import Fault

PACK = "Service Pack"
SIGNS = {"make": "+", "change": "~", "remove": "-", "sync": "~"}


def ask_right(right: str, doctype: str = PACK) -> None:
	"""Refuse whoever may not do this with service packs. Raises PermissionError."""
	if not frappe.has_permission(doctype, right):
		frappe.throw(_("You may not work on service packs."), frappe.PermissionError, title=_("Service Pack"))


def draft(name: str):
	"""The version, for whoever may change it. Raises PermissionError."""
	doc = frappe.get_doc(PACK, name)
	doc.check_permission("write")
	return doc


def faults(name: str) -> list[dict[str, Any]]:
	"""Everything that stands in the way of publishing, with the places."""
	doc = draft(name)
	pack = doc.pack()
	found = all_faults(doc.service, doc.version, pack)
	rows = told(pack, found)
	if found and all(fault.code == "sample" for fault in found):
		for row, sentence in zip(rows, _sample_sentences(pack), strict=True):
			row["sentence"] = sentence
	return rows


def all_faults(service: str, version: int, pack: dict) -> list[Fault]:
	"""As publishing would find them: form, connections, ownership, samples, changes that lose values."""
	if isinstance(pack.get("code"), str) and pack["code"] != service:
		return [*faults_of(pack), Fault("code", "other_service", pack["code"])]
	if marked := list(markup_faults(pack)):
		return marked
	try:
		made = publishing.checked(service, version, pack)
		publishing.planned([made])
	except (PackError, ConversionError) as error:
		return error.faults
	return []


def markup_faults(part: Any, path: str = "") -> Iterator[Fault]:
	"""Texts that a browser would take for a page's code; conditions compare and are left alone."""
	if isinstance(part, dict):
		for key, value in part.items():
			if not key.endswith("when"):
				yield from markup_faults(value, f"{path}.{key}" if path else str(key))
	elif isinstance(part, list):
		for number, value in enumerate(part):
			yield from markup_faults(value, f"{path}[{number}]")
	elif isinstance(part, str) and holds_markup(part):
		yield Fault(path, "markup", part[:40])


def form_faults(pack: dict) -> list[dict[str, Any]]:
	"""Faults of the pack alone, quickly: for the head of the form."""
	return told(pack, faults_of(pack))


def run_samples(name: str) -> dict[str, Any]:
	"""Each sample with what it expects and gives; or the faults for which they cannot be run."""
	pack = draft(name).pack()
	wrong = faults_of(pack)
	if wrong:
		return {"faults": told(pack, wrong), "samples": []}
	whole, today = complete(pack), getdate(nowdate())
	return {"faults": [], "samples": [_sample(whole, sample, today) for sample in whole["samples"]]}


def _sample(pack: dict, sample: dict, today) -> dict[str, Any]:
	got = samples.outcome(pack, sample, today)
	wrong = {key: (wanted, given) for key, wanted, given in samples.differences(sample["expect"], got)}
	lines = [_line(pack, key, wanted, given, False) for key, (wanted, given) in wrong.items()]
	right = {**_expected(sample["expect"])}
	lines += [_line(pack, key, value, value, True) for key, value in right.items() if key not in wrong]
	return {"title": _own(sample["title"]), "passes": not wrong, "lines": lines}


def _sample_sentences(pack: dict) -> Iterator[str]:
	"""What samples give instead of what they expect, by the names of the form, in the order of their faults."""
	whole, today = complete(pack), getdate(nowdate())
	for sample in whole["samples"]:
		got = samples.outcome(whole, sample, today)
		for key, wanted, given in samples.differences(sample["expect"], got):
			line = _line(whole, key, wanted, given, False)
			yield _("{0}: «{1}» was expected, the result is «{2}».").format(
				line["what"], line["expected"], line["got"]
			)


def _expected(expect: dict) -> dict[str, Any]:
	always = {key: sorted(expect.get(key, [])) for key in ("wrong_fields", "missing_documents")}
	rules = {f"rules.{code}": answer for code, answer in expect.get("rules", {}).items()}
	others = {key: expect[key] for key in ("path", "priority", "ends_in", "outputs") if key in expect}
	return always | rules | others


def _line(pack: dict, key: str, wanted: Any, got: Any, right: bool) -> dict[str, Any]:
	names = titles(pack)
	what = {
		"wrong_fields": _("Wrong fields"),
		"missing_documents": _("Missing documents"),
		"path": _("Steps"),
		"priority": _("Points"),
		"ends_in": _("Ends in"),
		"outputs": _("Papers issued"),
	}.get(key)
	if what is None:
		what = _("Rule «{0}»").format(names.get(f"rules.{key.partition('.')[2]}", key))
	return {
		"what": what,
		"expected": _shown(wanted, key, names),
		"got": _shown(got, key, names),
		"right": right,
	}


def _shown(value: Any, key: str, names: dict[str, str]) -> str:
	if isinstance(value, list):
		return _("، ").join(_shown(part, key, names) for part in value) or _("None")
	if value is None or value == "":
		return _("Nothing")
	if key == "path" and f"path.{value}" not in names:
		return _stopped(value, names)
	return answers().get(str(value)) or names.get(f"{key}.{value}") or str(value)


def _stopped(text: str, names: dict[str, str]) -> str:
	"""«submit: documents identity_card; rules of_age» in words: the step that cannot be taken, and why."""
	code, _sign, reasons = text.partition(": ")
	words = {
		walking.NO_STEP: _("it does not begin in this state"),
		walking.WHEN: _("its condition does not hold"),
		walking.FIELDS: _("fields are missing or wrong"),
		walking.DOCUMENTS: _("documents are missing"),
		walking.RULES: _("conditions of the service are not met"),
		walking.FOUR_EYES: _("nobody else is there to take it"),
	}
	told = []
	for reason in reasons.split("; "):
		why = next((key for key in words if reason.startswith(key)), "")
		what = [_named(part, names) for part in reason.removeprefix(why).strip().split(", ") if part]
		told.append(
			_("{0}: {1}").format(words.get(why, why), _("، ").join(what)) if what else words.get(why, why)
		)
	return _("{0}: {1}").format(names.get(f"path.{code}", code), _("، ").join(told))


def _named(code: str, names: dict[str, str]) -> str:
	kinds = ("wrong_fields", "missing_documents", "rules", "ends_in")
	return next((names[f"{kind}.{code}"] for kind in kinds if f"{kind}.{code}" in names), _(code))


def answers() -> dict[str, str]:
	"""Answers of a rule, in words."""
	return {
		"pass": _("Passes"),
		"fail": _("Fails"),
		"waivable": _("May Be Waived"),
		"missing": _("Not Known Yet"),
		"not_applicable": _("Not Applicable"),
	}


def titles(pack: dict) -> dict[str, str]:
	"""What the codes of a pack are called, by «kind.code»."""
	flow = pack["workflow"]
	found = {
		f"wrong_fields.{field['name']}": _own(field["label"])
		for part in pack["sections"]
		for field in part["fields"]
	}
	for kind, rows in (
		("missing_documents", pack["documents"]),
		("rules", pack["rules"]),
		("path", flow["actions"]),
		("ends_in", flow["states"]),
		("outputs", pack["outputs"]),
	):
		found |= {f"{kind}.{row['code']}": _own(row["title"]) for row in rows}
	return found


def _own(text: dict) -> str:
	"""A text of a pack in the reader's language."""
	return text.get("en" if frappe.local.lang == "en" else "ar") or text["ar"]


def plan(name: str) -> dict[str, Any]:
	"""What publishing would make (+), change (~) and remove (-); or the faults that stand in its way."""
	doc = draft(name)
	pack = doc.pack()
	wrong = all_faults(doc.service, doc.version, pack)
	if wrong:
		return {"faults": told(pack, wrong), "steps": []}
	made = publishing.checked(doc.service, doc.version, pack)
	arabic = dict(all_texts(made.pack)) | {pack["document_type"]: made.pack["title"]["ar"]}
	own_words = {} if frappe.local.lang == "en" else arabic
	steps = publishing.planned([made])
	return {"faults": [], "steps": [_step(step, own_words) for part in steps.values() for step in part]}


def _step(step, own_words: dict[str, str]) -> dict[str, str]:
	"""One step for people; `own_words` are the pack's texts in the reader's language, which are not known yet."""
	artefact = step.artefact
	name = str(artefact.values.get("source_text") or artefact.values.get("label") or artefact.name)
	bare = name.removesuffix(f" ({artefact.name.rpartition(' (')[2]}").strip()
	name = own_words.get(name) or own_words.get(bare) or name
	return {
		"sign": SIGNS[step.action],
		"kind": _(artefact.doctype),
		"name": _(name),
		"details": _("، ").join(_difference(artefact, text, own_words) for text in step.differences),
	}


def _difference(artefact, text: str, own_words: dict[str, str]) -> str:
	"""«fields: + code» in words: the field or table of the record, and which of its rows comes or goes."""
	fieldname, of_row, rest = text.partition(": ")
	label = _(frappe.get_meta(artefact.doctype).get_label(fieldname))
	if not of_row:
		return label
	sign, _space, name = rest.partition(" ")
	rows = artefact.tables.get(fieldname, [])
	name = next((row["label"] for row in rows if row.get("fieldname") == name and row.get("label")), name)
	told = own_words.get(name) or _(name)
	known = told != name or frappe.local.lang == "en"
	return _("{0}: {1}").format(label, f"{sign} {told}") if known else f"{sign} {label}"
