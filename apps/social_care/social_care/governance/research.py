"""Exports for research: groups of children of one cohort, as coarse as asked for and no group smaller than the limit.

One person asks and says for what and for whom; another decides. What was approved is kept with the record, so that what is handed out
is what was approved. Nothing in it is of one child: no name, number, date or place below the governorate.
"""

import csv
import hashlib
import io

import frappe
from frappe import _
from frappe.core.doctype.access_log.access_log import make_access_log
from frappe.query_builder import Case, DocType
from frappe.query_builder.functions import Count, IfNull
from frappe.utils import add_years, cint, get_fullname, now_datetime, nowdate
from pypika.terms import Criterion, Function, LiteralValue, Term

from social_care.governance.indicators import suppression
from social_care.governance.indicators.counting import meets
from social_care.registry import figures
from social_care.registry.dashboards.completeness import IN_CARE

EXPORT = "Research Export"
ASKED, APPROVED, REFUSED = "Asked", "Approved", "Refused"
IN_CARE_TODAY, ADMITTED = "Children in Care Today", "Admissions of a Period"
FIRST_LIMIT, LEAST = 10, 5  # children of a group; a limit below the second hides nobody
COLUMNS = ("governorate", "sex", "age_band", "care_type", "stay")
DECIDERS = ("Central Administration Head", "Data Protection Officer")
YEARS = (1, 3, 5)  # of the stay: below each of them, and longer
LEAST_WORDS = 15  # characters of a purpose


class ResearchExportError(frappe.ValidationError):
	"""An export that cannot be asked for, decided or handed out."""


def refuse(sentence: str) -> None:
	frappe.throw(sentence, ResearchExportError, title=_("Research Export"))


def limit() -> int:
	"""Children that a group has at least (Social Care Settings)."""
	stored = cint(frappe.get_cached_doc("Social Care Settings").research_least_group)
	return max(stored or FIRST_LIMIT, LEAST)


def check(doc) -> None:
	"""What is asked for: by somebody whose places are the whole country, for a purpose, of a cohort and told by something."""
	check_reach()
	if len((doc.purpose or "").strip()) < LEAST_WORDS:
		refuse(_("Write the purpose in a whole sentence."))
	if not chosen(doc):
		refuse(_("Choose at least one field by which the children are told."))
	if doc.cohort == ADMITTED and not (doc.from_date and doc.to_date and doc.from_date <= doc.to_date):
		refuse(_("Admissions need a period: from a day to a later one."))


def check_reach() -> None:
	if figures.places("Child"):
		frappe.throw(
			_("An export is of the whole country, for those whose places are the whole country."),
			frappe.PermissionError,
			title=_("Research Export"),
		)


def chosen(doc) -> list[str]:
	return [name for name in COLUMNS if cint(doc.get(f"by_{name}"))]


def decide(name: str, approve: bool, note: str = "") -> None:
	"""Approve or refuse what another asked for. An approval counts the groups and keeps them."""
	doc = frappe.get_doc(EXPORT, name, for_update=True)
	doc.check_permission("write")
	check_reach()
	if not set(DECIDERS) & set(frappe.get_roles()):
		frappe.throw(
			_(
				"Exports for research are decided by the head of the central administration or the data protection officer."
			),
			frappe.PermissionError,
			title=_("Research Export"),
		)
	if doc.state != ASKED:
		refuse(_("This request has been decided already."))
	if frappe.session.user == doc.asked_by:
		frappe.throw(
			_("Whoever asks for an export does not decide on it."),
			frappe.PermissionError,
			title=_("Research Export"),
		)
	if not approve and not note.strip():
		refuse(_("Write the reason for the decision."))
	if approve:
		doc.update(made(doc))
	doc.update({"state": APPROVED if approve else REFUSED, "decision_note": note.strip()})
	decider = frappe.session.user
	doc.update(
		{"decided_by": decider, "decided_by_name": get_fullname(decider), "decided_at": now_datetime()}
	)
	doc.flags.by_service = True
	doc.save(ignore_permissions=True)  # its fields are written by this function alone


