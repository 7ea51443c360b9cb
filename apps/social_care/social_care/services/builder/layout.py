"""Which cell of which table holds which key of a pack. The tables' DocTypes have a field for each column told here."""

from dataclasses import dataclass

from social_care.services.builder import cells
from social_care.services.builder.cells import (
	EVENT,
	LEVELS,
	MAP,
	NUMBER,
	TEXT,
	TEXTS,
	WORDS,
	Kind,
	choice,
	flag,
)
from social_care.services.builder.labels import (
	DAY_KINDS,
	FEE_KINDS,
	FIELD_KINDS,
	FILLED_BY,
	INDICATOR_KINDS,
	LEVEL_KINDS,
	OUTPUT_KINDS,
	SEXES,
	STATE_KINDS,
	SUBJECTS,
)


@dataclass(frozen=True)
class Column:
	"""A cell: its field, the keys that lead to its value, and how the value is written."""

	fieldname: str
	keys: tuple[str, ...]
	kind: Kind


@dataclass(frozen=True)
class Grid:
	"""A table of the form: its field and DocType, the keys of its list in the pack, its columns."""

	fieldname: str
	doctype: str
	keys: tuple[str, ...]
	columns: tuple[Column, ...]


def _column(fieldname: str, kind: Kind = TEXT, *keys: str) -> Column:
	return Column(fieldname, keys or (fieldname,), kind)


def _pair(fieldname: str, *keys: str) -> tuple[Column, Column]:
	"""A text in Arabic and English."""
	path = keys or (fieldname,)
	return Column(f"{fieldname}_ar", (*path, "ar"), TEXT), Column(f"{fieldname}_en", (*path, "en"), TEXT)


HEAD: tuple[Column, ...] = (
	*_pair("title"),
	*_pair("introduction"),
	_column("document_type"),
	_column("effective_from", cells.DAY),
	_column("subject", choice(SUBJECTS)),
	_column("channels", WORDS),
	_column("legal_basis", WORDS),
	_column("confidential", flag()),
	_column("anonymous", flag()),
	_column("clock_days", NUMBER, "clock", "days"),
	_column("clock_basis", choice(DAY_KINDS), "clock", "basis"),
	_column("clock_warn_days", NUMBER, "clock", "warn_days"),
	_column("clock_escalate_to", WORDS, "clock", "escalate_to"),
	_column("clock_source", TEXT, "clock", "source"),
	_column("fee_kind", choice(FEE_KINDS), "fee", "kind"),
	_column("fee_amount", NUMBER, "fee", "amount"),
	*_pair("fee_note", "fee", "note"),
	_column("fee_exempt_when", TEXT, "fee", "exempt_when"),
	_column("fee_source", TEXT, "fee", "source"),
	_column("appeal_days", NUMBER, "appeal", "days"),
	_column("appeal_decided_by", WORDS, "appeal", "decided_by"),
	_column("appeal_decision_days", NUMBER, "appeal", "decision_days"),
	_column("appeal_reopens_to", TEXT, "appeal", "reopens_to"),
	_column("second_unit_field", TEXT, "second_unit", "field"),
	_column("second_unit_from", TEXT, "second_unit", "from_state"),
)

