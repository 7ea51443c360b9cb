"""The job that asks a source over the network: some questions a call, each call committed with what it brought.

A worker that dies in between asks the same questions again under the same key. Whoever was not answered about goes on
waiting, and is asked about in the next round.
"""

import hashlib

import frappe
from frappe import _
from frappe.utils import cint

from social_care.cash_support.cleaning import Cleaner
from social_care.registry.verification import (
	BATCH,
	SOURCE,
	VerificationError,
	columns,
	counting,
	questions,
	sources,
)
from social_care.registry.verification.sources import Connector, Question, SourceError
from social_care.registry.verification.storing import Store


def ask_all(batch: frappe._dict) -> None:
	"""Every open question once; where the source is not to be reached the batch goes on waiting and says why."""
	failure = ""
	frappe.set_user_lang(batch.sent_by)
	try:
		source = sources.in_force(batch.source)
		connector = sources.connector_of(source)
		while _next_call(batch, source, connector):
			pass
	except (SourceError, VerificationError) as error:
		frappe.db.rollback()  # of the call that failed
		failure = str(error)
	status = "Waiting" if counting.of(batch.name)["waiting"] else "Finished"
	counting.keep(batch.name, status=status, failure=failure, position="")
	frappe.db.commit()  # the end of the job


def _next_call(batch: frappe._dict, source, connector: Connector) -> bool:
	"""Ask the next questions and take what came back; whether there were any."""
	most = max(1, cint(source.at_once))
	asked, _persons, last = questions.waiting(batch.name, source, batch.position or "", most)
	frappe.db.commit()  # questions about who was changed are closed; nothing is held while the source thinks
	if not last:
		return False
	if asked:
		told = connector.ask(source, connector.prepare(source, asked), call_key(batch, asked))
		_take(batch, source, connector, told)
	batch.position = last
	sent = frappe.db.get_value(BATCH, batch.name, "sent_rows")
	counting.keep(batch.name, position=last, sent_rows=cint(sent) + len(asked))
	frappe.db.commit()  # the bound of a call
	return True


def _take(batch: frappe._dict, source, connector: Connector, told) -> None:
	cleaner = Cleaner()
	answers = [columns.clean(answer, cleaner) for answer in connector.read(told)]
	rejected = Store(batch.name, frappe.get_doc(SOURCE, batch.source)).take(answers).rejected
	if rejected:
		frappe.db.set_value(
			BATCH, batch.name, "notices", _("Answers that did not fit: {0}").format(len(rejected))
		)


def call_key(batch: frappe._dict, asked: list[Question]) -> str:
	"""The same for the same questions of a round, so that a source that heard them answers once."""
	text = " ".join([batch.name, str(batch.round), *(question.key for question in asked)])
	return hashlib.sha256(text.encode()).hexdigest()
