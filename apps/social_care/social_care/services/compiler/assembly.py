"""All artefacts of one service, in the order in which they can be made."""

from social_care.services.compiler import citizen_page, figures, flow, notices, papers, record_type
from social_care.services.compiler.artefacts import Artefact
from social_care.services.compiler.texts import Texts, translations


def artefacts(packs: dict[int, dict], texts: Texts) -> list[Artefact]:
	"""What a service needs. `packs` are its living versions by number: the newest, and those with open requests."""
	pack = packs[max(packs)]
	texts.value(pack["document_type"], {"en": pack["document_type"], "ar": pack["title"]["ar"]})
	texts.label(pack["title"])
	named = list(flow.flow(packs, texts))
	made = [
		*named[:-1],
		*record_type.record_types(pack, flow.state_names(packs), texts),
		named[-1],
		*papers.papers(pack, texts),
		*citizen_page.citizen_page(pack, texts),
		*notices.notices(pack),
		*figures.figures(pack, texts),
	]
	return [*translations(texts), *_once(made)]


def _once(made: list[Artefact]) -> list[Artefact]:
	return list({artefact.key: artefact for artefact in made}.values())
