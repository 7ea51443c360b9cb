"""Sentences of the inspectors' page. It is an official page in Arabic, whatever the browser speaks."""

from frappe import _


def texts() -> dict[str, str]:
	return {**_entering(), **_visit(), **_papers(), **_arriving(), **_fields()}


def _entering() -> dict[str, str]:
	return {
		"wait": _("One moment…"),
		"old_browser": _("This browser cannot keep visits safely. Please use a current one."),
		"needs_line": _("The first time the page needs a network."),
		"try_again": _("Try Again"),
		"log_in": _("Log In"),
		"log_in_first": _("Log in to take your visits along. What lies on this device stays sealed."),
		"choose_phrase": _("A Secret Phrase for This Device"),
		"why_phrase": _(
			"What you write is sealed on this device with this phrase and opens with nothing else. It is erased when it"
			" has arrived, when you leave, and after so many days without a network: {0}."
		),
		"phrase": _("Secret Phrase"),
		"phrase_again": _("The Phrase Again"),
		"phrase_short": _("The least number of characters of the phrase: {0}"),
		"phrase_digits": _("Digits alone are guessed quickly: use words."),
		"phrase_differs": _("The two phrases differ."),
		"phrase_wrong": _(
			"This is not the phrase. Tries left before everything on the device is erased: {0}"
		),
		"go_on": _("Continue"),
		"open": _("Open This Device"),
		"unlock": _("The Visits on This Device Are Locked"),
		"forgotten": _("I Forgot the Phrase"),
		"forgotten_sure": _(
			"Without the phrase nobody reads what lies here. Erase everything from this device?"
		),
		"erased_wrong": _("After too many wrong phrases everything was erased from this device."),
		"erased_other": _("Somebody else is logged in: what lay on this device was erased."),
		"leave": _("Log Out and Erase This Device"),
		"leave_sure": _("Log out and erase everything from this device?"),
		"leave_waiting": _("Changes that have not arrived and would be lost: {0}. Erase them all the same?"),
		"left": _("You are logged out, and nothing is left on this device."),
	}


def _visit() -> dict[str, str]:
	return {
		"my_visits": _("My Visits"),
		"no_visits": _("No visit is planned for you in the coming days."),
		"synchronise": _("Synchronise"),
		"not_kept": _(
			"The device is full: what you typed is not on it yet. Make room, and leave this page open; it is tried again by itself."
		),
		"kept_again": _("What you typed is on the device now."),
		"synchronised": _("Everything is synchronised."),
		"back": _("Back"),
		"begin": _("Begin the Visit"),
		"ended": _("The visit has ended."),
		"ends_with_sync": _("The visit ends as soon as everything has arrived."),
		"take_back": _("Go On with the Visit"),
		"progress": _("Indicators answered: {0} of {1}"),
		"waiting": _("Not arrived yet: {0}"),
		"not_applicable": _("Not Applicable"),
		"critical": _("Critical Standard"),
		"evidence_to_see": _("Evidence to See"),
		"remark": _("Remarks"),
		"score": _("Score"),
		"next_area": _("Next: {0}"),
		"to_overview": _("Back to the Visit"),
		"missing": _("What Is Still Missing"),
		"still_missing": _("Still missing: {0}"),
		"nothing_missing": _("Nothing is missing in the visit."),
		"end": _("End the Visit"),
		"findings_step": _("Presence and Findings"),
	}


def _papers() -> dict[str, str]:
	return {
		"photographs": _("Photographs of the Visit"),
		"photograph": _("Photograph"),
		"photographs_arrived": _("Photographs that have arrived: {0}"),
		"take_photograph": _("Take a Photograph"),
		"photograph_kept": _("The photograph is kept on this device until it has arrived."),
		"no_picture": _("This file is no picture that can be read."),
		"what_it_shows": _("What It Shows"),
		"indicator": _("Indicator"),
		"no_indicator": _("Belongs to no indicator"),
		"kilobytes": _("{0} kB"),
		"remove": _("Remove"),
		"remove_sure": _("Remove this from the device? It has not arrived."),
		"interviews": _("Interviews and Internal Remarks"),
		"interviews_sealed": _(
			"Nobody in the institution ever reads these. After they have arrived they are no longer on this device."
		),
		"kind_of_note": _("Kind of Note"),
		"with_child": _("Interview with a Child"),
		"with_worker": _("Interview with a Worker"),
		"internal_remark": _("Internal Remark"),
		"age": _("Age in Years"),
		"file_number": _("Number of the Child's File"),
		"file_number_help": _("Left empty when the child wishes not to be named."),
		"person_heard": _("Person Heard"),
		"what_was_said": _("What Was Said"),
		"suspects": _("Raises the Suspicion of a Violation"),
		"keep_note": _("Keep the Note"),
		"note_kept": _("The note is sealed on this device until it has arrived."),
		"note_empty": _("Write what was said first."),
		"signatures": _("Signatures"),
		"keep_signature": _("Keep the Signature"),
		"clear_signature": _("Clear"),
		"signature_kept": _("The signature is kept."),
		"sign_again": _("Sign Again"),
		"signed": _("Signed"),
		"representative": _("Representative of the Institution"),
	}


def _arriving() -> dict[str, str]:
	return {
		"no_line": _("There is no network. Everything is kept on this device."),
		"line_offline": _("No network"),
		"line_stranger": _("Not logged in"),
		"line_done": _("Connected"),
		"refused": _("The server did not accept this."),
		"refused_whole": _("The server refused this visit. Please synchronise again."),
		"troubles": _("Did not arrive: {0}"),
		"again_later": _("Try Again with the Next Synchronising"),
		"two_values": _("Somebody else has written here too. Which one counts?"),
		"written_here": _("Written on This Device"),
		"written_there": _("Written Meanwhile by Somebody Else"),
		"keep_here": _("Keep Mine"),
		"keep_there": _("Keep the Other"),
		"empty": _("Empty"),
		"kind_begin": _("Begin the Visit"),
		"kind_complete": _("End the Visit"),
		"kind_note": _("Note"),
		"kind_photograph": _("Photograph"),
	}


def _fields() -> dict[str, str]:
	return {
		"children_present": _("Children Present"),
		"staff_present": _("Staff Present"),
		"findings": _("Findings"),
		"recommendations": _("Recommendations"),
		"inspector_signature": _("Signature of the Inspector"),
		"representative_name": _("Name of the Institution's Representative"),
		"representative_job": _("Job of the Representative"),
		"representative_signature": _("Signature of the Representative"),
		"refused_to_sign": _("Refused to Sign"),
		"refusal_reason": _("Reason for the Refusal"),
	}
