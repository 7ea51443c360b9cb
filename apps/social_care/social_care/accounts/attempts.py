"""Failures counted for an account and for an address; whoever reaches the limit waits.

Counters stand in the cache, under names that tell neither account nor address, for each site by itself.
"""

from dataclasses import dataclass
from hashlib import sha256

import frappe
from frappe import _
from frappe.utils import cint
from werkzeug.exceptions import TooManyRequests

from social_care.accounts.addresses import client_address


@dataclass(frozen=True)
class Limit:
	"""So many times within so many seconds; then a wait of as many seconds."""

	kind: str
	times: int
	seconds: int


RESETS_OF_ADDRESS = Limit("resets_of_address", 5, 3600)
RESETS_OF_ACCOUNT = Limit("resets_of_account", 5, 3600)


def account_limit() -> Limit:
	"""Failures of one account, known or not, by Social Care Settings."""
	return _limit("account", 5, 5)


def address_limit() -> Limit:
	"""Failures from one address, whichever names were tried."""
	return _limit("address", 5, 1)


def _limit(kind: str, times: int, minutes: int) -> Limit:
	settings = frappe.get_cached_doc("Social Care Settings")
	return Limit(
		f"failures_of_{kind}",
		cint(settings.get(f"{kind}_failures")) or times,
		60 * (cint(settings.get(f"{kind}_wait_minutes")) or minutes),
	)


def count(limit: Limit, who: str) -> int:
	"""One more; how many there are now. The wait begins anew when the limit is reached."""
	key = _key(limit, who)
	pipeline = frappe.cache.pipeline()
	pipeline.set(key, 0, ex=limit.seconds, nx=True)
	pipeline.incr(key)
	number = int(pipeline.execute()[1])
	if number == limit.times:
		frappe.cache.expire(key, limit.seconds)
	return number


def reached(limit: Limit, who: str) -> bool:
	"""Whether `who` has to wait."""
	return cint(frappe.cache.get(_key(limit, who))) >= limit.times


def forget(limit: Limit, who: str) -> None:
	"""Begin at nothing again."""
	frappe.cache.delete(_key(limit, who))


def _key(limit: Limit, who: str) -> bytes | str:
	return frappe.cache.make_key(f"social_care:{limit.kind}:{sha256(who.encode()).hexdigest()}")


def account_key(typed: str) -> str:
	"""One name for every spelling of an account; a name that nobody bears stands for itself."""
	typed = str(typed or "").strip()[:140]
	known = frappe.db.get_value("User", {"name": typed}) if typed else None
	return known or typed.casefold()


def failed(account: str) -> None:
	"""Note a failed log-in of an account from the request's address; who waited already is told so."""
	waiting = waits(account)
	count(account_limit(), account_key(account))
	count(address_limit(), client_address())
	if waiting:
		refuse()


def succeeded(account: str) -> None:
	"""A log-in ends the count of the account; that of the address goes on, or an own account would clear it."""
	forget(account_limit(), account_key(account))


def refuse_waiting(account: str = "") -> None:
	"""Refuse while the account or the address waits, with one answer for both and for every password."""
	if waits(account):
		refuse()


def waits(account: str = "") -> bool:
	"""Whether the request's address or the account has failed too often."""
	known = account and reached(account_limit(), account_key(account))
	return bool(known) or reached(address_limit(), client_address())


def allow_or_refuse(limit: Limit, who: str) -> None:
	"""Count a request and refuse it beyond the limit."""
	if count(limit, who) > limit.times:
		refuse()


def refuse() -> None:
	"""Too many: the answer tells nothing of the account."""
	for part in ("message", "verification", "tmp_id"):
		frappe.local.response.pop(part, None)
	sentence = _("Too many attempts. Wait some minutes and try again.")
	if _wants_page():
		raise TooManyRequests(sentence)  # the framework has no page for it
	frappe.throw(sentence, frappe.TooManyRequestsError, title=_("Please Wait"))


def _wants_page() -> bool:
	accepted = frappe.get_request_header("Accept") or ""
	if frappe.local.is_ajax or "application/json" in accepted:
		return False
	return accepted.startswith("text") or not frappe.request.path.startswith("/api/")
