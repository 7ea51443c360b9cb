"""Print formats, one for each output; how they look is one template for all (templates/print/service_output.html)."""

from collections.abc import Iterator

from social_care.services.compiler.artefacts import Artefact, Row
from social_care.services.compiler.texts import Texts


def paper_name(pack: dict, output: dict) -> str:
	"""Name of the print format of an output. It stands in menus, so it is a text."""
	return f"{output['title']['en']} ({pack['code']})"


def papers(pack: dict, texts: Texts) -> Iterator[Artefact]:
	for output in pack["outputs"]:
		name = paper_name(pack, output)
		texts.value(name, {"en": name, "ar": f"{output['title']['ar']} ({pack['code']})"})
		texts.label(output["title"])
		code = output["code"]
		html = (
			f"{{% set paper = service_output(doc, '{code}') %}}\n"
			"{% include 'social_care/templates/print/service_output.html' %}"
		)
		values: Row = {
			"doc_type": pack["document_type"],
			"module": "Services",
			"standard": "No",
			"custom_format": 1,
			"print_format_type": "Jinja",
			"html": html,
			"default_print_language": "ar",
			"page_number": "Hide",
			"disabled": 0,
			"margin_top": 15,
			"margin_bottom": 15,
			"margin_left": 12,
			"margin_right": 12,
		}
		yield Artefact("Print Format", name, values)