SECTIONS = Grid(
	"pack_sections", "Pack Section", ("sections",), (_column("code"), *_pair("title"), _column("show_when"))
)
FIELDS = Grid(
	"pack_fields",
	"Pack Field",
	("sections", "fields"),
	(
		_column("field_name", TEXT, "name"),
		_column("field_kind", choice(FIELD_KINDS), "type"),
		*_pair("label"),
		*_pair("help"),
		_column("target"),
		_column("required", flag()),
		_column("required_when"),
		_column("show_when"),
		_column("valid_when"),
		*_pair("message"),
		_column("minimum", NUMBER),
		_column("maximum", NUMBER),
		_column("level", choice(LEVEL_KINDS)),
		_column("shown_in_list", flag(), "in_list"),
		_column("filled_by", choice(FILLED_BY)),
		_column("from_state"),
	),
)
COLUMNS = Grid(
	"pack_columns",
	"Pack Column",
	("sections", "fields", "columns"),
	(
		_column("column_name", TEXT, "name"),
		_column("column_kind", choice(FIELD_KINDS), "type"),
		*_pair("label"),
		_column("required", flag()),
	),
)
OPTIONS = Grid(
	"pack_options",
	"Pack Option",
	("sections", "fields", "options"),
	(_column("option_value", TEXT, "value"), *_pair("title")),
)
LISTS: tuple[Grid, ...] = (
	Grid(
		"pack_documents",
		"Pack Document",
		("documents",),
		(
			_column("code"),
			*_pair("title"),
			*_pair("help"),
			_column("required", flag(True)),
			_column("required_when"),
			_column("provided_by", choice(FILLED_BY)),
			_column("original_seen", flag()),
			_column("waivable_by", WORDS),
		),
	),
	Grid(
		"pack_rules",
		"Pack Rule",
		("rules",),
		(
			_column("code"),
			*_pair("title"),
			_column("applies_when"),
			_column("passes_when"),
			*_pair("reason"),
			_column("waivable_by", WORDS),
			_column("source"),
		),
	),
	Grid(
		"pack_points",
		"Pack Points",
		("priority",),
		(_column("code"), *_pair("title"), _column("given_when", TEXT, "when"), _column("points", NUMBER)),
	),
	Grid(
		"pack_states",
		"Pack State",
		("workflow", "states"),
		(
			_column("code"),
			*_pair("title"),
			_column("state_kind", choice(STATE_KINDS), "kind"),
			_column("editors", WORDS),
			_column("days", NUMBER),
			_column("escalate_to", WORDS),
			_column("at_second_unit", flag()),
		),
	),
	Grid(
		"pack_actions",
		"Pack Action",
		("workflow", "actions"),
		(
			_column("code"),
			*_pair("title"),
			_column("from_states", WORDS, "from"),
			_column("to_state", TEXT, "to"),
			_column("roles", WORDS),
			_column("by_applicant", flag()),
			_column("requires", WORDS),
			_column("four_eyes", flag()),
			_column("only_when", TEXT, "when"),
		),
	),
	Grid(
		"pack_access",
		"Pack Access",
		("access",),
		(_column("role"), _column("rights", WORDS), _column("levels", LEVELS)),
	),
	Grid(
		"pack_outputs",
		"Pack Output",
		("outputs",),
		(
			_column("code"),
			_column("output_kind", choice(OUTPUT_KINDS), "kind"),
			*_pair("title"),
			_column("on_state"),
			*_pair("body"),
			_column("shows", WORDS),
			_column("valid_months", NUMBER),
			_column("valid_until_field"),
			_column("signatures", TEXTS),
		),
	),
	Grid(
		"pack_notifications",
		"Pack Notification",
		("notifications",),
		(
			_column("code"),
			_column("on_event", EVENT, "on"),
			_column("recipients", WORDS, "to"),
			_column("channels", WORDS),
			*_pair("subject"),
			*_pair("message"),
		),
	),
	Grid(
		"pack_indicators",
		"Pack Indicator",
		("indicators",),
		(
			_column("code"),
			*_pair("title"),
			_column("indicator_kind", choice(INDICATOR_KINDS), "kind"),
			_column("of_field", TEXT, "field"),
			_column("states", WORDS),
			_column("only_where", MAP, "where"),
		),
	),
	Grid(
		"pack_samples",
		"Pack Sample",
		("samples",),
		(
			*_pair("title"),
			_column("applicant_name", TEXT, "applicant", "name"),
			_column("applicant_national_number", TEXT, "applicant", "national_number"),
			_column("applicant_birth_date", TEXT, "applicant", "birth_date"),
			_column("applicant_sex", choice(SEXES), "applicant", "sex"),
			_column("applicant_phone", TEXT, "applicant", "phone"),
			_column("applicant_email", TEXT, "applicant", "email"),
			_column("applicant_nationality", TEXT, "applicant", "nationality"),
			_column("seen_on", TEXT, "on"),
			_column("facts", MAP),
			_column("field_values", MAP, "values"),
			_column("documents", WORDS),
			_column("waived", WORDS),
			_column("wrong_fields", WORDS, "expect", "wrong_fields"),
			_column("missing_documents", WORDS, "expect", "missing_documents"),
			_column("rule_answers", MAP, "expect", "rules"),
			_column("priority", NUMBER, "expect", "priority"),
			_column("path", WORDS, "expect", "path"),
			_column("ends_in", TEXT, "expect", "ends_in"),
			_column("outputs", WORDS, "expect", "outputs"),
		),
	),
)
GRIDS: tuple[Grid, ...] = (SECTIONS, FIELDS, COLUMNS, OPTIONS, *LISTS)
