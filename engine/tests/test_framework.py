"""The restored tree: renaming, verifying, patching, and what is left alone."""

import zipfile
from pathlib import Path

import pytest

from engine import framework, paths
from engine.errors import EngineError
from engine.progress import Progress

WHEEL = {
	"criscostack/__init__.py": b"import criscostack\nNAME = 'CriscoERP'\n",
	"criscostack/utils/brik_helper.py": b"# Criscostack, CRISCOSTACK, criscoerp, Criscoerp\n",
	"criscostack/public/images/picture.png": b"\x89PNG\x00crisco",
	"criscostack/.DS_Store": b"rubbish",
	"criscostack-1.0.0.dist-info/METADATA": b"Name: criscostack\n",
}

PATCH = """Reason: a test.

diff --git a/frappe/__init__.py b/frappe/__init__.py
--- a/frappe/__init__.py
+++ b/frappe/__init__.py
@@ -1,2 +1,2 @@
-import frappe
+import frappe  # changed
 NAME = 'FrappeERP'
"""


@pytest.fixture
def wheel(bench_root: Path) -> Path:
	path = bench_root / "var" / "small.whl"
	with zipfile.ZipFile(path, "w") as archive:
		for name, content in WHEEL.items():
			archive.writestr(name, content)
	return path


@pytest.fixture
def pinned(wheel: Path, bench_root: Path, progress, monkeypatch: pytest.MonkeyPatch) -> Path:
	"""The small wheel as the known framework, with one patch."""
	tree = bench_root / "var" / "known"
	framework.restore(wheel, tree, progress)
	sums, patches = bench_root / "sum", bench_root / "patches"
	sums.write_text(framework.tree_sum(tree))
	patches.mkdir()
	(patches / "0001-change.patch").write_text(PATCH)
	monkeypatch.setattr(framework, "TREE_SUM", sums)
	monkeypatch.setattr(framework, "PATCHES", patches)
	monkeypatch.setattr(framework, "wanted_mark", lambda: "mark " + framework.patch_files()[0].read_text())
	monkeypatch.setattr(framework, "download", lambda progress: wheel)
	return wheel


def test_identifiers_are_renamed_on_paths_and_in_texts(wheel: Path, bench_root: Path, progress) -> None:
	tree = bench_root / "tree"
	framework.restore(wheel, tree, progress)
	assert (tree / "frappe/__init__.py").read_text() == "import frappe\nNAME = 'FrappeERP'\n"
	assert (tree / "frappe/utils/bench_helper.py").read_text() == "# Frappe, FRAPPE, erpnext, ERPNext\n"


def test_binary_files_and_strays(wheel: Path, bench_root: Path, progress) -> None:
	tree = bench_root / "tree"
	framework.restore(wheel, tree, progress)
	assert (tree / "frappe/public/images/picture.png").read_bytes() == b"\x89PNG\x00crisco"
	names = {path.relative_to(tree).as_posix() for path in framework.files_of(tree)}
	assert not {name for name in names if ".DS_Store" in name or "dist-info" in name}


@pytest.mark.parametrize("change", ["edit", "add", "remove", "rename"])
def test_any_difference_of_the_tree_is_refused(change: str, pinned: Path, bench_root: Path, progress) -> None:
	tree = bench_root / "tree"
	framework.restore(pinned, tree, progress)
	framework.verify(tree)
	file = tree / "frappe/__init__.py"
	changes = {
		"edit": lambda: file.write_bytes(file.read_bytes() + b" "),
		"add": lambda: (tree / "frappe/more.py").touch(),
		"remove": file.unlink,
		"rename": lambda: file.rename(tree / "frappe/other.py"),
	}
	changes[change]()
	with pytest.raises(EngineError, match="not the one this repository knows"):
		framework.verify(tree)


def test_the_tree_is_made_patched_and_licensed(pinned: Path, progress) -> None:
	assert framework.ensure(progress) is True
	tree = paths.FRAMEWORK
	assert "# changed" in (tree / "frappe/__init__.py").read_text()
	assert "Frappe Technologies" in (tree / "LICENSE").read_text()
	mark = (framework.BRAND / "mark.svg").read_bytes()
	assert (tree / "frappe/public/images/frappe-favicon.svg").read_bytes() == mark
	assert framework.ensure(progress) is False


def test_a_patch_that_is_not_needed_is_left_out_and_named(pinned: Path, bench_root: Path) -> None:
	patch = framework.patch_files()[0]
	patch.write_text(PATCH.replace("\n\ndiff", "\n\nProbe: frappe/__init__.py has import frappe\n\ndiff"))
	with (bench_root / "steps.txt").open("w") as stream, Progress(stream).step("Framework") as step:
		assert framework.ensure(step) is True
	assert "# changed" not in (paths.FRAMEWORK / "frappe/__init__.py").read_text()
	assert "0 patches, not needed on this framework: 0001-change" in (bench_root / "steps.txt").read_text()


def test_a_changed_patch_makes_the_tree_anew(pinned: Path, progress) -> None:
	framework.ensure(progress)
	patch = framework.patch_files()[0]
	patch.write_text(PATCH.replace("# changed", "# otherwise"))
	assert framework.ensure(progress) is True
	assert "# otherwise" in (paths.FRAMEWORK / "frappe/__init__.py").read_text()


def test_a_patch_that_does_not_fit_is_named_and_the_old_tree_stays(pinned: Path, progress) -> None:
	framework.ensure(progress)
	framework.patch_files()[0].write_text(PATCH.replace("-import frappe", "-import something"))
	with pytest.raises(EngineError, match=r"0001-change\.patch does not fit"):
		framework.ensure(progress)
	assert "# changed" in (paths.FRAMEWORK / "frappe/__init__.py").read_text()


def test_a_tampered_download_leaves_nothing(pinned: Path, progress) -> None:
	with zipfile.ZipFile(pinned, "a") as archive:
		archive.writestr("criscostack/evil.py", b"pass")
	with pytest.raises(EngineError):
		framework.ensure(progress)
	assert not paths.FRAMEWORK.exists()


def test_a_checkout_of_somebody_else_is_left_alone(pinned: Path, progress) -> None:
	own = paths.FRAMEWORK / "frappe" / "__init__.py"
	own.parent.mkdir(parents=True)
	own.write_text("mine")
	assert framework.ensure(progress) is False
	assert own.read_text() == "mine"


def test_every_patch_gives_its_reason_and_its_own_number() -> None:
	patches = framework.patch_files()
	assert patches
	assert len({patch.name[:4] for patch in patches}) == len(patches)
	for patch in patches:
		assert patch.read_text().startswith("Reason: "), patch.name
