"""The framework: downloaded, restored, verified, patched and put at `apps/frappe`.

A checkout of Frappe that somebody else put there (an upstream bench) is never touched: only a tree with our
own marker file is replaced.
"""

import os
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path

from engine import commands, paths, probes
from engine.errors import EngineError
from engine.progress import Progress
from engine.store import digest, digest_files, write_text

WHEEL_PIN = paths.ENGINE / "framework.txt"
TREE_SUM = paths.ENGINE / "framework.sha256"
PATCHES = paths.ENGINE / "patches"
BRAND = paths.ENGINE / "brand"
MARKER = ".restored-by-engine"
UNWANTED = ".DS_Store"

# In this order: the longer and the exact spellings first.
RENAMES = (
	(b"criscostack", b"frappe"),
	(b"Criscostack", b"Frappe"),
	(b"CRISCOSTACK", b"FRAPPE"),
	(b"criscoerp", b"erpnext"),
	(b"Criscoerp", b"ERPNext"),
	(b"Crisco", b"Frappe"),
	(b"crisco", b"frappe"),
	(b"brik_helper", b"bench_helper"),
)

# Our own files over the tree: the wheel's publisher had put its own marks there.
BRANDED = {
	"mark.svg": ("frappe-favicon.svg", "frappe-framework-logo.svg"),
	"mark.png": ("frappe-framework-logo.png", "frappe-logo.png"),
}


def ensure(progress: Progress) -> bool:
	"""Make `apps/frappe` what this repository says. Returns whether the tree was (re)made."""
	if paths.FRAMEWORK.exists() and not is_ours(paths.FRAMEWORK):
		progress.say("a checkout of your own, left alone")
		return False
	if current_mark(paths.FRAMEWORK) == wanted_mark():
		progress.say("as before")
		return False
	wheel = download(progress)
	fresh = paths.TMP / "framework"
	shutil.rmtree(fresh, ignore_errors=True)
	left_out = build(wheel, fresh, progress)
	_replace(fresh, paths.FRAMEWORK)
	note = f", not needed on this framework: {', '.join(left_out)}" if left_out else ""
	progress.say(f"{len(patch_files()) - len(left_out)} patches{note}")
	return True


def is_ours(tree: Path) -> bool:
	"""Whether this engine made the tree."""
	return (tree / MARKER).exists()


def current_mark(tree: Path) -> str:
	"""The marker's text, empty where there is none."""
	return (tree / MARKER).read_text() if is_ours(tree) else ""


def wanted_mark() -> str:
	"""What the marker must say: a digest over everything the tree is made from."""
	code = (Path(__file__), Path(probes.__file__))
	sources = [WHEEL_PIN, TREE_SUM, *code, *patch_files(), *BRAND.iterdir()]
	return digest_files(sources, paths.ENGINE)


def patch_files() -> list[Path]:
	"""Our patches in the order of their numbers."""
	return sorted(PATCHES.glob("[0-9][0-9][0-9][0-9]-*.patch"))


def download(progress: Progress) -> Path:
	"""Fetch the pinned wheel into `var/download`; pip refuses any other content."""
	folder = paths.VAR / "download"
	pip = [paths.PYTHON, "-m", "pip", "download", "--require-hashes", "--no-deps", "--dest", folder]
	commands.run([*pip, "-r", WHEEL_PIN], log="framework", progress=progress)
	return next(folder.glob("*.whl"))


def build(wheel: Path, target: Path, progress: Progress) -> list[str]:
	"""Restore, verify, patch and brand a tree at `target`. Returns the patches that it did not need."""
	restore(wheel, target, progress)
	verify(target)
	left_out = []
	for patch in patch_files():
		if probes.behaves(patch, target):
			left_out.append(patch.stem)
		else:
			apply_patch(patch, target)
	add_own_files(target)
	return left_out


def restore(wheel: Path, target: Path, progress: Progress) -> None:
	"""Unpack the wheel with every identifier renamed back, on paths and in texts."""
	with zipfile.ZipFile(wheel) as archive:
		names = [name for name in archive.namelist() if _wanted(name)]
		for number, name in enumerate(names, 1):
			path = target / rename(name.encode()).decode()
			path.parent.mkdir(parents=True, exist_ok=True)
			content = archive.read(name)
			path.write_bytes(rename(content) if is_text(content) else content)
			if number % 100 == 0 or number == len(names):
				progress.bar(number, len(names), "files")


def rename(data: bytes) -> bytes:
	"""Apply the rename rules, in their order."""
	for old, new in RENAMES:
		data = data.replace(old, new)
	return data


def is_text(content: bytes) -> bool:
	"""Text is what decodes as UTF-8 and has no zero byte."""
	if b"\0" in content[:8192]:
		return False
	try:
		content.decode()
	except UnicodeDecodeError:
		return False
	return True


def tree_sum(tree: Path) -> str:
	"""The digest of a restored, not yet patched tree."""
	return digest_files(files_of(tree), tree)


def files_of(tree: Path) -> Iterator[Path]:
	"""Every file below the tree."""
	return (path for path in tree.rglob("*") if path.is_file())


def verify(tree: Path) -> None:
	"""Raise EngineError unless the tree is exactly the one this repository was made with."""
	wanted, found = TREE_SUM.read_text().split()[0], tree_sum(tree)
	if found != wanted:
		raise EngineError(
			"The restored framework is not the one this repository knows, so it is not used.\n"
			f"    expected {wanted}\n    found    {found}\n"
			"    Remove var/download and start again; if it stays so, the published wheel or the rename\n"
			"    rules in engine/framework.py changed: compare before you trust it."
		)


def apply_patch(patch: Path, tree: Path) -> None:
	"""Apply one numbered patch; git looks at the working tree only and not at any repository."""
	env = {"PATH": os.environ.get("PATH", ""), "GIT_CEILING_DIRECTORIES": str(tree.parent)}
	command = ["git", "apply", "--whitespace=nowarn", "-p1", patch]
	try:
		commands.run(command, log="patch", cwd=tree, env=env)
	except EngineError as error:
		raise EngineError(f"The patch {patch.name} does not fit the framework.\n{error}") from None


def add_own_files(tree: Path) -> None:
	"""Put the licence notice back, our own mark over the publisher's, and what frappe-bench looks for."""
	shutil.copy(paths.ENGINE / "framework-license.txt", tree / "LICENSE")
	for source, names in BRANDED.items():
		for name in names:
			shutil.copy(BRAND / source, tree / "frappe" / "public" / "images" / name)
	write_text(tree / "pyproject.toml", '[project]\nname = "frappe"\ndynamic = ["version"]\n')
	write_text(tree / MARKER, wanted_mark())


def _wanted(name: str) -> bool:
	return not name.endswith("/") and not name.endswith(UNWANTED) and ".dist-info/" not in name


def _replace(fresh: Path, target: Path) -> None:
	"""Swap the trees by renaming; an interrupt leaves the old or the new one, never a mixture."""
	old = paths.TMP / f"framework-old-{digest(str(fresh.stat().st_ino))[:8]}"
	shutil.rmtree(old, ignore_errors=True)
	if target.exists():
		target.rename(old)
	fresh.rename(target)
	shutil.rmtree(old, ignore_errors=True)
