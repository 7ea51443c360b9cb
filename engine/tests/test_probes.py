"""Every patch knows when it is not needed: no before it is applied, yes after."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from engine import framework, paths, probes
from engine.progress import Progress

DOWNLOAD = paths.VAR / "download"


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
	"""The restored framework without a patch. The patches are tried on it in the order of their numbers."""
	target = tmp_path_factory.mktemp("framework") / "tree"
	quiet = Progress((target.parent / "shown.txt").open("w"))
	wheel = next(DOWNLOAD.glob("*.whl"), None) or framework.download(quiet)
	framework.restore(wheel, target, quiet)
	yield target
	shutil.rmtree(target)


@pytest.mark.parametrize("patch", framework.patch_files(), ids=lambda patch: patch.stem)
def test_a_patch_knows_when_it_is_not_needed(patch: Path, tree: Path) -> None:
	assert probes.probes(patch), "the header of the patch says nothing of how to tell (Probe: …)"
	assert not probes.behaves(patch, tree), "the tree is said to need no patch before it was applied"
	framework.apply_patch(patch, tree)
	unanswered = [probe for probe in probes.probes(patch) if not probe.holds(tree)]
	assert not unanswered


@pytest.fixture
def source(tmp_path: Path) -> Path:
	"""A small tree and a patch file beside it."""
	(tmp_path / "tree").mkdir()
	code = 'class A:\n\tdef f(self):\n\t\t# comment\n\t\treturn g(  "x" )\n\n\ndef f():\n\treturn 1\n'
	(tmp_path / "tree" / "a.py").write_text(code)
	return tmp_path


def asked(source: Path, *lines: str) -> bool:
	"""What a patch with these lines in its header says of the small tree."""
	patch = source / "0001-x.patch"
	patch.write_text(
		"Reason: x.\n\n" + "\n".join(lines) + "\n\ndiff --git a/a.py b/a.py\nProbe: a.py has f\n"
	)
	return probes.behaves(patch, source / "tree")


@pytest.mark.parametrize(
	("line", "answer"),
	[
		(r"Probe: a.py A.f has g\('x'\)", True),
		("Probe: a.py A.f lacks comment", True),
		("Probe: a.py has comment", True),
		("Probe: a.py f has return 1", True),
		("Probe: a.py A.f has return 1", False),
		("Probe: a.py A.absent lacks x", False),
		("Probe: absent.py lacks x", False),
		("Nothing is asked.", False),
	],
)
def test_a_question_is_answered_by_the_source(source: Path, line: str, answer: bool) -> None:
	assert asked(source, line) is answer


def test_every_question_has_to_hold(source: Path) -> None:
	assert asked(source, "Probe: a.py f has return", "Probe: a.py f lacks g")
	assert not asked(source, "Probe: a.py f has return", "Probe: a.py f has g")
