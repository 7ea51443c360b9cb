"""Rows 1, 7 and 9 of the list of failures: what a user of the other directorate gets to read, which is nothing."""

import pytest

from isolation.reading import FILES, FORM, LISTS, SEARCHES
from isolation.records import Stage, Victim

OUTSIDERS = (
	"entry",
	"chief",
)  # the reach of the director is that of the entry user, of the officer that of the chief
EVERY_WAY = FORM | LISTS | SEARCHES | FILES
# Ways on which the child's own directorate is sure to see something, so that silence elsewhere means a closed door.
LIVE = {
	"chief": (
		*(
			"form",
			"form of the person",
			"form of the family",
			"form of the placement",
			"what stands beside the form",
		),
		*(
			"REST record",
			"REST person",
			"REST family",
			"REST placement",
			"client.get",
			"client.get by filter",
		),
		*(
			"tables of the form",
			"run for the printed page",
			"REST list",
			"REST list of persons",
			"REST list of placements",
		),
		*(
			"REST list of files",
			"client.get_list",
			"client.get_value",
			"client.get_value by filter",
		),
		*(
			"report view",
			"report view as list",
			"export",
			"group counts",
			"link search",
			"search box",
			"own picker",
			"linked with",
		),
		*("attachment", "download of a file", "file's row", "file's form"),
	),
}


def seen(text: str, victim: Victim, asked: str = "") -> list[str]:
	"""Marks and names of the child that a text shows and that the question did not hold."""
	secrets = [victim.mark, victim.national_number, victim.child, *victim.names]
	return [secret for secret in secrets if secret in text and secret not in asked]


def question(answer) -> str:
	"""What was asked: names in it are no news to the asker."""
	from urllib.parse import unquote_plus

	body = answer.request.body or b""
	body = body if isinstance(body, str) else body.decode("utf-8", "replace")
	return unquote_plus(answer.request.url) + unquote_plus(body)


@pytest.mark.parametrize("role", OUTSIDERS)
@pytest.mark.parametrize("way", EVERY_WAY)
def test_an_outsider_reads_nothing(stage: Stage, way: str, role: str) -> None:
	browser = stage.browser(getattr(stage.country.there, role))
	answer = EVERY_WAY[way](browser, stage.here)
	asked = question(answer)
	assert not seen(answer.text, stage.here, asked), f"{answer.status_code} {answer.text[:600]}"
	assert b"PNG" not in answer.content[:16]
	assert answer.status_code < 500, answer.text[:1500]


@pytest.mark.parametrize("way", EVERY_WAY)
def test_a_guest_reads_nothing(stage: Stage, way: str) -> None:
	from isolation.browser import Browser

	answer = EVERY_WAY[way](Browser(), stage.here)
	assert not seen(answer.text, stage.here, question(answer)), answer.text[:600]
	assert b"PNG" not in answer.content[:16]


@pytest.mark.parametrize(("role", "way"), [(role, way) for role, ways in LIVE.items() for way in ways])
def test_the_own_directorate_does(stage: Stage, role: str, way: str) -> None:
	answer = EVERY_WAY[way](stage.browser(getattr(stage.here.place, role)), stage.here)
	assert answer.status_code == 200, answer.text[:600]
	assert seen(answer.text, stage.here), answer.text[:600]


@pytest.mark.parametrize("address", ["photo", "attachment"])
def test_files_answer_403_outside_and_open_inside(stage: Stage, address: str) -> None:
	url = getattr(stage.here, address)
	assert url.startswith("/private/files/")
	for role in OUTSIDERS:
		assert stage.browser(getattr(stage.country.there, role)).get(url).status_code == 403
	assert stage.browser(stage.here.place.entry).get(url).status_code == 200


def test_no_copy_of_a_photograph_is_public(stage: Stage) -> None:
	from pathlib import Path

	import frappe

	picture = frappe.get_doc("File", {"file_url": stage.here.photo}).get_content()
	public = Path(frappe.get_site_path("public", "files")).glob("*")
	assert not [path.name for path in public if path.is_file() and path.read_bytes() == picture]
	assert not frappe.get_all("File", filters={"file_name": ["like", f"{stage.here.mark}%"], "is_private": 0})
