"""What is said of a pack that is not right: the path of the wrong key and a sentence in the reader's language."""

from dataclasses import dataclass

from frappe import _


@dataclass(frozen=True)
class Fault:
	"""One thing wrong. `path` leads to it («sections[0].fields[2].options»), `code` names the sentence, `detail` what it is about."""

	path: str
	code: str
	detail: str = ""

	def sentence(self) -> str:
		"""The fault in words, in the language of the session."""
		return sentence(self.code).format(self.detail)

	def __str__(self) -> str:
		return f"{self.path}: {self.sentence()}"


def sentence(code: str) -> str:
	"""The sentence of a code; {0} is its detail."""
	return sentences()[code]


def sentences() -> dict[str, str]:
	"""Every code and its sentence."""
	return {
		# of the form
		"required": _("The key {0} is missing."),
		"unexpected": _("The key {0} is not known here."),
		"type": _("The value is of the wrong kind; expected: {0}."),
		"choice": _("The value must be one of: {0}."),
		"pattern": _("The value {0} is not written as it has to be."),
		"empty": _("This must not be empty."),
		"bounds": _("The value is outside its bounds: {0}."),
		"twice": _("{0} is written twice."),
		"other": _("This is not right: {0}"),
		# of what hangs together
		"twice_code": _("The code {0} is used twice."),
		"reserved": _("The name {0} is kept by the system; choose another one."),
		"unknown_role": _("There is no role {0}."),
		"unknown_state": _("There is no state {0} in this pack."),
		"unknown_field": _("There is no field {0} in this pack."),
		"unknown_document": _("There is no document {0} in this pack."),
		"unknown_action": _("There is no action {0} in this pack."),
		"unknown_rule": _("There is no rule {0} in this pack."),
		"unknown_output": _("There is no output {0} in this pack."),
		"no_options": _("A choice needs options."),
		"no_target": _("A link needs the kind of record it leads to."),
		"no_columns": _("A table needs columns."),
		"no_message": _("A condition on the value needs a sentence that says what is wrong."),
		"not_reached": _("The state {0} cannot be reached from the first one."),
		"no_end": _("From the state {0} no end can be reached."),
		"leaves_end": _("Nothing follows an ended state: {0}."),
		"same_step": _("Another action leads between the same two states as {0}; make them one."),
		"nobody": _("Nobody may do {0}: name roles, or the applicant."),
		"no_right": _("The role {0} acts in the workflow but has no right to write."),
		"same_eyes": _(
			"Whoever holds the role {0} refuses, and nobody else decides the appeal: name one more role."
		),
		"spreads": _(
			"Fields of a level would be read at places where the role held there does not read them: {0}. Give both"
			" roles the same levels, or one of the assignments to an account of its own."
		),
		"no_intake": _("No role may create a request."),
		"no_unit_field": _("{0} is no field of this form in which everybody may choose a unit."),
		"no_second_unit": _("The state {0} is a second unit's, and this pack names none."),
		"second_unit_first": _("A second unit comes in later than the first state, {0}."),
		"second_unit_early": _(
			"The state {0} is the second unit's and can be reached before that unit comes in."
		),
		"secret_output": _("The field {0} is of a level that no output may show."),
		"no_text": _("The body asks for {0}, which is no field of this pack."),
		"same_english": _("The English text {0} is already used with another Arabic one in this pack."),
		# of conditions
		"syntax": _("The condition cannot be read: {0}"),
		"too_long": _("The condition is longer than {0} characters or has too many parts."),
		"not_allowed": _("A condition may not hold {0}."),
		"unknown_function": _("There is no function {0} in conditions."),
		"unknown_fact": _(
			"The condition asks for {0}, which is neither a field of this pack nor a known fact."
		),
		"not_in_browser": _("Here only the fields of the form can be compared, without {0}."),
		"values": _("The values do not fit the condition ({0})."),
		"type_change": _(
			"The kind of this field cannot change, because values would be lost: {0}. Add a new field."
		),
		"type_name": _("The record type of a published service keeps its name: {0}."),
		"type_taken": _("The record type {0} belongs to another service or app."),
		"other_spelling": _("The name {0} is in use; write it with the same capitals."),
		# of where it stands
		"markup": _(
			"The text {0} holds signs that a browser takes for the code of a page; write it without angle brackets."
		),
		"other_service": _("The definition is of the service {0}, not of this one."),
		# of samples
		"sample": _("The sample does not give what it expects: {0}"),
	}
