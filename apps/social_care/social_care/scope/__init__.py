"""Row scope: which rows of a DocType the holder of Staff Assignments reaches.

A *rule* says how a row of a DocType belongs to a unit, an institution or another scoped row. Rules are derived
from the schema; the hook `social_care_scope_rules` names the exceptions and `social_care_reference_doctypes`
the tables that everybody may read:

	{"unit": "org_unit", "institution": "institution", "cases": "case_manager"}   columns of the row itself
	{"link": ["child", "Child"]}                      the row belongs to the row it links to
	{"linked_from": ["Child", "person"]}              the row belongs to the rows that link to it
	                                                  ("copies": columns of the row that those rows hold as it does)
	{"linked_from_table": ["Family Member", "person"]} the same, through a table's parent
	{"any": [rule, rule]}                             one of several
	{"all": [rule, rule]}                             every one of them
	{"either": [rule, rule]}                          two sides share the row, each by its own rule: whoever reaches one
	                                                  may change it too, so its controller says who writes what
"""

from social_care.scope.conditions import (
	condition,
	row_in_scope,
	row_visible,
	rows_at_role,
)
from social_care.scope.reach import NOTHING, RowScope, escape, row_scope
from social_care.scope.references import reference_condition
from social_care.scope.rules import (
	derived_rule,
	explicit_rules,
	is_ours,
	is_scoped,
	scope_rule,
	scoped_parents,
)
from social_care.scope.values import values_in_scope

__all__ = [
	"NOTHING",
	"RowScope",
	"condition",
	"derived_rule",
	"escape",
	"explicit_rules",
	"is_ours",
	"is_scoped",
	"reference_condition",
	"row_in_scope",
	"row_scope",
	"row_visible",
	"rows_at_role",
	"scope_rule",
	"scoped_parents",
	"values_in_scope",
]
