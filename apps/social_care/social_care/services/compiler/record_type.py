"""The record type of a service's requests, and those of the tables on its form."""

from collections.abc import Iterator

from social_care.services.compiler import fields
from social_care.services.compiler.artefacts import Artefact, Row
from social_care.services.compiler.texts import Texts
from social_care.services.packs.definition import fields_of

MODULE = "Services"
RIGHTS = ("read", "create", "write", "print", "report", "export")
NEVER = ("delete", "share", "email", "submit", "cancel", "amend", "import", "select", "if_owner")


def record_types(pack: dict, states: list[str], texts: Texts) -> Iterator[Artefact]:
	"""Tables first, so that the form finds them. `states` are the state names of all versions that live."""
	for field in fields_of(pack):
		if field["type"] == "table":
			yield _table(pack, field, texts)
	yield _requests(pack, states, texts)


def _table(pack: dict, field: dict, texts: Texts) -> Artefact:
	values: Row = {"module": MODULE, "custom": 1, "istable": 1, "editable_grid": 1, "allow_rename": 0}
	rows = [fields.of_column(column, texts) for column in field["columns"]]
	name = fields.table_name(pack, field)
	return Artefact("DocType", name, values, {"fields": rows}, kept={"fields": "fieldname"})


def _requests(pack: dict, states: list[str], texts: Texts) -> Artefact:
	values: Row = {
		"module": MODULE,
		"custom": 1,
		"naming_rule": "Expression (old style)",
		"autoname": f"{pack['code'].replace('-', '')}-.YY.-.######",
		"title_field": None if pack["confidential"] else "applicant_name",
		"search_fields": "receipt" if pack["confidential"] else "applicant_name,receipt",
		"sort_field": "modified",
		"sort_order": "DESC",
		"track_changes": 1,
		"track_views": 1,
		"allow_rename": 0,
		"editable_grid": 1,
		"description": texts.label(pack["title"]),
	}
	rows = [*fields.head(pack), *fields.of_pack(pack, texts), *fields.tail()]
	for row in rows:
		if row["fieldname"] == "status":
			row["options"] = "\n".join(states)
	tables = {"fields": rows, "permissions": permissions(pack)}
	return Artefact("DocType", pack["document_type"], values, tables, kept={"fields": "fieldname"})


def permissions(pack: dict) -> list[Row]:
	"""Rows of rights, a role and a level each."""
	rows = [_permission(row["role"], 0, row["rights"]) for row in pack["access"]]
	for row in pack["access"]:
		held = [right for right in ("read", "write") if right in row["rights"]]
		rows += [_permission(row["role"], level, held) for level in sorted(row["levels"])]
	return rows


def _permission(role: str, level: int, rights: list[str]) -> Row:
	held = {right: int(right in rights) for right in RIGHTS}
	return {"role": role, "permlevel": level, **held, **dict.fromkeys(NEVER, 0)}
