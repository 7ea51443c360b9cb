"""From the layout of a print to its verification record, which is made when the PDF is there and not before.

A layout asks `begin` for its marks. They stay invisible comments wherever the print is only looked at; the maker of
PDFs puts code and QR in their place (`fill`) and writes the record (`record`). The marks are random and known to this
request alone, so a text that somebody sends to be printed gets none.
"""

import hashlib
import secrets
from dataclasses import dataclass

import frappe
import segno
from frappe.utils import add_days, cint, get_url, now_datetime, nowdate

from social_care.organisation.grants import active_grants, request_cache
from social_care.printing.sheets import page_sizes
from social_care.prints import codes

PAGE = "/verify"
CACHE = "social_care_prints"


@dataclass(frozen=True)
class Issue:
	"""One print under way. `kind` is the name of its Report or Print Format."""

	mark: str
	code: str
	kind: str
	digest: str
	unit: str | None
	institution: str | None
	unit_name: str

	def place(self, part: str) -> str:
		"""The comment that stands where `part` ("qr", "code" or "digest") comes."""
		return f"<!--print-{part}-{self.mark}-->"

	def parts(self) -> dict[str, str]:
		return {"qr": qr(self.code), "code": self.code, "digest": codes.shown(self.digest)}


def begin(kind: str, content: str) -> Issue:
	"""A print of `content`, the canonical text of all that it shows, by the session user."""
	code = codes.new_code()
	issue = Issue(secrets.token_hex(16), code, kind, codes.content_digest(code, content), *issuer())
	request_cache(CACHE)[issue.mark] = issue
	return issue


def issuer() -> tuple[str | None, str | None, str]:
	"""Unit, institution and name of where the session user works; of several places the highest."""
	grants = sorted(
		active_grants(frappe.session.user), key=lambda grant: (bool(grant.institution), grant.lft or 0)
	)
	if grants and grants[0].institution:
		home = grants[0].institution
		unit, name = frappe.db.get_value("Institution", home, ["org_unit", "institution_name"])
		return unit, home, name
	unit = (
		grants[0].org_unit
		if grants
		else frappe.db.get_value("Org Unit", {"parent_org_unit": ["is", "not set"]})
	)
	return unit, None, frappe.db.get_value("Org Unit", unit, "unit_name") or ""


def qr(code: str) -> str:
	"""QR of the public page with the code behind `#`, which browsers send to no server and write into no log."""
	address = f"{get_url(PAGE)}#{code}"
	return segno.make(address, error="m", micro=False).svg_inline(border=2, omitsize=True)


def fill(html: str) -> tuple[str, list[Issue]]:
	"""The text with codes in the place of the marks, and the prints that it holds."""
	found = [issue for mark, issue in request_cache(CACHE).items() if mark in html]
	for issue in found:
		for part, text in issue.parts().items():
			html = html.replace(issue.place(part), text)
	return html, found


def record(issues: list[Issue], body: bytes, pdf: bytes | None) -> None:
	"""Write down that a PDF was issued: `body` are its pages, `pdf` the file as it is handed out (None: a part of one)."""
	for issue in issues:
		request_cache(CACHE).pop(issue.mark, None)
		values = {
			"print_kind": issue.kind,
			"org_unit": issue.unit,
			"institution": issue.institution,
			"issuing_unit": issue.unit_name,
			"issued_on": now_datetime(),
			"valid_until": valid_until(),
			"pages": len(page_sizes(body)),
			"code_digest": codes.code_digest(issue.code),
			"content_digest": issue.digest,
			"file_digest": hashlib.sha256(pdf).hexdigest() if pdf else "",
		}
		# whoever may print may have it confirmed; nobody writes such records by hand
		frappe.get_doc({"doctype": "Print Verification", **values}).insert(ignore_permissions=True)
	if issues:
		frappe.local.flags.commit = True  # a PDF may be asked for by a link


def valid_until() -> str | None:
	"""Last day on which a print of today is confirmed; None where the setting says for ever."""
	days = cint(frappe.get_cached_doc("Social Care Settings").print_valid_days)
	return add_days(nowdate(), days) if days else None