def made(doc) -> dict:
	"""The file of a request and what is known of it."""
	below = limit()
	groups = counted(doc)
	gone = suppression.hidden({key: (number,) for key, number in groups.items()}, below)
	told = {key: number for key, number in groups.items() if key not in gone}
	text = written(chosen(doc), told)
	return {
		"content": text,
		"checksum": hashlib.sha256(text.encode()).hexdigest(),
		"least_group": below,
		"groups": len(told),
		"children_told": sum(told.values()),
		"groups_withheld": len(gone),
		"children_withheld": sum(groups[key] for key in gone),
	}


def counted(doc) -> dict[tuple[str, ...], int]:
	"""Children by the chosen fields; one query."""
	child = DocType("Child")
	terms = [_term(name, child, doc).as_(name) for name in chosen(doc)]
	query = frappe.qb.from_(child).select(*terms, Count("*").as_("number")).where(_cohort(child, doc))
	rows = query.groupby(*[LiteralValue(str(place)) for place, _term in enumerate(terms, 1)]).run()
	return {tuple(key): number for *key, number in rows}


def _cohort(child, doc) -> Criterion:
	if doc.cohort == IN_CARE_TODAY:
		return meets("Child", IN_CARE)
	return child.admission_date[doc.from_date : doc.to_date] & (child.life_state != "Merged")


def _term(name: str, child, doc) -> Term:
	"""A field as coarse as it is told. Ages are those of the day, or of the admission."""
	day = child.admission_date if doc.cohort == ADMITTED else LiteralValue(frappe.db.escape(nowdate()))
	if name == "age_band":
		return _age(Function("TIMESTAMPDIFF", LiteralValue("YEAR"), child.birth_date, day))
	if name == "stay":
		bands = Case()
		for years in YEARS:
			begun = add_years(nowdate(), -years)
			bands = bands.when(child.admission_date > begun, f"<{years}")
		return bands.when(child.admission_date.isnotnull(), f"{YEARS[-1]}+").else_("")
	return IfNull(child[name], "")


def _age(age: Term) -> Term:
	bands = Case()
	for band in frappe.get_cached_doc("Social Care Settings").age_bands:
		bands = bands.when((age >= cint(band.age_from)) & (age < cint(band.age_below)), band.band_label)
	return bands.else_("")


def labels() -> dict[str, str]:
	return {
		"governorate": _("Governorate"),
		"sex": _("Sex"),
		"age_band": _("Age Band"),
		"care_type": _("Current Type of Care"),
		"stay": _("Years in Care"),
	}


def written(columns: list[str], told: dict[tuple[str, ...], int]) -> str:
	"""The groups as CSV, in words, the order of their fields."""
	places = dict(
		frappe.get_all("Governorate", fields=["name", "governorate_name"], as_list=True, order_by=None)
	)
	stream = io.StringIO()
	lines = csv.writer(stream, lineterminator="\r\n")
	named = labels()
	lines.writerow([*(named[name] for name in columns), _("Children")])
	for key in sorted(told):
		said = [_said(name, value, places) for name, value in zip(columns, key, strict=True)]
		lines.writerow([*said, told[key]])
	return stream.getvalue()


def _said(name: str, value: str, places: dict[str, str]) -> str:
	if not value:
		return _("Not Recorded")
	if name == "governorate":
		return places.get(value, value)
	return value if name in ("age_band", "stay") else _(value)


def hand_out(name: str) -> None:
	"""Answer the request with the approved file; who took it and when is written down."""
	doc = frappe.get_doc(EXPORT, name)
	doc.check_permission("read")
	check_reach()
	if doc.state != APPROVED:
		refuse(_("Only an approved export is handed out."))
	make_access_log(doctype=EXPORT, document=name, file_type="CSV", method="Export")
	frappe.local.response.filename = f"{name}.csv"
	frappe.local.response.filecontent = f"\ufeff{doc.content}".encode()
	frappe.local.response.type = "binary"
