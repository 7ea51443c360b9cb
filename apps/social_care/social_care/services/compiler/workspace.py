"""One workspace for each group of services: figures, charts and lists of the services of the group that are published."""

import json
import re

from social_care.services.compiler.artefacts import Artefact, Row
from social_care.services.compiler.figures import card_name, chart_name
from social_care.services.compiler.texts import Texts

PAGES = "Services: "  # how their names begin
OF_ADDRESSES = re.compile(r"\s*[/\\?#%&]\s*")  # a workspace's address is made of its name
CARDS = 2  # of each service on the page; the others stand in its list's own dashboard


def workspace_name(group: dict) -> str:
	"""What the page of a group is called; signs that would cut its address are left out."""
	return f"{PAGES}{OF_ADDRESSES.sub(' ', group['group_name_en'] or group['group_name'])}"


def workspace(group: dict, packs: list[dict], texts: Texts) -> Artefact:
	"""The page of a group: {group_code, group_name, group_name_en, sort_order} and its published packs, in order."""
	name = workspace_name(group)
	texts.value(name, {"en": name, "ar": f"خدمات {group['group_name']}"})
	cards = [(pack, row) for pack in packs for row in pack["indicators"][:CARDS]]
	values: Row = {
		"label": name,
		"title": name,
		"module": "Services",
		"icon": "list",
		"public": 1,
		"for_user": "",
		"is_hidden": 0,
		"hide_custom": 1,
		"sequence_id": 40 + (group["sort_order"] or 0),
		"content": json.dumps(_content(packs, cards, texts), ensure_ascii=False),
	}
	tables = {
		"links": list(_links(packs, texts)),
		"number_cards": [
			{"number_card_name": card_name(pack, row), "label": texts.label(row["title"])}
			for pack, row in cards
		],
		"charts": [{"chart_name": chart_name(pack), "label": chart_name(pack)} for pack in packs],
		"roles": [{"role": role} for role in _roles(packs)],
		"shortcuts": [],
	}
	return Artefact("Workspace", name, values, tables)


def _content(packs: list[dict], cards: list, texts: Texts) -> list[dict]:
	blocks = [
		_block("number_card", f"card{i}", number_card_name=texts.label(row["title"]), col=3)
		for i, (_pack, row) in enumerate(cards)
	]
	blocks.append(_block("card", "lists", card_name="Requests", col=12))
	blocks += [
		_block("chart", f"chart{i}", chart_name=chart_name(pack), col=6) for i, pack in enumerate(packs)
	]
	return blocks


def _block(kind: str, mark: str, **data) -> dict:
	return {"id": f"pack_{mark}", "type": kind, "data": data}


def _links(packs: list[dict], texts: Texts):
	base: Row = {
		"hidden": 0,
		"onboard": 0,
		"is_query_report": 0,
		"link_type": "DocType",
		"link_to": None,
		"link_count": 0,
	}
	yield base | {"type": "Card Break", "label": "Requests", "link_count": len(packs)}
	for pack in packs:
		yield base | {
			"type": "Link",
			"label": texts.label(pack["title"]),
			"link_type": "DocType",
			"link_to": pack["document_type"],
		}


def _roles(packs: list[dict]) -> list[str]:
	return sorted({row["role"] for pack in packs for row in pack["access"]})
