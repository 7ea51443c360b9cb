"""The sweep finds the known holes where the protection is taken out, so its silence elsewhere means something.

A web process of the test's own leaves out the hooks of our apps and, where the tree is ours to make, runs the framework
without the patches (`security.sweep.unguarded`, `unpatched`). Nothing in the product can be switched off like that.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from isolation.browser import Browser
from isolation.records import Stage

from security.sweep import endpoints, people, planting, unpatched, web
from security.sweep.planting import Planting
from security.sweep.running import Findings, Sweep

# Row of the table, and the endpoints one of which must be found to give something away.
CRITICAL = {
	"S-01": {"frappe.client.get_count"},
	"S-03": {"frappe.desk.search.search_link", "frappe.desk.search.search_widget"},
	"S-04": {"frappe.desk.query_report.get_data_for_custom_field"},
	"S-07": {"frappe.desk.listview.get_group_by_count"},
	"S-08": {"upload_file", "frappe.handler.upload_file"},
	"S-09": {"frappe.core.api.file.zip_files"},
	"S-10": {"frappe.utils.file_manager.add_attachments"},
	"S-11": {"/api/resource/File"},
	"S-12": {"frappe.website.doctype.web_form.web_form.get_link_options"},
	"S-13": {"frappe.desk.form.linked_with.get"},
	"S-14": {"frappe.utils.global_search.search"},
	"S-15": {"frappe.geo.utils.get_coords"},
}
pytestmark = pytest.mark.timeout(600)


@pytest.fixture(scope="module")
def planted(stage: Stage) -> Iterator[Planting]:
	made = planting.plant(stage)
	yield made
	made.take_back()


@pytest.fixture(scope="module")
def found(
	stage: Stage,
	planted: Planting,
	citizen: Browser,
	former: Browser,
	tmp_path_factory: pytest.TempPathFactory,
) -> Findings:
	"""What a run over the functions of the critical rows finds when nothing protects."""
	folder: Path = tmp_path_factory.mktemp("unpatched")
	named = set().union(*CRITICAL.values())
	with web.process(web.UNGUARDED, 1, unpatched.build(folder)) as base:
		callers = [
			caller
			for caller in people.callers(stage, base, citizen.user, former)
			if caller.label.startswith(("entry", "citizen"))
		]
		asked = [one for one in endpoints.find() if one.path in named and not one.doctype]
		sweep = Sweep(planted.marks, callers, asked, people.Line(base, web.THREADS), stage, listed=False)
		found = sweep.run(records=False)
	print(f"\n{found.summary()}")
	return found


@pytest.mark.parametrize("row", CRITICAL)
def test_without_protection_the_hole_is_found(found: Findings, row: str) -> None:
	assert {leak.endpoint for leak in found.leaks} & CRITICAL[row]
